"""What lies on the shelves, in figures: for whoever counts, moves or compares goods."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

# set aside: units in parcels that stand in the house and are picked; they left the shelf, not the books.
_SHELF = """
SELECT l.sku, l.location_id, l.on_hand, l.reserved, l.bin, coalesce(a.units, 0)
FROM fulfillment_stock l
LEFT JOIN LATERAL (
    SELECT sum(n.quantity)::int AS units
    FROM fulfillment_fulfillmentorder f
    JOIN fulfillment_fulfillmentline n ON n.fulfillment_id = f.id AND n.sku = l.sku
    LEFT JOIN fulfillment_picktask t ON t.line_id = n.id AND t.state = 'picked'
    WHERE f.location_id = l.location_id
        AND (f.state IN ('picked', 'sim_taken', 'account_open', 'packed', 'ready_for_pickup')
            OR (f.state = 'in_wave' AND t.id IS NOT NULL))
) a ON true
WHERE l.sku = ANY(%(skus)s) AND l.location_id = ANY(%(places)s)
"""


@dataclass(frozen=True)
class ShelfCard:
    """Units of a SKU at a location; set_aside: on hand, but in parcels that were picked."""

    on_hand: int = 0
    reserved: int = 0
    bin: str = ""
    set_aside: int = 0

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved

    @property
    def on_shelf(self) -> int:
        return self.on_hand - self.set_aside


def shelf(skus: Iterable[str], location_ids: Iterable[int]) -> dict[tuple[str, int], ShelfCard]:
    """By (SKU, location id); what was never there is absent. One statement."""
    values = {"skus": sorted(set(skus)), "places": sorted(set(location_ids))}
    with connection.cursor() as cursor:
        cursor.execute(_SHELF, values)
        return {(row[0], row[1]): ShelfCard(*row[2:]) for row in cursor.fetchall()}
