"""The work list as a file: CSV that streams, XLSX with a sum."""

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from settlement.models import ReconBreak

from .exports import BOM, _Echo

HEADER = (
    "id", "statement_day", "account", "compared", "kind", "our_number", "their_number", "order", "ours",
    "theirs", "difference", "state", "waits_until", "owner", "resolution", "note",
)  # fmt: skip
AMOUNTS = (8, 9, 10)


def row_of(row: ReconBreak) -> tuple:
    """The columns of HEADER; amounts in fen."""
    ours = (
        row.transfer.reference if row.transfer else row.bill_line.our_reference if row.bill_line
        else getattr(getattr(row.trade, "reference", None), "our_reference", "") or
        (row.line.our_reference if row.line else "")
    )  # fmt: skip
    return (
        row.pk, row.bill_date.isoformat(), str(row.batch.account), row.batch.scope, row.kind, ours,
        row.line.provider_reference if row.line else "", row.trade.order_number if row.trade else "",
        row.ours_fen, row.theirs_fen, row.difference_fen, row.state, row.waits_until.isoformat(),
        str(row.owner or ""), row.resolution, row.note,
    )  # fmt: skip


def breaks_csv(rows: QuerySet[ReconBreak]) -> Iterator[str]:
    """Amounts in yuan."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(HEADER)
    for row in rows.iterator(chunk_size=2000):
        yield writer.writerow(_in_yuan(row_of(row)))


def _in_yuan(values: tuple) -> list:
    return [yuan(value) if n in AMOUNTS else _harmless(value) for n, value in enumerate(values)]


def _harmless(value):
    """A text that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def breaks_xlsx(rows: QuerySet[ReconBreak]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Breaks"))
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        total = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00", "bold": True, "top": 1})
        sheet.write_row(0, 0, HEADER, bold)
        sheet.freeze_panes(1, 1)
        sheet.set_column(1, len(HEADER) - 1, 16)
        last = 0
        for last, row in enumerate(rows.iterator(chunk_size=2000), start=1):
            for column, value in enumerate(row_of(row)):
                if column in AMOUNTS:
                    sheet.write_number(last, column, value / 100, money)
                else:
                    sheet.write(last, column, value)
        for column in AMOUNTS:
            letter = chr(ord("A") + column)
            sheet.write_formula(last + 1, column, f"=SUM({letter}2:{letter}{last + 1})", total)
    return out.getvalue()
