"""Which function draws which kind of product."""

import inspect
import random

from PIL import Image

from . import boxes, food, gadgets, living, paper, phones, telecom
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
    "prepaid_card": telecom.prepaid_card,
    "gift_box": boxes.gift_box,
    "mooncakes": boxes.mooncakes,
    "zongzi": food.zongzi,
    "crab_box": boxes.crab_box,
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


# How near the camera goes, and to which height, where a thing is small.
NEARNESS = {
    "watch": (1.06, 600),
    "earbuds": (1.22, 720),
    "charger": (1.3, 730),
    "power_bank": (1.08, 600),
    "cable": (1.16, 620),
    "sim": (1.12, 610),
    "data_pack": (1.16, 600),
    "top_up": (1.12, 610),
    "prepaid_card": (1.12, 610),
    "mooncakes": (1.1, 520),
    "crab_box": (1.1, 520),
    "zongzi": (1.12, 650),
    "tea": (1.16, 660),
    "rice": (1.06, 620),
    "honey": (1.16, 660),
    "mug": (1.26, 700),
    "lamp": (1.08, 580),
    "backpack": (1.06, 580),
}


def draw(kind: str, *, seed: int, tone: str | None = None, **attributes) -> Image.Image:
    """A square picture, 1,200 pixels wide, of a kind in KINDS; the same arguments make the same picture.

    `tone` is the backdrop's colour; without it one is chosen from which the thing's `colour` stands out.
    The other attributes are the drawing function's own (colour, title, camera, big, unit …).
    """
    rng = random.Random(f"{kind}/{seed}")
    drawer = KINDS[kind]
    usual = inspect.signature(drawer).parameters.get("colour")
    studio = Studio(rng, tone, against=attributes.get("colour", usual and usual.default))
    drawer(studio, rng, **attributes)
    return studio.finish(*NEARNESS.get(kind, ()))
