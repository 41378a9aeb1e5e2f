"""What moved an account by business day: the turnover of sealed days, the postings of the others."""


def moved(days: str) -> str:
    """SQL to join to an account `a`: rows of business_date and fen, debits positive; days: "<= %(end)s"."""
    return f"""LATERAL (
    SELECT t.business_date, t.debit_fen - t.credit_fen AS fen FROM settlement_accountturnover t
    WHERE t.account_id = a.id AND t.business_date {days}
  UNION ALL
    SELECT p.business_date, p.amount_fen FROM settlement_posting p
    JOIN settlement_businessday d ON d.business_date = p.business_date AND d.state <> 'sealed'
    WHERE p.account_id = a.id AND p.business_date {days}
)"""
