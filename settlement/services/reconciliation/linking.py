"""Matching by hand: what belongs together though its numbers differ; one row to many, or many to one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid
from settlement.models import AccountKind, BreakKind, BreakState, MatchEdge, ReconBreak, Resolution, Scope

from . import accounts
from .breaks import WORKED_ON, judge_all, locked, must_be_person, record_all
from .matching import book_arrivals


class NotLinkable(Invalid):
    code = "not_linkable"
    message = _("Choose rows that are missing on either side of one account: one of theirs, or one of ours.")


@transaction.atomic
def link(*, actor, ids: Sequence[int], note: str, now: datetime) -> int:
    """Say that these one-sided rows belong together; returns what remains open, in fen.

    A remainder becomes a break of its own (short or over), owned by whoever linked, which only an explicit
    resolution closes. Raises NotLinkable, BreakNotOpen.
    """
    must_be_person(actor)
    rows = locked(ids, *WORKED_ON)
    theirs = [row for row in rows if row.kind == BreakKind.MISSING_HERE]
    ours = [row for row in rows if row.kind == BreakKind.MISSING_THERE]
    _must_belong_together(rows, theirs, ours)
    accounts.lock(rows[0].batch.account_id)
    _write_edges(theirs, ours, actor=actor, now=now)
    for row in rows:
        row.state, row.resolution, row.note = BreakState.RESOLVED, Resolution.LINKED, note.strip()[:200]
        row.resolved_at, row.changed_by, row.changed_at = now, actor.label[:80], now
        row.save()
    batch = theirs[0].batch
    if batch.scope == Scope.BANK:
        book_arrivals([row.line_id for row in theirs], batch=batch, now=now)
    left = sum(row.theirs_fen for row in theirs) - sum(row.ours_fen for row in ours)
    if left:
        _remainder(theirs[0], ours[0], left, actor=actor, now=now)
    judge_all(rows, now=now, by=actor.label)
    record_all(rows, actor=actor, now=now)
    return left


def _must_belong_together(rows, theirs, ours) -> None:
    sides = {(row.batch.account_id, row.batch.scope) for row in rows}
    if len(sides) != 1 or len(theirs) + len(ours) != len(rows) or min(len(theirs), len(ours)) != 1:
        raise NotLinkable()


def _write_edges(theirs: list[ReconBreak], ours: list[ReconBreak], *, actor, now: datetime) -> None:
    """The amounts of the many side; what they leave of the one side is the remainder."""
    many_ours = len(ours) > 1 or len(theirs) == 1
    MatchEdge.objects.bulk_create(
        MatchEdge(
            line_id=row.line_id,
            trade_id=own.trade_id,
            transfer_id=own.transfer_id,
            bill_line_id=own.bill_line_id,
            bill_batch_id=own.bill_batch_id,
            amount_fen=own.ours_fen if many_ours else row.theirs_fen,
            made_at=now,
            made_by=actor.label[:80],
        )
        for row in theirs
        for own in ours
    )


def _remainder(row: ReconBreak, own: ReconBreak, left: int, *, actor, now: datetime) -> None:
    is_bank = row.batch.scope == Scope.BANK
    ReconBreak.objects.create(
        batch_id=row.batch_id,
        kind=BreakKind.AMOUNT_SHORT if left < 0 else BreakKind.AMOUNT_OVER,
        line_id=row.line_id,
        trade_id=own.trade_id,
        transfer_id=own.transfer_id,
        bill_line_id=own.bill_line_id,
        bill_batch_id=own.bill_batch_id,
        ours_fen=row.theirs_fen - left,
        theirs_fen=row.theirs_fen,
        difference_fen=left,
        control_kind=AccountKind.BANK if is_bank else own.control_kind,
        control_institution_id=None if is_bank else own.control_institution_id,
        state=BreakState.OPEN,
        bill_date=row.bill_date,
        waits_until=row.bill_date,
        owner_id=actor.user_id,
        changed_by=actor.label[:80],
        changed_at=now,
    )
