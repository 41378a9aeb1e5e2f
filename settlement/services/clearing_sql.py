"""The SQL of clearing: what each trade of a range gives whom. Set-based; the database does the sharing.

Parameters: `day` whose books take the shares, `of` the day that holds the trades, chunk, first, last.
A day's trades are a range of ids (see business_day), so a chunk is read by its ids alone: statistics that
do not know the day yet cannot mislead the planner. Relations are joined by equality, so that it can hash.
"""

# Fen by the largest remainder (ties: the earlier weight), over a relation asked(key, total, seq, weight).
# Integer division only. Used for payments, refunds and the tests of both.
ALLOCATED = """
SELECT key, seq, (base + CASE WHEN rank <= total - sum(base) OVER (PARTITION BY key) THEN 1 ELSE 0 END)
       ::bigint AS part
FROM (
    SELECT key, seq, total, div(total * weight, whole) AS base,
           row_number() OVER (PARTITION BY key ORDER BY mod(total * weight, whole) DESC, seq) AS rank
    FROM (
        SELECT key, seq, total::numeric AS total, weight::numeric AS weight,
               sum(weight) OVER (PARTITION BY key)::numeric AS whole
        FROM asked
    ) weighted
    WHERE whole > 0
) divided
"""

# Payments with what their order had paid before: almost always nothing.
_PAID = """
SELECT t.id, t.terms_id, t.total_fen, earlier.before, earlier.before + t.amount_fen AS after
FROM trades t
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount_fen), 0)::bigint AS before FROM settlement_trade p
    WHERE p.order_number = t.order_number AND p.order_number <> '' AND p.kind = 'payment' AND p.id < t.id
) earlier
WHERE t.kind = 'payment' AND t.terms_id IS NOT NULL
"""

# sign and total of the two splits whose difference is this trade's share: up to it, and before it.
_PAYMENT_SIDES = """
SELECT id AS trade_id, terms_id, NULL::bigint AS line_id, 1 AS sign, after AS total,
       after = total_fen AS is_whole
FROM paid WHERE after > 0
UNION ALL
SELECT id, terms_id, NULL, -1, before, before = total_fen FROM paid WHERE before > 0
"""

_REFUND_SIDES = """
SELECT t.id, t.terms_id, l.line_id, side.sign, side.total, false
FROM trades t JOIN settlement_tradeline l ON l.trade_id = t.id AND l.trade_id BETWEEN %(first)s AND %(last)s
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount_fen), 0)::bigint AS before FROM settlement_tradeline p
    WHERE p.order_number = l.order_number AND p.line_id = l.line_id AND p.trade_id < t.id
) earlier
CROSS JOIN LATERAL (VALUES (-1, earlier.before + l.amount_fen), (1, earlier.before)) AS side(sign, total)
WHERE t.kind = 'refund' AND t.terms_id IS NOT NULL AND side.total > 0
"""

# A side that is the whole order gives the frozen shares themselves; only the others need dividing.
_FROZEN_PARTS = """
SELECT d.trade_id, s.role, s.institution_id, d.sign * s.amount_fen AS amount
FROM sides d JOIN settlement_ordershare s ON s.terms_id = d.terms_id
WHERE d.is_whole
"""

_ASKED = """
SELECT d.side_id AS key, d.total, s.id AS seq, s.amount_fen AS weight
FROM sides d JOIN settlement_ordershare s ON s.terms_id = d.terms_id
WHERE NOT d.is_whole AND (d.line_id IS NULL OR s.line_id = d.line_id)
"""

_DIVIDED_PARTS = """
SELECT d.trade_id, s.role, s.institution_id, d.sign * a.part
FROM allocated a JOIN sides d ON d.side_id = a.key JOIN settlement_ordershare s ON s.id = a.seq
"""

_TILL_PARTS = """
SELECT t.id, r.role, CASE r.role WHEN 'seller' THEN t.institution_id END,
       r.amount * sign(t.amount_fen)::bigint
FROM trades t CROSS JOIN LATERAL settlement_split(
    t.rule_version_id, abs(t.amount_fen), abs(t.amount_fen), '{attributed_store,fulfiller,courier}') r
WHERE t.kind = 'till_sale'
"""

# The fee of a payment, by the rate of its day; of a refund, what all refunds up to it take back of that.
# A prepaid card's price is owed to the card and not shared: its fee is all that clearing sees of it.
_FEES = """
SELECT t.id AS trade_id, t.channel, t.provider_id, CASE t.kind
    WHEN 'payment' THEN t.amount_fen * rate.ppm / 1000000
    WHEN 'card_sale' THEN t.amount_fen * rate.ppm / 1000000
    ELSE -((earlier.before - t.amount_fen) * rate.ppm / 1000000 - earlier.before * rate.ppm / 1000000)
    END AS fee
FROM trades t
CROSS JOIN LATERAL (
    SELECT min(p.original_date) FILTER (WHERE p.kind IN ('payment', 'card_sale')) AS paid_on,
           -coalesce(sum(p.amount_fen) FILTER (WHERE p.kind IN ('refund', 'card_refund') AND p.id < t.id), 0)
               ::bigint AS before
    FROM settlement_trade p WHERE t.kind IN ('refund', 'card_refund') AND p.payment_id = t.payment_id
) earlier
CROSS JOIN LATERAL (
    SELECT r.ppm FROM settlement_providerfeerate r
    WHERE r.provider_id = t.provider_id AND r.valid_from <= coalesce(earlier.paid_on, t.original_date)
    ORDER BY r.valid_from DESC LIMIT 1
) rate
WHERE t.kind IN ('payment', 'refund', 'card_sale', 'card_refund') AND t.provider_id IS NOT NULL
"""

# Parties fixed at hand-over are known to a day's books from handed_date on.
_NAMED = """
SELECT t.id AS trade_id, t.channel, p.role,
       CASE p.role WHEN 'fulfiller' THEN CASE WHEN t.handed_date <= %(day)s THEN t.fulfiller_id END
                   WHEN 'courier' THEN coalesce(
                       CASE WHEN t.handed_date <= %(day)s THEN t.courier_id END, p.institution_id)
                   ELSE p.institution_id END AS institution_id,
       sum(p.amount)::bigint AS amount
FROM parts p JOIN trades t ON t.id = p.trade_id
GROUP BY 1, 2, 3, 4
"""

ACCOUNT_OF = """CASE role
    WHEN 'platform' THEN 'revenue'
    WHEN 'nobody' THEN 'suspense'
    WHEN 'courier' THEN CASE WHEN institution_id IS NULL THEN 'fulfilment_pending' ELSE 'freight_payable' END
    ELSE CASE WHEN institution_id IS NULL THEN 'fulfilment_pending' ELSE 'payable' END
    END"""

# An account is looked up by its unique index, one by one: a join would go by statistics that know nothing
# of the accounts that this night opens.
_ACCOUNT = """CASE WHEN {row}.institution_id IS NULL
    THEN (SELECT a.id FROM settlement_ledgeraccount a WHERE a.kind = {row}.account_kind
          AND a.institution_id IS NULL AND a.currency = 'CNY')
    ELSE (SELECT a.id FROM settlement_ledgeraccount a WHERE a.kind = {row}.account_kind
          AND a.institution_id = {row}.institution_id AND a.currency = 'CNY') END"""

_SHARE_COLUMNS = "trade_id, chunk_id, business_date, role, account_kind, institution_id, channel, amount_fen"


def _kept(shares: str, relations: str = "") -> str:
    """Insert these shares, their columns being _SHARE_COLUMNS; open the accounts that have none yet."""
    return f"""
WITH {relations} kept AS (
    INSERT INTO settlement_tradeshare ({_SHARE_COLUMNS}) {shares} RETURNING account_kind, institution_id
)
INSERT INTO settlement_ledgeraccount (kind, institution_id, currency)
SELECT account_kind, institution_id, 'CNY' FROM (
    SELECT DISTINCT account_kind::text, institution_id FROM kept UNION ALL SELECT 'split_pending', NULL
) wanted
WHERE {_ACCOUNT.format(row="wanted")} IS NULL
ORDER BY account_kind, institution_id
ON CONFLICT DO NOTHING
"""


# An order's terms are looked up one by one, by their key: a join would read those of all orders ever made.
_TRADES = """
SELECT t.id, t.kind, t.channel, t.order_number, t.payment_id, t.provider_id, t.institution_id,
       t.rule_version_id, t.amount_fen, t.original_date,
       o.id AS terms_id, o.total_fen, o.fulfiller_id, o.courier_id, o.handed_date
FROM settlement_trade t
LEFT JOIN LATERAL (
    SELECT * FROM settlement_ordershareterms WHERE order_number = t.order_number LIMIT 1
) o ON t.order_number <> ''
WHERE t.id BETWEEN %(first)s AND %(last)s
  AND t.kind IN ('payment', 'refund', 'till_sale', 'freight', 'card_sale', 'card_refund')
"""

# Who got nothing is nobody: what a trade's known shares leave over waits in suspense.
SHARES = _kept(
    """
SELECT trade_id, %(chunk)s, %(day)s, role, account_kind, institution_id, channel, amount
FROM final WHERE amount <> 0 ORDER BY trade_id
""",
    f"""
trades AS MATERIALIZED ({_TRADES}),
paid AS MATERIALIZED ({_PAID}),
sides AS MATERIALIZED (
    SELECT row_number() OVER () AS side_id, s.* FROM ({_PAYMENT_SIDES} UNION ALL {_REFUND_SIDES}) s
), asked AS ({_ASKED}),
allocated AS ({ALLOCATED}),
parts AS (
    {_FROZEN_PARTS} UNION ALL {_DIVIDED_PARTS} UNION ALL {_TILL_PARTS}
  UNION ALL
    SELECT t.id, 'courier', t.institution_id, t.amount_fen FROM trades t WHERE t.kind = 'freight'
), named AS MATERIALIZED ({_NAMED}),
fees AS MATERIALIZED ({_FEES}),
left_over AS (
    SELECT trade_id, sum(amount)::bigint AS amount FROM (
        SELECT id AS trade_id, amount_fen AS amount FROM trades WHERE kind NOT IN ('card_sale', 'card_refund')
        UNION ALL SELECT trade_id, -amount FROM named
    ) both_sides GROUP BY trade_id HAVING sum(amount) <> 0
), final AS (
    SELECT trade_id, channel, role, institution_id, {ACCOUNT_OF} AS account_kind, amount FROM named
  UNION ALL
    SELECT l.trade_id, t.channel, 'nobody', NULL, 'suspense', l.amount
    FROM left_over l JOIN trades t ON t.id = l.trade_id
  UNION ALL
    SELECT trade_id, channel, 'provider', provider_id, 'fee_accrued', fee FROM fees
  UNION ALL
    SELECT trade_id, channel, 'platform', NULL, 'fee_cost', -fee FROM fees
),
""",
)

# Shares that waited for their party, of orders handed over in this day's books.
RELEASE = _kept(
    """
SELECT trade_id, %(chunk)s, %(day)s, role, 'fulfilment_pending', NULL, channel, -amount FROM waiting
UNION ALL
SELECT trade_id, %(chunk)s, %(day)s, CASE WHEN institution_id IS NULL THEN 'platform' ELSE role END,
       CASE WHEN institution_id IS NULL THEN 'revenue'
            WHEN role = 'courier' THEN 'freight_payable' ELSE 'payable' END,
       institution_id, channel, amount FROM waiting
""",
    """
waiting AS (
    SELECT s.trade_id, s.role, s.channel, sum(s.amount_fen)::bigint AS amount,
           CASE s.role WHEN 'fulfiller' THEN o.fulfiller_id ELSE o.courier_id END AS institution_id
    FROM settlement_ordershareterms o
    JOIN settlement_trade t ON t.order_number = o.order_number AND t.order_number <> ''
    JOIN settlement_tradeshare s ON s.trade_id = t.id
    WHERE o.handed_date = %(day)s AND s.account_kind = 'fulfilment_pending' AND s.business_date < %(day)s
    GROUP BY s.trade_id, s.role, s.channel, o.fulfiller_id, o.courier_id
    HAVING sum(s.amount_fen) <> 0
),
""",
)

# A trade that cannot be shared: all of it waits in suspense, and the day goes on without it.
PARK = _kept("""
SELECT id, %(chunk)s, %(day)s, 'nobody', 'suspense', NULL, channel, amount_fen FROM settlement_trade
WHERE id BETWEEN %(first)s AND %(last)s
  AND kind IN ('payment', 'refund', 'till_sale', 'freight')
""")

# Out of suspense again, what the later night could share after all.
UNPARK = _kept("""
SELECT trade_id, %(chunk)s, %(day)s, 'nobody', 'suspense', NULL, channel, -amount_fen
FROM settlement_tradeshare WHERE trade_id BETWEEN %(first)s AND %(last)s AND role = 'nobody'
  AND business_date = %(of)s
""")

# Credit each party, debit split pending: one journal per chunk, the share rows are its detail. No journal
# where the chunk's shares cancel each other out.
POST = f"""
WITH parties AS MATERIALIZED (
    SELECT account_kind, institution_id, channel, -sum(amount_fen)::bigint AS amount
    FROM settlement_tradeshare WHERE chunk_id = %(chunk)s GROUP BY account_kind, institution_id, channel
), legs AS MATERIALIZED (
    SELECT account_kind, institution_id, channel, amount FROM parties WHERE amount <> 0
  UNION ALL
    SELECT 'split_pending', NULL, channel, -sum(amount)::bigint FROM parties
    GROUP BY channel HAVING sum(amount) <> 0
), journal AS (
    INSERT INTO settlement_journal (key, payload_hash, kind, business_date, original_date, booked_at)
    SELECT %(key)s, encode(sha256(string_agg(concat_ws('|', account_kind, institution_id, channel, amount),
           E'\\n' ORDER BY account_kind, institution_id, channel)::bytea), 'hex'), 'clearing', %(day)s,
           %(of)s, %(now)s
    FROM legs HAVING count(*) > 0 RETURNING id
)
INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)
SELECT journal.id, named.account_id, named.amount, named.channel, %(day)s FROM journal CROSS JOIN (
    SELECT {_ACCOUNT.format(row="legs")} AS account_id, amount, channel FROM legs
) named ORDER BY account_id, channel
"""
