"""Balancing: a cleared day is compared with itself before anything is netted."""

from datetime import date

from django.db import connection, transaction

from settlement.models import BusinessDay, DayState

_CHECKS = """
SELECT 'postings_sum', coalesce(sum(amount_fen), 0) FROM settlement_posting WHERE business_date = %(day)s
UNION ALL
SELECT 'split_pending', coalesce(sum(p.amount_fen), 0) FROM settlement_posting p
    JOIN settlement_ledgeraccount a ON a.id = p.account_id AND a.kind = 'split_pending'
    WHERE p.business_date = %(day)s
UNION ALL
SELECT 'shares_of_trades',
    (SELECT coalesce(sum(amount_fen), 0) FROM settlement_tradeshare WHERE business_date = %(day)s)
    - (SELECT coalesce(sum(amount_fen), 0) FROM settlement_trade WHERE business_date = %(day)s
       AND kind IN ('payment', 'refund', 'till_sale', 'freight'))
UNION ALL
SELECT 'shares_against_postings', (SELECT coalesce(sum(amount_fen), 0) FROM settlement_tradeshare
        WHERE business_date = %(day)s AND account_kind = 'payable')
    + (SELECT coalesce(sum(p.amount_fen), 0) FROM settlement_posting p
       JOIN settlement_ledgeraccount a ON a.id = p.account_id AND a.kind = 'payable'
       JOIN settlement_journal j ON j.id = p.journal_id AND j.kind = 'clearing'
       WHERE p.business_date = %(day)s)
"""


def differences(day: date) -> dict[str, int]:
    """What does not add up in a day's books, in fen by check; empty when everything does."""
    with connection.cursor() as cursor:
        cursor.execute(_CHECKS, {"day": day})
        return {name: int(amount) for name, amount in cursor.fetchall() if amount}


@transaction.atomic
def balance(*, day: date) -> bool:
    """Move a cleared day on when it adds up; else note the problem and leave it."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.CLEARING:
        return row.state == DayState.BALANCED
    found = differences(day)
    row.problem = ", ".join(f"{name} {amount}" for name, amount in found.items())
    if not found:
        row.state = DayState.BALANCED
    row.save(update_fields=["state", "problem"])
    return not found
