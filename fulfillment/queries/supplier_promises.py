"""Promises about suppliers' dispatch notices, for the list of invariants."""

CHECKS = {
    "notices_counted": """
        SELECT o.number || ' ' || l.sku, l.announced, coalesce(sum(n.quantity), 0)::int
        FROM fulfillment_supplierorderline l JOIN fulfillment_supplierorder o ON o.id = l.order_id
        LEFT JOIN (
            SELECT n.line_id, CASE s.state WHEN 'checked' THEN n.came ELSE n.quantity END AS quantity
            FROM fulfillment_noticeline n
            JOIN fulfillment_suppliernotice s ON s.id = n.notice_id WHERE s.state <> 'withdrawn'
        ) n ON n.line_id = l.id
        GROUP BY o.number, l.id HAVING l.announced <> coalesce(sum(n.quantity), 0)
    """,
    "checked_in_was_received": """
        SELECT o.number || ' ' || l.sku, sum(n.came)::int, l.received
        FROM fulfillment_supplierorderline l JOIN fulfillment_supplierorder o ON o.id = l.order_id
        JOIN fulfillment_noticeline n ON n.line_id = l.id
        GROUP BY o.number, l.id HAVING sum(n.came) > l.received
    """,
}
