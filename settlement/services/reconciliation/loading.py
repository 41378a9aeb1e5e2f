"""A statement is loaded whole or not at all: read, checked against its own totals, then copied."""

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from settlement.gateways import bills
from settlement.models import (
    SCOPE_OF,
    BatchState,
    Format,
    ReconBatch,
    Scope,
    Source,
    Statement,
    StatementAccount,
    Trade,
)
from settlement.rights import CLERK, LEAD
from settlement.services import audit_trail

from . import accounts

_COPY = """
COPY settlement_statementline (statement_id, line_number, kind, our_reference, provider_reference,
    group_reference, amount_fen, fee_fen, occurred_at, status, text) FROM STDIN WITH (FORMAT csv,
    FORCE_NOT_NULL (our_reference, provider_reference, group_reference, status, text))
"""
_PARTS = {Format.WECHAT_SUCCESS, Format.WECHAT_REFUND}
MOST_REFERENCE = 64


class BillLoaded(DomainError):
    code = "bill_loaded"
    message = _("This statement was loaded before: %(file)s, on %(day)s.")


class BillCovered(DomainError):
    code = "bill_covered"
    message = _("The day's rows are already there from %(file)s.")


class BatchFinal(DomainError):
    code = "batch_signed_off"
    message = _("The statement of %(day)s is signed off and takes no file.")


class BillExpected(DomainError):
    code = "bill_expected"
    message = _("There must be a statement: our books have %(count)s trades of that day.")


class HashDiffers(bills.BillRefused):
    code = "bill_hash_differs"
    message = _("The file is not the one that the provider announced: its SHA-1 is %(found)s.")


@transaction.atomic
def load_bill(
    *,
    actor,
    account_id: int,
    day: date,
    content: bytes,
    file_name: str,
    now: datetime,
    rows: int | None = None,
    sum_fen: int | None = None,
    sha1: str = "",
) -> ReconBatch:
    """Load a statement of an account and day; nothing of a wrong one stays.

    rows and sum_fen are control totals for formats without their own; sha1 is what the provider announced
    of the uncompressed file. Raises BillRefused (with line and reason), BillLoaded, BillCovered, BatchFinal.
    """
    actor.must_have(CLERK, LEAD)
    account = accounts.account(account_id)
    accounts.lock(account.pk)
    digest = _known(account, content, sha1)
    bill = bills.read(account.source, content, bills.Expected(account.number, day, rows, sum_fen))
    key = _next_key()
    text, counted = _written(key, bill.rows)
    batch = _batch_for(account, bill.format, day, actor=actor, now=now)
    Statement.objects.create(
        pk=key,
        batch=batch,
        format=bill.format,
        file_name=file_name[:160],
        sha256=digest,
        totals=bill.totals,
        loaded_at=now,
        loaded_by=actor.label[:80],
        **counted,
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY, text)
    return _loaded(batch, actor=actor, now=now)


@transaction.atomic
def record_no_bill(*, actor, account_id: int, day: date, now: datetime) -> ReconBatch:
    """The provider says that there is no statement: an empty day, if we have none either.

    Raises BillExpected, BillLoaded.
    """
    actor.must_have(CLERK, LEAD)
    account = accounts.account(account_id)
    accounts.lock(account.pk)
    ours = Trade.objects.filter(original_date=day, provider_id=account.institution_id)
    ours |= Trade.objects.filter(original_date=day, collector_id=account.institution_id, means="cod")
    if count := ours.count():
        raise BillExpected(count=count)
    form = Format.WECHAT_ALL if account.source == Source.WECHAT else account.source
    batch = _batch_for(account, form, day, actor=actor, now=now)
    Statement.objects.create(
        batch=batch, format=form, file_name="—", sha256="", rows=0, amount_fen=0, fee_fen=0, totals={},
        loaded_at=now, loaded_by=actor.label[:80],
    )  # fmt: skip
    return _loaded(batch, actor=actor, now=now)


def _known(account: StatementAccount, content: bytes, sha1: str) -> str:
    """SHA-256 of a file that is new to this account. Raises BillLoaded, HashDiffers."""
    digest = hashlib.sha256(content).hexdigest()
    before = Statement.objects.filter(batch__account=account, sha256=digest).first()
    if before is not None:
        raise BillLoaded(file=before.file_name, day=before.loaded_at.date())
    found = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if sha1 and sha1.lower() != found:
        raise HashDiffers(line=0, found=found)
    return digest


def _next_key() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('settlement_statement', 'id'))")
        return cursor.fetchone()[0]


def _written(key: int, rows: Iterator[bills.Row]) -> tuple[io.StringIO, dict]:
    """All rows as text for COPY, once the file's own totals have been found right."""
    out = io.StringIO()
    writer = csv.writer(out)
    count = amount = fee = 0
    for row in rows:
        for reference in row[2:5]:
            if len(reference) > MOST_REFERENCE:
                raise bills.RowInvalid(line=row.line, reason=str(_("too long")), value=reference[:40])
        writer.writerow((key, *row))
        count, amount, fee = count + 1, amount + row.amount_fen, fee + row.fee_fen
    out.seek(0)
    return out, {"rows": count, "amount_fen": amount, "fee_fen": fee}


def _batch_for(account, form: str, day: date, *, actor, now: datetime) -> ReconBatch:
    """The batch that takes this file. Raises BillLoaded, BillCovered, BatchFinal."""
    batch, _is_new = ReconBatch.objects.get_or_create(
        account=account,
        scope=SCOPE_OF[form],
        bill_date=day,
        defaults={"changed_at": now, "changed_by": actor.label[:80]},
    )
    if batch.state == BatchState.SIGNED_OFF:
        raise BatchFinal(day=day)
    there = {statement.format: statement for statement in batch.statements.all()}
    if form in there:
        raise BillLoaded(file=there[form].file_name, day=there[form].loaded_at.date())
    if (form == Format.WECHAT_ALL and there) or (form in _PARTS and Format.WECHAT_ALL in there):
        raise BillCovered(file=next(iter(there.values())).file_name)
    return batch


def _loaded(batch: ReconBatch, *, actor, now: datetime) -> ReconBatch:
    batch.state, batch.changed_by, batch.changed_at = BatchState.LOADED, actor.label[:80], now
    batch.save(update_fields=["state", "changed_by", "changed_at"])
    files = batch.statements.order_by("pk").values("file_name", "rows", "amount_fen", "sha256")
    audit_trail.record(
        actor=actor, action="statement.loaded", subject=f"statement {batch.account} {batch.bill_date}",
        institution_id=batch.account.institution_id, details=files.last(), now=now,
    )  # fmt: skip
    return batch


def is_complete(batch: ReconBatch) -> bool:
    """All files of the day are there: payments need their refunds where they come apart."""
    there = set(batch.statements.values_list("format", flat=True))
    if batch.scope == Scope.TRADES and there & _PARTS:
        return there >= _PARTS
    return bool(there)
