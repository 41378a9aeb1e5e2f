"""The work list as a file: CSV that streams, XLSX with a sum."""

import io
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines, workbook
from settlement.models import ReconBreak

from .sheets import styles, write_sum

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


@csv_lines
def breaks_csv(rows: QuerySet[ReconBreak]) -> Iterator[Iterable]:
    """Amounts in yuan."""
    yield HEADER
    for row in rows.iterator(chunk_size=2000):
        yield _in_yuan(row_of(row))


def _in_yuan(values: tuple) -> list:
    return [yuan(value) if n in AMOUNTS else value for n, value in enumerate(values)]


def breaks_xlsx(rows: QuerySet[ReconBreak]) -> bytes:
    out = io.BytesIO()
    with workbook(out, in_memory=True) as book:
        sheet, style = book.add_worksheet(_("Breaks")), styles(book)
        sheet.write_row(0, 0, HEADER, style.head)
        sheet.freeze_panes(1, 1)
        sheet.set_column(1, len(HEADER) - 1, 16)
        last, sums = 0, dict.fromkeys(AMOUNTS, 0)
        for last, row in enumerate(rows.iterator(chunk_size=2000), start=1):
            for column, value in enumerate(row_of(row)):
                if column in AMOUNTS:
                    sums[column] += value
                    sheet.write_number(last, column, value / 100, style.money)
                else:
                    sheet.write(last, column, value)
        for column, fen in sums.items():
            write_sum(sheet, last + 1, column, style.total, fen / 100)
    return out.getvalue()
