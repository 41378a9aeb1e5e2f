"""Balancing: a cleared day is compared with itself before anything is netted, and so is each institution."""

from datetime import date

from django.db import connection, transaction

from settlement.models import BusinessDay, DayState

from . import night_session

_POSTED = """
SELECT coalesce(sum(p.amount_fen), 0)::bigint,
       coalesce(sum(p.amount_fen) FILTER (WHERE a.kind = 'split_pending'), 0)::bigint
FROM settlement_posting p JOIN settlement_ledgeraccount a ON a.id = p.account_id
WHERE p.business_date = %(day)s
"""

_TRADED = """
SELECT coalesce(sum(amount_fen), 0)::bigint FROM settlement_trade WHERE business_date = %(day)s
AND kind IN ('payment', 'refund', 'till_sale', 'freight')
"""

# What the shares say of an account, and what clearing posted on it: the sum is zero.
_ACCOUNTS = """
SELECT account_kind, institution_id, sum(shared)::bigint, sum(shared + posted)::bigint FROM (
    SELECT account_kind, institution_id, sum(amount_fen) AS shared, 0 AS posted FROM settlement_tradeshare
    WHERE business_date = %(day)s AND (%(only)s::bigint IS NULL OR institution_id = %(only)s)
    GROUP BY account_kind, institution_id
  UNION ALL
    SELECT a.kind, a.institution_id, 0, sum(p.amount_fen) FROM settlement_posting p
    JOIN settlement_ledgeraccount a ON a.id = p.account_id AND a.kind <> 'split_pending'
    JOIN settlement_journal j ON j.id = p.journal_id AND j.kind = 'clearing'
    WHERE p.business_date = %(day)s AND (%(only)s::bigint IS NULL OR a.institution_id = %(only)s)
    GROUP BY a.kind, a.institution_id
) both_sides GROUP BY account_kind, institution_id
"""


def differences(day: date) -> dict[str, int]:
    """What does not add up in a day's books, in fen by check; empty when everything does."""
    return day_and_institutions(day)[0]


def day_and_institutions(day: date) -> tuple[dict[str, int], dict[int, int]]:
    """Differences in fen: of the whole day by check, and by institution, which block only themselves."""
    with connection.cursor() as cursor:
        night_session.whole_day(cursor)
        cursor.execute(_POSTED, {"day": day})
        posted, pending = cursor.fetchone()
        cursor.execute(_TRADED, {"day": day})
        traded = cursor.fetchone()[0]
        accounts = _accounts(cursor, day)
    shared = sum(row[2] for row in accounts)
    ours = sum(abs(row[3]) for row in accounts if row[1] is None)
    checks = {"postings_sum": posted, "split_pending": pending, "shares_of_trades": shared - traded,
              "shares_against_postings": ours}  # fmt: skip
    return {name: fen for name, fen in checks.items() if fen}, _by_institution(accounts)


def institution_difference(*, day: date, institution_id: int) -> int:
    """Fen by which an institution's shares and postings of a day differ."""
    with connection.cursor() as cursor:
        rows = _accounts(cursor, day, institution_id)
    return _by_institution(rows).get(institution_id, 0)


def _accounts(cursor, day: date, only: int | None = None) -> list[tuple]:
    cursor.execute(_ACCOUNTS, {"day": day, "only": only})
    return cursor.fetchall()


def _by_institution(accounts: list[tuple]) -> dict[int, int]:
    found: dict[int, int] = {}
    for _kind, institution_id, _shared, off in accounts:
        if institution_id is not None and off:
            found[institution_id] = found.get(institution_id, 0) + abs(off)
    return found


@transaction.atomic
def balance(*, day: date) -> bool:
    """Move a cleared day on when it adds up; else note the problem and leave it."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.CLEARING:
        return row.state == DayState.BALANCED
    _tell_planner()
    found = differences(day)
    row.problem = ", ".join(f"{name} {amount}" for name, amount in found.items())
    if not found:
        row.state = DayState.BALANCED
    row.save(update_fields=["state", "problem"])
    return not found


def _tell_planner() -> None:
    """The tables have grown by a day; what follows reads all of it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE settlement_trade, settlement_tradeshare")
