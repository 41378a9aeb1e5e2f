"""The SQL of comparing a provider's bill, or a courier's remittance, with trades. Set-based throughout.

Parameters: batch, account, institution, day, since, today, pool, tolerance, now, cod.
"""

DROP = "DROP TABLE IF EXISTS recon_theirs, recon_ours, recon_pairs"


def theirs(reference: str, *, only: str = "") -> str:
    """Rows of this statement that stand against nothing yet, and rows of earlier ones that still wait.

    reference: the column by which they are compared.
    """
    return f"""
CREATE TEMPORARY TABLE recon_theirs ON COMMIT DROP AS
SELECT l.id, l.kind, l.{reference} AS reference, l.amount_fen, l.fee_fen, true AS fresh
FROM settlement_statementline l JOIN settlement_statement s ON s.id = l.statement_id
WHERE s.batch_id = %(batch)s {only}
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.line_id = l.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b WHERE b.line_id = l.id)
UNION ALL
SELECT l.id, l.kind, l.{reference}, l.amount_fen, l.fee_fen, false
FROM settlement_reconbreak b
JOIN settlement_reconbatch w ON w.id = b.batch_id AND w.account_id = %(account)s AND w.scope = %(scope)s
JOIN settlement_statementline l ON l.id = b.line_id
WHERE b.state <> 'resolved' AND b.kind = 'missing_here'
"""


THEIRS = theirs("our_reference")

# Trades of the days around that stand against nothing yet, and those that still wait. since keeps the
# scan to the window; a trade's business day is never before its original one.
OURS = """
CREATE TEMPORARY TABLE recon_ours ON COMMIT DROP AS
SELECT t.id, {reference} AS reference, t.amount_fen, t.original_date
FROM settlement_trade t {joined}
WHERE t.business_date >= %(since)s AND t.original_date BETWEEN %(since)s AND %(until)s AND {wanted}
  AND NOT EXISTS (SELECT 1 FROM settlement_matchedge e WHERE e.trade_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM settlement_reconbreak b WHERE b.trade_id = t.id AND b.kind = 'missing_there')
UNION ALL
SELECT t.id, {reference}, t.amount_fen, t.original_date
FROM settlement_reconbreak b
JOIN settlement_reconbatch w ON w.id = b.batch_id AND w.account_id = %(account)s AND w.scope = %(scope)s
JOIN settlement_trade t ON t.id = b.trade_id {joined}
WHERE b.state <> 'resolved' AND b.kind = 'missing_there'
"""

_PROVIDERS = """t.provider_id = %(institution)s
    AND t.kind IN ('payment', 'refund', 'card_sale', 'card_refund')"""
OF_PROVIDER = OURS.format(
    reference="coalesce(r.our_reference, '')",
    joined="LEFT JOIN settlement_tradereference r ON r.trade_id = t.id",
    wanted=_PROVIDERS,
)
OF_COURIER = OURS.format(
    reference="t.order_number",
    joined="",
    wanted="t.collector_id = %(institution)s AND t.means = 'cod' AND t.kind = 'payment'",
)

# Same number and amount first, then same number; one row meets one trade.
PAIRS = """
CREATE TEMPORARY TABLE recon_pairs ON COMMIT DROP AS
WITH t AS (
    SELECT *, row_number() OVER (PARTITION BY reference, amount_fen ORDER BY id) AS n
    FROM recon_theirs WHERE kind <> 'revoked' AND reference <> ''
), o AS (
    SELECT *, row_number() OVER (PARTITION BY reference, amount_fen ORDER BY id) AS n
    FROM recon_ours WHERE reference <> ''
)
SELECT t.id AS line_id, o.id AS trade_id, t.amount_fen AS theirs, o.amount_fen AS ours, t.fee_fen AS fee
FROM t JOIN o ON o.reference = t.reference AND o.amount_fen = t.amount_fen AND o.n = t.n
"""
PAIRS_LEFT = """
WITH t AS (
    SELECT *, row_number() OVER (PARTITION BY reference ORDER BY id) AS n FROM recon_theirs
    WHERE kind <> 'revoked' AND reference <> '' AND id NOT IN (SELECT line_id FROM recon_pairs)
), o AS (
    SELECT *, row_number() OVER (PARTITION BY reference ORDER BY id) AS n FROM recon_ours
    WHERE reference <> '' AND id NOT IN (SELECT trade_id FROM recon_pairs)
)
INSERT INTO recon_pairs
SELECT t.id, o.id, t.amount_fen, o.amount_fen, t.fee_fen
FROM t JOIN o ON o.reference = t.reference AND o.n = t.n
"""
# A payment revoked at the provider belongs to the trade of that payment, matched or not.
REVOKED = """
INSERT INTO recon_pairs
SELECT t.id, r.trade_id, t.amount_fen, NULL, NULL FROM recon_theirs t
JOIN settlement_tradereference r ON r.provider_id = %(institution)s AND r.our_reference = t.reference
WHERE t.kind = 'revoked'
"""

EDGES = """
INSERT INTO settlement_matchedge (line_id, trade_id, amount_fen, made_at, made_by)
SELECT line_id, trade_id,
       CASE WHEN ours IS NOT NULL AND sign(theirs) = sign(ours)
            THEN sign(theirs)::bigint * least(abs(theirs), abs(ours)) ELSE 0 END, %(now)s, 'system'
FROM recon_pairs
"""

# The columns of a break as all statements write them.
COLUMNS = """
INSERT INTO settlement_reconbreak
    (batch_id, kind, line_id, trade_id, transfer_id, bill_line_id, bill_batch_id, ours_fen, theirs_fen,
     difference_fen, control_kind, control_institution_id, state, bill_date, waits_until, resolution, note,
     changed_by, changed_at)
"""
_CONTROL = """CASE WHEN %(cod)s THEN 'bank' ELSE 'provider_transit' END,
       CASE WHEN %(cod)s THEN NULL ELSE %(institution)s END"""
WAITING = "CASE WHEN {until} < %(today)s THEN 'open' ELSE 'waiting' END"
TAIL = "'', '', 'system', %(now)s"

# The same number, but not the same money.
DIFFERENCES = f"""
{COLUMNS}
SELECT %(batch)s,
       CASE WHEN ours IS NULL OR sign(theirs) <> sign(ours) THEN 'status_mismatch'
            WHEN theirs < ours THEN 'amount_short' ELSE 'amount_over' END,
       line_id, trade_id, NULL, NULL, NULL, coalesce(ours, 0), theirs, theirs - coalesce(ours, 0),
       {_CONTROL}, 'open', %(day)s, %(day)s, {TAIL}
FROM recon_pairs WHERE ours IS NULL OR theirs <> ours
ON CONFLICT DO NOTHING
"""

# The provider's fee against the contract's rate, beyond what rounding explains.
FEES = f"""
WITH rate AS (
    SELECT ppm FROM settlement_providerfeerate
    WHERE provider_id = %(institution)s AND valid_from <= %(day)s ORDER BY valid_from DESC LIMIT 1
), due AS (
    SELECT line_id, trade_id, fee, theirs * rate.ppm / 1000000 AS expected FROM recon_pairs, rate
    WHERE fee IS NOT NULL
)
{COLUMNS}
SELECT %(batch)s, 'fee_mismatch', line_id, trade_id, NULL, NULL, NULL, expected, fee, expected - fee,
       {_CONTROL}, 'open', %(day)s, %(day)s, {TAIL}
FROM due WHERE abs(expected - fee) > %(tolerance)s
ON CONFLICT DO NOTHING
"""

ONLY_THEIRS = f"""
{COLUMNS}
SELECT %(batch)s, 'missing_here', t.id, NULL, NULL, NULL, NULL, 0, t.amount_fen, t.amount_fen,
       {_CONTROL}, {WAITING.format(until="%(day)s::date + %(pool)s")},
       %(day)s, %(day)s::date + %(pool)s, {TAIL}
FROM recon_theirs t
WHERE t.fresh AND NOT EXISTS (SELECT 1 FROM recon_pairs p WHERE p.line_id = t.id)
ON CONFLICT DO NOTHING
"""

# A trade is missing at the provider once the statement of its own day has been compared; a courier's
# cash once a statement of its day or a later one has. What was handed in counts as money in the bank.
ONLY_OURS = f"""
{COLUMNS}
SELECT w.id, 'missing_there', NULL, o.id, NULL, NULL, NULL, o.amount_fen, 0, -o.amount_fen,
       CASE WHEN NOT %(cod)s THEN 'provider_transit' WHEN handed.in_bank THEN 'bank' ELSE 'cod_transit' END,
       CASE WHEN %(cod)s AND handed.in_bank THEN NULL ELSE %(institution)s END,
       {WAITING.format(until="o.original_date + %(pool)s")},
       o.original_date, o.original_date + %(pool)s, {TAIL}
FROM recon_ours o
JOIN settlement_trade t ON t.id = o.id
JOIN settlement_reconbatch w ON w.account_id = %(account)s AND w.scope = %(scope)s
    AND w.bill_date = CASE WHEN %(cod)s THEN %(day)s ELSE o.original_date END
    AND (w.id = %(batch)s OR w.state IN ('matched', 'balanced', 'has_breaks', 'signed_off'))
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT 1 FROM settlement_trade r WHERE %(cod)s AND r.kind = 'cod_remittance'
    AND r.collector_id = %(institution)s AND r.occurred_at >= t.occurred_at
    AND r.business_date >= t.original_date
) AS in_bank) handed
WHERE o.original_date BETWEEN %(begins)s AND %(day)s
  AND NOT EXISTS (SELECT 1 FROM recon_pairs p WHERE p.trade_id = o.id)
ON CONFLICT DO NOTHING
"""

# What waited and has found its other side.
FOUND_SET = """SET state = 'resolved', resolution = 'matched', resolved_at = %(now)s,
    changed_by = 'system', changed_at = %(now)s"""

FOUND = f"""
UPDATE settlement_reconbreak b
{FOUND_SET}
FROM recon_pairs p
WHERE b.state <> 'resolved' AND p.ours IS NOT NULL
  AND (b.kind = 'missing_here' AND b.line_id = p.line_id
       OR b.kind = 'missing_there' AND b.trade_id = p.trade_id)
"""

FIGURES_OURS = {
    "trades": _PROVIDERS,
    "cod": "t.collector_id = %(institution)s AND t.means = 'cod' AND t.kind = 'payment'",
}
FIGURES = """
UPDATE settlement_reconbatch w SET ours_count = o.n, ours_fen = o.fen, theirs_count = l.n, theirs_fen = l.fen,
       fee_fen = l.fee, matched_count = l.matched, matched_fen = l.matched_fen
FROM (SELECT count(*) AS n, coalesce(sum(t.amount_fen), 0) AS fen FROM settlement_trade t
      WHERE t.business_date >= %(day)s AND t.original_date = %(day)s AND {wanted}) o,
     (SELECT count(*) AS n, coalesce(sum(l.amount_fen), 0) AS fen, coalesce(sum(l.fee_fen), 0) AS fee,
             count(e.line_id) AS matched, coalesce(sum(e.fen), 0) AS matched_fen
      FROM settlement_statementline l
      JOIN settlement_statement s ON s.id = l.statement_id AND s.batch_id = %(batch)s
      LEFT JOIN (SELECT e.line_id, sum(e.amount_fen) AS fen FROM settlement_matchedge e
                 JOIN settlement_statementline x ON x.id = e.line_id
                 JOIN settlement_statement y ON y.id = x.statement_id AND y.batch_id = %(batch)s
                 GROUP BY e.line_id) e ON e.line_id = l.id) l
WHERE w.id = %(batch)s
"""
