"""The SQL of a comparison: what two versions give of one day's order lines and till sales. Set-based.

Parameters: day; `after` and `before` (versions; `before` may be null: each line's own rule), rule, priority,
code and the rule's conditions; comparison. An order counts on the day of its first payment; what was
refunded of a line since is taken off both sides by the largest remainder, as the books do.
"""

from .clearing_sql import ALLOCATED

_LINES = """
SELECT o.order_number AS reference, 1 AS sign, l.line_id, l.kind, l.seller_id, l.seller_kind, o.channel,
       l.amount_fen AS gross, l.net_fen AS net, l.rule_version_id AS own, o.attributed_id, o.fulfiller_id,
       o.courier_id,
       CASE WHEN o.attributed_id IS NULL THEN '{attributed_store}' ELSE '{}' END::text[] AS absent,
       coalesce((SELECT sum(b.amount_fen)
                 FROM settlement_tradeline b JOIN settlement_trade r ON r.id = b.trade_id
                 WHERE b.order_number = o.order_number AND b.line_id = l.line_id AND r.kind = 'refund'), 0)
           ::bigint AS refunded
FROM (SELECT order_number, min(id) AS first FROM settlement_trade
      WHERE business_date = %(day)s AND kind = 'payment' AND order_number <> '' GROUP BY order_number) paid
JOIN settlement_ordershareterms o ON o.order_number = paid.order_number
JOIN settlement_ordertermsline l ON l.terms_id = o.id
WHERE NOT EXISTS (SELECT FROM settlement_trade e WHERE e.order_number = paid.order_number
                  AND e.order_number <> '' AND e.kind = 'payment' AND e.id < paid.first)
UNION ALL
SELECT t.source_key, sign(t.amount_fen)::int, 0, '', t.institution_id, i.kind, t.channel, abs(t.amount_fen),
       abs(t.amount_fen), t.rule_version_id, NULL, NULL, NULL,
       '{attributed_store,fulfiller,courier}'::text[], 0
FROM settlement_trade t JOIN members_institution i ON i.id = t.institution_id
WHERE t.business_date = %(day)s AND t.kind = 'till_sale'
"""

# Lines that the rule had, and those that it would take from a rule that ranks below it.
_CONCERNED = """
SELECT row_number() OVER () AS key, l.*, coalesce(%(before)s, l.own) AS before_version,
       CASE WHEN %(ends)s THEN instead.version_id ELSE %(after)s END AS after_version
FROM lines l
JOIN settlement_splitruleversion v ON v.id = l.own JOIN settlement_splitrule r ON r.id = v.rule_id
LEFT JOIN LATERAL settlement_rule_for(
    %(day)s, l.kind, l.seller_kind, l.channel, l.seller_id, %(rule)s) instead ON %(ends)s
WHERE r.id = %(rule)s OR (
      %(offering_kind)s IN ('', l.kind) AND %(seller_kind)s IN ('', l.seller_kind)
      AND %(channel)s IN ('', l.channel) AND (%(seller)s::bigint IS NULL OR %(seller)s = l.seller_id)
      AND (%(priority)s > r.priority OR (%(priority)s = r.priority AND %(code)s < r.code)))
"""

_PARTS = """
SELECT row_number() OVER () AS seq, c.key * 2 + side.number AS key, c.reference, c.sign, c.refunded,
       side.number AS side, s.role, s.amount AS weight,
       CASE s.role WHEN 'seller' THEN c.seller_id WHEN 'attributed_store' THEN c.attributed_id
                   WHEN 'fulfiller' THEN c.fulfiller_id WHEN 'courier' THEN c.courier_id END AS institution_id
FROM concerned c
CROSS JOIN LATERAL (VALUES (0, c.before_version), (1, c.after_version)) AS side(number, version)
CROSS JOIN LATERAL settlement_split(side.version, c.gross, c.net, c.absent) s
WHERE side.version IS NOT NULL
"""

COMPARE_DAY = f"""
WITH lines AS ({_LINES}),
concerned AS MATERIALIZED ({_CONCERNED}),
parts AS MATERIALIZED ({_PARTS}),
asked AS (SELECT key, refunded AS total, seq, weight FROM parts WHERE refunded > 0),
taken AS ({ALLOCATED}),
given AS (
    SELECT p.reference, p.role, p.institution_id,
           coalesce(sum(p.sign * (p.weight - coalesce(t.part, 0))) FILTER (WHERE p.side = 0), 0)::bigint
               AS before_fen,
           coalesce(sum(p.sign * (p.weight - coalesce(t.part, 0))) FILTER (WHERE p.side = 1), 0)::bigint
               AS after_fen
    FROM parts p LEFT JOIN taken t ON t.seq = p.seq
    GROUP BY p.reference, p.role, p.institution_id
), orders AS (
    INSERT INTO settlement_rulecomparisonorder
        (comparison_id, reference, business_date, role, institution_id, before_fen, after_fen)
    SELECT %(comparison)s, reference, %(day)s, role, institution_id, before_fen, after_fen
    FROM given WHERE before_fen <> after_fen ORDER BY reference
), sums AS (
    INSERT INTO settlement_rulecomparisonline
        (comparison_id, business_date, role, institution_id, before_fen, after_fen, orders_changed)
    SELECT %(comparison)s, %(day)s, role, institution_id, sum(before_fen)::bigint, sum(after_fen)::bigint,
           count(*) FILTER (WHERE before_fen <> after_fen)
    FROM given GROUP BY role, institution_id
)
SELECT count(*) FROM concerned
"""
