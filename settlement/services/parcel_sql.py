"""The SQL that gives parts of shared shipments to whoever handed them over.

Clearing lets a divided order's shares of shipper and courier wait (fulfilment pending). The night after a
trade was cleared, or in whose day its parcel left, whichever is later, the part is given. Small sets: only
orders in several parcels. Parameters: day, chunk.
"""

from .clearing_sql import ALLOCATED

# Two divisions, one within the other: a trade among the frozen shares, a frozen share among its parcels. Both
# are cumulative, so that all refunds together take back exactly what was given. Parcels are in the order in
# which they left: the share of k units is that of all up to them less that of all before them, so that
# dividing anew what still waits (services.parcels) changes nothing of what was given.
RELEASE = f"""
WITH touched AS (
    SELECT terms_id FROM settlement_parcelpart WHERE known_date = %(day)s
  UNION
    SELECT o.id FROM settlement_trade t
    JOIN settlement_ordershareterms o ON o.order_number = t.order_number
    WHERE t.order_number <> '' AND o.id IN (SELECT terms_id FROM settlement_parcelpart)
      AND (t.business_date = %(day)s::date - 1 OR t.id IN (
          SELECT first_id FROM settlement_settlementchunk
          WHERE kind = 'retry' AND business_date = %(day)s::date - 1))
), trades AS MATERIALIZED (
    SELECT t.id, t.kind, t.channel, t.order_number, t.amount_fen, o.id AS terms_id, given.on_day
    FROM touched x
    JOIN settlement_ordershareterms o ON o.id = x.terms_id
    JOIN settlement_trade t ON t.order_number = o.order_number AND t.order_number <> ''
        AND t.kind IN ('payment', 'refund')
    CROSS JOIN LATERAL (
        SELECT min(s.business_date) AS on_day FROM settlement_tradeshare s
        WHERE s.trade_id = t.id AND s.account_kind = 'fulfilment_pending'
    ) given
    WHERE given.on_day < %(day)s
), sides AS MATERIALIZED (
    SELECT row_number() OVER () AS side_id, s.* FROM (
        SELECT t.id AS trade_id, t.terms_id, NULL::bigint AS line_id, side.sign, side.total
        FROM trades t
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(p.amount_fen), 0)::bigint AS before FROM settlement_trade p
            WHERE p.order_number = t.order_number AND p.order_number <> '' AND p.kind = 'payment'
              AND p.id < t.id
        ) earlier
        CROSS JOIN LATERAL (VALUES (1, earlier.before + t.amount_fen), (-1, earlier.before))
            AS side(sign, total)
        WHERE t.kind = 'payment' AND side.total > 0
      UNION ALL
        SELECT t.id, t.terms_id, l.line_id, side.sign, side.total
        FROM trades t JOIN settlement_tradeline l ON l.trade_id = t.id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(p.amount_fen), 0)::bigint AS before FROM settlement_tradeline p
            WHERE p.order_number = l.order_number AND p.line_id = l.line_id AND p.trade_id < t.id
        ) earlier
        CROSS JOIN LATERAL (VALUES (-1, earlier.before + l.amount_fen), (1, earlier.before))
            AS side(sign, total)
        WHERE t.kind = 'refund' AND side.total > 0
    ) s
), asked AS (
    SELECT d.side_id AS key, d.total, s.id AS seq, s.amount_fen AS weight
    FROM sides d JOIN settlement_ordershare s ON s.terms_id = d.terms_id
    WHERE d.line_id IS NULL OR s.line_id = d.line_id
), shared AS MATERIALIZED (
    SELECT d.trade_id, d.sign, s.role, s.terms_id, s.line_id, a.part AS amount
    FROM ({ALLOCATED}) a
    JOIN sides d ON d.side_id = a.key
    JOIN settlement_ordershare s ON s.id = a.seq
    WHERE a.part > 0 AND s.institution_id IS NULL AND s.role IN ('fulfiller', 'courier')
), placed AS (
    SELECT p.*, sum(p.units) OVER (PARTITION BY p.terms_id, p.line_id ORDER BY p.known_date, p.id) AS upto,
           sum(p.units) OVER (PARTITION BY p.terms_id, p.line_id) AS whole
    FROM settlement_parcelpart p WHERE p.terms_id IN (SELECT terms_id FROM touched)
), due AS MATERIALIZED (
    SELECT s.trade_id, t.channel, s.role,
           CASE s.role WHEN 'fulfiller' THEN p.fulfiller_id ELSE p.courier_id END AS institution_id,
           sum(s.sign * (s.amount * p.upto / p.whole - s.amount * (p.upto - p.units) / p.whole))::bigint
               AS amount
    FROM shared s
    JOIN placed p ON p.terms_id = s.terms_id AND p.line_id = s.line_id
    JOIN trades t ON t.id = s.trade_id
    WHERE p.known_date IS NOT NULL AND greatest(t.on_day + 1, p.known_date) = %(day)s
    GROUP BY 1, 2, 3, 4
), given AS (
    SELECT trade_id, role, 'fulfilment_pending' AS account_kind, NULL::bigint AS institution_id, channel,
           -sum(amount) AS amount
    FROM due GROUP BY trade_id, role, channel
  UNION ALL
    SELECT trade_id, CASE WHEN institution_id IS NULL THEN 'platform' ELSE role END,
           CASE WHEN institution_id IS NULL THEN 'revenue'
                WHEN role = 'courier' THEN 'freight_payable' ELSE 'payable' END,
           institution_id, channel, amount
    FROM due
)
INSERT INTO settlement_tradeshare
    (trade_id, chunk_id, business_date, role, account_kind, institution_id, channel, amount_fen)
SELECT trade_id, %(chunk)s, %(day)s, role, account_kind, institution_id, channel, amount
FROM given WHERE amount <> 0 ORDER BY trade_id
RETURNING account_kind, institution_id
"""
