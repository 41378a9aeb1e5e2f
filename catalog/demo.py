"""The demo company's shop: categories, offerings, prices, numbers, pictures. Twice changes nothing."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from catalog.demo_goods import ITEMS
from catalog.demo_goods.art import draw_missing
from catalog.demo_goods.numbers import load_numbers
from catalog.demo_goods.postage import load_postage
from catalog.demo_goods.prices import load_offer, load_prices
from catalog.demo_goods.products import load_items
from catalog.services.indexing import reindex
from members.queries.institutions import institution_by_code

SELLERS = ("huatong", "mc-luma")


def load(*, now: datetime, pictures: bool = True) -> None:
    """Idempotent. The institutions of members' demo must be there; `pictures` draws what is missing."""
    with transaction.atomic():
        sellers = {code: institution_by_code(code).id for code in SELLERS}
        fresh = load_items(ITEMS, sellers=sellers)
        load_postage(seller_id=sellers["huatong"])
        load_prices(now=now)
        load_offer()
        load_numbers()
        if fresh:
            reindex(fresh)
    if pictures:
        draw_missing(ITEMS, Path(settings.MEDIA_ROOT) / "pictures")
