"""Lists of transfers and of the bank's answers as files; amounts in yuan, collections negative."""

import io
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines, workbook
from settlement.models import BankAnswerLine, FundTransfer

from .sheets import styles, write_sum

HEADER = (
    "reference", "business_date", "institution", "name", "direction", "amount", "state", "account", "bank",
    "cnaps", "proposed_by", "first_confirmed_by", "confirmed_by", "file", "booked_on", "reason", "evidence",
    "replaced_by",
)  # fmt: skip
AMOUNT = HEADER.index("amount")
ANSWER_HEADER = (
    "answer", "line", "reference", "amount", "outcome", "bank_reference", "reason", "state_before",
    "state_now",
)  # fmt: skip


def _row(row: FundTransfer) -> list:
    fen = row.amount_fen if row.direction == "pay" else -row.amount_fen
    people = [str(one) if one else "" for one in (row.proposed_by, row.first_confirmed_by, row.confirmed_by)]
    return [
        row.reference, row.business_date.isoformat(), row.institution.code, row.institution.label,
        row.direction, fen, row.state, row.account_number, row.bank_name, row.cnaps, *people,
        row.file.name if row.file else "", row.booked_on.isoformat() if row.booked_on else "", row.reason,
        row.evidence, row.replaced_by.reference if row.replaced_by else "",
    ]  # fmt: skip


@csv_lines
def transfers_csv(rows: QuerySet[FundTransfer]) -> Iterator[Iterable]:
    yield HEADER
    for row in rows.iterator(chunk_size=2000):
        values = _row(row)
        values[AMOUNT] = yuan(values[AMOUNT])
        yield values


def transfers_xlsx(rows: QuerySet[FundTransfer]) -> bytes:
    """The sum is a formula over the rows."""
    out = io.BytesIO()
    with workbook(out, in_memory=True) as book:
        sheet, style = book.add_worksheet("transfers"), styles(book)
        sheet.write_row(0, 0, HEADER, style.head)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(HEADER) - 1, 18)
        line, total = 0, 0
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(_row(row)):
                if column == AMOUNT:
                    total += value
                    sheet.write_number(line, column, value / 100, style.money)
                else:
                    sheet.write_string(line, column, value)
        write_sum(sheet, line + 1, AMOUNT, style.total, total / 100)
    return out.getvalue()


@csv_lines
def answer_csv(rows: QuerySet[BankAnswerLine]) -> Iterator[tuple]:
    yield ANSWER_HEADER
    for row in rows.select_related("answer", "transfer").iterator(chunk_size=2000):
        yield (
            row.answer.file_name, row.line_number, row.transfer.reference, yuan(row.amount_fen), row.outcome,
            row.bank_reference, row.reason, row.before, row.transfer.state,
        )  # fmt: skip
