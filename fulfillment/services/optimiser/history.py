"""Which orders come: those of the last weeks by province and content, most frequent first."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

MOST_KINDS = 1500

_KINDS = """
SELECT province, content, count(*) FROM (
    SELECT d.wish -> 'destination' ->> 'province' AS province,
        (SELECT string_agg(sku || chr(9) || units, chr(10) ORDER BY sku) FROM (
            SELECT line ->> 'sku' AS sku, sum((line ->> 'quantity')::int) AS units
            FROM jsonb_array_elements(d.wish -> 'lines') line GROUP BY 1
        ) lines) AS content
    FROM fulfillment_fulfillmentdemand d
    WHERE d.placed_at >= %(since)s AND d.placed_at < %(now)s AND d.way = 'ship'
        AND d.state NOT IN ('released', 'cancelled')
) orders
WHERE province IS NOT NULL AND content IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""


@dataclass(frozen=True)
class OrderKind:
    """Orders of a province with the same content. count: in the days looked at."""

    province: str
    items: tuple[tuple[str, int], ...]
    count: float


def order_kinds(*, now: datetime, days: int) -> list[OrderKind]:
    """One statement. What is rarer than the first 1,500 kinds counts item by item."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS, {"since": now - timedelta(days=days), "now": now})
        rows = [(province, _items(content), count) for province, content, count in cursor.fetchall()]
    kinds = [OrderKind(*row) for row in rows[:MOST_KINDS]]
    return kinds + _items_alone(rows[MOST_KINDS:])


def _items(content: str) -> tuple[tuple[str, int], ...]:
    pairs = (line.rsplit("\t", 1) for line in content.split("\n"))
    return tuple((sku, int(units)) for sku, units in pairs)


def _items_alone(rows) -> list[OrderKind]:
    units: Counter = Counter()
    for province, items, count in rows:
        for sku, wanted in items:
            units[province, sku] += wanted * count
    return [OrderKind(province, ((sku, 1),), count) for (province, sku), count in sorted(units.items())]
