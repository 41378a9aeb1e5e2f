"""The SQL of comparing a bank statement with what must arrive or leave: pay-outs of providers, couriers'
remittances less their fee (many waybills in one credit), our own transfers, dealers' payments.

Parameters as in matching_sql.
"""

from .matching_sql import COLUMNS, FOUND_SET, TAIL, WAITING, theirs

THEIRS = theirs("our_reference")

# expected_on: the day from which its absence is missed; a transfer only once the bank said it was made.
# Without a fund flow that names the pay-out, a provider pays the net of a bill with its number and day.
OURS = """
CREATE TEMPORARY TABLE recon_ours ON COMMIT DROP AS
SELECT f.id AS transfer_id, NULL::bigint AS bill_line_id, NULL::bigint AS bill_batch_id,
       NULL::bigint AS trade_id, f.reference,
       CASE f.direction WHEN 'pay' THEN -f.amount_fen ELSE f.amount_fen END AS amount_fen,
       'bank' AS control_kind, NULL::bigint AS control_institution,
       CASE WHEN f.state = 'succeeded' THEN (f.answered_at AT TIME ZONE 'Asia/Shanghai')::date END
           AS expected_on,
       f.state = 'succeeded' AS is_booked
FROM settlement_fundtransfer f
WHERE f.state IN ('exported', 'sent', 'unknown', 'succeeded') AND f.business_date >= %(begins)s
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.transfer_id = f.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b
                  WHERE b.transfer_id = f.id AND b.kind = 'missing_there' AND b.state = 'resolved')
UNION ALL
SELECT NULL, l.id, NULL, NULL, CASE w.scope WHEN 'cod' THEN l.group_reference ELSE l.our_reference END,
       CASE w.scope WHEN 'cod' THEN l.amount_fen - l.fee_fen ELSE -l.amount_fen END,
       CASE w.scope WHEN 'cod' THEN 'bank' ELSE 'provider_transit' END,
       CASE w.scope WHEN 'cod' THEN NULL ELSE a.institution_id END, w.bill_date, true
FROM settlement_reconbatch w
JOIN settlement_statementaccount a ON a.id = w.account_id
JOIN settlement_statement s ON s.batch_id = w.id
JOIN settlement_statementline l ON l.statement_id = s.id AND l.kind IN ('cash', 'payout')
WHERE w.scope IN ('cod', 'funds') AND w.bill_date BETWEEN %(begins)s AND %(day)s
  AND w.bill_date >= %(since)s
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.bill_line_id = l.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b
                  WHERE b.bill_line_id = l.id AND b.kind = 'missing_there' AND b.state = 'resolved')
UNION ALL
SELECT NULL, NULL, w.id, NULL, a.number || '-' || to_char(w.bill_date, 'YYYYMMDD'), w.theirs_fen - w.fee_fen,
       'provider_transit', a.institution_id, w.bill_date, true
FROM settlement_reconbatch w
JOIN settlement_statementaccount a ON a.id = w.account_id
WHERE w.scope = 'trades' AND w.state IN ('matched', 'balanced', 'has_breaks', 'signed_off')
  AND w.bill_date BETWEEN %(begins)s AND %(day)s AND w.bill_date >= %(since)s AND w.theirs_fen <> w.fee_fen
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbatch f
                  WHERE f.account_id = a.id AND f.scope = 'funds' AND f.bill_date = w.bill_date)
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.bill_batch_id = w.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b
                  WHERE b.bill_batch_id = w.id AND b.kind = 'missing_there' AND b.state = 'resolved')
UNION ALL
SELECT NULL, NULL, NULL, t.id, r.our_reference, t.amount_fen, 'bank', NULL, t.original_date, true
FROM settlement_trade t JOIN settlement_tradereference r ON r.trade_id = t.id
WHERE t.kind = 'dealer_payment' AND t.business_date >= %(since)s
  AND t.original_date BETWEEN %(begins)s AND %(day)s
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.trade_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b
                  WHERE b.trade_id = t.id AND b.kind = 'missing_there' AND b.state = 'resolved')
"""

# One credit may stand for many of ours; a second row of the same number stands for none.
PAIRS = """
CREATE TEMPORARY TABLE recon_pairs ON COMMIT DROP AS
SELECT t.id AS line_id, t.amount_fen AS theirs, o.*
FROM (SELECT DISTINCT ON (reference) * FROM recon_theirs WHERE reference <> '' ORDER BY reference, id) t
JOIN recon_ours o ON o.reference = t.reference
"""

EDGES = """
INSERT INTO settlement_matchedge
    (line_id, trade_id, transfer_id, bill_line_id, bill_batch_id, amount_fen, made_at, made_by)
SELECT line_id, trade_id, transfer_id, bill_line_id, bill_batch_id, amount_fen, %(now)s, 'system'
FROM recon_pairs
"""

DIFFERENCES = f"""
{COLUMNS}
SELECT %(batch)s, CASE WHEN min(theirs) < sum(amount_fen) THEN 'amount_short' ELSE 'amount_over' END, line_id,
       NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, sum(amount_fen), min(theirs),
       min(theirs) - sum(amount_fen),
       'bank', NULL::bigint, 'open', %(day)s::date, %(day)s::date, {TAIL}
FROM recon_pairs GROUP BY line_id HAVING min(theirs) <> sum(amount_fen)
UNION ALL
SELECT %(batch)s, 'status_mismatch', line_id, NULL, transfer_id, NULL, NULL, amount_fen, theirs, 0,
       'bank', NULL, 'open', %(day)s, %(day)s, {TAIL}
FROM recon_pairs WHERE NOT is_booked
ON CONFLICT DO NOTHING
"""

ONLY_THEIRS = f"""
{COLUMNS}
SELECT %(batch)s, 'missing_here', t.id, NULL, NULL, NULL, NULL, 0, t.amount_fen, t.amount_fen, 'bank', NULL,
       {WAITING.format(until="%(day)s::date + %(pool)s")}, %(day)s, %(day)s::date + %(pool)s, {TAIL}
FROM recon_theirs t
WHERE t.fresh AND NOT EXISTS (SELECT 1 FROM recon_pairs p WHERE p.line_id = t.id)
ON CONFLICT DO NOTHING
"""

ONLY_OURS = f"""
{COLUMNS}
SELECT %(batch)s, 'missing_there', NULL, o.trade_id, o.transfer_id, o.bill_line_id, o.bill_batch_id,
       o.amount_fen, 0, -o.amount_fen, o.control_kind, o.control_institution,
       {WAITING.format(until="o.expected_on + %(pool)s")}, o.expected_on, o.expected_on + %(pool)s, {TAIL}
FROM recon_ours o
WHERE o.expected_on <= %(day)s AND NOT EXISTS (
    SELECT 1 FROM recon_pairs p WHERE p.transfer_id = o.transfer_id OR p.bill_line_id = o.bill_line_id
    OR p.bill_batch_id = o.bill_batch_id OR p.trade_id = o.trade_id)
ON CONFLICT DO NOTHING
"""

FOUND = f"""
UPDATE settlement_reconbreak b
{FOUND_SET}
FROM recon_pairs p
WHERE b.state <> 'resolved' AND (b.kind = 'missing_here' AND b.line_id = p.line_id
    OR b.kind = 'missing_there' AND (b.transfer_id = p.transfer_id OR b.bill_line_id = p.bill_line_id
                                     OR b.bill_batch_id = p.bill_batch_id OR b.trade_id = p.trade_id))
"""

FIGURES = """
UPDATE settlement_reconbatch w SET ours_count = l.edges, ours_fen = l.matched_fen, theirs_count = l.n,
       theirs_fen = l.fen, matched_count = l.matched, matched_fen = l.matched_fen
FROM (SELECT count(*) AS n, coalesce(sum(l.amount_fen), 0) AS fen, count(e.line_id) AS matched,
             coalesce(sum(e.fen), 0) AS matched_fen, coalesce(sum(e.n), 0) AS edges
      FROM settlement_statementline l
      JOIN settlement_statement s ON s.id = l.statement_id AND s.batch_id = %(batch)s
      LEFT JOIN LATERAL (SELECT e.line_id, sum(e.amount_fen) AS fen, count(*) AS n
                         FROM settlement_matchedge e WHERE e.line_id = l.id GROUP BY e.line_id) e ON true) l
WHERE w.id = %(batch)s
"""

# What arrived from providers, for the ledger: rows of these lines that are not in the books yet.
ARRIVED = """
SELECT e.line_id, coalesce(a.institution_id, b.institution_id), sum(e.amount_fen)::bigint
FROM settlement_matchedge e
LEFT JOIN settlement_statementline l ON l.id = e.bill_line_id AND l.kind = 'payout'
LEFT JOIN settlement_statement s ON s.id = l.statement_id
LEFT JOIN settlement_reconbatch w ON w.id = s.batch_id
LEFT JOIN settlement_statementaccount a ON a.id = w.account_id
LEFT JOIN settlement_reconbatch v ON v.id = e.bill_batch_id
LEFT JOIN settlement_statementaccount b ON b.id = v.account_id
WHERE e.line_id = ANY (%(lines)s) AND coalesce(a.institution_id, b.institution_id) IS NOT NULL
GROUP BY 1, 2 HAVING sum(e.amount_fen) <> 0 ORDER BY 1, 2
"""
