"""Put levels right from the records. Movements and reservations are the truth, levels their sum."""

import logging
from typing import NamedTuple

from django.db import connection, transaction

log = logging.getLogger(__name__)

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
RETURNING l.sku, l.location_id, old.on_hand, new.on_hand, old.reserved, new.reserved
"""


class Repaired(NamedTuple):
    """A level and what stood in it before."""

    sku: str
    location_id: int
    on_hand_before: int
    on_hand: int
    reserved_before: int
    reserved: int

    def __str__(self):
        return (
            f"{self.sku} @ {self.location_id}: on hand {self.on_hand_before} -> {self.on_hand},"
            f" reserved {self.reserved_before} -> {self.reserved}"
        )


@transaction.atomic
def levels() -> list[Repaired]:
    """Set every level to what its records add up to; tells and logs what was changed. Stops other writers.

    A level whose records promise more than there is breaks the bounds and nothing is repaired.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE fulfillment_stocklevel, fulfillment_stockbucket IN SHARE ROW EXCLUSIVE MODE"
        )
        cursor.execute(_REPAIR)
        repaired = [Repaired(*row) for row in cursor.fetchall()]
    for each in repaired:
        log.warning("level repaired: %s", each)
    return repaired
