"""Promises of goods on their way between shelves and of counts; part of invariants.CHECKS."""

CHECKS = {
    # What left for another location is in transit until it is received, lost or damaged: then nothing is.
    "transfers_equal_movements": """
        SELECT t.code || ' ' || l.sku, coalesce(m.left_transit, 0),
            CASE WHEN t.state = 'received' THEN l.sent ELSE 0 END
        FROM fulfillment_transferline l JOIN fulfillment_stocktransfer t ON t.id = l.transfer_id
        LEFT JOIN LATERAL (
            SELECT sum(quantity) FILTER (WHERE to_place = 'transit')::int AS entered,
                sum(quantity) FILTER (WHERE from_place = 'transit')::int AS left_transit
            FROM fulfillment_stockmovement m WHERE m.reference = t.code AND m.sku = l.sku
        ) m ON true
        WHERE coalesce(m.entered, 0) <> coalesce(l.sent, 0)
            OR coalesce(m.left_transit, 0)
                <> CASE WHEN t.state = 'received' THEN coalesce(l.sent, 0) ELSE 0 END
    """,
    "transit_equals_parcels": """
        SELECT f.code || ' ' || l.sku, coalesce(m.units, 0), l.units
        FROM fulfillment_fulfillmentorder f
        JOIN (
            SELECT fulfillment_id, sku, sum(quantity)::int AS units
            FROM fulfillment_fulfillmentline GROUP BY fulfillment_id, sku
        ) l ON l.fulfillment_id = f.id
        LEFT JOIN LATERAL (
            SELECT sum(CASE WHEN to_place = 'transit' THEN quantity ELSE -quantity END)::int AS units
            FROM fulfillment_stockmovement m
            WHERE m.reference = f.code AND m.sku = l.sku AND 'transit' IN (m.from_place, m.to_place)
        ) m ON true
        WHERE f.state IN ('handed_over', 'out_for_delivery') AND coalesce(m.units, 0) <> l.units
    """,
    "transit_not_negative": """
        SELECT reference || ' ' || sku,
            sum(CASE WHEN to_place = 'transit' THEN quantity ELSE -quantity END)::int, 0
        FROM fulfillment_stockmovement WHERE 'transit' IN (from_place, to_place)
        GROUP BY reference, sku
        HAVING sum(CASE WHEN to_place = 'transit' THEN quantity ELSE -quantity END) < 0
    """,
    "travelling_units_in_transit": """
        SELECT u.serial || ' ' || u.state, 0, 1
        FROM fulfillment_transferunit t JOIN fulfillment_serialunit u ON u.id = t.serial_id
        WHERE t.outcome = 'under_way' AND u.state <> 'in_transit'
    """,
    "counts_equal_movements": """
        SELECT c.code || ' ' || l.sku, coalesce(m.units, 0), l.counted - l.expected
        FROM fulfillment_countline l JOIN fulfillment_stockcount c ON c.id = l.count_id
        LEFT JOIN LATERAL (
            SELECT sum(CASE WHEN to_place = 'location' THEN quantity ELSE -quantity END)::int AS units
            FROM fulfillment_stockmovement m WHERE m.reference = c.code AND m.sku = l.sku
        ) m ON true
        WHERE l.serial_kind = '' AND coalesce(m.units, 0)
            <> CASE WHEN c.state = 'posted' THEN l.counted - l.expected ELSE 0 END
    """,
    "counts_have_four_eyes": """
        SELECT c.code || ' ' || l.sku, l.approved_by_user::int, 0
        FROM fulfillment_countline l JOIN fulfillment_stockcount c ON c.id = l.count_id
        WHERE c.state = 'posted'
            AND (l.approved_by_user IS NULL OR l.approved_by_user IN (l.counted_by_user, c.counted_by_user))
    """,
}
