"""The shares of days by product: each share is spread over the goods that its trade was for.

A payment's share goes by the frozen shares of the same party on each line, a refund's by what went back of
each line, a fee by the lines' amounts, a till sale by its own lines. Parts are differences of cumulated
amounts, so that they sum to the share exactly and none is off by a fen or more. What has no goods keeps an
empty product. Parameter: days (date[]).

A share's parts depend on its own trade alone, so a part of the shares may be asked for: PARTS of all, and
parts_where() of those that a further condition on s (share) and t (trade) leaves.
"""

_PARTS = """
shares AS MATERIALIZED (
    SELECT s.id, s.trade_id, s.role, s.account_kind, s.institution_id, s.channel, s.amount_fen,
           s.business_date, t.kind AS trade_kind, t.order_number, t.source_key, t.original_date
    FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id
    WHERE s.business_date = ANY (%(days)s::date[]){more}
), weighted AS MATERIALIZED (
    SELECT t.trade_id, f.line_id, f.role, f.institution_id,
           CASE t.trade_kind WHEN 'payment' THEN f.amount_fen::numeric
                ELSE f.amount_fen::numeric * r.amount_fen
                     / sum(f.amount_fen) OVER (PARTITION BY t.trade_id, f.line_id) END AS weight
    FROM (SELECT DISTINCT trade_id, trade_kind, order_number FROM shares
          WHERE order_number <> '' AND trade_kind IN ('payment', 'refund')) t
    JOIN settlement_ordershareterms o ON o.order_number = t.order_number
    JOIN settlement_ordershare f ON f.terms_id = o.id
    LEFT JOIN settlement_tradeline r ON r.trade_id = t.trade_id AND r.line_id = f.line_id
    WHERE t.trade_kind = 'payment' OR r.amount_fen > 0
), own AS (
    SELECT s.id, w.line_id, sum(w.weight) AS weight
    FROM shares s JOIN weighted w ON w.trade_id = s.trade_id AND w.role = s.role
         AND (w.institution_id IS NULL OR s.institution_id IS NULL OR w.institution_id = s.institution_id)
    WHERE s.account_kind NOT IN ('fee_accrued', 'fee_cost', 'suspense')
    GROUP BY s.id, w.line_id
), any_line AS (
    SELECT s.id, w.line_id, sum(w.weight) AS weight
    FROM shares s JOIN weighted w ON w.trade_id = s.trade_id
    WHERE s.account_kind <> 'suspense' AND NOT EXISTS (SELECT FROM own WHERE own.id = s.id)
    GROUP BY s.id, w.line_id
), till AS (
    SELECT s.id, l.product_id, sum(l.amount_fen)::numeric AS weight
    FROM shares s
    JOIN settlement_importedsaleline l ON l.sale_id = substring(s.source_key FROM 6)::bigint
    WHERE s.trade_kind = 'till_sale' AND s.source_key LIKE 'till:%%' AND s.account_kind <> 'suspense'
      AND l.amount_fen > 0
    GROUP BY s.id, l.product_id
), weights AS (
    SELECT w.id, w.line_id AS place,
           CASE WHEN w.line_id = 0 THEN 'shipping' ELSE coalesce('s:' || l.sku, '') END AS product, w.weight
    FROM (SELECT * FROM own UNION ALL SELECT * FROM any_line) w
    LEFT JOIN order_lineterms l ON l.line_id = w.line_id
  UNION ALL
    SELECT id, product_id, 'c:' || product_id, weight FROM till
), cumulated AS (
    SELECT id, product, weight, sum(weight) OVER (PARTITION BY id ORDER BY place) AS upto,
           sum(weight) OVER (PARTITION BY id) AS whole
    FROM weights WHERE weight > 0
), parts AS (
    SELECT s.id, s.trade_id, s.business_date, s.institution_id, s.role, s.account_kind, s.channel,
           s.trade_kind, s.original_date, s.order_number, s.amount_fen AS share_fen,
           coalesce(c.product, '') AS product,
           coalesce(sign(s.amount_fen) * (div(abs(s.amount_fen) * c.upto, c.whole)
               - div(abs(s.amount_fen) * (c.upto - c.weight), c.whole)), s.amount_fen)::bigint
               AS amount_fen
    FROM shares s LEFT JOIN cumulated c ON c.id = s.id
)
"""

# Of a product: orders with a line of it, and till sales with it. What has no goods is anywhere.
OF_PRODUCT = """ AND (%(product)s !~ '^[sc]:'
    OR t.order_number IN (
        SELECT i.number FROM order_lineterms l JOIN order_orderintake i ON i.order_id = l.intake_id
        WHERE l.sku = substring(%(product)s FROM 3))
    OR t.kind = 'till_sale')
"""


def parts_where(more: str) -> str:
    """The statement's head for the shares that ` AND …` leaves."""
    return _PARTS.replace("{more}", more)


PARTS = parts_where("")
