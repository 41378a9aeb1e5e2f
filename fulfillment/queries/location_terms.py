"""What holds at each location on a day: tariff to a province, cut-off, capacity and load, trunk runs, in SQL.

Routing joins it with stock (services.routing.loading), promises read it alone (queries.promised).
"""

# Needs the parameters `day` and `province`. special, loads: of the days after it, see fulfillment.leaving.
TERMS = """
SELECT p.*, r.first_g, r.first_fen, r.step_g, r.step_fen, r.volumetric_divisor, r.days,
    coalesce(special.capacity, p.daily_capacity) AS capacity,
    coalesce(special.cutoff_hour, p.cutoff_hour) AS cutoff,
    coalesce(special.is_closed, false) AS closed_today,
    (SELECT jsonb_agg(jsonb_build_array(d.day - %(day)s::date, d.is_closed, d.capacity))
        FROM fulfillment_locationday d
        WHERE d.location_id = p.location_id AND d.day > %(day)s::date AND d.day <= %(day)s::date + 7
    ) AS special,
    (SELECT jsonb_agg(jsonb_build_array(l.day - %(day)s::date, l.packages))
        FROM fulfillment_locationload l
        WHERE l.location_id = p.location_id AND l.day >= %(day)s::date AND l.day <= %(day)s::date + 7
    ) AS loads,
    (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('latitude', h.latitude, 'longitude', h.longitude)
            ORDER BY t.hub_id)
        FROM fulfillment_trunkline t JOIN members_institution h ON h.id = t.hub_id AND h.is_active
        WHERE t.origin_id = p.location_id AND t.is_open AND h.latitude IS NOT NULL
            AND h.longitude IS NOT NULL
    ) AS trunks
FROM fulfillment_locationprofile p
LEFT JOIN fulfillment_locationday special
    ON special.location_id = p.location_id AND special.day = %(day)s::date
LEFT JOIN LATERAL (
    SELECT z.zone FROM fulfillment_tariffzone z
    WHERE z.from_province IN ('', p.origin_province) AND z.to_province IN ('', %(province)s)
    ORDER BY z.from_province = p.origin_province DESC, z.to_province = %(province)s DESC, z.id
    LIMIT 1
) z ON true
LEFT JOIN LATERAL (
    SELECT * FROM fulfillment_tariffrate r
    WHERE r.zone = z.zone AND r.starts <= %(day)s::date AND (r.ends IS NULL OR r.ends > %(day)s::date)
    ORDER BY r.starts DESC LIMIT 1
) r ON true
"""
