"""What must hold of the books at any time; verify_ledger and the demo day ask it."""

from collections.abc import Iterator

from django.db import connection

from .controls import cards_differ, dealers_differ

# name, SQL that returns one row per violation with a text
CHECKS = {
    "journal_unbalanced": """
        SELECT j.key FROM settlement_journal j
        LEFT JOIN (SELECT journal_id, currency, sum(amount_fen) AS total, count(*) AS legs
                   FROM settlement_posting GROUP BY journal_id, currency) p ON p.journal_id = j.id
        WHERE p.total IS DISTINCT FROM 0 OR p.legs < 2""",
    "postings_not_zero": "SELECT sum(amount_fen)::text FROM settlement_posting HAVING sum(amount_fen) <> 0",
    "source_booked_twice": """
        SELECT source_key FROM settlement_trade GROUP BY source_key HAVING count(*) > 1""",
    "trade_shared_wrongly": """
        SELECT t.source_key FROM settlement_trade t JOIN settlement_businessday d USING (business_date)
        LEFT JOIN (SELECT trade_id, sum(amount_fen) AS total FROM settlement_tradeshare GROUP BY trade_id) s
             ON s.trade_id = t.id
        WHERE t.kind IN ('payment', 'refund', 'till_sale', 'freight') 
          AND d.state NOT IN ('open', 'cutoff', 'clearing') AND coalesce(s.total, 0) <> t.amount_fen""",
    "split_pending_left": """
        SELECT p.business_date::text FROM settlement_posting p
        JOIN settlement_ledgeraccount a ON a.id = p.account_id AND a.kind = 'split_pending'
        JOIN settlement_businessday d ON d.business_date = p.business_date
        WHERE d.state NOT IN ('open', 'cutoff', 'clearing')
        GROUP BY p.business_date HAVING sum(p.amount_fen) <> 0""",
    "net_positions_not_zero": """
        SELECT business_date::text FROM settlement_netposition
        GROUP BY business_date, currency HAVING sum(amount_fen) <> 0""",
    "turnover_differs": """
        SELECT coalesce(t.account_id, p.account_id) || ' ' || coalesce(t.business_date, p.business_date)
        FROM settlement_accountturnover t
        FULL JOIN (SELECT account_id, business_date, sum(amount_fen) AS total FROM settlement_posting
                   WHERE business_date IN (SELECT business_date FROM settlement_businessday
                                           WHERE state = 'sealed')
                   GROUP BY account_id, business_date) p
             ON p.account_id = t.account_id AND p.business_date = t.business_date
        WHERE coalesce(t.debit_fen - t.credit_fen, 0) <> coalesce(p.total, 0)""",
    "report_differs": """
        SELECT d.business_date::text FROM settlement_businessday d
        LEFT JOIN (SELECT business_date, sum(amount_fen) AS total FROM settlement_clearingline
                   GROUP BY business_date) l USING (business_date)
        LEFT JOIN (SELECT business_date, sum(amount_fen) AS total FROM settlement_tradeshare
                   GROUP BY business_date) s USING (business_date)
        WHERE d.reported_at IS NOT NULL AND coalesce(l.total, 0) <> coalesce(s.total, 0)""",
    "products_differ": """
        SELECT f.business_date::text FROM settlement_productfold f
        LEFT JOIN (SELECT business_date, sum(amount_fen) AS total FROM settlement_productline
                   GROUP BY business_date) p USING (business_date)
        LEFT JOIN (SELECT business_date, sum(amount_fen) AS total FROM settlement_clearingline
                   GROUP BY business_date) l USING (business_date)
        WHERE coalesce(p.total, 0) <> coalesce(l.total, 0)""",
    "audit_chain_gap": """
        SELECT max(number)::text FROM settlement_auditlink HAVING coalesce(max(number), 0) <> count(*)""",
    "share_beyond_frozen": """
        SELECT o.order_number FROM settlement_ordershareterms o
        JOIN settlement_ordershare s ON s.terms_id = o.id
        GROUP BY o.id HAVING sum(s.amount_fen) <> o.total_fen""",
}


# With what is compared across apps, which SQL of one app cannot say.
NAMES = (*CHECKS, "dealers_differ", "cards_differ")


def broken() -> list[tuple[str, str]]:
    """(check, what) of everything that does not hold; empty when the books are sound."""
    return [(name, what) for name, found in one_by_one() for what in found]


def one_by_one() -> Iterator[tuple[str, list[str]]]:
    """Each check of NAMES with what it found, as soon as it is done."""
    for name, statement in CHECKS.items():
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT 20")
            yield name, [str(row[0]) for row in cursor.fetchall()]
    yield "dealers_differ", [row.code for row in dealers_differ()]
    yield "cards_differ", [f"{row.difference_fen} fen" for row in cards_differ()]
