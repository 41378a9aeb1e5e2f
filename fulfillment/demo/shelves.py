"""Opening stock: warehouses hold most of the range, stores a part of it, a merchant its own goods."""

from datetime import datetime

from django.db import connection

from catalog.queries import offerings
from catalog.values import OfferingFacts
from members.queries import institutions_of_kind
from members.values import InstitutionCard
from omnichannel.kernel.secrets import encrypt, lookup

from ..models import RechargeCard, SerialKind, SerialUnit
from ..services.serial_portion import PIN_CONTEXT
from .draws import chance, draw
from .profiles import KINDS
from .units import serials_of

GOODS = ("device", "sim", "accessory", "gift", "food", "merchant_goods", "recharge_card")
REFERENCE = "opening"
FACE_FEN = 100_00
# kind of goods: percent of the range held, least and most units, by kind of location
WAREHOUSE = {
    "device": (97, 60, 110),
    "sim": (100, 700, 900),
    "accessory": (98, 150, 320),
    "gift": (96, 90, 200),
    "food": (96, 90, 200),
    "recharge_card": (100, 120, 180),
}
STORE = {
    "device": (58, 1, 4),
    "sim": (100, 24, 40),
    "accessory": (72, 3, 12),
    "gift": (45, 2, 8),
    "food": (35, 2, 6),
    "recharge_card": (60, 4, 10),
}
DEALER = {
    "device": (62, 2, 8),
    "sim": (100, 20, 40),
    "accessory": (60, 3, 10),
    "recharge_card": (100, 20, 40),
}
MERCHANT = {"merchant_goods": (100, 80, 240)}
RANGES = {"warehouse": WAREHOUSE, "store": STORE, "dealer": DEALER, "merchant": MERCHANT}

# What was received before is left as it is.
_RECEIVE = """
WITH goods AS (
    SELECT * FROM unnest(%(skus)s::text[], %(places)s::bigint[], %(units)s::int[], %(bins)s::text[])
        AS g(sku, place, units, bin)
), written AS (
    INSERT INTO fulfillment_stockmovement
        (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
    SELECT sku, units, 'supplier', NULL, 'location', place, 'received', %(reference)s, %(now)s FROM goods
    ON CONFLICT DO NOTHING RETURNING sku, to_location_id, quantity
), levels AS (
    INSERT INTO fulfillment_stocklevel AS l (sku, location_id, on_hand, reserved, bin)
    SELECT w.sku, w.to_location_id, w.quantity, 0, g.bin
    FROM written w JOIN goods g ON g.sku = w.sku AND g.place = w.to_location_id
    ON CONFLICT (sku, location_id) DO UPDATE SET on_hand = l.on_hand + excluded.on_hand
)
SELECT sku, to_location_id FROM written
"""
_UNITS = """
INSERT INTO fulfillment_serialunit (serial, kind, sku, location_id, state, received_at, changed_at)
SELECT s.serial, s.kind, s.sku, s.place, 'free', %(now)s, %(now)s
FROM unnest(%(serials)s::text[], %(kinds)s::text[], %(skus)s::text[], %(places)s::bigint[])
    AS s(serial, kind, sku, place)
ON CONFLICT (serial) DO NOTHING
"""


def load_shelves(*, now: datetime) -> None:
    """Movements with levels, the serial units of what was new, and the secrets of recharge cards."""
    goods = offerings.of_kind(*GOODS)
    places = institutions_of_kind(*KINDS)
    rows = [(facts, place, units) for place in places for facts in goods if (units := _units(facts, place))]
    values = {
        "skus": [facts.sku for facts, _place, _count in rows],
        "places": [place.id for _facts, place, _count in rows],
        "units": [count for _facts, _place, count in rows],
        "bins": [_bin(facts, place) for facts, place, _count in rows],
        "reference": REFERENCE,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVE, values)
        fresh = set(cursor.fetchall())
        new = [row for row in rows if (row[0].sku, row[1].id) in fresh and row[0].serial_kind]
        cursor.execute(_UNITS, _serial_columns(new) | {"now": now})
    _load_secrets()


def _load_secrets() -> None:
    """Secrets of eighteen digits that follow from the card's number; they recharge nothing."""
    bare = SerialUnit.objects.filter(kind=SerialKind.CARD, recharge_card=None)
    RechargeCard.objects.bulk_create(
        RechargeCard(
            unit_id=pk,
            pin_encrypted=encrypt(secret, context=PIN_CONTEXT),
            pin_hash=lookup(secret, context=PIN_CONTEXT),
            face_fen=FACE_FEN,
        )
        for pk, serial in bare.order_by("pk").values_list("pk", "serial")
        for secret in [f"{draw(0, 999_999_999, 'secret', serial):09d}{serial[-9:]}"]
    )


def _units(facts: OfferingFacts, place: InstitutionCard) -> int:
    percent, least, most = RANGES[place.kind].get(facts.kind, (0, 0, 0))
    if place.kind == "merchant" and facts.seller_id != place.id:
        return 0
    if not chance(percent, facts.sku, place.code):
        return 0
    return draw(least, most, "units", facts.sku, place.code)


def _bin(facts: OfferingFacts, place: InstitutionCard) -> str:
    """Aisle by kind of goods, then shelf and tray: A-07-3."""
    aisle = "ABCDEFG"[GOODS.index(facts.kind)]
    return f"{aisle}-{draw(1, 24, 'shelf', facts.sku, place.code):02d}-{draw(1, 5, 'tray', facts.sku)}"


def _serial_columns(rows) -> dict[str, list]:
    columns: dict[str, list] = {"serials": [], "kinds": [], "skus": [], "places": []}
    for facts, place, units in rows:
        serials = serials_of(facts.serial_kind, facts.sku, place.code, units)
        columns["serials"] += serials
        columns["kinds"] += [facts.serial_kind] * units
        columns["skus"] += [facts.sku] * units
        columns["places"] += [place.id] * units
    return columns
