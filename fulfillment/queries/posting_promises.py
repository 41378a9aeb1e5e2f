"""Promises of posted parcels, as in invariants.CHECKS: subject, what is there, what should be."""

CHECKS = {
    # Paid for, it is one parcel, at the store that took it in.
    "posted_is_carried": """
        SELECT d.order_number, count(o.id)::int, 1 FROM fulfillment_posting p
        JOIN fulfillment_fulfillmentdemand d ON d.id = p.demand_id
        LEFT JOIN fulfillment_fulfillmentorder o ON o.demand_id = d.id AND o.location_id = p.store_id
        WHERE p.accepted_at IS NOT NULL GROUP BY d.order_number HAVING count(o.id) <> 1
    """,
    # What is in it is the sender's: no unit of ours is promised to it or moved with it.
    "posted_moves_no_stock": """
        SELECT code, lines + promised + moved, 0 FROM (
            SELECT o.code,
                (SELECT count(*) FROM fulfillment_fulfillmentline l
                    WHERE l.fulfillment_id = o.id)::int AS lines,
                (SELECT count(*) FROM fulfillment_reservation r
                    WHERE r.demand_id = p.demand_id)::int AS promised,
                (SELECT count(*) FROM fulfillment_stockmovement m
                    WHERE m.reference = o.code)::int AS moved
            FROM fulfillment_posting p
            JOIN fulfillment_fulfillmentorder o ON o.demand_id = p.demand_id
        ) counted WHERE lines + promised + moved > 0
    """,
}
