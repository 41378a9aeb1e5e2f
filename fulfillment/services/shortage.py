"""The shelf has less than the books say: the parcel is looked for elsewhere, the books are put right."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from members.actors import Actor

from ..models import FulfillmentOrder, Reservation, ReservationState
from ..models.demands import FulfillmentState
from . import account_closing, steps
from .claims import let_go
from .level_locks import lock_levels_of
from .reassignment import reassign

# What is missing was promised to this parcel: the promise and the units go together.
_LOSE = """
WITH lost AS (
    SELECT r.id, r.level_id, r.sku, r.location_id, r.quantity, least(r.quantity, m.units) AS units
    FROM unnest(%(lines)s::bigint[], %(units)s::int[]) AS m(line_id, units)
    JOIN fulfillment_reservation r ON r.line_id = m.line_id
    WHERE r.fulfillment_id = %(id)s AND r.state = 'confirmed' AND m.units > 0
), smaller AS (
    UPDATE fulfillment_reservation r SET quantity = r.quantity - lost.units, changed_at = %(now)s
    FROM lost WHERE r.id = lost.id AND r.quantity > lost.units
), gone AS (
    UPDATE fulfillment_reservation r SET state = 'released', changed_at = %(now)s
    FROM lost WHERE r.id = lost.id AND r.quantity = lost.units
), back AS (
    SELECT level_id, sum(units)::int AS units FROM lost GROUP BY level_id
), moved AS (
    UPDATE fulfillment_stocklevel l SET on_hand = l.on_hand - b.units, reserved = l.reserved - b.units
    FROM back b WHERE l.id = b.level_id
)
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
SELECT sku, sum(units), 'location', location_id, 'loss', NULL, 'missing', %(code)s, %(now)s
FROM lost GROUP BY sku, location_id
"""


@transaction.atomic
def report_short(
    *, fulfillment_id: int, actor: Actor, now: datetime, missing: Mapping[int, int] | None = None
) -> FulfillmentOrder:
    """Give a parcel up at its location and route it again. Raises WrongState.

    `missing`: units that are not on the shelf, by FulfillmentLine pk; they are booked as lost. Serial
    units of this parcel go back to the free ones, but for cards that the network has seen; accounts that
    other cards of the parcel opened are closed.
    """
    fo = steps.locked_whole(fulfillment_id)
    steps.advance(fo, FulfillmentState.SHORT, now=now, actor=actor)
    lines = list(fo.lines.all())
    account_closing.set_aside_used_cards([fo], now=now, reason="short")
    account_closing.close_accounts(fo, now=now)
    let_go(lines, now=now)
    lost = {line.line_id: (missing or {}).get(line.pk, 0) for line in lines}
    if any(lost.values()):
        _lose(fo, lost, now)
    reassign(fo, reason="short", now=now)
    return fo


def _lose(fo: FulfillmentOrder, lost: dict[int, int], now: datetime) -> None:
    values = {"id": fo.pk, "code": fo.code, "now": now}
    lock_levels_of(Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED))
    with connection.cursor() as cursor:
        cursor.execute(_LOSE, values | {"lines": list(lost), "units": list(lost.values())})
