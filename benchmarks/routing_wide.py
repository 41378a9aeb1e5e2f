"""An order's places read where ten thousand stores have the article, beside reading all of them."""

import statistics
import time

from django.conf import settings
from django.db import connection, transaction

from fulfillment.services.routing.loading import load
from omnichannel.kernel import clock
from tests.support.goods import Company

STORES = 10_000
_STORES = """
INSERT INTO members_institution ({columns})
SELECT {values} FROM members_institution one, generate_series(1, %s) n WHERE one.code = 'st-a'
"""
_PROFILES = """
INSERT INTO fulfillment_locationprofile ({columns})
SELECT {values} FROM fulfillment_locationprofile one, members_institution i
WHERE one.location_id = %s AND i.code LIKE 'wide-%%'
"""
_LEVELS = """
INSERT INTO fulfillment_stocklevel (sku, location_id, on_hand, reserved, bin, buckets)
SELECT 'wide', id, 5, 0, '', 0 FROM members_institution WHERE code LIKE 'wide-%%'
"""
# Round about Shanghai, a fifth of a degree and more.
_SPREAD = {
    "code": "'wide-' || n",
    "path": "'wide-' || n || '/'",
    "latitude": "one.latitude + (n % 100) * 0.05",
    "longitude": "one.longitude + (n / 100) * 0.05",
}


def measure(*, rounds: int) -> dict[str, float]:
    """wide_ms: median of reading what one order's plan needs; wide_all_ms: with all stores asked."""
    with transaction.atomic():
        company = _company()
        wish = company.wish("wide", {"wide": 1})
        near, everywhere = [], []
        for _round in range(rounds):
            near.append(_milliseconds(wish, widely=False))
            everywhere.append(_milliseconds(wish, widely=True))
        transaction.set_rollback(True)
    found = {"wide_ms": statistics.median(near), "wide_all_ms": statistics.median(everywhere)}
    return {name: round(value, 1) for name, value in found.items()} | {
        "wide_stores": STORES,
        "wide_asked": settings.ROUTING_NEAREST,
    }


def _company() -> Company:
    company = Company()
    company.goods("wide", weight_g=300)
    company.put("wh", wide=50)
    store = company.places["st-a"].pk
    _copy("members_institution", _STORES, _SPREAD, STORES)
    _copy("fulfillment_locationprofile", _PROFILES, {"location_id": "i.id"}, store)
    with connection.cursor() as cursor:
        cursor.execute(_LEVELS)
        cursor.execute("ANALYZE members_institution, fulfillment_locationprofile, fulfillment_stocklevel")
    return company


def _copy(table: str, sql: str, changed: dict[str, str], which: int) -> None:
    """Rows like the one that the statement picks, but for the columns in `changed`."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        columns = [column.name for column in cursor.description if column.name != "id"]
        values = ", ".join(changed.get(name, f"one.{name}").replace("%", "%%") for name in columns)
        cursor.execute(sql.format(columns=", ".join(columns), values=values), [which])


def _milliseconds(wish, *, widely: bool) -> float:
    begun = time.perf_counter()
    load(wish, now=clock.now(), widely=widely)
    return (time.perf_counter() - begun) * 1000
