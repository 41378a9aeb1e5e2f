"""What the company owes its members in points: the ledger against the members' lots."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from members.queries import points_liability_by_month, points_policy
from settlement.models import AccountKind, Posting


@dataclass(frozen=True)
class PointsLiability:
    """months: (first day of the month of expiry, points, fen). ledger_fen is what the books owe."""

    months: list[tuple[date, int, int]]
    points: int
    lots_fen: int
    ledger_fen: int


def liability(*, day: date) -> PointsLiability:
    worth = points_policy(day=day).fen_per_point
    months = [(month, points, points * worth) for month, points in points_liability_by_month(day=day)]
    owed = Posting.objects.filter(account__kind=AccountKind.POINTS_LIABILITY)
    points = sum(row[1] for row in months)
    booked = owed.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return PointsLiability(months, points, points * worth, -booked)
