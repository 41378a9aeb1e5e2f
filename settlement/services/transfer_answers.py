"""The bank's answer to a transfer: it moves the money to the bank account, or back to payable."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid
from settlement.models import FundTransfer, TransferState
from settlement.rights import CLERK, LEAD

from . import transfer_books
from .transfer_rows import WrongState, locked, record, save

# Answers that end a transfer, and states in which one is awaited.
FINAL = (TransferState.SUCCEEDED, TransferState.FAILED)
WAITING = (TransferState.EXPORTED, TransferState.SENT, TransferState.UNKNOWN)


class EvidenceMissing(Invalid):
    code = "evidence_missing"
    message = _("Nobody knows yet what became of it. Say by which word of the bank you decide.")


@transaction.atomic
def record_answer(
    *, actor, transfer_id: int, outcome: str, now: datetime, reason: str = "", evidence: str = ""
) -> FundTransfer:
    """The bank's answer: succeeded moves the money to the bank account, failed returns it to payable.

    unknown posts nothing and is never retried by itself: who decides it names the bank's word. Raises
    WrongState unless exported, sent or unknown; EvidenceMissing.
    """
    actor.must_have(CLERK, LEAD)
    transfer = locked(transfer_id)
    if outcome not in (*FINAL, TransferState.UNKNOWN):
        raise WrongState()
    return apply_answer(transfer, outcome, actor=actor, now=now, reason=reason, evidence=evidence)


def apply_answer(
    transfer: FundTransfer, outcome: str, *, actor, now: datetime, reason: str = "", evidence: str = ""
) -> FundTransfer:
    """Take a locked transfer where the bank's answer says. Raises WrongState, EvidenceMissing."""
    may_go = transfer.state in WAITING and outcome != transfer.state
    may_go &= outcome != TransferState.SENT or transfer.state == TransferState.EXPORTED
    if not may_go or (transfer.state == TransferState.UNKNOWN and outcome not in FINAL):
        raise WrongState()
    if transfer.state == TransferState.UNKNOWN and not evidence.strip():
        raise EvidenceMissing(field="evidence")
    before = transfer.state
    if outcome in FINAL:
        transfer.booked_on = transfer_books.post_answer(transfer, outcome, now=now)
    transfer.state, transfer.reason, transfer.answered_at = outcome, reason.strip()[:160], now
    transfer.evidence = evidence.strip()[:200]
    save(transfer, actor, now, "state", "reason", "answered_at", "evidence", "booked_on")
    record(actor, "transfer.answered", transfer, now, outcome=outcome, before=before, reason=transfer.reason,
            evidence=transfer.evidence)  # fmt: skip
    return transfer
