"""The SQL of the bilateral matrix: what counterparties owe institutions after a day.

Whose money a share is, its trade says; who has it, the trade's provider or collector. A store that keeps
takings owes them itself, so what it holds of others stands on both sides; what a provider or courier holds
is with the clearing house, whose accounts they are. Whatever else moved an institution's net position, an
adjustment, a carried amount, money that came back, stands between it and the clearing house.
Parameter: `day`.
"""

# Shares by party and holder, where no other statement has folded them.
FOLDED = """
folded AS (
    SELECT coalesce(t.provider_id, t.collector_id) AS holder_id,
           CASE WHEN s.account_kind IN ('payable', 'freight_payable') THEN s.institution_id END AS party_id,
           sum(s.amount_fen)::bigint AS amount
    FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id
    WHERE s.business_date = %(day)s GROUP BY 1, 2
)"""

# Of folded(holder_id, party_id, amount); mutual: the other side of it is another institution's line.
OWED = """
held AS (
    SELECT f.*, EXISTS (SELECT 1 FROM settlement_ledgeraccount a
                        WHERE a.kind = 'store_cash' AND a.institution_id = f.holder_id) AS keeps_takings
    FROM folded f
), pairs AS (
    SELECT party_id AS institution_id, holder_id AS counterparty_id, amount, keeps_takings AS mutual
    FROM held WHERE party_id IS NOT NULL
  UNION ALL
    SELECT holder_id, party_id, -amount, party_id IS NOT NULL FROM held WHERE keeps_takings
), rest AS (
    SELECT coalesce(n.institution_id, p.institution_id), NULL::bigint,
           coalesce(n.amount, 0) - coalesce(p.amount, 0), false
    FROM (SELECT institution_id, sum(amount_fen)::bigint AS amount FROM settlement_netposition
          WHERE business_date = %(day)s AND institution_id IS NOT NULL GROUP BY 1) n
    FULL JOIN (SELECT institution_id, sum(amount)::bigint AS amount FROM pairs GROUP BY 1) p
         ON p.institution_id = n.institution_id
), owed AS (
    SELECT * FROM pairs UNION ALL SELECT * FROM rest
)"""

# Lines with the clearing house's own last: all of a day sum to zero.
LINES = """
SELECT institution_id, counterparty_id, sum(amount)::bigint AS amount_fen
FROM owed GROUP BY 1, 2 HAVING sum(amount) <> 0
UNION ALL
SELECT NULL, institution_id, -sum(amount)::bigint
FROM owed WHERE NOT mutual GROUP BY institution_id HAVING sum(amount) <> 0
"""
