"""What the company owes its members in points: the ledger against the members' lots, and its history."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from members.queries import points_liability_by_month, points_policy
from settlement.models import AccountKind, LedgerAccount


@dataclass(frozen=True)
class PointsLiability:
    """months: (first day of the month of expiry, points, fen). ledger_fen is what the books owe."""

    months: list[tuple[date, int, int]]
    points: int
    lots_fen: int
    ledger_fen: int

    @property
    def difference_fen(self) -> int:
        return self.lots_fen - self.ledger_fen


def liability(*, day: date) -> PointsLiability:
    """Lots as they stand, valued by the policy of the day; three queries."""
    worth = points_policy(day=day).fen_per_point
    months = [(month, points, points * worth) for month, points in points_liability_by_month(day=day)]
    points = sum(row[1] for row in months)
    moved = history()
    return PointsLiability(months, points, points * worth, moved[-1].closing if moved else 0)


@dataclass(frozen=True)
class Month:
    """The liability account in a month, in fen owed; used: spent, lapsed and taken back."""

    month: date
    opening: int
    given: int
    used: int

    @property
    def closing(self) -> int:
        return self.opening + self.given - self.used


_HISTORY = """
SELECT date_trunc('month', m.business_date)::date, sum(m.credit)::bigint, sum(m.debit)::bigint
FROM settlement_ledgeraccount a
JOIN LATERAL (
    SELECT t.business_date, t.debit_fen AS debit, t.credit_fen AS credit FROM settlement_accountturnover t
    WHERE t.account_id = a.id
  UNION ALL
    SELECT p.business_date, greatest(p.amount_fen, 0), greatest(-p.amount_fen, 0) FROM settlement_posting p
    JOIN settlement_businessday d ON d.business_date = p.business_date AND d.state <> 'sealed'
    WHERE p.account_id = a.id
) m ON true
WHERE a.kind = 'points_liability' GROUP BY 1 ORDER BY 1
"""


def history() -> list[Month]:
    """Every month of the ledger's account, the oldest first; days that are sealed by their turnovers."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY)
        found = cursor.fetchall()
    months, opening = [], 0
    for month, given, used in found:
        months.append(Month(month, opening, given, used))
        opening = months[-1].closing
    return months


def account_id() -> int | None:
    """The ledger's account behind the figures."""
    rows = LedgerAccount.objects.filter(kind=AccountKind.POINTS_LIABILITY, institution=None)
    return rows.values_list("pk", flat=True).first()
