"""What happened on a shelf since a snapshot was taken, so that an old figure does not undo it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

SYNC_UP, SYNC_DOWN = "sync_up", "sync_down"  # reasons of what a snapshot puts right

# on_hand: every movement since, but for what other snapshots put right: they tell of the shelf and move no
# goods, and this newer one tells of it too. salable leaves promises out: what was promised before it and is
# still here comes on top, what left since was promised before, unless its order is younger.
_SINCE = """
SELECT c.sku, c.place,
    coalesce((
        SELECT sum(CASE WHEN m.to_location_id = c.place THEN m.quantity ELSE -m.quantity END)
        FROM fulfillment_stockmovement m
        LEFT JOIN fulfillment_fulfillmentorder f ON f.code = m.reference AND m.reason = 'shipped'
        LEFT JOIN fulfillment_fulfillmentdemand d ON d.id = f.demand_id
        WHERE m.sku = c.sku AND m.at > %(taken_at)s AND m.reason <> ALL(%(told)s::text[])
            AND c.place IN (m.to_location_id, m.from_location_id)
            AND (%(basis)s = 'on_hand' OR m.reason <> 'shipped' OR d.placed_at > %(taken_at)s)
    ), 0)::int
    + CASE WHEN %(basis)s = 'on_hand' THEN 0 ELSE coalesce((
        SELECT sum(r.quantity)
        FROM fulfillment_stocklevel l JOIN fulfillment_reservation r ON r.level_id = l.id
        JOIN fulfillment_fulfillmentdemand d ON d.id = r.demand_id
        WHERE l.sku = c.sku AND l.location_id = c.place AND r.state IN ('held', 'confirmed')
            AND d.placed_at <= %(taken_at)s
    ), 0)::int END
FROM unnest(%(skus)s::text[], %(places)s::bigint[]) AS c(sku, place)
"""


@dataclass(frozen=True)
class Cell:
    """A SKU at a location."""

    sku: str
    location_id: int


def since(cells: Iterable[Cell], *, taken_at: datetime, basis: str) -> dict[Cell, int]:
    """Units to add to a snapshot's figures to have what is on hand now, by cell. One statement."""
    wanted = list(cells)
    values = {
        "skus": [cell.sku for cell in wanted],
        "places": [cell.location_id for cell in wanted],
        "taken_at": taken_at,
        "basis": basis,
        "told": [SYNC_UP, SYNC_DOWN],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, values)
        return {Cell(sku, place): units for sku, place, units in cursor.fetchall()}
