"""The set-based steps of a till import, over the session's own staging table."""

STAGE = """
DROP TABLE IF EXISTS till_stage, till_judged, till_clean, till_stores, till_cards;
CREATE TEMPORARY TABLE till_stage (
    line integer, store text, till text, receipt text, sold_at text, product text, quantity text, amount text,
    product_name text, store_discount text, coupon text, coupon_match text, member_card text
) ON COMMIT DROP
"""

COPY = "COPY till_stage FROM STDIN WITH (FORMAT csv)"

_MONEY = r"'^\d{1,9}(\.\d{1,2})?$'"
_CODE = r"'^[A-Za-z0-9_-]{1,20}$'"

# One expression over the whole row lets nearly every row pass; only the others are asked field by field.
_SEPARATOR = "E'\\x1f'"
_TEXT = (
    f"concat_ws({_SEPARATOR}, store, till, receipt, sold_at, quantity, amount, store_discount, coupon,"
    " coupon_match, member_card)"
)
_YUAN = r"\d{1,9}(?:\.\d{1,2})?"
_GOOD = (
    r"^[A-Za-z0-9_-]{1,20}\x1f[A-Za-z0-9_-]{1,20}\x1f[A-Za-z0-9_-]{1,40}"
    r"\x1f\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?\x1f\d{1,8}(?:\.\d{1,3})?"
    rf"\x1f{_YUAN}\x1f(?:{_YUAN})?\x1f(?:{_YUAN})?\x1f(?:{_YUAN})?\x1f[A-Za-z0-9_-]{{0,40}}$"
)

# The first reason that fits, or nothing.
REASON = rf"""CASE
    WHEN {_TEXT} ~ '{_GOOD}' AND product <> '' AND length(product) <= 40 AND length(product_name) <= 120
         AND pg_input_is_valid(sold_at, 'timestamp')
         AND CASE WHEN pg_input_is_valid(sold_at, 'timestamp')
                  THEN sold_at::timestamp AT TIME ZONE 'Asia/Shanghai' <= %(now)s END THEN NULL
    WHEN store !~ {_CODE} THEN 'store'
    WHEN till !~ {_CODE} THEN 'till'
    WHEN receipt !~ '^[A-Za-z0-9_-]{{1,40}}$' THEN 'receipt'
    WHEN sold_at !~ '^\d{{4}}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$' THEN 'sold_at'
    WHEN NOT pg_input_is_valid(sold_at, 'timestamp') THEN 'sold_at'
    WHEN sold_at::timestamp AT TIME ZONE 'Asia/Shanghai' > %(now)s THEN 'future'
    WHEN product = '' OR length(product) > 40 THEN 'product'
    WHEN length(product_name) > 120 THEN 'product_name'
    WHEN quantity !~ '^\d{{1,8}}(\.\d{{1,3}})?$' THEN 'quantity'
    WHEN amount !~ {_MONEY} THEN 'amount'
    WHEN store_discount <> '' AND store_discount !~ {_MONEY} THEN 'store_discount'
    WHEN coupon <> '' AND coupon !~ {_MONEY} THEN 'coupon'
    WHEN coupon_match <> '' AND coupon_match !~ {_MONEY} THEN 'coupon_match'
    WHEN member_card <> '' AND member_card !~ '^[A-Za-z0-9_-]{{1,40}}$' THEN 'member_card'
    END"""

JUDGE = f"""
CREATE TEMPORARY TABLE till_judged ON COMMIT DROP AS SELECT s.*, {REASON} AS reason FROM till_stage s
"""

REJECT = """
WITH gone AS (
    INSERT INTO settlement_importreject (batch_id, line_number, reason, content)
    SELECT %(batch)s, line, reason, concat_ws(',', store, till, receipt, sold_at, product, quantity, amount)
    FROM till_judged WHERE reason IS NOT NULL RETURNING line_number
)
SELECT count(*) FROM gone
"""

CLEAN = """
CREATE TEMPORARY TABLE till_clean ON COMMIT DROP AS
SELECT line, store, till, receipt, sold_at::timestamp AT TIME ZONE 'Asia/Shanghai' AS sold_at, product,
       quantity::numeric(12, 3) AS quantity, (amount::numeric * 100)::bigint AS amount, product_name,
       (coalesce(nullif(store_discount, ''), '0')::numeric * 100)::bigint AS store_discount,
       (coalesce(nullif(coupon, ''), '0')::numeric * 100)::bigint AS coupon,
       (coalesce(nullif(coupon_match, ''), '0')::numeric * 100)::bigint AS coupon_match, member_card
FROM till_judged WHERE reason IS NULL
"""

STORES = "SELECT DISTINCT store FROM till_clean"
CARDS = "SELECT DISTINCT member_card FROM till_clean WHERE member_card <> ''"

PARTIES = """
CREATE TEMPORARY TABLE till_stores ON COMMIT DROP AS
    SELECT * FROM unnest(%(stores)s::text[], %(store_ids)s::bigint[]) AS s(store, store_id);
CREATE TEMPORARY TABLE till_cards ON COMMIT DROP AS
    SELECT * FROM unnest(%(cards)s::text[], %(member_ids)s::bigint[]) AS c(member_card, member_id)
"""

# Receipts that an earlier import brought are known: their lines are not taken again.
KNOWN = """
DELETE FROM till_clean c USING till_stores s, settlement_importedsale k
WHERE s.store = c.store AND k.store_id = s.store_id AND k.till = c.till AND k.receipt = c.receipt
"""

PRODUCTS = """
INSERT INTO settlement_chainproduct (chain_id, code, name)
SELECT %(chain)s, product, max(product_name) FROM till_clean GROUP BY product ORDER BY product
ON CONFLICT (chain_id, code) DO NOTHING
"""

SALES = """
INSERT INTO settlement_importedsale (batch_id, store_id, till, receipt, sold_at, original_date, member_id,
    lines_count, amount_fen, store_discount_fen, coupon_fen, coupon_match_fen)
SELECT %(batch)s, s.store_id, c.till, c.receipt, min(c.sold_at),
       ((min(c.sold_at) - %(cutoff)s) AT TIME ZONE 'Asia/Shanghai')::date, max(m.member_id), count(*),
       sum(c.amount), sum(c.store_discount), sum(c.coupon), sum(c.coupon_match)
FROM till_clean c JOIN till_stores s ON s.store = c.store
LEFT JOIN till_cards m ON m.member_card = c.member_card
GROUP BY s.store_id, c.till, c.receipt ORDER BY min(c.sold_at), s.store_id, c.till, c.receipt
"""

LINES = """
INSERT INTO settlement_importedsaleline
    (sale_id, number, product_id, quantity, amount_fen, store_discount_fen, coupon_fen, coupon_match_fen)
SELECT k.id, c.line, p.id, c.quantity, c.amount, c.store_discount, c.coupon, c.coupon_match
FROM till_clean c JOIN till_stores s ON s.store = c.store
JOIN settlement_importedsale k ON k.store_id = s.store_id AND k.till = c.till AND k.receipt = c.receipt
     AND k.batch_id = %(batch)s
JOIN settlement_chainproduct p ON p.chain_id = %(chain)s AND p.code = c.product
"""

# One journal per original day; its legs are the stores' takings.
JOURNALS = """
INSERT INTO settlement_journal (key, payload_hash, kind, business_date, original_date, booked_at)
SELECT concat_ws(':', 'till', %(batch)s::text, original_date), md5(concat_ws(':', count(*), sum(amount_fen))),
       'till_sale', %(day)s, original_date, %(now)s
FROM settlement_importedsale WHERE batch_id = %(batch)s AND amount_fen > 0
GROUP BY original_date ORDER BY original_date
"""

ACCOUNTS = """
INSERT INTO settlement_ledgeraccount (kind, institution_id, currency)
SELECT 'store_cash', store_id, 'CNY' FROM till_stores UNION SELECT 'split_pending', NULL, 'CNY'
ON CONFLICT DO NOTHING
"""

POSTINGS = """
WITH takings AS (
    SELECT original_date, store_id, sum(amount_fen)::bigint AS amount FROM settlement_importedsale
    WHERE batch_id = %(batch)s AND amount_fen > 0 GROUP BY original_date, store_id
), legs AS (
    SELECT original_date, 'store_cash' AS kind, store_id, amount FROM takings
  UNION ALL
    SELECT original_date, 'split_pending', NULL, -sum(amount)::bigint FROM takings GROUP BY original_date
)
INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)
SELECT j.id, a.id, l.amount, 'till', %(day)s FROM legs l
JOIN settlement_journal j ON j.key = concat_ws(':', 'till', %(batch)s::text, l.original_date)
JOIN settlement_ledgeraccount a ON a.kind = l.kind AND a.institution_id IS NOT DISTINCT FROM l.store_id
     AND a.currency = 'CNY'
"""

TRADES = """
INSERT INTO settlement_trade (source_key, kind, means, channel, order_number, collector_id, institution_id,
    rule_version_id, amount_fen, occurred_at, booked_at, business_date, original_date, journal_id)
SELECT 'till:' || s.id, 'till_sale', 'till', 'till', '', s.store_id, s.store_id, %(version)s, s.amount_fen,
       s.sold_at, %(now)s, %(day)s, s.original_date, j.id
FROM settlement_importedsale s
JOIN settlement_journal j ON j.key = concat_ws(':', 'till', %(batch)s::text, s.original_date)
WHERE s.batch_id = %(batch)s AND s.amount_fen > 0 ORDER BY s.id
"""

TOTALS = """
UPDATE settlement_tillimport SET sales_loaded = t.sales, lines_loaded = t.lines, amount_fen = t.amount
FROM (SELECT count(*) AS sales, coalesce(sum(lines_count), 0) AS lines, coalesce(sum(amount_fen), 0) AS amount
      FROM settlement_importedsale WHERE batch_id = %(batch)s) t
WHERE id = %(batch)s
"""
