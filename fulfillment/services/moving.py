"""Move what demands hold to where their plans want it: all of it, or nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ..models import Reservation, ReservationState
from . import hot
from .allocation import Allocation, Share
from .level_locks import lock_levels_of

# Units that one demand gives and another takes are netted, so two demands may change places.
_MOVE = """
WITH wish AS (
    SELECT * FROM unnest(%(demands)s::bigint[], %(levels)s::bigint[], %(lines)s::bigint[], %(units)s::int[],
        %(safety)s::int[]) AS w(demand_id, level_id, line_id, units, safety)
), old AS (
    SELECT id, level_id, quantity FROM fulfillment_reservation
    WHERE id = ANY(%(old)s) AND state = 'confirmed'
), need AS (
    SELECT level_id, sum(units)::int AS units, max(safety) AS safety FROM (
        SELECT level_id, units, safety FROM wish UNION ALL SELECT level_id, -quantity, 0 FROM old
    ) both_ways GROUP BY level_id
), level AS (
    SELECT l.id, l.sku, l.location_id, n.units,
        n.units <= 0 OR ((%(gathered)s OR l.buckets = 0)
            AND l.on_hand - l.reserved - n.safety >= n.units) AS enough
    FROM fulfillment_stocklevel l JOIN need n ON n.level_id = l.id
), verdict AS (
    SELECT bool_and(enough) AND count(*) = (SELECT count(*) FROM need) AS yes FROM level
), gone AS (
    UPDATE fulfillment_reservation r SET state = 'released', changed_at = %(now)s
    FROM old, verdict WHERE r.id = old.id AND verdict.yes RETURNING r.id
), moved AS (
    UPDATE fulfillment_stocklevel l SET reserved = l.reserved + k.units
    FROM level k, verdict WHERE l.id = k.id AND verdict.yes AND k.units <> 0
), kept AS (
    INSERT INTO fulfillment_reservation
        (demand_id, line_id, level_id, sku, location_id, quantity, state, changed_at)
    SELECT w.demand_id, w.line_id, k.id, k.sku, k.location_id, w.units, 'confirmed', %(now)s
    FROM wish w JOIN level k ON k.id = w.level_id, verdict
    WHERE verdict.yes AND (SELECT count(*) FROM gone) >= 0
)
SELECT yes, (SELECT array_agg(k.id) FROM level k JOIN fulfillment_stocklevel l ON l.id = k.id
    WHERE k.units > 0 AND l.buckets > 0)
FROM verdict
"""


@dataclass(frozen=True)
class Move:
    """What a locked demand holds outside of parcels, and where it should be."""

    demand_id: int
    allocation: Allocation
    held: list[Reservation]

    def changes(self) -> tuple[list[Share], list[int]]:
        """Shares that are not held yet, and reservations that are not wanted any more."""
        stays = {_key(row) for row in self.held}
        wanted = Counter(_share_key(share) for share in self.allocation.shares)
        fresh = [share for share in self.allocation.shares if _share_key(share) not in stays]
        return fresh, [row.pk for row in self.held if _key(row) not in wanted]


def move(*, demand_id: int, allocation: Allocation, held: list[Reservation], now: datetime) -> bool:
    """As move_all, for one demand."""
    return move_all([Move(demand_id, allocation, held)], now=now)


def move_all(moves: Iterable[Move], *, now: datetime) -> bool:
    """Make what is held into what is wanted, for all demands or none; False when stock is short."""
    shares, demands, old = [], [], []
    for each in moves:
        fresh, unwanted = each.changes()
        shares += fresh
        demands += [each.demand_id] * len(fresh)
        old += unwanted
    if not shares and not old:
        return True
    values = Allocation(tuple(shares)).columns() | {"demands": demands, "old": old, "now": now}
    with transaction.atomic(), connection.cursor() as cursor:
        lock_levels_of(Reservation.objects.filter(pk__in=old), *(share.level_id for share in shares))
        cursor.execute(_MOVE, values | {"gathered": False})
        done, divided = cursor.fetchone()
        if not done and divided:
            hot.gather(divided)
            cursor.execute(_MOVE, values | {"gathered": True})
            done, _divided = cursor.fetchone()
    return bool(done)


def held_by(demand_id: int) -> list[Reservation]:
    """What the demand holds outside of parcels."""
    rows = Reservation.objects.filter(demand_id=demand_id, fulfillment=None)
    return list(rows.filter(state=ReservationState.CONFIRMED))


def _key(row: Reservation) -> tuple[int, int, int]:
    return (row.line_id, row.level_id, row.quantity)


def _share_key(share: Share) -> tuple[int, int, int]:
    return (share.line_id, share.level_id, share.units)
