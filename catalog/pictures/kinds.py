"""Which function draws which kind of product."""

import random

from PIL import Image

from . import food, gadgets, living, paper, phones, telecom
from .studio import Studio

KINDS = {
    "phone": phones.phone,
    "tablet": phones.tablet,
    "watch": gadgets.watch,
    "earbuds": gadgets.earbuds,
    "charger": gadgets.charger,
    "power_bank": gadgets.power_bank,
    "case": gadgets.case,
    "cable": gadgets.cable,
    "router": gadgets.router,
    "sim": telecom.sim,
    "plan": telecom.plan,
    "data_pack": telecom.data_pack,
    "top_up": telecom.top_up,
    "gift_box": food.gift_box,
    "mooncakes": food.mooncakes,
    "zongzi": food.zongzi,
    "crab_box": food.crab_box,
    "tea": food.tea,
    "rice": food.rice,
    "honey": food.honey,
    "stamps": paper.stamps,
    "newspaper": paper.newspaper,
    "magazine": paper.magazine,
    "mug": living.mug,
    "backpack": living.backpack,
    "lamp": living.lamp,
    "umbrella": living.umbrella,
}


def draw(kind: str, *, seed: int, tone: str | None = None, **attributes) -> Image.Image:
    """A square picture, 1,200 pixels wide, of a kind in KINDS; the same arguments make the same picture.

    `tone` is the backdrop's colour; without it one is chosen from which the thing's `colour` stands out.
    The other attributes are the drawing function's own (colour, title, camera, big, unit …).
    """
    rng = random.Random(f"{kind}/{seed}")
    studio = Studio(rng, tone, against=attributes.get("colour"))
    KINDS[kind](studio, rng, **attributes)
    return studio.finish()
