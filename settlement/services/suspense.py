"""An institution that fails blocks itself only: what a day left it with waits in suspense.

Days of an institution are settled consecutively: while one lies in suspense, its later days do too, and
the oldest is released first. Releasing moves the money back to payable in the open day.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.queries import institutions_by_ids
from omnichannel.kernel.errors import DomainError, Invalid, NotFound
from omnichannel.kernel.money import display
from settlement.models import (
    AccountKind,
    BusinessDay,
    DayState,
    FundTransfer,
    Journal,
    NetPosition,
    PositionState,
    Posting,
    TransferState,
)
from settlement.rights import CLERK, LEAD

from . import audit_trail
from .balancing import day_and_institutions, institution_difference
from .business_day import lock_current_day
from .posting import Leg, post_journal

DIFFERS = "shares_differ"
EARLIER = "earlier_day"
HELD = "held"
_DEAD = (TransferState.FAILED, TransferState.REJECTED)


class PositionUnknown(NotFound):
    code = "position_unknown"
    message = _("This institution has nothing in suspense on that day.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why.")


class NotHoldable(DomainError):
    code = "position_not_holdable"
    message = _("Only a netted day that is not closed, and has no transfer for the institution, can be held.")


class EarlierInSuspense(DomainError):
    code = "earlier_day_in_suspense"
    message = _("%(day)s of this institution is in suspense too. Run the oldest day first.")


class StillDiffers(DomainError):
    code = "shares_still_differ"
    message = _("Shares and postings of this institution still differ by %(amount)s. Propose an adjustment.")


_HELD_OF_DAY = """
SELECT a.institution_id, a.kind, p.channel, sum(p.amount_fen)::bigint
FROM settlement_posting p JOIN settlement_ledgeraccount a ON a.id = p.account_id
JOIN settlement_journal j ON j.id = p.journal_id AND j.kind NOT IN ('transfer', 'suspense')
WHERE p.business_date = %s AND a.institution_id = ANY (%s)
  AND a.kind IN ('payable', 'freight_payable', 'store_cash')
GROUP BY 1, 2, 3 HAVING sum(p.amount_fen) <> 0 ORDER BY 1, 2, 3
"""


def set_apart_failing(*, day: date, now: datetime) -> None:
    """Move every failing institution's day into suspense; part of netting."""
    _whole_day, off = day_and_institutions(day)
    waiting = NetPosition.objects.filter(state=PositionState.SUSPENDED, business_date__lt=day)
    earlier = set(waiting.values_list("institution_id", flat=True).distinct())
    for institution_id in sorted(off.keys() | earlier):
        why = f"{DIFFERS} {off[institution_id]}" if institution_id in off else EARLIER
        _suspend(day=day, institution_id=institution_id, problem=why, now=now)


@transaction.atomic
def hold(*, actor, day: date, institution_id: int, reason: str, now: datetime) -> None:
    """Keep an institution's day from being paid. Raises ReasonMissing, NotHoldable, PositionUnknown."""
    actor.must_have(LEAD)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    row = BusinessDay.objects.select_for_update().filter(business_date=day).first()
    transfers = FundTransfer.objects.filter(business_date=day, institution_id=institution_id)
    is_paid = transfers.exclude(state__in=_DEAD).exists()
    if row is None or row.state not in (DayState.NETTED, DayState.INSTRUCTED) or is_paid:
        raise NotHoldable()
    if not _positions(day, institution_id, PositionState.NETTED).exists():
        raise PositionUnknown()
    why = f"{HELD}: {reason.strip()} ({actor.label})"
    _suspend(day=day, institution_id=institution_id, problem=why, now=now)
    audit_trail.record(
        actor=actor, action="institution.held", subject=f"business day {day}",
        institution_id=institution_id, details={"reason": reason.strip()}, now=now,
    )  # fmt: skip


@transaction.atomic
def run_again(*, actor, day: date, institution_id: int, now: datetime) -> int:
    """Compare one institution's day again and release it into the open day; the journal that did it.

    Raises PositionUnknown, EarlierInSuspense, StillDiffers.
    """
    actor.must_have(CLERK, LEAD)
    open_day = lock_current_day()
    rows = list(_positions(day, institution_id, PositionState.SUSPENDED).select_for_update())
    if not rows:
        raise PositionUnknown()
    _must_be_oldest(day, institution_id)
    _must_agree(day, institution_id)
    journal_id = _release(day, open_day, institution_id, now)
    for row in rows:
        row.state, row.problem = PositionState.RELEASED, ""
    NetPosition.objects.bulk_update(rows, ["state", "problem"])
    audit_trail.record(
        actor=actor, action="institution.released", subject=f"business day {day}",
        institution_id=institution_id, details={"journal": journal_id}, now=now,
    )  # fmt: skip
    return journal_id


def _positions(day: date, institution_id: int, state: str):
    return NetPosition.objects.filter(business_date=day, institution_id=institution_id, state=state)


def _must_be_oldest(day: date, institution_id: int) -> None:
    older = NetPosition.objects.filter(
        institution_id=institution_id, state=PositionState.SUSPENDED, business_date__lt=day
    )
    first = older.order_by("business_date").values_list("business_date", flat=True).first()
    if first:
        raise EarlierInSuspense(day=first.isoformat())


def _must_agree(day: date, institution_id: int) -> None:
    """Shares and postings agree, or an adjustment of that day has made good what they differ by."""
    off = institution_difference(day=day, institution_id=institution_id)
    mended = Posting.objects.filter(
        account__institution_id=institution_id, journal__kind="adjustment", journal__original_date=day
    )
    if off and off != abs(sum(mended.values_list("amount_fen", flat=True))):
        raise StillDiffers(amount=display(off))


def _suspend(*, day: date, institution_id: int, problem: str, now: datetime) -> None:
    legs = _legs_of_day(day, institution_id)
    if legs:
        post_journal(
            key=_key(day, institution_id), kind="suspense", legs=legs, business_date=day, original_date=day,
            now=now,
        )  # fmt: skip
    changed = _positions(day, institution_id, PositionState.NETTED)
    changed.update(state=PositionState.SUSPENDED, problem=problem[:200])


def _legs_of_day(day: date, institution_id: int) -> list[Leg]:
    """Each balance of the day out of its account, channel by channel into suspense."""
    legs = []
    with connection.cursor() as cursor:
        cursor.execute(_HELD_OF_DAY, [day, [institution_id]])
        for party, kind, channel, fen in cursor.fetchall():
            legs += [Leg(kind, party, -fen, channel), Leg(AccountKind.SUSPENSE, party, fen, channel)]
    return _merged(legs)


def _merged(legs: Sequence[Leg]) -> list[Leg]:
    sums: dict[tuple, int] = {}
    for leg in legs:
        account = leg.kind, leg.institution_id, leg.channel
        sums[account] = sums.get(account, 0) + leg.amount_fen
    return [Leg(kind, party, fen, channel) for (kind, party, channel), fen in sums.items() if fen]


def _release(day: date, open_day: date, institution_id: int, now: datetime) -> int | None:
    """Take the suspense journal back; None where the day had left nothing."""
    journal = Journal.objects.filter(key=_key(day, institution_id)).first()
    if journal is None:
        return None
    rows = Posting.objects.filter(journal=journal, business_date=day).select_related("account")
    legs = [Leg(row.account.kind, row.account.institution_id, -row.amount_fen, row.channel) for row in rows]
    made, _is_new = post_journal(
        key=f"release:{day}:{institution_id}", kind="release", legs=legs, business_date=open_day,
        original_date=day, now=now, reverses_id=journal.pk,
    )  # fmt: skip
    return made


def _key(day: date, institution_id: int) -> str:
    return f"suspense:{day}:{institution_id}"


def in_suspense(day: date) -> list[dict]:
    """Institutions of a day that are in suspense or were: code, label, fen, state, problem."""
    rows = NetPosition.objects.filter(business_date=day, institution__isnull=False).exclude(
        state=PositionState.NETTED
    )
    cards = institutions_by_ids({row.institution_id for row in rows})
    found: dict[int, dict] = {}
    for row in rows:
        card = cards[row.institution_id]
        shown = {"id": card.id, "code": card.code, "label": card.label, "fen": 0, "state": row.state,
                 "state_label": row.get_state_display(), "problem": row.problem}  # fmt: skip
        found.setdefault(row.institution_id, shown)["fen"] += row.amount_fen
    return sorted(found.values(), key=lambda one: one["label"])
