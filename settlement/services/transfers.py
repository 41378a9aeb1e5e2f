"""Fund transfers: proposed by one person, confirmed or sent back by another."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.queries.payees import payees
from omnichannel.kernel.clock import local_day
from omnichannel.kernel.errors import Invalid, NotAllowed
from settlement.models import BusinessDay, DayState, FundTransfer, TransferState
from settlement.rights import CLERK, LEAD

from . import carrying, payout, transfer_books, transfer_limits
from .transfer_answers import FINAL, WAITING, EvidenceMissing, apply_answer, record_answer
from .transfer_rows import TransferUnknown, WrongState, day_in, locked, record, save

# A transfer's whole story is asked of this module, also the answer that another one holds.
__all__ = [
    "FINAL", "WAITING", "Confirmed", "ConfirmedByYou", "EvidenceMissing", "OwnProposal", "ReasonMissing",
    "TransferUnknown", "WrongState", "apply_answer", "confirm", "confirm_chosen", "confirm_transfers",
    "propose_transfers", "record_answer", "reject_transfer",
]  # fmt: skip

_CONFIRMED = ["state", "confirmed_by", "confirmed_at", "first_confirmed_by", "first_confirmed_at",
              "changed_by", "changed_at"]  # fmt: skip


class OwnProposal(NotAllowed):
    code = "own_proposal"
    message = _("Nobody confirms what they proposed. Ask a colleague.")


class ConfirmedByYou(NotAllowed):
    code = "confirmed_by_you"
    message = _("You have confirmed %(reference)s already; it needs a second person.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why.")


@dataclass(frozen=True)
class Confirmed:
    """How many transfers are confirmed now, and how many wait for their second person."""

    confirmed: int
    waiting: int


@transaction.atomic
def propose_transfers(*, actor, day: date, now: datetime) -> list[FundTransfer]:
    """Draft a transfer for each institution whose net reaches its minimum pay-out. Raises WrongState.

    The oldest netted day comes first. What is left below the minimum, or is not collected, is carried. A
    draft that pays what failed before replaces the failed transfer.
    """
    actor.must_have(CLERK)
    row = day_in(day, DayState.NETTED, DayState.INSTRUCTED)
    if BusinessDay.objects.filter(business_date__lt=day, state=DayState.NETTED).exists():
        raise WrongState()
    known = set(_live(day).values_list("institution_id", flat=True))
    held = {party: legs for party, legs in transfer_books.balances(day).items() if party not in known}
    nets = {party: transfer_books.net_of(legs) for party, legs in held.items()}
    terms = payout.terms_of(held, day=day)
    paid = {party: net for party, net in nets.items() if terms[party].pays(net)}
    cards = payees(paid)
    drafts = [_draft(cards[party], paid[party], actor=actor, day=day, now=now) for party in sorted(paid)]
    created = FundTransfer.objects.bulk_create(drafts)
    _replace_failed(created, day)
    carrying.carry(day=day, held={party: held[party] for party in held.keys() - paid.keys()}, now=now)
    _instruct_if_done(row)
    return created


def _draft(payee, net: int, *, actor, day: date, now: datetime) -> FundTransfer:
    tries = FundTransfer.objects.filter(business_date=day, institution_id=payee.id).count()
    return FundTransfer(
        reference=f"FT{day:%Y%m%d}-{payee.code}" + (f"-{tries + 1}" if tries else ""),
        business_date=day,
        institution_id=payee.id,
        direction=FundTransfer.Direction.PAY if net > 0 else FundTransfer.Direction.COLLECT,
        amount_fen=abs(net),
        account_number=payee.bank_account,
        account_name=payee.name,
        bank_name=payee.bank_name,
        cnaps=payee.cnaps,
        confirmers=transfer_limits.confirmers_of(abs(net), day=local_day(now)),
        proposed_by_id=actor.user_id,
        proposed_at=now,
        changed_by=actor.label,
        changed_at=now,
    )


def _replace_failed(created: list[FundTransfer], day: date) -> None:
    """Money that came back up to a day is in its transfers: the failed ones name what replaces them."""
    for transfer in created:
        failed = FundTransfer.objects.filter(
            institution_id=transfer.institution_id, state=TransferState.FAILED, booked_on__lte=day,
            replaced_by=None,
        )  # fmt: skip
        failed.update(replaced_by=transfer)


def confirm_transfers(*, actor, day: date, now: datetime, ids: list[int] | None = None) -> int:
    """Confirm the day's drafts (or those named); how many are confirmed now. Raises what confirm does."""
    return confirm(actor=actor, day=day, now=now, ids=ids).confirmed


@transaction.atomic
def confirm_chosen(*, actor, ids: list[int], now: datetime) -> Confirmed:
    """Confirm drafts of any days, all or none. Raises TransferUnknown and what confirm does."""
    rows = FundTransfer.objects.filter(pk__in=ids).values_list("business_date", "pk")
    if not ids or len(rows) != len(set(ids)):
        raise TransferUnknown()
    days: dict[date, list[int]] = {}
    for day, pk in rows:
        days.setdefault(day, []).append(pk)
    done = [confirm(actor=actor, day=day, ids=days[day], now=now) for day in sorted(days)]
    return Confirmed(sum(one.confirmed for one in done), sum(one.waiting for one in done))


@transaction.atomic
def confirm(*, actor, day: date, now: datetime, ids: list[int] | None = None) -> Confirmed:
    """Confirm drafts and post them; one that needs two people waits for the second.

    Raises OwnProposal for the maker, ConfirmedByYou, WrongState, TransferStale when a balance changed
    since, transfer_limits.OverLimit and OverDailyLimit; then nothing is confirmed.
    """
    actor.must_have(LEAD)
    if actor.user_id is None:
        raise NotAllowed()
    row = day_in(day, DayState.NETTED, DayState.INSTRUCTED)
    drafts = _to_confirm(actor, day, ids)
    transfer_limits.must_be_within(user_id=actor.user_id, drafts=drafts, now=now)
    held = transfer_books.balances(day) if drafts else {}
    for draft in drafts:
        _confirm_one(draft, held.get(draft.institution_id, []), actor=actor, now=now)
    FundTransfer.objects.bulk_update(drafts, _CONFIRMED)
    _instruct_if_done(row)
    done = sum(draft.state == TransferState.CONFIRMED for draft in drafts)
    return Confirmed(done, len(drafts) - done)


def _to_confirm(actor, day: date, ids: list[int] | None) -> list[FundTransfer]:
    """The drafts, locked. Of all drafts those are left out that this person has confirmed before."""
    rows = FundTransfer.objects.select_for_update().filter(business_date=day, state=TransferState.DRAFT)
    if ids is None:
        drafts = [row for row in rows.order_by("pk") if row.first_confirmed_by_id != actor.user_id]
    else:
        drafts = list(rows.filter(pk__in=ids).order_by("pk"))
        if len(drafts) != len(set(ids)):
            raise WrongState()
    for draft in drafts:
        if draft.proposed_by_id == actor.user_id:
            raise OwnProposal()
        if draft.first_confirmed_by_id == actor.user_id:
            raise ConfirmedByYou(reference=draft.reference)
    return drafts


def _confirm_one(draft: FundTransfer, held: list, *, actor, now: datetime) -> None:
    is_first = draft.confirmers == 2 and draft.first_confirmed_by_id is None
    if is_first:
        draft.first_confirmed_by_id, draft.first_confirmed_at = actor.user_id, now
    else:
        transfer_books.post_confirmation(draft, held, now=now)
        draft.state, draft.confirmed_by_id, draft.confirmed_at = TransferState.CONFIRMED, actor.user_id, now
    draft.changed_by, draft.changed_at = actor.label, now
    action = "transfer.first_confirmed" if is_first else "transfer.confirmed"
    record(actor, action, draft, now)


@transaction.atomic
def reject_transfer(*, actor, transfer_id: int, reason: str, now: datetime) -> FundTransfer:
    """Send a draft back to its maker, who may propose again. Raises ReasonMissing, WrongState."""
    actor.must_have(LEAD)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    transfer = locked(transfer_id)
    if transfer.state != TransferState.DRAFT:
        raise WrongState()
    transfer.state, transfer.reason, transfer.answered_at = TransferState.REJECTED, reason.strip()[:160], now
    save(transfer, actor, now, "state", "reason", "answered_at")
    transfer.replaces.update(replaced_by=None)
    record(actor, "transfer.rejected", transfer, now, reason=transfer.reason)
    return transfer


def _live(day: date):
    dead = (TransferState.FAILED, TransferState.REJECTED)
    return FundTransfer.objects.filter(business_date=day).exclude(state__in=dead)


def _instruct_if_done(row: BusinessDay) -> None:
    """The day's instructions are given when no proposal waits."""
    waiting = FundTransfer.objects.filter(business_date=row.business_date, state=TransferState.DRAFT).exists()
    state = DayState.NETTED if waiting else DayState.INSTRUCTED
    if row.state != state:
        row.state = state
        row.save(update_fields=["state"])
