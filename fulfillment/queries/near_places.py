"""Which places with an article are asked: those near the customer and those that send anywhere, in SQL.

A carrier stocks a phone in ten thousand stores; the cheapest dozen of them is found among the nearest.
Routing reads the terms of these places only (services.routing.loading); where they cannot serve the order
it asks all (docs/decisions/0073).
"""

# Needs the parameters skus, latitude, longitude (null without an address), nearest (places per SKU, null:
# all), also (location ids that are asked in any case) and demand_id, whose units may be held anywhere.
# Degrees of longitude are shortened by the latitude: exact enough to order places by distance.
KEPT = """
SELECT near.location_id FROM unnest(%(skus)s::varchar[]) wanted(sku), LATERAL (
    SELECT l.location_id FROM fulfillment_stocklevel l JOIN members_institution i ON i.id = l.location_id
    WHERE l.sku = wanted.sku
    ORDER BY (l.on_hand > l.reserved OR l.buckets > 0) DESC,
        (i.latitude - %(latitude)s::float8) ^ 2
            + ((i.longitude - %(longitude)s::float8) * cosd(%(latitude)s::float8)) ^ 2,
        l.location_id
    LIMIT %(nearest)s::int
) near
UNION
SELECT l.location_id FROM members_institution i JOIN fulfillment_stocklevel l ON l.location_id = i.id
WHERE i.kind IN ('warehouse', 'merchant') AND l.sku = ANY(%(skus)s)
UNION
SELECT o.location_id FROM fulfillment_reservation o
WHERE o.demand_id = %(demand_id)s AND o.state IN ('held', 'confirmed')
UNION
SELECT unnest(%(also)s::bigint[])
"""
