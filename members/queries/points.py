"""Balances, lots and history of points, and what finance owes for them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from members.models import PointsAccount, PointsLot, PointsPolicy, PointsTxn
from members.values import PointsBalance


def points_policy(*, day: date) -> PointsPolicy:
    """The policy of a Shanghai day; the defaults where none has begun."""
    begun = PointsPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from")
    return begun.first() or PointsPolicy(valid_from=day)


def points_balance(member_id: int, *, day: date) -> PointsBalance:
    """The balance on a Shanghai day, in points; three queries."""
    lots = PointsLot.objects.filter(account_id=member_id).unexpired(day)
    sums = lots.aggregate(
        all=Sum("remaining", default=0),
        open=Sum("remaining", default=0, filter=Q(available_from__lte=day)),
    )
    debt = PointsAccount.objects.filter(pk=member_id).values_list("debt", flat=True).first() or 0
    first = lots.values("expires_on").annotate(points=Sum("remaining")).order_by("expires_on").first()
    return PointsBalance(
        balance=sums["all"] - debt,
        spendable=max(0, sums["open"] - debt),
        pending=sums["all"] - sums["open"],
        debt=debt,
        next_expiry=first["expires_on"] if first else None,
        next_expiry_points=first["points"] if first else 0,
    )


def lots_of(member_id: int, *, day: date) -> list[PointsLot]:
    """Lots with something left, those that lapse first on top."""
    lots = PointsLot.objects.filter(account_id=member_id).unexpired(day)
    return list(lots.select_related("txn").first_to_lapse())


def points_history(member_id: int) -> QuerySet[PointsTxn]:
    """The newest change first; the page cuts it."""
    return PointsTxn.objects.filter(account_id=member_id).order_by("-pk")


def points_liability_by_month(*, day: date) -> list[tuple[date, int]]:
    """(first day of the month of expiry, points outstanding) for finance; debts not deducted."""
    months = PointsLot.objects.unexpired(day).annotate(month=TruncMonth("expires_on")).values("month")
    return [
        (row["month"], row["points"]) for row in months.annotate(points=Sum("remaining")).order_by("month")
    ]


def points_references(ids: Iterable[int]) -> dict[int, str]:
    """What movements of points were for, by their ids: an order's number, where it was one; one query."""
    wanted = list(ids)
    return dict(PointsTxn.objects.filter(pk__in=wanted).values_list("pk", "reference")) if wanted else {}
