"""The demo company with the thousand articles instead of its own, loaded in a few seconds."""

import os
from contextlib import closing
from datetime import datetime, timedelta

import psycopg2
from django.db import connection

import members.demo
import settlement.demo
from benchmarks.goods import Article, articles
from catalog.demo_goods.items import Item
from catalog.demo_goods.prices import load_offer
from catalog.demo_goods.products import load_items
from catalog.models import ChannelPrice, Product
from catalog.services.indexing import reindex
from fulfillment.demo.couriers import load_couriers
from fulfillment.demo.profiles import load_profiles
from fulfillment.demo.tariffs import load_tariffs
from members.channels import Channel
from members.queries import institution_by_code, institutions_of_kind
from omnichannel.kernel import clock

WAREHOUSE_UNITS, STORE_UNITS, STORES_EACH = 100_000, 200, 6
_STOCK = """
INSERT INTO fulfillment_stocklevel (sku, location_id, on_hand, reserved, bin)
SELECT * FROM unnest(%s::text[], %s::bigint[], %s::int[], %s::int[], %s::text[])
"""
_MOVED = """
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, to_place, to_location_id, reason, reference, at)
SELECT sku, on_hand, 'supplier', 'location', location_id, 'receipt', 'measurement', now()
  FROM fulfillment_stocklevel
"""


def load(*, now: datetime) -> None:
    """Institutions, members, articles with search and stock, special prices, the offer, split rules."""
    members.demo.load(now=now)
    made = load_items(map(_item, articles()), sellers={"huatong": institution_by_code("huatong").id})
    reindex(made)
    load_offer()
    _special_prices(now)
    load_profiles()
    load_tariffs()
    load_couriers()
    _fill_shelves()
    settlement.demo.load(now=now)
    analyse()


def analyse() -> None:
    """What autovacuum does within a minute; only the owner of the tables may."""
    with (
        closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as owner,
        owner,
        owner.cursor() as cursor,
    ):
        cursor.execute("ANALYZE")


def _item(article: Article) -> Item:
    return Item(
        code=article.code,
        kind="accessory",
        category=article.category,
        title=article.title,
        title_en=article.title_en,
        price=article.price,
        text=article.text,
        text_en=article.title_en,
        brand=article.brand[0],
        brand_en=article.brand[1],
        weight=200,
        volume=400,
        sold=article.number * 31 % 977,
    )


def _special_prices(now: datetime) -> None:
    """Every tenth article is cheaper on the web."""
    ids = Product.objects.order_by("pk").values_list("pk", flat=True)[::10]
    ChannelPrice.objects.bulk_create(
        ChannelPrice(
            product_id=pk,
            channel=Channel.WEB,
            amount=1800,
            starts=now - timedelta(days=1),
            reason_code="web-launch",
            reason="网上营业厅直降",
            reason_en="Lower on the web",
        )
        for pk in ids
    )


def _fill_shelves() -> None:
    """Both warehouses hold everything, six stores each article: eight thousand stock levels."""
    warehouses, stores = institutions_of_kind("warehouse"), institutions_of_kind("store")
    rows = []
    for article in articles():
        some = [stores[(article.number + step * 3) % len(stores)] for step in range(STORES_EACH)]
        rows += [(article.sku, place.id, WAREHOUSE_UNITS, 0, "A-01-1") for place in warehouses]
        rows += [(article.sku, place.id, STORE_UNITS, 0, "S-01-1") for place in some]
    with connection.cursor() as cursor:
        cursor.execute(_STOCK, [list(column) for column in zip(*rows, strict=True)])
        cursor.execute(_MOVED)


def main() -> None:
    load(now=clock.now())
