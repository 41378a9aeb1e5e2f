"""The file for the bank: CSV with a trailer of count, sum and SHA-256 over the rows."""

import csv
import hashlib
import io
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import yuan
from settlement.models import FundTransfer, TransferFile, TransferState
from settlement.rights import CLERK, LEAD

HEADER = (
    "sequence", "direction", "payer_account", "payee_account", "payee_name", "bank", "cnaps", "amount",
    "purpose", "reference",
)  # fmt: skip


class NothingToExport(DomainError):
    code = "nothing_to_export"
    message = _("No confirmed transfer waits for a file.")


@transaction.atomic
def export_transfers(*, actor, day: date, now: datetime) -> TransferFile:
    """Write the day's confirmed transfers into a new file. Raises NothingToExport."""
    actor.must_have(CLERK, LEAD)
    rows = FundTransfer.objects.select_for_update().filter(business_date=day, state=TransferState.CONFIRMED)
    rows = list(rows.order_by("reference"))
    if not rows:
        raise NothingToExport()
    body = _body(rows)
    digest = hashlib.sha256(body.encode()).hexdigest()
    total = sum(row.amount_fen for row in rows)
    number = TransferFile.objects.filter(business_date=day).count() + 1
    made = TransferFile.objects.create(
        name=f"transfers-{day:%Y%m%d}-{number:02d}.csv",
        business_date=day,
        count=len(rows),
        sum_fen=total,
        sha256=digest,
        content=f"{body}TRAILER,{len(rows)},{yuan(total)},{digest}\r\n",
        made_at=now,
        made_by=actor.label,
    )
    FundTransfer.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=TransferState.EXPORTED, file=made
    )
    return made


def _body(rows: list[FundTransfer]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for number, row in enumerate(rows, start=1):
        ours = settings.PLATFORM_BANK_ACCOUNT
        payer, payee = (ours, row.account_number) if row.direction == "pay" else (row.account_number, ours)
        purpose = f"Settlement {row.business_date.isoformat()}"
        writer.writerow(
            (number, row.direction, payer, payee, row.account_name, row.bank_name, row.cnaps,
             yuan(row.amount_fen), purpose, row.reference)
        )  # fmt: skip
    return out.getvalue()
