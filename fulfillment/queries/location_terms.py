"""What holds at each location on a day: tariff to a province, cut-off, capacity and load, trunk runs, in SQL.

Routing joins it with stock (services.routing.loading), promises read it alone (queries.promised).
"""

# When the courier that takes a location's parcels to the province leaves it for the last time in a day, in
# hours of Shanghai's clock; null without a timetable. Which courier that is: as in
# services.couriers.couriers_for, asked only where there is a timetable (+ 0 keeps it out of the index).
_COURIER_HOUR = """
    SELECT (extract(epoch FROM max(t.leaves_at)) / 3600)::float8 FROM fulfillment_couriercutoff t
    WHERE t.location_id = p.location_id AND t.courier_id + 0 = coalesce(
        (SELECT c.courier_id FROM fulfillment_courierchoice c
            WHERE c.location_id = p.location_id AND c.to_province IN ('', %(province)s)
            ORDER BY c.to_province DESC LIMIT 1),
        (SELECT i.id FROM members_institution i WHERE i.kind = 'courier' AND i.is_active
            ORDER BY i.code COLLATE "C" LIMIT 1))
"""

# Needs the parameters `day` and `province`. special, loads: of the days after it, see fulfillment.leaving.
# cutoff: until when the house itself can do the work; what goes by courier leaves by courier_hour too.
TERMS = f"""
SELECT p.*, r.first_g, r.first_fen, r.step_g, r.step_fen, r.volumetric_divisor, r.days,
    coalesce(special.capacity, p.daily_capacity) AS capacity,
    coalesce(special.cutoff_hour, p.cutoff_hour) AS cutoff, ({_COURIER_HOUR}) AS courier_hour,
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
