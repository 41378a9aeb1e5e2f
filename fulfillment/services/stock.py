"""Goods that move: every change of a level comes with its movement, in one statement."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid

from ..models import (
    ClaimState,
    FulfillmentOrder,
    Place,
    Reservation,
    ReservationState,
    SerialClaim,
    SerialState,
    SerialUnit,
    StockMovement,
    Way,
)
from ..values import is_supply
from . import hot
from .level_locks import lock_levels_of

_SHIP = """
WITH gone AS (
    UPDATE fulfillment_reservation SET state = 'shipped', changed_at = %(now)s
    WHERE fulfillment_id = ANY(%(ids)s) AND state = 'confirmed'
    RETURNING level_id, sku, location_id, quantity, fulfillment_id
), back AS (
    SELECT level_id, sum(quantity)::int AS units FROM gone GROUP BY level_id
), moved AS (
    UPDATE fulfillment_stocklevel l SET on_hand = l.on_hand - b.units, reserved = l.reserved - b.units
    FROM back b WHERE l.id = b.level_id
), written AS (
    INSERT INTO fulfillment_stockmovement
        (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
    SELECT g.sku, sum(g.quantity), 'location', g.location_id,
        CASE f.way WHEN 'pickup' THEN 'customer' ELSE 'transit' END, NULL, %(reason)s, f.code, %(now)s
    FROM gone g JOIN fulfillment_fulfillmentorder f ON f.id = g.fulfillment_id
    GROUP BY g.sku, g.location_id, f.way, f.code
)
SELECT fulfillment_id, sum(quantity)::int FROM gone GROUP BY fulfillment_id
"""

# A hand-over is taken back: the goods lie packed in the house again, promised as before. Levels are locked.
_UNSHIP = """
WITH back AS (
    UPDATE fulfillment_reservation SET state = 'confirmed', changed_at = %(now)s
    WHERE fulfillment_id = %(id)s AND state = 'shipped'
    RETURNING level_id, sku, location_id, quantity
), units AS (
    SELECT level_id, sum(quantity)::int AS units FROM back GROUP BY level_id
), moved AS (
    UPDATE fulfillment_stocklevel l SET on_hand = l.on_hand + u.units, reserved = l.reserved + u.units
    FROM units u WHERE l.id = u.level_id
)
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
SELECT sku, sum(quantity), 'transit', NULL, 'location', location_id, %(reason)s, %(code)s, %(now)s
FROM back GROUP BY sku, location_id
"""

_DELIVER = """
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
SELECT l.sku, sum(l.quantity - coalesce(r.quantity, 0)), 'transit', NULL, 'customer', NULL, 'delivered',
    f.code, %(now)s
FROM fulfillment_fulfillmentline l JOIN fulfillment_fulfillmentorder f ON f.id = l.fulfillment_id
LEFT JOIN fulfillment_refusedunits r ON r.line_id = l.id
WHERE f.id = ANY(%(ids)s) AND f.way <> 'pickup'
GROUP BY l.sku, f.code HAVING sum(l.quantity - coalesce(r.quantity, 0)) > 0
ON CONFLICT DO NOTHING
"""

# Of a parcel that was delivered in part, the units not taken; a card whose account was opened is used: it
# does not come back to the shelf.
_RECEIVE_BACK = """
WITH lines AS (
    SELECT l.sku, f.code, f.location_id, l.msisdn <> '' AS used,
        sum(CASE WHEN f.state = 'delivered' THEN r.quantity ELSE l.quantity END)::int AS units
    FROM fulfillment_fulfillmentline l JOIN fulfillment_fulfillmentorder f ON f.id = l.fulfillment_id
    LEFT JOIN fulfillment_refusedunits r ON r.line_id = l.id
    WHERE f.id = %(id)s AND (f.state <> 'delivered' OR r.id IS NOT NULL)
    GROUP BY l.sku, f.code, f.location_id, l.msisdn <> ''
), written AS (
    INSERT INTO fulfillment_stockmovement
        (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
    SELECT sku, units, 'transit', NULL, CASE WHEN used THEN 'loss' ELSE 'location' END,
        CASE WHEN used THEN NULL ELSE location_id END, 'returned', code, %(now)s
    FROM lines ON CONFLICT DO NOTHING
    RETURNING sku, to_location_id, quantity
)
UPDATE fulfillment_stocklevel l SET on_hand = l.on_hand + w.quantity
FROM written w WHERE l.sku = w.sku AND l.location_id = w.to_location_id
"""

_BOOK = """
WITH level AS (
    INSERT INTO fulfillment_stocklevel AS l (sku, location_id, on_hand, reserved, bin)
    SELECT %(sku)s, %(location_id)s, %(units)s, 0, '' WHERE %(units)s > 0
    ON CONFLICT (sku, location_id) DO UPDATE SET on_hand = l.on_hand + excluded.on_hand
    RETURNING id
), taken AS (
    UPDATE fulfillment_stocklevel l SET on_hand = l.on_hand + %(units)s
    WHERE %(units)s < 0 AND l.sku = %(sku)s AND l.location_id = %(location_id)s
        AND l.on_hand + %(units)s >= l.reserved
    RETURNING id
)
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
SELECT %(sku)s, abs(%(units)s),
    CASE WHEN %(units)s > 0 THEN %(place)s ELSE 'location' END,
    CASE WHEN %(units)s > 0 THEN NULL ELSE %(location_id)s END,
    CASE WHEN %(units)s > 0 THEN 'location' ELSE %(place)s END,
    CASE WHEN %(units)s > 0 THEN %(location_id)s ELSE NULL END,
    %(reason)s, %(reference)s, %(now)s
FROM (SELECT id FROM level UNION ALL SELECT id FROM taken) done
RETURNING id
"""


SHIPPED, UNSHIPPED = "shipped", "handover_undone"


class NotReserved(DomainError):
    """Goods leave only as far as they are promised to this order."""

    code = "stock_not_reserved"
    message = _("Parcel %(parcel)s holds fewer units than it should. Report it short.")


class StockPromised(DomainError):
    code = "stock_promised"
    message = _("%(sku)s cannot be taken out here: what is on the shelf is promised to orders.")


class UnitsInvalid(Invalid):
    code = "quantity_invalid"
    message = _("Enter a number of units.")


def ship(*, fulfillment: FulfillmentOrder, now: datetime) -> None:
    """The goods leave the house: to the courier, or over the counter for a pick-up."""
    ship_many(fulfillments=[fulfillment], now=now)


@transaction.atomic
def ship_many(*, fulfillments: Iterable[FulfillmentOrder], now: datetime, times: int = 0) -> None:
    """Six statements for any number of parcels; what has left before is left alone.

    times: how often one of them was taken off the courier's manifest again. Raises NotReserved when a parcel
    holds fewer units than its lines say.
    """
    by_id = {fo.pk: fo for fo in fulfillments}
    held = Reservation.objects.filter(fulfillment__in=list(by_id), state=ReservationState.CONFIRMED)
    lock_levels_of(held)
    with connection.cursor() as cursor:
        cursor.execute(_SHIP, {"ids": list(by_id), "reason": _nth(SHIPPED, times), "now": now})
        shipped = dict(cursor.fetchall())
        cursor.execute(
            "SELECT fulfillment_id, sum(quantity)::int FROM fulfillment_fulfillmentline"
            " WHERE fulfillment_id = ANY(%s) GROUP BY 1",
            [list(shipped)],
        )
        wanted = dict(cursor.fetchall())
    short = sorted(pk for pk, units in shipped.items() if units != wanted[pk])
    if short:
        raise NotReserved(parcel=by_id[short[0]].code)
    over_counter = [pk for pk in shipped if by_id[pk].way == Way.PICKUP]
    on_the_way = [pk for pk in shipped if by_id[pk].way != Way.PICKUP]
    _pass_on(over_counter, SerialState.SOLD, now)
    _pass_on(on_the_way, SerialState.IN_TRANSIT, now)


@transaction.atomic
def unship(*, fulfillment: FulfillmentOrder, times: int, now: datetime) -> None:
    """The parcel was not taken after all: units and serials are in the house, promised as before.

    times: how often that happened to it before; each time has its own record.
    """
    rows = Reservation.objects.filter(fulfillment=fulfillment, state=ReservationState.SHIPPED)
    lock_levels_of(rows)
    values = {"id": fulfillment.pk, "code": fulfillment.code, "reason": _nth(UNSHIPPED, times), "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_UNSHIP, values)
    claims = SerialClaim.objects.filter(line__fulfillment=fulfillment, state=ClaimState.SHIPPED)
    units = list(claims.values_list("serial_id", flat=True))
    claims.update(state=ClaimState.LIVE, changed_at=now)
    SerialUnit.objects.filter(pk__in=units).update(state=SerialState.CLAIMED, changed_at=now)


def _nth(reason: str, times: int) -> str:
    """A movement's reason stands once for a parcel; what happens again is numbered."""
    return f"{reason}_{times + 1}" if times else reason


def _pass_on(fo_ids: list[int], state: str, now: datetime) -> None:
    if not fo_ids:
        return
    claims = SerialClaim.objects.filter(line__fulfillment__in=fo_ids, state=ClaimState.LIVE)
    units = list(claims.values_list("serial_id", flat=True))
    claims.update(state=ClaimState.SHIPPED, changed_at=now)
    SerialUnit.objects.filter(pk__in=units).update(state=state, changed_at=now)


def deliver(*, fulfillment: FulfillmentOrder, now: datetime) -> None:
    """The goods have reached the customer. Repeating it does nothing; nor does it for a pick-up."""
    deliver_many(fulfillments=[fulfillment], now=now)


@transaction.atomic
def deliver_many(
    *, fulfillments: Iterable[FulfillmentOrder], now: datetime, kept_back: Iterable[str] = ()
) -> None:
    """kept_back: serials in these parcels that the customers did not take; they stay in transit."""
    # What a dealer ordered stays in transit until the dealer has counted it.
    ids = [fo.pk for fo in fulfillments if not is_supply(fo.code)]
    with connection.cursor() as cursor:
        cursor.execute(_DELIVER, {"ids": ids, "now": now})
    under_way = SerialUnit.objects.filter(
        state=SerialState.IN_TRANSIT, claims__line__fulfillment__in=ids, claims__state=ClaimState.SHIPPED
    )
    under_way.exclude(serial__in=list(kept_back)).update(state=SerialState.SOLD, changed_at=now)


@transaction.atomic
def receive_back(*, fulfillment: FulfillmentOrder, now: datetime) -> None:
    """Goods that the customer did not take are on the shelf again; used SIM cards go to quarantine.

    Repeating it does nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVE_BACK, {"id": fulfillment.pk, "now": now})
    back = SerialUnit.objects.filter(
        state=SerialState.IN_TRANSIT,
        claims__line__fulfillment=fulfillment,
        claims__state=ClaimState.SHIPPED,
    )
    used = list(back.exclude(claims__line__msisdn="").values_list("pk", flat=True))
    SerialUnit.objects.filter(pk__in=used).update(state=SerialState.QUARANTINE, changed_at=now)
    back.update(state=SerialState.FREE, changed_at=now)


def book(
    *, sku: str, location_id: int, units: int, place: str, reason: str, reference: str, now: datetime
) -> None:
    """Bring units in (positive) from `place`, or take them out (negative) to it.

    One statement; a second try with the buckets' units where a hot level is divided.
    Raises StockPromised when that would take what orders were promised.
    """
    if not units:
        raise UnitsInvalid(field="units")
    values = {
        "sku": sku,
        "location_id": location_id,
        "units": units,
        "place": place,
        "reason": reason,
        "reference": reference[:64],
        "now": now,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BOOK, values)
        done = cursor.fetchone()
        if not done and hot.gather_of(sku=sku, location_id=location_id):
            cursor.execute(_BOOK, values)
            done = cursor.fetchone()
    if not done:
        raise StockPromised(sku=sku)


def lose(*, sku: str, units: int, reason: str, reference: str, now: datetime) -> None:
    """Units leave transit for good; no level holds them any more."""
    if units:
        StockMovement.objects.create(
            sku=sku,
            quantity=units,
            from_place=Place.TRANSIT,
            to_place=Place.LOSS,
            reason=reason,
            reference=reference,
            at=now,
        )
