"""Units of a demand that are in no parcel go back to the shelf."""

from datetime import datetime

from django.db import connection

_RELEASE_OPEN = """
WITH gone AS (
    UPDATE fulfillment_reservation SET state = 'released', changed_at = %(now)s
    WHERE demand_id = %(demand_id)s AND fulfillment_id IS NULL AND state IN ('held', 'confirmed')
    RETURNING level_id, quantity
), back AS (
    SELECT level_id, sum(quantity)::int AS units FROM gone GROUP BY level_id
), locked AS (
    SELECT l.id, b.units FROM fulfillment_stocklevel l JOIN back b ON b.level_id = l.id
    ORDER BY l.id FOR NO KEY UPDATE OF l
)
UPDATE fulfillment_stocklevel l SET reserved = l.reserved - k.units FROM locked k WHERE l.id = k.id
"""


def release_open_units(*, demand_id: int, now: datetime) -> None:
    """Of a locked demand; parcels keep theirs. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE_OPEN, {"demand_id": demand_id, "now": now})
