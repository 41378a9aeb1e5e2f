"""Promises about dealers, for the list of invariants."""

CHECKS = {
    "dealer_within_limit": """
        SELECT i.code, x.exposure, t.credit_limit_fen
        FROM fulfillment_dealerterms t JOIN members_institution i ON i.id = t.dealer_id
        CROSS JOIN LATERAL (SELECT (
            coalesce((SELECT sum(amount_fen - paid_fen) FROM fulfillment_dealerinvoice
                WHERE dealer_id = t.dealer_id), 0)
            + coalesce((SELECT sum(l.unit_fen * (l.quantity - l.received - l.dropped))
                FROM fulfillment_dealerorder o JOIN fulfillment_dealerorderline l ON l.order_id = o.id
                WHERE o.dealer_id = t.dealer_id AND o.state IN ('submitted', 'waiting_goods', 'approved')), 0)
            - coalesce((SELECT sum(amount_fen - matched_fen) FROM fulfillment_dealerpayment
                WHERE dealer_id = t.dealer_id), 0))::bigint AS exposure) x
        WHERE x.exposure > t.credit_limit_fen
    """,
    "dealer_lines_counted": """
        SELECT o.number || ' ' || l.sku, l.received, coalesce(sum(x.received), 0)::int
        FROM fulfillment_dealerorderline l JOIN fulfillment_dealerorder o ON o.id = l.order_id
        JOIN fulfillment_dealerreceiptline x ON x.line_id = l.id
        GROUP BY o.number, l.id HAVING l.received <> coalesce(sum(x.received), 0)
    """,
    "contracts_called_off": """
        SELECT c.number, c.called, coalesce(sum(
            CASE WHEN o.state IN ('closed', 'cancelled') THEN l.received ELSE l.quantity END), 0)::int
        FROM fulfillment_supplycontract c
        LEFT JOIN fulfillment_supplierorderline l ON l.contract_id = c.id
        LEFT JOIN fulfillment_supplierorder o ON o.id = l.order_id
        GROUP BY c.id HAVING c.called <> coalesce(sum(
            CASE WHEN o.state IN ('closed', 'cancelled') THEN l.received ELSE l.quantity END), 0)
    """,
    "numbers_allotted_counted": """
        SELECT coalesce(l.number, a.reference), coalesce(l.units, 0), coalesce(a.units, 0)
        FROM (SELECT o.number, o.dealer_id, sum(n.allotted)::int AS units
            FROM fulfillment_dealernumberline n JOIN fulfillment_dealerorder o ON o.id = n.order_id
            GROUP BY o.id) l
        FULL JOIN (SELECT reference, dealer_id, count(*)::int AS units
            FROM catalogue_numberallotment GROUP BY reference, dealer_id) a
            ON a.reference = l.number AND a.dealer_id = l.dealer_id
        WHERE coalesce(l.units, 0) <> coalesce(a.units, 0)
    """,
    "dealer_numbers_agree": """
        SELECT coalesce(n.msisdn, a.number_id) || coalesce(' ' || n.state, ''),
            coalesce(n.dealer_id, 0), coalesce(a.dealer_id, 0)
        FROM (SELECT * FROM catalogue_number WHERE dealer_id IS NOT NULL) n
        FULL JOIN (SELECT * FROM catalogue_numberallotment WHERE ended_at IS NULL) a
            ON a.number_id = n.msisdn
        WHERE n.dealer_id IS DISTINCT FROM a.dealer_id
            OR (a.sold_at IS NOT NULL) <> (n.state IN ('allocated', 'active', 'suspended'))
    """,
    "payments_matched_once": """
        SELECT p.reference, p.matched_fen, coalesce(sum(m.amount_fen), 0)::bigint
        FROM fulfillment_dealerpayment p JOIN fulfillment_paymentmatch m ON m.payment_id = p.id
        GROUP BY p.id HAVING p.matched_fen <> coalesce(sum(m.amount_fen), 0)
    """,
}
