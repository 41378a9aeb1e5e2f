"""The files for the bank: made once in every format, kept as bytes, handed out as often as wanted."""

import hashlib
import re
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, NotFound
from settlement.gateways.payments import csv_file, iso20022, xlsx_file
from settlement.gateways.payments.rows import Account, Batch, Payment
from settlement.models import DocumentFormat, FundTransfer, TransferDocument, TransferFile, TransferState
from settlement.rights import CLERK, LEAD

from . import audit_trail

CNAPS = re.compile(r"\d{12}")


class NothingToExport(DomainError):
    code = "nothing_to_export"
    message = _("No confirmed transfer waits for a file.")


class PayeeIncomplete(DomainError):
    code = "payee_incomplete"
    message = _(
        "%(reference)s: %(name)s has no bank account with a CNAPS number of 12 digits. Enter it with the"
        " institution, reject the transfer while it is a proposal, and propose it again."
    )


class FileUnknown(NotFound):
    code = "transfer_file_unknown"
    message = _("We do not know this transfer file.")


class NothingToSend(DomainError):
    code = "nothing_to_send"
    message = _("No transfer of this file waits to be sent.")


@transaction.atomic
def export_transfers(*, actor, day: date, now: datetime) -> TransferFile:
    """Write the day's confirmed transfers into a new file. Raises NothingToExport, PayeeIncomplete.

    File and state change commit together: a transfer that is in no file is not exported, and no other
    file ever holds it.
    """
    actor.must_have(CLERK, LEAD)
    rows = FundTransfer.objects.select_for_update().filter(business_date=day, state=TransferState.CONFIRMED)
    rows = list(rows.order_by("reference"))
    if not rows:
        raise NothingToExport()
    number = TransferFile.objects.filter(business_date=day).count() + 1
    batch = _batch(rows, day=day, stem=f"transfers-{day:%Y%m%d}-{number:02d}", now=now)
    made = _keep(batch, actor=actor)
    for row in rows:
        row.state, row.file, row.changed_by, row.changed_at = TransferState.EXPORTED, made, actor.label, now
    FundTransfer.objects.bulk_update(rows, ["state", "file", "changed_by", "changed_at"])
    details = {"count": made.count, "sum_fen": made.sum_fen, "sha256": made.sha256}
    audit_trail.record(
        actor=actor, action="transfer.exported", subject=f"transfer file {made.name}", details=details,
        now=now,
    )  # fmt: skip
    return made


def ours() -> Account:
    """The account that pays and collects."""
    return Account(
        settings.PLATFORM_BANK_ACCOUNT,
        settings.PLATFORM_ACCOUNT_NAME,
        settings.PLATFORM_BANK_NAME,
        settings.PLATFORM_CNAPS,
    )


def _batch(rows: list[FundTransfer], *, day: date, stem: str, now: datetime) -> Batch:
    payments = [_payment(number, row) for number, row in enumerate(rows, start=1)]
    return Batch(message=stem, ours=ours(), day=day, made_at=now, payments=payments)


def _payment(number: int, row: FundTransfer) -> Payment:
    if not row.account_number or CNAPS.fullmatch(row.cnaps) is None:
        raise PayeeIncomplete(reference=row.reference, name=row.account_name)
    return Payment(
        sequence=number,
        is_collection=row.direction == FundTransfer.Direction.COLLECT,
        theirs=Account(row.account_number, row.account_name, row.bank_name, row.cnaps),
        amount_fen=row.amount_fen,
        purpose=f"Settlement {row.business_date.isoformat()}",
        reference=row.reference,
    )


def _keep(batch: Batch, *, actor) -> TransferFile:
    content, digest = csv_file.write(batch)
    made = TransferFile.objects.create(
        name=f"{batch.message}.csv",
        business_date=batch.day,
        count=len(batch.payments),
        sum_fen=batch.sum_fen,
        sha256=digest,
        made_at=batch.made_at,
        made_by=actor.label,
    )
    xlsx = xlsx_file.write(batch, digest)
    documents = [
        _document(made, DocumentFormat.CSV, f"{batch.message}.csv", batch, content),
        _document(made, DocumentFormat.XLSX, f"{batch.message}.xlsx", batch, xlsx),
        *_messages(made, batch),
    ]
    TransferDocument.objects.bulk_create(documents)
    return made


def _messages(made: TransferFile, batch: Batch) -> list[TransferDocument]:
    """ISO 20022 knows payments and collections as two messages; each has its own control totals."""
    found = []
    for is_collection, suffix, kind, write in (
        (False, "pay", DocumentFormat.PAIN_001, iso20022.credit_transfers),
        (True, "collect", DocumentFormat.PAIN_008, iso20022.direct_debits),
    ):
        part = [payment for payment in batch.payments if payment.is_collection == is_collection]
        if part:
            message = replace(batch, message=f"{batch.message}-{suffix}", payments=part)
            found.append(_document(made, kind, f"{message.message}.xml", message, write(message)))
    return found


def _document(made: TransferFile, kind: str, name: str, batch: Batch, content: bytes) -> TransferDocument:
    return TransferDocument(
        file=made,
        format=kind,
        name=name,
        count=len(batch.payments),
        sum_fen=batch.sum_fen,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


@transaction.atomic
def mark_sent(*, actor, name: str, now: datetime) -> int:
    """The file is at the bank: how many transfers are sent by it. Raises FileUnknown, NothingToSend."""
    actor.must_have(CLERK, LEAD)
    made = TransferFile.objects.filter(name=name).first()
    if made is None:
        raise FileUnknown()
    rows = FundTransfer.objects.select_for_update().filter(file=made, state=TransferState.EXPORTED)
    rows = list(rows.order_by("pk"))
    if not rows:
        raise NothingToSend()
    for row in rows:
        row.state, row.changed_by, row.changed_at = TransferState.SENT, actor.label, now
    FundTransfer.objects.bulk_update(rows, ["state", "changed_by", "changed_at"])
    audit_trail.record(
        actor=actor, action="transfer.sent", subject=f"transfer file {made.name}",
        details={"count": len(rows)}, now=now,
    )  # fmt: skip
    return len(rows)
