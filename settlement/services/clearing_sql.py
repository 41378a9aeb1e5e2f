"""The SQL of clearing: what each trade of a range gives whom. Set-based; the database does the sharing.

Parameters: day, chunk, first, last.
"""

# Fen by the largest remainder (ties: the earlier weight), over relations asked(key, total) and
# weights(key, seq, weight). Integer division only. Used for payments, refunds and the tests of both.
ALLOCATED = """
SELECT key, seq, base + CASE WHEN rank <= total - sum(base) OVER (PARTITION BY key) THEN 1 ELSE 0 END AS part
FROM (
    SELECT key, seq, total, div(total * weight, whole) AS base,
           row_number() OVER (PARTITION BY key ORDER BY mod(total * weight, whole) DESC, seq) AS rank
    FROM (
        SELECT a.key, w.seq, a.total::numeric AS total, w.weight::numeric AS weight,
               sum(w.weight) OVER (PARTITION BY a.key) AS whole
        FROM asked a JOIN weights w ON w.key = a.weights_key
    ) weighted
    WHERE whole > 0
) divided
"""

# sign and total of the two splits whose difference is this trade's share: up to it, and before it.
_PAYMENT_SIDES = """
SELECT t.id AS trade_id, t.terms_id, NULL::bigint AS line_id, side.sign, side.total
FROM trades t
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount_fen), 0)::bigint AS before FROM settlement_trade p
    WHERE p.order_number = t.order_number AND p.order_number <> '' AND p.kind = 'payment' AND p.id < t.id
) earlier
CROSS JOIN LATERAL (VALUES (1, earlier.before + t.amount_fen), (-1, earlier.before)) AS side(sign, total)
WHERE t.kind = 'payment' AND t.terms_id IS NOT NULL AND side.total > 0
"""

_REFUND_SIDES = """
SELECT t.id, t.terms_id, l.line_id, side.sign, side.total
FROM trades t JOIN settlement_tradeline l ON l.trade_id = t.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount_fen), 0)::bigint AS before FROM settlement_tradeline p
    WHERE p.order_number = l.order_number AND p.line_id = l.line_id AND p.trade_id < t.id
) earlier
CROSS JOIN LATERAL (VALUES (-1, earlier.before + l.amount_fen), (1, earlier.before)) AS side(sign, total)
WHERE t.kind = 'refund' AND t.terms_id IS NOT NULL AND side.total > 0
"""

_FEES = """
SELECT t.id AS trade_id, t.provider_id, CASE t.kind
    WHEN 'payment' THEN t.amount_fen * rate.ppm / 1000000
    ELSE -((earlier.before - t.amount_fen) * rate.ppm / 1000000 - earlier.before * rate.ppm / 1000000)
    END AS fee
FROM trades t
CROSS JOIN LATERAL (
    SELECT min(p.original_date) FILTER (WHERE p.kind = 'payment') AS paid_on,
           -coalesce(sum(p.amount_fen) FILTER (WHERE p.kind = 'refund' AND p.id < t.id), 0)::bigint AS before
    FROM settlement_trade p WHERE p.payment_id = t.payment_id
) earlier
CROSS JOIN LATERAL (
    SELECT r.ppm FROM settlement_providerfeerate r
    WHERE r.provider_id = t.provider_id AND r.valid_from <= coalesce(earlier.paid_on, t.original_date)
    ORDER BY r.valid_from DESC LIMIT 1
) rate
WHERE t.kind IN ('payment', 'refund') AND t.provider_id IS NOT NULL
"""

# Parties fixed at hand-over are known to a day's books from handed_date on.
_NAMED = """
SELECT s.trade_id, s.role, s.amount,
       CASE s.role WHEN 'fulfiller' THEN CASE WHEN t.handed_date <= %(day)s THEN t.fulfiller_id END
                   WHEN 'courier' THEN coalesce(
                       CASE WHEN t.handed_date <= %(day)s THEN t.courier_id END, s.institution_id)
                   ELSE s.institution_id END AS institution_id
FROM split s JOIN trades t ON t.id = s.trade_id
"""

ACCOUNT_OF = """CASE role
    WHEN 'platform' THEN 'revenue'
    WHEN 'nobody' THEN 'suspense'
    WHEN 'courier' THEN CASE WHEN institution_id IS NULL THEN 'fulfilment_pending' ELSE 'freight_payable' END
    ELSE CASE WHEN institution_id IS NULL THEN 'fulfilment_pending' ELSE 'payable' END
    END"""

SHARES = f"""
WITH trades AS MATERIALIZED (
    SELECT t.*, o.id AS terms_id, o.fulfiller_id, o.courier_id, o.handed_date
    FROM settlement_trade t
    LEFT JOIN settlement_ordershareterms o ON o.order_number = t.order_number AND t.order_number <> ''
    WHERE t.business_date = %(day)s AND t.id BETWEEN %(first)s AND %(last)s
      AND t.kind IN ('payment', 'refund', 'till_sale', 'freight')
), sides AS MATERIALIZED (
    {_PAYMENT_SIDES} UNION ALL {_REFUND_SIDES}
), asked AS (
    SELECT (trade_id, line_id, sign)::text AS key, (terms_id, line_id)::text AS weights_key, total FROM sides
), weights AS (
    SELECT (wanted.terms_id, wanted.line_id)::text AS key, s.id AS seq, s.amount_fen AS weight
    FROM (SELECT DISTINCT terms_id, line_id FROM sides) wanted
    JOIN settlement_ordershare s ON s.terms_id = wanted.terms_id
         AND (wanted.line_id IS NULL OR s.line_id = wanted.line_id)
), allocated AS ({ALLOCATED}),
split AS (
    SELECT d.trade_id, s.role, s.institution_id, sum(d.sign * a.part)::bigint AS amount
    FROM allocated a
    JOIN sides d ON (d.trade_id, d.line_id, d.sign)::text = a.key
    JOIN settlement_ordershare s ON s.id = a.seq
    GROUP BY d.trade_id, s.role, s.institution_id
  UNION ALL
    SELECT t.id, r.role, CASE r.role WHEN 'seller' THEN t.institution_id END,
           r.amount * sign(t.amount_fen)::bigint
    FROM trades t CROSS JOIN LATERAL settlement_split(
        t.rule_version_id, abs(t.amount_fen), abs(t.amount_fen), '{{attributed_store,fulfiller,courier}}') r
    WHERE t.kind = 'till_sale'
  UNION ALL
    SELECT t.id, 'courier', t.institution_id, t.amount_fen FROM trades t WHERE t.kind = 'freight'
), named AS ({_NAMED}),
whole AS (
    SELECT trade_id, role, institution_id, sum(amount)::bigint AS amount FROM (
        SELECT trade_id, role, institution_id, amount FROM named
      UNION ALL
        SELECT t.id, 'nobody', NULL, t.amount_fen - coalesce(given.amount, 0)
        FROM trades t
        LEFT JOIN (SELECT trade_id, sum(amount)::bigint AS amount FROM named GROUP BY trade_id) given
             ON given.trade_id = t.id
    ) parts GROUP BY trade_id, role, institution_id
), fees AS ({_FEES}),
final AS (
    SELECT trade_id, role, institution_id, {ACCOUNT_OF} AS account_kind, amount FROM whole
  UNION ALL
    SELECT trade_id, 'provider', provider_id, 'fee_accrued', fee FROM fees
  UNION ALL
    SELECT trade_id, 'platform', NULL, 'fee_cost', -fee FROM fees
)
INSERT INTO settlement_tradeshare
    (trade_id, chunk_id, business_date, role, account_kind, institution_id, channel, amount_fen)
SELECT f.trade_id, %(chunk)s, %(day)s, f.role, f.account_kind, f.institution_id, t.channel, f.amount
FROM final f JOIN trades t ON t.id = f.trade_id
WHERE f.amount <> 0
"""

# Shares that waited for their party, of orders handed over in this day's books.
RELEASE = """
WITH waiting AS (
    SELECT s.trade_id, s.role, s.channel, sum(s.amount_fen)::bigint AS amount,
           CASE s.role WHEN 'fulfiller' THEN o.fulfiller_id ELSE o.courier_id END AS institution_id
    FROM settlement_ordershareterms o
    JOIN settlement_trade t ON t.order_number = o.order_number AND t.order_number <> ''
    JOIN settlement_tradeshare s ON s.trade_id = t.id
    WHERE o.handed_date = %(day)s AND s.account_kind = 'fulfilment_pending' AND s.business_date < %(day)s
    GROUP BY s.trade_id, s.role, s.channel, o.fulfiller_id, o.courier_id
    HAVING sum(s.amount_fen) <> 0
)
INSERT INTO settlement_tradeshare
    (trade_id, chunk_id, business_date, role, account_kind, institution_id, channel, amount_fen)
SELECT trade_id, %(chunk)s, %(day)s, role, 'fulfilment_pending', NULL, channel, -amount FROM waiting
UNION ALL
SELECT trade_id, %(chunk)s, %(day)s, CASE WHEN institution_id IS NULL THEN 'platform' ELSE role END,
       CASE WHEN institution_id IS NULL THEN 'revenue'
            WHEN role = 'courier' THEN 'freight_payable' ELSE 'payable' END,
       institution_id, channel, amount FROM waiting
"""

OPEN_ACCOUNTS = """
INSERT INTO settlement_ledgeraccount (kind, institution_id, currency)
SELECT DISTINCT account_kind, institution_id, 'CNY' FROM settlement_tradeshare WHERE chunk_id = %(chunk)s
UNION SELECT 'split_pending', NULL, 'CNY'
ON CONFLICT DO NOTHING
"""

# Credit each party, debit split pending: one journal per chunk, the share rows are its detail.
LEGS = """
SELECT account_kind, institution_id, channel, -sum(amount_fen)::bigint AS amount
FROM settlement_tradeshare WHERE chunk_id = %(chunk)s
GROUP BY account_kind, institution_id, channel HAVING sum(amount_fen) <> 0
UNION ALL
SELECT 'split_pending', NULL, channel, sum(amount_fen)::bigint
FROM settlement_tradeshare WHERE chunk_id = %(chunk)s GROUP BY channel HAVING sum(amount_fen) <> 0
ORDER BY 1, 2, 3
"""

POSTINGS = f"""
INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)
SELECT %(journal)s, a.id, legs.amount, legs.channel, %(day)s
FROM ({LEGS}) legs
JOIN settlement_ledgeraccount a ON a.kind = legs.account_kind
     AND a.institution_id IS NOT DISTINCT FROM legs.institution_id AND a.currency = 'CNY'
"""
