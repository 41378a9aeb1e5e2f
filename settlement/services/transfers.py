"""Fund transfers: proposed by one person, confirmed by another, exported for the bank, answered."""

from collections import defaultdict
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.queries.payees import payees
from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound
from settlement.models import AccountKind, BusinessDay, DayState, FundTransfer, TransferState
from settlement.rights import CLERK, LEAD

from .business_day import lock_current_day
from .posting import Leg, post_journal


class WrongState(DomainError):
    code = "wrong_state"
    message = _("This is not possible in the present state.")


class OwnProposal(NotAllowed):
    code = "own_proposal"
    message = _("Nobody confirms what they proposed. Ask a colleague.")


class TransferStale(DomainError):
    code = "transfer_stale"
    message = _("The balance behind transfer %(reference)s has changed. Propose it again.")


class TransferUnknown(NotFound):
    code = "transfer_unknown"
    message = _("We do not know this transfer.")


_BALANCES = """
SELECT a.institution_id, a.kind, p.channel, sum(p.amount_fen)::bigint
FROM settlement_posting p JOIN settlement_ledgeraccount a ON a.id = p.account_id
WHERE a.kind IN ('payable', 'freight_payable', 'store_cash') AND p.business_date <= %s
GROUP BY a.institution_id, a.kind, p.channel HAVING sum(p.amount_fen) <> 0
ORDER BY a.institution_id, a.kind, p.channel
"""


def balances(day: date) -> dict[int, list[tuple[str, str, int]]]:
    """(account kind, channel, signed balance) of each institution up to a day, fen."""
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, [day])
        for institution_id, kind, channel, amount in cursor.fetchall():
            found[institution_id].append((kind, channel, amount))
    return found


@transaction.atomic
def propose_transfers(*, actor, day: date, now: datetime) -> list[FundTransfer]:
    """Draft a transfer for each institution whose net reaches its minimum pay-out. Raises WrongState.

    The oldest netted day comes first; balances below the minimum stay and count in a later day.
    """
    actor.must_have(CLERK)
    row = _day(day, DayState.NETTED, DayState.INSTRUCTED)
    if BusinessDay.objects.filter(business_date__lt=day, state=DayState.NETTED).exists():
        raise WrongState()
    known = set(_live(day).values_list("institution_id", flat=True))
    nets = {
        party: -sum(leg[2] for leg in legs) for party, legs in balances(day).items() if party not in known
    }
    known_payees = payees(nets)
    drafts = [
        _draft(known_payees[party], net, actor=actor, day=day, now=now)
        for party, net in sorted(nets.items())
        if abs(net) >= max(1, known_payees[party].minimum_payout)
    ]
    created = FundTransfer.objects.bulk_create(drafts)
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
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )


@transaction.atomic
def confirm_transfers(*, actor, day: date, now: datetime, ids: list[int] | None = None) -> int:
    """Confirm the day's drafts (or those named) and post them; returns how many.

    Raises OwnProposal for the maker, TransferStale when a balance changed since.
    """
    actor.must_have(LEAD)
    if actor.user_id is None:
        raise NotAllowed()
    row = _day(day, DayState.NETTED, DayState.INSTRUCTED)
    drafts = FundTransfer.objects.select_for_update().filter(business_date=day, state=TransferState.DRAFT)
    if ids is not None:
        drafts = drafts.filter(pk__in=ids)
    drafts = list(drafts.order_by("pk"))
    if any(draft.proposed_by_id == actor.user_id for draft in drafts):
        raise OwnProposal()
    held = balances(day)
    for draft in drafts:
        _post_confirmation(draft, held.get(draft.institution_id, []), now=now)
        draft.state, draft.confirmed_by_id, draft.confirmed_at = TransferState.CONFIRMED, actor.user_id, now
    FundTransfer.objects.bulk_update(drafts, ["state", "confirmed_by_id", "confirmed_at"])
    _instruct_if_done(row)
    return len(drafts)


@transaction.atomic
def reject_transfer(*, actor, transfer_id: int, reason: str, now: datetime) -> FundTransfer:
    """Send a draft back to its maker, who may propose again."""
    actor.must_have(LEAD)
    transfer = _locked(transfer_id)
    if transfer.state != TransferState.DRAFT:
        raise WrongState()
    transfer.state, transfer.reason, transfer.answered_at = TransferState.REJECTED, reason[:160], now
    transfer.save(update_fields=["state", "reason", "answered_at"])
    return transfer


@transaction.atomic
def record_answer(*, actor, transfer_id: int, outcome: str, now: datetime, reason: str = "") -> FundTransfer:
    """The bank's answer: succeeded moves the money to the bank account, failed returns it to payable.

    unknown posts nothing and is never retried by itself. Raises WrongState unless exported or unknown.
    """
    actor.must_have(CLERK, LEAD)
    transfer = _locked(transfer_id)
    waiting = (TransferState.EXPORTED, TransferState.SENT, TransferState.UNKNOWN)
    answers = (TransferState.SUCCEEDED, TransferState.FAILED, TransferState.UNKNOWN)
    if transfer.state not in waiting or outcome not in answers:
        raise WrongState()
    if outcome != TransferState.UNKNOWN:
        _post_answer(transfer, outcome, now)
    transfer.state, transfer.reason, transfer.answered_at = outcome, reason[:160], now
    transfer.save(update_fields=["state", "reason", "answered_at"])
    return transfer


def _post_confirmation(draft: FundTransfer, held: list, *, now: datetime) -> None:
    """Empty the institution's accounts into transfer in transit, in the books of the day that is paid."""
    net = -sum(amount for _kind, _channel, amount in held)
    if net != _signed(draft):
        raise TransferStale(reference=draft.reference)
    legs = [Leg(kind, draft.institution_id, -amount, channel) for kind, channel, amount in held]
    legs.append(Leg(AccountKind.TRANSFER, draft.institution_id, -net))
    post_journal(
        key=f"transfer:{draft.reference}",
        kind="transfer",
        legs=legs,
        business_date=draft.business_date,
        original_date=draft.business_date,
        now=now,
    )


def _post_answer(transfer: FundTransfer, outcome: str, now: datetime) -> None:
    net = _signed(transfer)
    party = transfer.institution_id
    other = (
        Leg(AccountKind.BANK, None, -net)
        if outcome == TransferState.SUCCEEDED
        else Leg(AccountKind.PAYABLE, party, -net)
    )
    post_journal(
        key=f"transfer_{outcome}:{transfer.reference}",
        kind="transfer",
        legs=(Leg(AccountKind.TRANSFER, party, net), other),
        business_date=lock_current_day(),
        original_date=transfer.business_date,
        now=now,
    )


def _signed(transfer: FundTransfer) -> int:
    """Fen, positive when the platform pays."""
    return transfer.amount_fen if transfer.direction == FundTransfer.Direction.PAY else -transfer.amount_fen


def _day(day: date, *states: str) -> BusinessDay:
    row = BusinessDay.objects.select_for_update().filter(business_date=day).first()
    if row is None or row.state not in states:
        raise WrongState()
    return row


def _locked(transfer_id: int) -> FundTransfer:
    transfer = FundTransfer.objects.select_for_update().filter(pk=transfer_id).first()
    if transfer is None:
        raise TransferUnknown()
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
