"""Points: earned as lots, spent oldest first, returned, taken back, lapsed.

Every change locks the member's account first, books what has lapsed, writes one immutable transaction
(once per kind and reference) and publishes its fact. A second call with the same reference changes
nothing and returns the first transaction's id.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.events import PointsBurned, PointsClawedBack, PointsEarned, PointsReturned
from members.models import PointsAllocation, PointsLot, PointsTxn
from members.queries.points import points_policy
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotFound

from .points_book import add_lot, expiry, find, lapse, locked_account, repay_debt, take, write

__all__ = [
    "BurnUnknown",
    "NotEnoughPoints",
    "PointsInvalid",
    "ReturnTooLarge",
    "burn",
    "claw_back",
    "earn",
    "lapse_due",
    "return_burn",
]

LAPSE_BATCH = 200


class PointsInvalid(Invalid):
    code = "points_invalid"
    message = _("A number of points is a whole number above zero.")


class NotEnoughPoints(DomainError):
    code = "not_enough_points"
    message = _("You have %(spendable)s points to spend, not %(wanted)s.")


class BurnUnknown(NotFound):
    code = "points_burn_unknown"
    message = _("No points were spent under this reference.")


class ReturnTooLarge(DomainError):
    code = "points_return_too_large"
    message = _("More points would be returned than were spent.")


@transaction.atomic
def earn(
    *, member_id: int, points: int, reference: str, available_from: date | None = None, now: datetime
) -> int:
    """Credit points as a new lot, spendable from a Shanghai day on (default: today). Raises PointsInvalid.

    A debt is repaid from the lot at once. Returns the transaction's id.
    """
    _must_be_positive(points)
    account, today = locked_account(member_id), clock.local_day(now)
    if known := find(PointsTxn.Kind.EARN, reference):
        return known.pk
    policy, begin = points_policy(day=today), max(available_from or today, today)
    txn = write(account, PointsTxn.Kind.EARN, points, reference, policy, now, fact=PointsEarned)
    lot = add_lot(account, txn, points, begin, expiry(begin, policy.lifetime_months))
    repay_debt(account, lot, policy, now)
    return txn.pk


@transaction.atomic
def burn(*, member_id: int, points: int, reference: str, now: datetime) -> int:
    """Spend points, those that lapse first before others. Raises PointsInvalid, NotEnoughPoints.

    Returns the transaction's id. The value in fen is points × the policy's fen per point.
    """
    _must_be_positive(points)
    account, today = locked_account(member_id), clock.local_day(now)
    if known := find(PointsTxn.Kind.BURN, reference):
        return known.pk
    lapse(account, now)
    lots = list(PointsLot.objects.filter(account=account).spendable(today).first_to_lapse())
    spendable = max(0, sum(lot.remaining for lot in lots) - account.debt)
    if spendable < points:
        raise NotEnoughPoints(spendable=spendable, wanted=points)
    policy = points_policy(day=today)
    txn = write(account, PointsTxn.Kind.BURN, -points, reference, policy, now, fact=PointsBurned)
    take(txn, lots, points)
    return txn.pk


@transaction.atomic
def return_burn(
    *, reference: str, points: int | None = None, return_reference: str = "", now: datetime
) -> int | None:
    """Give spent points back to their lots (to a lot of grace where one has lapsed).

    `reference` is the burn's. `points` None returns all that is left; a partial return needs its own
    `return_reference` so that a second one is another one. Returns the transaction's id, None where
    nothing was left to return. Raises BurnUnknown, PointsInvalid, ReturnTooLarge.
    """
    burned = find(PointsTxn.Kind.BURN, reference)
    if burned is None:
        raise BurnUnknown()
    account = locked_account(burned.account_id)
    own_reference = return_reference or reference
    if known := find(PointsTxn.Kind.BURN_RETURN, own_reference):
        return known.pk
    lapse(account, now)
    used = list(burned.allocations.select_related("lot").order_by("-lot__expires_on", "-lot_id"))
    left = sum(row.points - row.returned for row in used)
    points = left if points is None else points
    if points == 0 and left == 0:
        return None
    _must_be_positive(points)
    if points > left:
        raise ReturnTooLarge(left=left)
    policy = points_policy(day=clock.local_day(now))
    txn = write(
        account,
        PointsTxn.Kind.BURN_RETURN,
        points,
        own_reference,
        policy,
        now,
        fact=PointsReturned,
        origin=burned,
    )
    for lot in _give_back(txn, used, points, policy, now):
        repay_debt(account, lot, policy, now)
    return txn.pk


def _give_back(txn, used: list[PointsAllocation], points: int, policy, now: datetime) -> list[PointsLot]:
    """Return to the lots that lapse last first, the reverse of spending; lapsed ones share a lot of grace."""
    today, late, touched = clock.local_day(now), 0, []
    for row in used:
        part = min(points, row.points - row.returned)
        if part == 0:
            continue
        points -= part
        row.returned += part
        row.save(update_fields=["returned"])
        if row.lot.expires_on < today:
            late += part
            continue
        row.lot.remaining += part
        row.lot.save(update_fields=["remaining"])
        PointsAllocation.objects.create(txn=txn, lot=row.lot, points=part)
        touched.append(row.lot)
    if late:
        touched.append(add_lot(txn.account, txn, late, today, today + timedelta(days=policy.grace_days)))
    return touched


@transaction.atomic
def claw_back(
    *, reference: str, points: int | None = None, claw_reference: str = "", now: datetime
) -> int | None:
    """Take earned points back: from the earning's own lot, then from others, the rest becomes a debt.

    `reference` is the earning's; `points` None takes all of it that was not taken before; a partial one
    needs its own `claw_reference`. What lapsed unused is not taken again. An unknown earning (nothing was
    awarded) or nothing left returns None, else the transaction's id. Raises PointsInvalid.
    """
    earned = find(PointsTxn.Kind.EARN, reference)
    if earned is None:
        return None
    account = locked_account(earned.account_id)
    own_reference = claw_reference or reference
    if known := find(PointsTxn.Kind.CLAW_BACK, own_reference):
        return known.pk
    lapse(account, now)
    open_points = _not_yet_taken(earned)
    points = open_points if points is None else min(points, open_points)
    if points == 0:
        return None
    _must_be_positive(points)
    return _claw(account, earned, points, own_reference, now).pk


def _not_yet_taken(earned: PointsTxn) -> int:
    """The earning less earlier claw-backs and less what lapsed of its own lot."""
    before = sum(earned.followers.filter(kind=PointsTxn.Kind.CLAW_BACK).values_list("points", flat=True))
    lapsed = PointsAllocation.objects.filter(lot__txn=earned, txn__kind=PointsTxn.Kind.LAPSE)
    return max(0, earned.points + before - sum(lapsed.values_list("points", flat=True)))


def _claw(account, earned: PointsTxn, points: int, reference: str, now: datetime) -> PointsTxn:
    today = clock.local_day(now)
    lots = list(PointsLot.objects.filter(account=account).unexpired(today).first_to_lapse())
    lots.sort(key=lambda lot: lot.txn_id != earned.pk)
    missing = max(0, points - sum(lot.remaining for lot in lots))
    txn = write(
        account,
        PointsTxn.Kind.CLAW_BACK,
        -points,
        reference,
        points_policy(day=today),
        now,
        fact=PointsClawedBack,
        origin=earned,
        debt_change=missing,
    )
    take(txn, lots, points - missing)
    return txn


def lapse_due(*, now: datetime) -> int:
    """Lapse every lot whose last day is over, account by account; returns how many accounts. Repeatable."""
    handled = 0
    while True:
        due = PointsLot.objects.lapsed(clock.local_day(now)).order_by("account_id")
        accounts = list(due.values_list("account_id", flat=True).distinct()[:LAPSE_BATCH])
        if not accounts:
            return handled
        for member_id in accounts:
            with transaction.atomic():
                lapse(locked_account(member_id), now)
        handled += len(accounts)


def _must_be_positive(points: int) -> None:
    if not isinstance(points, int) or isinstance(points, bool) or not 0 < points < 2**31:
        raise PointsInvalid(field="points")
