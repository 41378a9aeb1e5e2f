"""How much one may confirm: a largest transfer, a sum in a day, and above which amount it takes two.

Limits are entries with a first day; a person's own go before the role's. Nobody sets their own, and the
role's are set by the installation alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from members.queries.staff import people_with_roles
from omnichannel.kernel.clock import day_bounds, local_day
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from omnichannel.kernel.money import display
from settlement.models import FundTransfer, TransferLimit
from settlement.rights import CLERK, LEAD

from . import audit_trail

_LOCK = 0x5E77_1F


class NoLimit(DomainError):
    code = "no_limit"
    message = _("Nobody has set a limit for you yet. Ask whoever runs the installation.")


class OverLimit(DomainError):
    code = "over_limit"
    message = _(
        "%(reference)s is %(amount)s; you may confirm up to %(most)s. Ask a lead with a higher limit, or"
        " leave it out."
    )


class OverDailyLimit(DomainError):
    code = "over_daily_limit"
    message = _(
        "With these %(amount)s you would confirm %(sum)s today; your limit of a day is %(daily)s. Choose"
        " fewer, ask a colleague, or go on tomorrow."
    )


class LimitNegative(Invalid):
    code = "limit_negative"
    message = _("A limit is zero or more.")


class LimitBackdated(Invalid):
    code = "limit_backdated"
    message = _("A limit begins today or later.")


class OwnLimit(NotAllowed):
    code = "own_limit"
    message = _("Nobody sets their own limit. Ask a colleague.")


class PersonUnknown(Invalid):
    code = "limit_person_unknown"
    message = _("Choose somebody who works in finance.")


@dataclass(frozen=True)
class Limit:
    """Fen."""

    most_fen: int
    daily_fen: int


def limit_of(user_id: int, *, day: date) -> Limit:
    """What a person may confirm on a Shanghai day. Raises NoLimit."""
    row = _latest(day, user_id=user_id) or _latest(day, role=LEAD)
    if row is None:
        raise NoLimit()
    return Limit(row.most_fen, row.daily_fen)


def confirmers_of(amount_fen: int, *, day: date) -> int:
    """How many different people must confirm a transfer; two where nothing is set."""
    row = _latest(day, role=LEAD)
    return 1 if row is not None and amount_fen <= row.two_above_fen else 2


def confirmed_on(user_id: int, *, day: date) -> int:
    """Fen that a person has confirmed on a Shanghai day, as first or last."""
    begin, end = day_bounds(day)
    last = Q(confirmed_by_id=user_id, confirmed_at__gte=begin, confirmed_at__lt=end)
    first = Q(first_confirmed_by_id=user_id, first_confirmed_at__gte=begin, first_confirmed_at__lt=end)
    return FundTransfer.objects.filter(last | first).aggregate(fen=Sum("amount_fen", default=0))["fen"]


def must_be_within(*, user_id: int, drafts: Sequence[FundTransfer], now: datetime) -> None:
    """Raise OverLimit or OverDailyLimit; of one person's confirmations one after the other is counted."""
    _lock_person(user_id)
    day = local_day(now)
    limit = limit_of(user_id, day=day)
    for draft in drafts:
        if draft.amount_fen > limit.most_fen:
            raise OverLimit(
                reference=draft.reference, amount=display(draft.amount_fen), most=display(limit.most_fen)
            )
    asked = sum(draft.amount_fen for draft in drafts)
    total = confirmed_on(user_id, day=day) + asked
    if total > limit.daily_fen:
        raise OverDailyLimit(amount=display(asked), sum=display(total), daily=display(limit.daily_fen))


def _lock_person(user_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, user_id])


def _latest(day: date, **whose) -> TransferLimit | None:
    rows = TransferLimit.objects.filter(valid_from__lte=day, **whose)
    return rows.order_by("-valid_from", "-pk").first()


@transaction.atomic
def set_limit(
    *,
    actor,
    most_fen: int,
    daily_fen: int,
    valid_from: date,
    now: datetime,
    user_id: int | None = None,
    two_above_fen: int | None = None,
    note: str = "",
) -> TransferLimit:
    """A person's limit from a day on; without a person the leads' one, which the installation sets.

    Raises LimitNegative, LimitBackdated, OwnLimit, PersonUnknown.
    """
    actor.must_have(LEAD)
    if user_id is None and not actor.is_system:
        raise NotAllowed()
    if user_id is not None and user_id == actor.user_id:
        raise OwnLimit()
    _must_make_sense(user_id, (most_fen, daily_fen, two_above_fen or 0), valid_from, now)
    made = TransferLimit.objects.create(
        role="" if user_id else LEAD,
        user_id=user_id,
        valid_from=valid_from,
        most_fen=most_fen,
        daily_fen=daily_fen,
        two_above_fen=None if user_id else two_above_fen or 0,
        note=note.strip()[:160],
        set_by=actor.label,
        set_at=now,
    )
    subject = f"transfer limit of {made.user.username if user_id else LEAD}"
    details = {"most_fen": most_fen, "daily_fen": daily_fen, "two_above_fen": made.two_above_fen,
               "valid_from": valid_from, "note": made.note}  # fmt: skip
    audit_trail.record(actor=actor, action="transfer.limit_set", subject=subject, details=details, now=now)
    return made


def _must_make_sense(user_id: int | None, amounts: tuple, valid_from: date, now: datetime) -> None:
    if min(amounts) < 0:
        raise LimitNegative(field="most")
    if valid_from < local_day(now):
        raise LimitBackdated(field="valid_from")
    if user_id is not None and user_id not in {pk for pk, _name in people_with_roles((CLERK, LEAD))}:
        raise PersonUnknown(field="person")
