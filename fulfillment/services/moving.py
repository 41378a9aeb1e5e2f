"""Move what a demand holds to where its plan wants it: in one statement, or not at all."""

from collections import Counter
from datetime import datetime

from django.db import connection

from ..models import Reservation, ReservationState
from .allocation import Allocation, Share

_MOVE = """
WITH wish AS (
    SELECT * FROM unnest(%(levels)s::bigint[], %(lines)s::bigint[], %(units)s::int[], %(safety)s::int[])
        AS w(level_id, line_id, units, safety)
), old AS (
    SELECT id, level_id, quantity FROM fulfillment_reservation
    WHERE id = ANY(%(old)s) AND state = 'confirmed'
), need AS (
    SELECT level_id, sum(units)::int AS units, max(safety) AS safety FROM (
        SELECT level_id, units, safety FROM wish UNION ALL SELECT level_id, -quantity, 0 FROM old
    ) both_ways GROUP BY level_id
), locked AS (
    SELECT l.id, l.sku, l.location_id, n.units,
        n.units <= 0 OR l.on_hand - l.reserved - n.safety >= n.units AS enough
    FROM fulfillment_stocklevel l JOIN need n ON n.level_id = l.id
    ORDER BY l.id FOR UPDATE OF l
), verdict AS (
    SELECT bool_and(enough) AND count(*) = (SELECT count(*) FROM need) AS yes FROM locked
), gone AS (
    UPDATE fulfillment_reservation r SET state = 'released', changed_at = %(now)s
    FROM old, verdict WHERE r.id = old.id AND verdict.yes RETURNING r.id
), moved AS (
    UPDATE fulfillment_stocklevel l SET reserved = l.reserved + k.units
    FROM locked k, verdict WHERE l.id = k.id AND verdict.yes AND k.units <> 0
), kept AS (
    INSERT INTO fulfillment_reservation
        (demand_id, line_id, level_id, sku, location_id, quantity, state, changed_at)
    SELECT %(demand_id)s, w.line_id, k.id, k.sku, k.location_id, w.units, 'confirmed', %(now)s
    FROM wish w JOIN locked k ON k.id = w.level_id, verdict
    WHERE verdict.yes AND (SELECT count(*) FROM gone) >= 0
)
SELECT yes FROM verdict
"""


def move(*, demand_id: int, allocation: Allocation, held: list[Reservation], now: datetime) -> bool:
    """Make `held` (of a locked demand, not in a parcel yet) into `allocation`; False when stock is short."""
    stays = {_key(row): row for row in held}
    fresh = [share for share in allocation.shares if _share_key(share) not in stays]
    wanted = Counter(_share_key(share) for share in allocation.shares)
    old = [row.pk for row in held if _key(row) not in wanted]
    if not fresh and not old:
        return True
    values = Allocation(tuple(fresh)).columns() | {"old": old, "demand_id": demand_id, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, values)
        return bool(cursor.fetchone()[0])


def held_by(demand_id: int) -> list[Reservation]:
    """What the demand holds outside of parcels."""
    rows = Reservation.objects.filter(demand_id=demand_id, fulfillment=None)
    return list(rows.filter(state=ReservationState.CONFIRMED))


def _key(row: Reservation) -> tuple[int, int, int]:
    return (row.line_id, row.level_id, row.quantity)


def _share_key(share: Share) -> tuple[int, int, int]:
    return (share.line_id, share.level_id, share.units)
