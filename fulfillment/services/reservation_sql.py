"""The statements of a reservation: each does its work whole or not at all."""

# {guard}: what a locked level is asked before it promises units.
RESERVE = """
WITH wish AS (
    SELECT * FROM unnest(%(levels)s::bigint[], %(lines)s::bigint[], %(units)s::int[], %(safety)s::int[])
        AS w(level_id, line_id, units, safety)
), need AS (
    SELECT level_id, sum(units)::int AS units, max(safety) AS safety FROM wish GROUP BY level_id
), locked AS (
    SELECT l.id, l.sku, l.location_id, n.units, {guard} AS enough
    FROM fulfillment_stocklevel l JOIN need n ON n.level_id = l.id
    ORDER BY l.id FOR UPDATE OF l
), verdict AS (
    SELECT bool_and(enough) AND count(*) = (SELECT count(*) FROM need) AS yes FROM locked
), demand AS (
    INSERT INTO fulfillment_fulfillmentdemand AS d
        (order_number, channel, way, state, wish, attempts, reason, expires_at, placed_at, changed_at)
    SELECT %(order_number)s, %(channel)s, %(way)s, 'held', %(wish)s::jsonb, 0, '', %(expires_at)s,
        %(placed_at)s, %(now)s
    FROM verdict WHERE yes
    ON CONFLICT (order_number) DO UPDATE
        SET state = 'held', wish = excluded.wish, way = excluded.way, reason = '',
            expires_at = excluded.expires_at, changed_at = excluded.changed_at
        WHERE d.state = 'released'
    RETURNING id
), moved AS (
    UPDATE fulfillment_stocklevel l SET reserved = l.reserved + k.units
    FROM locked k, demand WHERE l.id = k.id
), kept AS (
    INSERT INTO fulfillment_reservation
        (demand_id, line_id, level_id, sku, location_id, quantity, state, changed_at)
    SELECT demand.id, w.line_id, k.id, k.sku, k.location_id, w.units, 'held', %(now)s
    FROM wish w JOIN locked k ON k.id = w.level_id, demand
)
SELECT (SELECT yes FROM verdict), (SELECT id FROM demand)
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

RELEASE = """
WITH gone AS (
    UPDATE fulfillment_reservation SET state = 'released', changed_at = %(now)s
    WHERE demand_id = %(demand_id)s AND state IN ('held', 'confirmed')
    RETURNING level_id, quantity
), back AS (
    SELECT level_id, sum(quantity)::int AS units FROM gone GROUP BY level_id
), locked AS (
    SELECT l.id, b.units FROM fulfillment_stocklevel l JOIN back b ON b.level_id = l.id
    ORDER BY l.id FOR UPDATE OF l
)
UPDATE fulfillment_stocklevel l SET reserved = l.reserved - k.units FROM locked k WHERE l.id = k.id
"""
