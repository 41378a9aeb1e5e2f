"""Put levels right from the records. Movements and reservations are the truth, levels their sum."""

from django.db import connection, transaction

_REPAIR = """
WITH truth AS (
    SELECT l.id,
        coalesce((SELECT sum(quantity) FROM fulfillment_stockmovement m
            WHERE m.sku = l.sku AND m.to_location_id = l.location_id), 0)
        - coalesce((SELECT sum(quantity) FROM fulfillment_stockmovement m
            WHERE m.sku = l.sku AND m.from_location_id = l.location_id), 0) AS on_hand,
        coalesce((SELECT sum(quantity) FROM fulfillment_reservation r
            WHERE r.level_id = l.id AND r.state IN ('held', 'confirmed')), 0)
        + coalesce((SELECT sum(free) FROM fulfillment_stockbucket b WHERE b.level_id = l.id), 0) AS reserved
    FROM fulfillment_stocklevel l
)
UPDATE fulfillment_stocklevel l SET on_hand = t.on_hand, reserved = t.reserved
FROM truth t WHERE t.id = l.id AND (l.on_hand, l.reserved) IS DISTINCT FROM (t.on_hand, t.reserved)
"""


@transaction.atomic
def levels() -> int:
    """Set every level to what its records add up to; returns how many were wrong. Stops other writers.

    A level whose records promise more than there is breaks the bounds and nothing is repaired.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE fulfillment_stocklevel, fulfillment_stockbucket IN SHARE ROW EXCLUSIVE MODE"
        )
        cursor.execute(_REPAIR)
        return cursor.rowcount
