"""What every step of a transfer shares: its row, its day, what is kept of who changed it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, NotFound
from settlement.models import BusinessDay, FundTransfer

from . import audit_trail


class WrongState(DomainError):
    code = "wrong_state"
    message = _("This is not possible in the present state.")


class TransferUnknown(NotFound):
    code = "transfer_unknown"
    message = _("We do not know this transfer.")


def save(transfer: FundTransfer, actor, now: datetime, *fields: str) -> None:
    """These fields, and who changed them."""
    transfer.changed_by, transfer.changed_at = actor.label, now
    transfer.save(update_fields=[*fields, "changed_by", "changed_at"])


def record(actor, action: str, transfer: FundTransfer, now: datetime, **details) -> None:
    """An entry of the audit trail, with direction and amount."""
    details = {"direction": transfer.direction, "amount_fen": transfer.amount_fen} | details
    audit_trail.record(
        actor=actor, action=action, subject=f"transfer {transfer.reference}",
        institution_id=transfer.institution_id, details=details, now=now,
    )  # fmt: skip


def day_in(day: date, *states: str) -> BusinessDay:
    """A business day in one of these states, locked. Raises WrongState."""
    row = BusinessDay.objects.select_for_update().filter(business_date=day).first()
    if row is None or row.state not in states:
        raise WrongState()
    return row


def locked(transfer_id: int) -> FundTransfer:
    """Raises TransferUnknown."""
    transfer = FundTransfer.objects.select_for_update().filter(pk=transfer_id).first()
    if transfer is None:
        raise TransferUnknown()
    return transfer
