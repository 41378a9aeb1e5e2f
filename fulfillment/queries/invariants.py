"""Promises that must hold at any moment, as named findings: an empty list is good news."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from . import centre_promises, dealer_promises, posting_promises, stock_promises, supplier_promises

STUCK_AFTER = timedelta(minutes=5)
SHOW = 20

CHECKS = {
    "reserved_within_on_hand": """
        SELECT sku || ' @ ' || location_id, on_hand, reserved FROM fulfillment_stocklevel
        WHERE reserved < 0 OR reserved > on_hand
    """,
    "levels_equal_movements": """
        SELECT coalesce(l.sku, m.sku) || ' @ ' || coalesce(l.location_id, m.location_id),
            coalesce(l.on_hand, 0), coalesce(m.units, 0)
        FROM fulfillment_stocklevel l FULL JOIN (
            SELECT sku, location_id, sum(units)::int AS units FROM (
                SELECT sku, to_location_id AS location_id, quantity AS units
                FROM fulfillment_stockmovement WHERE to_place = 'location'
                UNION ALL
                SELECT sku, from_location_id, -quantity
                FROM fulfillment_stockmovement WHERE from_place = 'location'
            ) entries GROUP BY sku, location_id
        ) m ON m.sku = l.sku AND m.location_id = l.location_id
        WHERE coalesce(l.on_hand, 0) <> coalesce(m.units, 0)
    """,
    "reserved_equals_reservations": """
        SELECT l.sku || ' @ ' || l.location_id, l.reserved, coalesce(r.units, 0)
        FROM fulfillment_stock l LEFT JOIN (
            SELECT level_id, sum(quantity)::int AS units FROM fulfillment_reservation
            WHERE state IN ('held', 'confirmed') GROUP BY level_id
        ) r ON r.level_id = l.id
        WHERE l.reserved <> coalesce(r.units, 0)
    """,
    "serial_claimed_once": """
        SELECT u.serial, count(*), 1 FROM fulfillment_serialclaim c
        JOIN fulfillment_serialunit u ON u.id = c.serial_id
        WHERE c.state = 'live' GROUP BY u.serial HAVING count(*) > 1
    """,
    "serials_within_levels": """
        SELECT u.sku || ' @ ' || u.location_id, count(*)::int, coalesce(l.on_hand, 0)
        FROM fulfillment_serialunit u
        LEFT JOIN fulfillment_stocklevel l ON l.sku = u.sku AND l.location_id = u.location_id
        WHERE u.state IN ('free', 'claimed')
        GROUP BY u.sku, u.location_id, l.on_hand HAVING count(*) <> coalesce(l.on_hand, 0)
    """,
    "promised_equals_ordered": """
        SELECT d.order_number || ' line ' || w.line_id, w.quantity, coalesce(r.units, 0)
        FROM fulfillment_fulfillmentdemand d
        CROSS JOIN LATERAL jsonb_to_recordset(d.wish -> 'lines') AS w(line_id bigint, quantity int)
        LEFT JOIN LATERAL (
            SELECT sum(quantity)::int AS units FROM fulfillment_reservation r
            WHERE r.demand_id = d.id AND r.line_id = w.line_id
                AND r.state IN ('held', 'confirmed', 'shipped')
        ) r ON true
        LEFT JOIN LATERAL (
            SELECT sum((g ->> 1)::int)::int AS units FROM jsonb_array_elements(d.wish -> 'given_up') g
            WHERE (g ->> 0)::bigint = w.line_id
        ) gone ON true
        WHERE CASE
            WHEN d.state IN ('held', 'routed', 'done')
                THEN coalesce(r.units, 0) <> w.quantity - coalesce(gone.units, 0)
            WHEN d.state IN ('released', 'cancelled') THEN coalesce(r.units, 0) <> 0
            ELSE coalesce(r.units, 0) > w.quantity END
    """,
    "parcels_equal_ordered": """
        SELECT d.order_number || ' line ' || w.line_id, w.quantity, coalesce(f.units, 0)
        FROM fulfillment_fulfillmentdemand d
        CROSS JOIN LATERAL jsonb_to_recordset(d.wish -> 'lines') AS w(line_id bigint, quantity int)
        LEFT JOIN LATERAL (
            SELECT sum(l.quantity)::int AS units FROM fulfillment_fulfillmentorder o
            JOIN fulfillment_fulfillmentline l ON l.fulfillment_id = o.id AND l.line_id = w.line_id
            WHERE o.demand_id = d.id AND o.state NOT IN ('declined', 'short', 'cancelled', 'moved')
        ) f ON true
        LEFT JOIN LATERAL (
            SELECT sum((g ->> 1)::int)::int AS units FROM jsonb_array_elements(d.wish -> 'given_up') g
            WHERE (g ->> 0)::bigint = w.line_id
        ) gone ON true
        WHERE d.state IN ('routed', 'done') AND coalesce(f.units, 0) <> w.quantity - coalesce(gone.units, 0)
    """,
    "demands_not_stuck": """
        SELECT order_number, extract(epoch FROM %(now)s - changed_at)::int, 0
        FROM fulfillment_fulfillmentdemand
        WHERE state = 'requested' AND changed_at < %(stuck)s
    """,
}
CHECKS |= stock_promises.CHECKS | dealer_promises.CHECKS | supplier_promises.CHECKS


CHECKS |= centre_promises.CHECKS | posting_promises.CHECKS


@dataclass(frozen=True)
class Finding:
    """A broken promise: `check` names it, `subject` says where; what stands there and what should."""

    check: str
    subject: str
    found: int
    expected: int


def checks() -> tuple[str, ...]:
    return tuple(CHECKS)


def findings(*, now: datetime) -> list[Finding]:
    """Every broken promise, at most twenty of a kind; one statement per check."""
    return [each for _name, found in one_by_one(now=now) for each in found]


def one_by_one(*, now: datetime) -> Iterator[tuple[str, list[Finding]]]:
    """Each check with what it found, as soon as it is done."""
    values = {"now": now, "stuck": now - STUCK_AFTER}
    for name, sql in CHECKS.items():
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY 1 LIMIT {SHOW}", values)
            yield name, [Finding(name, *row) for row in cursor.fetchall()]
