"""The SQL of comparing a fund flow with the bills of the same account: each number's movements must sum
to the row's amount less its fee. Pay-outs are left for the bank's statement.

Parameters as in matching_sql.
"""

from .matching_sql import COLUMNS, FOUND_SET, TAIL, WAITING, theirs

THEIRS = theirs("provider_reference", only="AND l.kind = 'flow'")

OURS = """
CREATE TEMPORARY TABLE recon_ours ON COMMIT DROP AS
SELECT l.id, l.provider_reference AS reference, l.amount_fen - l.fee_fen AS amount_fen, w.bill_date
FROM settlement_statementline l
JOIN settlement_statement s ON s.id = l.statement_id
JOIN settlement_reconbatch w ON w.id = s.batch_id AND w.account_id = %(account)s AND w.scope = 'trades'
    AND w.bill_date BETWEEN %(since)s AND %(day)s
WHERE l.amount_fen <> l.fee_fen
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.bill_line_id = l.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b
                  WHERE b.bill_line_id = l.id AND b.kind = 'missing_there' AND b.state = 'resolved')
"""

PAIRS = """
CREATE TEMPORARY TABLE recon_pairs ON COMMIT DROP AS
SELECT t.id AS line_id, o.id AS bill_line_id, t.amount_fen AS theirs, o.amount_fen AS ours
FROM recon_theirs t JOIN (SELECT DISTINCT ON (reference) * FROM recon_ours ORDER BY reference, id) o
     ON o.reference = t.reference AND o.reference <> ''
"""

EDGES = """
INSERT INTO settlement_matchedge (line_id, bill_line_id, amount_fen, made_at, made_by)
SELECT line_id, bill_line_id, theirs, %(now)s, 'system' FROM recon_pairs
"""

DIFFERENCES = f"""
{COLUMNS}
SELECT %(batch)s, CASE WHEN sum(theirs) < min(ours) THEN 'amount_short' ELSE 'amount_over' END,
       min(line_id), NULL, NULL, bill_line_id, NULL, min(ours), sum(theirs), sum(theirs) - min(ours),
       'provider_transit', %(institution)s, 'open', %(day)s, %(day)s, {TAIL}
FROM recon_pairs GROUP BY bill_line_id HAVING sum(theirs) <> min(ours)
ON CONFLICT DO NOTHING
"""

ONLY_THEIRS = f"""
{COLUMNS}
SELECT %(batch)s, 'missing_here', t.id, NULL, NULL, NULL, NULL, 0, t.amount_fen, t.amount_fen,
       'provider_transit', %(institution)s, {WAITING.format(until="%(day)s::date + %(pool)s")}, %(day)s,
       %(day)s::date + %(pool)s, {TAIL}
FROM recon_theirs t
WHERE t.fresh AND NOT EXISTS (SELECT 1 FROM recon_pairs p WHERE p.line_id = t.id)
ON CONFLICT DO NOTHING
"""

ONLY_OURS = f"""
{COLUMNS}
SELECT %(batch)s, 'missing_there', NULL, NULL, NULL, o.id, NULL, o.amount_fen, 0, -o.amount_fen,
       'provider_transit', %(institution)s, {WAITING.format(until="o.bill_date + %(pool)s")}, o.bill_date,
       o.bill_date + %(pool)s, {TAIL}
FROM recon_ours o
WHERE o.bill_date = %(day)s AND NOT EXISTS (SELECT 1 FROM recon_pairs p WHERE p.bill_line_id = o.id)
ON CONFLICT DO NOTHING
"""

FOUND = f"""
UPDATE settlement_reconbreak b
{FOUND_SET}
FROM recon_pairs p
WHERE b.state <> 'resolved' AND (b.kind = 'missing_here' AND b.line_id = p.line_id
    OR b.kind = 'missing_there' AND b.bill_line_id = p.bill_line_id)
"""

FIGURES = """
UPDATE settlement_reconbatch w SET ours_count = o.n, ours_fen = o.fen, theirs_count = l.n, theirs_fen = l.fen,
       matched_count = l.matched, matched_fen = l.matched_fen
FROM (SELECT count(*) AS n, coalesce(sum(l.amount_fen - l.fee_fen), 0) AS fen
      FROM settlement_statementline l JOIN settlement_statement s ON s.id = l.statement_id
      JOIN settlement_reconbatch b ON b.id = s.batch_id AND b.account_id = %(account)s
           AND b.scope = 'trades' AND b.bill_date = %(day)s) o,
     (SELECT count(*) AS n, coalesce(sum(l.amount_fen), 0) AS fen, count(e.line_id) AS matched,
             coalesce(sum(e.amount_fen), 0) AS matched_fen
      FROM settlement_statementline l
      JOIN settlement_statement s ON s.id = l.statement_id AND s.batch_id = %(batch)s
      LEFT JOIN settlement_matchedge e ON e.line_id = l.id
      WHERE l.kind = 'flow') l
WHERE w.id = %(batch)s
"""
