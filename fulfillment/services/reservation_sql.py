"""The statements of a reservation: each does its work whole or not at all.

RESERVE is one function of the database (migration 0009): demand, caps, flash sales, reservations and levels
in one round trip, with plans that the server keeps. RESERVE_ONE (0014) does the same for one line
from one level the short way: it answers with the demand, or does nothing and answers NULL; then RESERVE is
asked.
"""

RESERVE_ONE = """
SELECT fulfillment_reserve_one(
    %(wish)s, %(customer)s, %(expires_at)s, %(now)s, %(level)s, %(units)s, %(safety)s, %(parts)s, %(slots)s,
    %(most_orders)s, %(most_units)s
)
"""

RESERVE = """
SELECT outcome, demand_id, facts, waited_ms, parts FROM fulfillment_reserve(
    %(order_number)s, %(channel)s, %(way)s, %(wish)s::jsonb, %(customer)s,
    %(expires_at)s::timestamptz, %(placed_at)s::timestamptz, %(now)s::timestamptz,
    %(levels)s::bigint[], %(lines)s::bigint[], %(skus)s::varchar[], %(units)s::int[], %(safety)s::int[],
    %(campaigns)s::bigint[], %(tickets)s::varchar[],
    %(most_orders)s, %(most_units)s, %(least)s, %(slots)s
)
"""

CONFIRM = """
WITH demand AS (
    UPDATE fulfillment_fulfillmentdemand SET state = 'requested', changed_at = %(now)s
    WHERE order_number = %(order_number)s AND state = 'held' RETURNING id
), kept AS (
    UPDATE fulfillment_reservation r SET state = 'confirmed', changed_at = %(now)s
    FROM demand WHERE r.demand_id = demand.id AND r.state = 'held'
)
SELECT id FROM demand
"""

# Of locked demands and locked levels.
RELEASE = """
WITH gone AS (
    UPDATE fulfillment_reservation SET state = 'released', changed_at = %(now)s
    WHERE id = ANY(%(ids)s) AND state IN ('held', 'confirmed')
    RETURNING level_id, quantity
), back AS (
    SELECT level_id, sum(quantity)::int AS units FROM gone GROUP BY level_id
)
UPDATE fulfillment_stocklevel l SET reserved = l.reserved - b.units FROM back b WHERE l.id = b.level_id
"""
