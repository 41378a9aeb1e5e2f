"""The bookkeeping under the points service: account lock, transactions, lots, allocations."""

import calendar
from datetime import date, datetime

from django.db.models import F

from members.events import PointsFact, PointsLapsed
from members.models import Member, PointsAccount, PointsAllocation, PointsLot, PointsPolicy, PointsTxn
from members.queries.points import points_policy
from omnichannel.kernel import clock, outbox

from .membership import MemberMissing


def locked_account(member_id: int) -> PointsAccount:
    """The member's account, locked until the transaction ends. Raises MemberMissing."""
    account = PointsAccount.objects.select_for_update().filter(pk=member_id).first()
    if account is not None:
        return account
    if not Member.objects.filter(pk=member_id).exists():
        raise MemberMissing()
    PointsAccount.objects.bulk_create([PointsAccount(member_id=member_id)], ignore_conflicts=True)
    return PointsAccount.objects.select_for_update().get(pk=member_id)


def find(kind: str, reference: str) -> PointsTxn | None:
    return PointsTxn.objects.filter(kind=kind, reference=reference).first()


def write(
    account: PointsAccount,
    kind: str,
    points: int,
    reference: str,
    policy: PointsPolicy,
    now: datetime,
    *,
    fact: type[PointsFact] | None = None,
    origin: PointsTxn | None = None,
    debt_change: int = 0,
) -> PointsTxn:
    """One immutable line, the debt it changes, and its fact."""
    txn = PointsTxn.objects.create(
        account=account,
        kind=kind,
        points=points,
        debt_change=debt_change,
        value_fen=points * policy.fen_per_point,
        reference=reference,
        origin=origin,
        occurred_at=now,
    )
    if debt_change:
        PointsAccount.objects.filter(pk=account.pk).update(debt=F("debt") + debt_change)
        account.debt += debt_change
    if fact is not None:
        outbox.publish(_fact(fact, txn))
    return txn


def _fact(fact: type[PointsFact], txn: PointsTxn) -> PointsFact:
    return fact(
        txn_id=txn.pk,
        member_id=txn.account_id,
        points=abs(txn.points),
        value_fen=abs(txn.value_fen),
        reference=txn.reference,
        occurred_at=txn.occurred_at.isoformat(),
    )


def add_lot(account: PointsAccount, txn: PointsTxn, points: int, begin: date, end: date) -> PointsLot:
    return PointsLot.objects.create(
        account=account, txn=txn, points=points, remaining=points, available_from=begin, expires_on=end
    )


def take(txn: PointsTxn, lots: list[PointsLot], points: int) -> None:
    """Take points out of the lots in the given order and keep which gave how much."""
    allocations = []
    for lot in lots:
        part = min(points, lot.remaining)
        if part == 0:
            continue
        points -= part
        PointsLot.objects.filter(pk=lot.pk).update(remaining=F("remaining") - part)
        lot.remaining -= part
        allocations.append(PointsAllocation(txn=txn, lot=lot, points=part))
    PointsAllocation.objects.bulk_create(allocations)


def repay_debt(account: PointsAccount, lot: PointsLot, policy: PointsPolicy, now: datetime) -> None:
    """Settle owed points from a lot that has just been filled."""
    part = min(account.debt, lot.remaining)
    if part == 0:
        return
    last = PointsTxn.objects.filter(account=account).order_by("-pk").values_list("pk", flat=True).first()
    txn = write(
        account,
        PointsTxn.Kind.DEBT_REPAYMENT,
        0,
        f"lot:{lot.pk}:after:{last}",
        policy,
        now,
        debt_change=-part,
    )
    take(txn, [lot], part)


def lapse(account: PointsAccount, now: datetime) -> None:
    """Book what is left in lots whose last day is over. A lot lapses once: nothing returns to it later."""
    today = clock.local_day(now)
    lots = list(PointsLot.objects.filter(account=account).lapsed(today).first_to_lapse())
    policy = points_policy(day=today) if lots else None
    for lot in lots:
        points = lot.remaining
        reference = f"lot:{lot.pk}"
        txn = write(account, PointsTxn.Kind.LAPSE, -points, reference, policy, now, fact=PointsLapsed)
        take(txn, [lot], points)


def expiry(begin: date, months: int) -> date:
    """The last day of a lot: as many months later, clipped to the month's end."""
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    return date(year, month + 1, min(begin.day, calendar.monthrange(year, month + 1)[1]))
