"""The bank's answer to a transfer file: read and checked whole, then every transfer goes where it says."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, NotFound
from omnichannel.kernel.money import display
from settlement.gateways import answers
from settlement.gateways.answers.common import Answer, Line
from settlement.gateways.bills.common import BillRefused
from settlement.models import (
    BankAnswer,
    BankAnswerLine,
    FundTransfer,
    TransferDocument,
    TransferFile,
    TransferState,
)
from settlement.rights import CLERK, LEAD

from . import audit_trail
from .transfer_answers import FINAL, WAITING, apply_answer

_LOCK = 0x5E77_20


class AnswerKnown(DomainError):
    code = "answer_known"
    message = _("This file was taken in already, by %(by)s. Nothing was changed.")


class OtherAccount(BillRefused):
    code = "answer_other_account"
    message = _("Line %(line)s: this answers for account %(found)s, not for ours (%(expected)s).")


class AnswerOfOtherFile(BillRefused):
    code = "answer_file_unknown"
    message = _("Line %(line)s: we have sent no file %(name)s.")


class ReferenceUnknown(BillRefused):
    code = "answer_reference_unknown"
    message = _("Line %(line)s: %(reference)s is no transfer of the file %(name)s.")


class AmountDiffers(BillRefused):
    code = "answer_amount_differs"
    message = _("Line %(line)s: the bank says %(found)s for %(reference)s, we sent %(expected)s.")


class Contradicts(BillRefused):
    code = "answer_contradicts"
    message = _("Line %(line)s: %(reference)s is %(state)s already, and the bank now says %(found)s. Ask it.")


class AnswerUnknown(NotFound):
    code = "answer_unknown"
    message = _("We do not know this answer.")


@transaction.atomic
def import_answer(*, actor, content: bytes, file_name: str, now: datetime) -> BankAnswer:
    """Take an answer in, all of it or nothing; what it says again of a transfer changes nothing.

    Raises AnswerKnown for the same bytes; OtherAccount, AnswerOfOtherFile, ReferenceUnknown, AmountDiffers,
    Contradicts and the refusals of the formats with the line, before anything is changed.
    """
    actor.must_have(CLERK, LEAD)
    digest = hashlib.sha256(content).hexdigest()
    _lock()
    if known := BankAnswer.objects.filter(sha256=digest).first():
        raise AnswerKnown(by=known.loaded_by)
    kind, answer = answers.read(content)
    made_for = _file_of(answer)
    rows = _matched(answer, made_for)
    for line, transfer in rows:
        _must_fit(line, transfer)
    kept = BankAnswer.objects.create(
        file=made_for, format=kind, file_name=file_name[:160], sha256=digest, rows=len(answer.lines),
        amount_fen=answer.sum_fen, loaded_at=now, loaded_by=actor.label,
    )  # fmt: skip
    BankAnswerLine.objects.bulk_create(_kept_line(kept, line, transfer) for line, transfer in rows)
    changed = sum(_apply(kept, line, transfer, actor=actor, now=now) for line, transfer in rows)
    details = {"file": made_for.name, "rows": kept.rows, "amount_fen": kept.amount_fen, "changed": changed,
               "sha256": digest}  # fmt: skip
    audit_trail.record(
        actor=actor, action="transfer.answer_imported", subject=f"bank answer {kept.file_name}",
        details=details, now=now,
    )  # fmt: skip
    return kept


def _lock() -> None:
    """One answer at a time: the same bytes from two windows are taken once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])


def _file_of(answer: Answer) -> TransferFile:
    if answer.account != settings.PLATFORM_BANK_ACCOUNT:
        expected = settings.PLATFORM_BANK_ACCOUNT
        raise OtherAccount(line=answer.account_line, found=answer.account[:40], expected=expected)
    stem = answer.file.rpartition(".")[0] if answer.file.endswith((".csv", ".xml", ".xlsx")) else answer.file
    names = [f"{stem}.csv", f"{stem}.xml"]
    found = TransferDocument.objects.select_related("file").filter(name__in=names).first()
    if found is None:
        raise AnswerOfOtherFile(line=answer.file_line, name=answer.file[:60])
    return found.file


def _matched(answer: Answer, file: TransferFile) -> list[tuple[Line, FundTransfer]]:
    """Each row with its transfer, locked by key."""
    rows = FundTransfer.objects.select_for_update().filter(file=file).order_by("pk")
    transfers = {row.reference: row for row in rows}
    for line in answer.lines:
        if line.reference not in transfers:
            raise ReferenceUnknown(line=line.number, reference=line.reference[:40], name=file.name)
    return [(line, transfers[line.reference]) for line in answer.lines]


def _must_fit(line: Line, transfer: FundTransfer) -> None:
    if line.amount_fen != transfer.amount_fen:
        raise AmountDiffers(
            line=line.number, reference=line.reference, found=display(line.amount_fen),
            expected=display(transfer.amount_fen),
        )  # fmt: skip
    if transfer.state in FINAL and line.outcome in FINAL and line.outcome != transfer.state:
        raise Contradicts(
            line=line.number, reference=line.reference, state=transfer.get_state_display(),
            found=TransferState(line.outcome).label,
        )  # fmt: skip


def _kept_line(kept: BankAnswer, line: Line, transfer: FundTransfer) -> BankAnswerLine:
    return BankAnswerLine(
        answer=kept, line_number=line.number, transfer=transfer, outcome=line.outcome,
        amount_fen=line.amount_fen, bank_reference=line.bank_reference, reason=line.reason,
        before=transfer.state,
    )  # fmt: skip


def _apply(kept: BankAnswer, line: Line, transfer: FundTransfer, *, actor, now: datetime) -> bool:
    """Whether the row changed anything: an earlier answer is not taken back by a weaker one."""
    if not says_more(line.outcome, transfer.state):
        return False
    evidence = f"{kept.file_name} {line.number} {line.bank_reference}".strip()
    apply_answer(transfer, line.outcome, actor=actor, now=now, reason=line.reason, evidence=evidence)
    return True


def says_more(outcome: str, state: str) -> bool:
    """sent only of what is exported, unknown only of what is not, a final answer of all that waits."""
    if outcome == TransferState.SENT:
        return state == TransferState.EXPORTED
    if outcome == TransferState.UNKNOWN:
        return state in (TransferState.EXPORTED, TransferState.SENT)
    return state in WAITING
