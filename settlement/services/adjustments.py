"""Closed books are corrected in the open day only: one proposes a journal, another confirms it.

A reversal takes a journal back whole, with a link to it and its original day; any other adjustment names
its accounts. Money between a customer's trade and its shares is corrected by a trade, never here: split
pending and what waits for its shipper belong to their trades.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound
from settlement.models import (
    AccountKind,
    Adjustment,
    AdjustmentLeg,
    Journal,
    Means,
    Posting,
    Trade,
    TradeKind,
)
from settlement.rights import CLERK, LEAD

from . import audit_trail, booking
from .business_day import current_day
from .posting import Leg, NotBalanced

State = Adjustment.State
OF_TRADES = (AccountKind.SPLIT_PENDING, AccountKind.FULFILMENT_PENDING)


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why the books are corrected.")


class AccountOfTrades(Invalid):
    code = "account_of_trades"
    message = _("%(account)s belongs to its trades: correct the order, and the books follow.")


class DayAhead(Invalid):
    code = "day_ahead"
    message = _("Only a day up to the open one can be corrected.")


class AdjustmentUnknown(NotFound):
    code = "adjustment_unknown"
    message = _("We do not know this adjustment.")


class JournalUnknown(NotFound):
    code = "journal_unknown"
    message = _("We do not know this journal.")


class AlreadyReversed(DomainError):
    code = "journal_already_reversed"
    message = _("This journal is taken back already, or somebody has proposed to.")


class AlreadyDecided(DomainError):
    code = "adjustment_decided"
    message = _("This adjustment is decided already.")


class OwnAdjustment(NotAllowed):
    code = "own_proposal"
    message = _("Nobody decides what they proposed. Ask a colleague.")


@transaction.atomic
def propose(
    *,
    actor,
    legs: Sequence[Leg],
    reason: str,
    original_date: date,
    now: datetime,
    reverses: Journal | None = None,
) -> Adjustment:
    """Propose a correction of a day. Raises ReasonMissing, NotBalanced, AccountOfTrades, DayAhead."""
    actor.must_have(CLERK, LEAD)
    legs = [leg for leg in legs if leg.amount_fen]
    _must_make_sense(legs, reason, original_date)
    made = Adjustment.objects.create(
        reason=reason.strip()[:160], original_date=original_date, reverses=reverses,
        proposed_by_id=actor.user_id, proposed_at=now,
    )  # fmt: skip
    AdjustmentLeg.objects.bulk_create(
        AdjustmentLeg(
            adjustment=made, account_kind=leg.kind, institution_id=leg.institution_id, channel=leg.channel,
            amount_fen=leg.amount_fen,
        )
        for leg in legs
    )  # fmt: skip
    _record(made, "adjustment.proposed", actor, now)
    return made


@transaction.atomic
def propose_reversal(*, actor, journal_key: str, reason: str, now: datetime) -> Adjustment:
    """Propose to take a journal back whole. Raises JournalUnknown, AlreadyReversed, and as propose does."""
    actor.must_have(CLERK, LEAD)
    journal = Journal.objects.filter(key=journal_key.strip()).first()
    if journal is None:
        raise JournalUnknown()
    taken = Adjustment.objects.filter(reverses=journal).exclude(state=State.REJECTED)
    if journal.reversals.exists() or taken.exists():
        raise AlreadyReversed()
    rows = Posting.objects.filter(journal=journal, business_date=journal.business_date)
    legs = [
        Leg(row.account.kind, row.account.institution_id, -row.amount_fen, row.channel)
        for row in rows.select_related("account").order_by("pk")
    ]
    return propose(
        actor=actor, legs=legs, reason=reason, original_date=journal.original_date, now=now, reverses=journal
    )


@transaction.atomic
def confirm(*, actor, adjustment_id: int, now: datetime) -> Adjustment:
    """Post the adjustment in the open day. Raises OwnAdjustment, AlreadyDecided, AdjustmentUnknown."""
    found = _to_decide(actor, adjustment_id)
    legs = [
        Leg(leg.account_kind, leg.institution_id, leg.amount_fen, leg.channel) for leg in found.legs.all()
    ]
    trade = booking.book_legs(
        _as_money(found, legs, now), legs=legs, journal_kind="adjustment", now=now,
        original=found.original_date, reverses_id=found.reverses_id, note=found.reason,
    )  # fmt: skip
    found.journal_id = trade.journal_id
    return _decided(found, State.POSTED, actor, now)


def _as_money(found: Adjustment, legs: Sequence[Leg], now: datetime) -> booking.Money:
    """The correction as a trade: what it moves, of the order whose trade it takes back, if it does."""
    corrected = Trade.objects.filter(journal_id=found.reverses_id).first() if found.reverses_id else None
    return booking.Money(
        source_key=f"{TradeKind.ADJUSTMENT}:{found.pk}",
        kind=TradeKind.ADJUSTMENT,
        means=Means.NONE,
        amount_fen=sum(leg.amount_fen for leg in legs if leg.amount_fen > 0),
        occurred_at=now,
        channel=corrected.channel if corrected else "",
        order_number=corrected.order_number if corrected else "",
    )


@transaction.atomic
def reject(*, actor, adjustment_id: int, answer: str, now: datetime) -> Adjustment:
    """Turn the proposal down. Raises OwnAdjustment, AlreadyDecided, AdjustmentUnknown."""
    found = _to_decide(actor, adjustment_id)
    found.answer = answer.strip()[:160]
    return _decided(found, State.REJECTED, actor, now)


def _must_make_sense(legs: Sequence[Leg], reason: str, original_date: date) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not legs or sum(leg.amount_fen for leg in legs):
        raise NotBalanced()
    if original_date > current_day():
        raise DayAhead(field="original_date")
    for leg in legs:
        if leg.kind in OF_TRADES or leg.kind not in AccountKind.values:
            raise AccountOfTrades(account=AccountKind(leg.kind).label if leg.kind in OF_TRADES else leg.kind)


def _to_decide(actor, adjustment_id: int) -> Adjustment:
    """The draft, locked, if this person may decide it."""
    actor.must_have(LEAD)
    found = Adjustment.objects.select_for_update().filter(pk=adjustment_id).first()
    if found is None:
        raise AdjustmentUnknown()
    if found.state != State.DRAFT:
        raise AlreadyDecided()
    if actor.user_id is None or found.proposed_by_id == actor.user_id:
        raise OwnAdjustment()
    return found


def _decided(found: Adjustment, state: str, actor, now: datetime) -> Adjustment:
    found.state, found.decided_by_id, found.decided_at = state, actor.user_id, now
    found.save(update_fields=["state", "decided_by", "decided_at", "answer", "journal"])
    _record(found, f"adjustment.{state}", actor, now)
    return found


def _record(found: Adjustment, action: str, actor, now: datetime) -> None:
    debits = sum(leg.amount_fen for leg in found.legs.all() if leg.amount_fen > 0)
    audit_trail.record(
        actor=actor, action=action, subject=f"adjustment {found.pk}", now=now,
        details={"original_date": found.original_date, "amount_fen": debits, "reason": found.reason,
                 "answer": found.answer, "journal": found.journal_id, "reverses": found.reverses_id},
    )  # fmt: skip
