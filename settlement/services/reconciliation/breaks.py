"""Working off breaks: owner, resolution with its journal, write-offs that a second person approves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound
from settlement.models import (
    CONTRA,
    AccountKind,
    BreakKind,
    BreakState,
    ReconBreak,
    Resolution,
    TradeShare,
    TransferState,
)
from settlement.rights import CLERK, LEAD
from settlement.services import audit_trail
from settlement.services.business_day import lock_current_day
from settlement.services.posting import Leg, post_journal

from . import accounts
from .matching import judge

MOST = 500
WORKED_ON = (BreakState.WAITING, BreakState.OPEN)


class BreakUnknown(NotFound):
    code = "break_unknown"
    message = _("We do not know this break.")


class BreakNotOpen(DomainError):
    code = "break_not_open"
    message = _("Break %(id)s is %(state)s; it cannot be changed like this.")


class ResolutionInvalid(Invalid):
    code = "resolution_invalid"
    message = _("Break %(id)s cannot be resolved like this.")


class NoteMissing(Invalid):
    code = "note_missing"
    message = _("Say why in a few words: an auditor will read it.")


class OwnWriteOff(NotAllowed):
    code = "own_write_off"
    message = _("Nobody approves a write-off that they proposed. Ask a colleague.")


class TooManyChosen(Invalid):
    code = "too_many_chosen"
    message = _("At most %(most)s breaks at once.")


class OwnerInvalid(Invalid):
    code = "owner_invalid"
    message = _("Only people of finance can own a break.")


@transaction.atomic
def assign(*, actor, ids: Sequence[int], owner_id: int | None, finance_ids, now: datetime) -> int:
    """Give breaks an owner, or take it away with None; returns how many. Raises OwnerInvalid, BreakNotOpen.

    finance_ids: the people who may own one.
    """
    must_be_person(actor)
    if owner_id is not None and owner_id not in finance_ids:
        raise OwnerInvalid()
    rows = locked(ids, *WORKED_ON, BreakState.PROPOSED)
    for row in rows:
        row.owner_id, row.changed_by, row.changed_at = owner_id, actor.label[:80], now
    ReconBreak.objects.bulk_update(rows, ["owner_id", "changed_by", "changed_at"])
    return len(rows)


@transaction.atomic
def resolve(*, actor, ids: Sequence[int], how: str, note: str, now: datetime) -> tuple[int, int]:
    """Resolve breaks by a journal each; returns (resolved, proposed).

    A write-off above the policy's limit is only proposed: somebody else of the leads approves it. Raises
    NoteMissing, ResolutionInvalid, BreakNotOpen.
    """
    must_be_person(actor)
    note = note.strip()[:200]
    if not note:
        raise NoteMissing(field="note")
    rows = locked(ids, *WORKED_ON)
    proposed = 0
    for row in rows:
        _must_fit(row, how)
        row.resolution, row.note, row.proposed_by_id = how, note, actor.user_id
        row.owner_id = row.owner_id or actor.user_id
        row.changed_by, row.changed_at = actor.label[:80], now
        if how == Resolution.WRITE_OFF and abs(row.difference_fen) > _limit(now):
            row.state, proposed = BreakState.PROPOSED, proposed + 1
        else:
            _finish(row, now=now)
        row.save()
    judge_all(rows, now=now, by=actor.label)
    record_all(rows, actor=actor, now=now)
    return len(rows) - proposed, proposed


@transaction.atomic
def approve(*, actor, ids: Sequence[int], now: datetime) -> int:
    """A lead approves write-offs that somebody else proposed; returns how many. Raises OwnWriteOff."""
    actor.must_have(LEAD)
    must_be_person(actor)
    rows = locked(ids, BreakState.PROPOSED)
    for row in rows:
        if row.proposed_by_id == actor.user_id:
            raise OwnWriteOff()
        row.approved_by_id, row.changed_by, row.changed_at = actor.user_id, actor.label[:80], now
        _finish(row, now=now)
        row.save()
    judge_all(rows, now=now, by=actor.label)
    record_all(rows, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def reject(*, actor, ids: Sequence[int], note: str, now: datetime) -> int:
    """A lead sends proposed write-offs back; returns how many. Raises NoteMissing."""
    actor.must_have(LEAD)
    if not note.strip():
        raise NoteMissing(field="note")
    rows = locked(ids, BreakState.PROPOSED)
    for row in rows:
        row.state, row.resolution, row.note = BreakState.OPEN, "", note.strip()[:200]
        row.changed_by, row.changed_at = actor.label[:80], now
        row.save()
    record_all(rows, actor=actor, now=now)
    return len(rows)


def record_all(rows: list[ReconBreak], *, actor, now: datetime) -> None:
    """One entry for what was done to breaks at once: resolved, proposed, or opened again."""
    audit_trail.record(
        actor=actor, action=f"break.{rows[0].state}", now=now,
        subject=f"breaks {', '.join(str(row.pk) for row in rows)}",
        details={"resolution": rows[0].resolution, "note": rows[0].note, "count": len(rows),
                 "difference_fen": sum(row.difference_fen for row in rows)},
    )  # fmt: skip


def must_be_person(actor) -> None:
    actor.must_have(CLERK, LEAD)
    if actor.user_id is None:
        raise NotAllowed()


def _limit(now: datetime) -> int:
    return accounts.policy(now.date()).write_off_limit_fen


def locked(ids: Sequence[int], *states: str) -> list[ReconBreak]:
    """The breaks, locked by key. Raises BreakUnknown, BreakNotOpen, TooManyChosen."""
    wanted = sorted(set(ids))
    if len(wanted) > MOST:
        raise TooManyChosen(most=MOST)
    rows = list(ReconBreak.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if not rows or len(rows) != len(wanted):
        raise BreakUnknown()
    for row in rows:
        if row.state not in states:
            raise BreakNotOpen(id=row.pk, state=row.get_state_display())
    return rows


def _must_fit(row: ReconBreak, how: str) -> None:
    """Raise ResolutionInvalid unless this resolution says something about this break."""
    fits = how in CONTRA and row.difference_fen != 0
    if how == Resolution.FEE:
        fits = row.kind == BreakKind.FEE_MISMATCH
    if how == Resolution.NO_AMOUNT:
        fits = row.difference_fen == 0 and not _is_unanswered(row)
    if not fits:
        raise ResolutionInvalid(id=row.pk)


def _is_unanswered(row: ReconBreak) -> bool:
    """The bank has moved a transfer whose answer nobody has recorded."""
    return row.transfer is not None and row.transfer.state != TransferState.SUCCEEDED


def _finish(row: ReconBreak, *, now: datetime) -> None:
    if row.difference_fen:
        row.journal_id = _post(row, now=now)
    row.state, row.resolved_at = BreakState.RESOLVED, now


def _post(row: ReconBreak, *, now: datetime) -> int:
    """The control account by the difference, its contra by the resolution; in the open day."""
    kind = CONTRA[row.resolution]
    party = row.batch.account.institution_id if row.resolution == Resolution.CLAIM else None
    control = Leg(row.control_kind, row.control_institution_id, row.difference_fen)
    journal_id, _is_new = post_journal(
        key=f"break:{row.pk}",
        kind="recon",
        legs=(control, Leg(kind, party, -row.difference_fen), *_estimate(row)),
        business_date=lock_current_day(),
        original_date=row.bill_date,
        now=now,
        note=row.note[:160],
    )
    return journal_id


def _estimate(row: ReconBreak) -> tuple[Leg, ...]:
    """The fee estimate of a trade that the provider does not have, once its statement was signed off.

    Before that the signing releases it (signing.py).
    """
    if row.kind != BreakKind.MISSING_THERE or row.trade_id is None or row.batch.signed_off_at is None:
        return ()
    shares = TradeShare.objects.filter(trade_id=row.trade_id, account_kind=AccountKind.FEE_ACCRUED)
    accrued = shares.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    provider = row.batch.account.institution_id
    return Leg(AccountKind.FEE_ACCRUED, provider, accrued), Leg(AccountKind.FEE_VARIANCE, None, -accrued)


def judge_all(rows: list[ReconBreak], *, now: datetime, by: str) -> None:
    for batch_id in sorted({row.batch_id for row in rows}):
        judge(batch_id=batch_id, now=now, by=by[:80])


_UNOWNED = """
SELECT count(*) FROM settlement_reconbreak
WHERE state IN ('open', 'proposed') AND owner_id IS NULL AND bill_date <= %s
"""


def unowned(day) -> int:
    """Breaks up to a day that nobody has taken: a business day does not close over them."""
    with connection.cursor() as cursor:
        cursor.execute(_UNOWNED, [day])
        return cursor.fetchone()[0]
