"""What verify_stock compared, in figures: so that "nothing to report" says of how much."""

from django.db import connection

_TOTALS = """
SELECT 'levels', count(*), coalesce(sum(on_hand), 0) FROM fulfillment_stock
UNION ALL SELECT 'movements', count(*), coalesce(sum(quantity), 0) FROM fulfillment_stockmovement
UNION ALL SELECT 'reserved', count(*), coalesce(sum(reserved), 0) FROM fulfillment_stock WHERE reserved > 0
UNION ALL SELECT 'reservations', count(*), coalesce(sum(quantity), 0) FROM fulfillment_reservation
    WHERE state IN ('held', 'confirmed')
UNION ALL SELECT 'in transit', count(*), coalesce(sum(units), 0) FROM (
    SELECT sum(CASE WHEN to_place = 'transit' THEN quantity ELSE -quantity END) AS units
    FROM fulfillment_stockmovement WHERE 'transit' IN (from_place, to_place)
    GROUP BY reference, sku
    HAVING sum(CASE WHEN to_place = 'transit' THEN quantity ELSE -quantity END) <> 0
) under_way
UNION ALL SELECT 'transfers under way', count(DISTINCT t.id), coalesce(sum(l.sent), 0)
    FROM fulfillment_stocktransfer t JOIN fulfillment_transferline l ON l.transfer_id = t.id
    WHERE t.state = 'under_way'
UNION ALL SELECT 'serial units in stock', count(*), count(*) FROM fulfillment_serialunit
    WHERE state IN ('free', 'claimed')
"""


def totals() -> list[tuple[str, int, int]]:
    """(what, rows, units); one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS)
        return [(what, rows, int(units)) for what, rows, units in cursor.fetchall()]
