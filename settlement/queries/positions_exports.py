"""A day's positions and its bilateral matrix as files."""

import io
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines, workbook

from .exports import channel_label
from .positions import Matrix, Position
from .sheets import Styles, styles, write_sum

HEADER = ("code", "name", "channel", "net", "brought", "carried", "transfer", "reference")


@csv_lines
def positions_csv(rows: list[Position], matrix: Matrix) -> Iterator[tuple]:
    """Positions by channel, then one line an institution, then the matrix; amounts in yuan."""
    yield HEADER
    for row in rows:
        for channel, fen in sorted(row.channels.items()):
            yield (row.code, row.label, channel, yuan(fen), "", "", "", "")
        yield (
            row.code, row.label, "*", yuan(row.net), yuan(row.brought), yuan(row.carried), yuan(row.paid),
            row.transfer,
        )  # fmt: skip
    yield ("TOTAL", "", "*", yuan(sum(row.net for row in rows)), "", "", "", "")
    yield ()
    yield ("owed", "owing", "amount")
    for (owed, owing), fen in sorted(matrix.cells.items()):
        yield (owed or "HOUSE", owing or "HOUSE", yuan(fen))


def positions_xlsx(rows: list[Position], matrix: Matrix, *, day: date) -> bytes:
    """Two sheets whose sums are formulas over their own rows."""
    out = io.BytesIO()
    with workbook(out, in_memory=True) as book:
        style = styles(book)
        _positions_sheet(book.add_worksheet(_("Positions")[:31]), rows, style)
        _matrix_sheet(book.add_worksheet(_("Who owes whom")[:31]), matrix, style)
    return out.getvalue()


def _positions_sheet(sheet, rows: list[Position], style: Styles) -> None:
    heads = [_("Institution"), _("Code"), _("Channel"), _("Net (¥)"), _("of it carried to this day (¥)"),
             _("Carried on (¥)"), _("Transfer (¥)"), _("Reference")]  # fmt: skip
    sheet.write_row(0, 0, heads, style.head)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 7, 18)
    line = 1
    for row in rows:
        for channel, fen in sorted(row.channels.items()):
            sheet.write_row(line, 0, (row.label, row.code, channel_label(channel)))
            sheet.write_number(line, 3, fen / 100, style.money)
            line += 1
        for column, fen in ((4, row.brought), (5, row.carried), (6, row.paid)):
            sheet.write_number(line - 1, column, fen / 100, style.money)
        sheet.write(line - 1, 7, row.transfer)
    sheet.write(line, 0, _("Sum"), style.head)
    write_sum(sheet, line, 3, style.total, sum(row.net for row in rows) / 100)


def _matrix_sheet(sheet, matrix: Matrix, style: Styles) -> None:
    sheet.write_row(0, 0, [_("Owed to"), *(label for _code, label in matrix.parties), _("Net (¥)")],
                    style.head)  # fmt: skip
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(matrix.parties) + 1, 16)
    for line, (code, label) in enumerate(matrix.parties, start=1):
        sheet.write(line, 0, label)
        for column, (other, _label) in enumerate(matrix.parties, start=1):
            if fen := matrix.cells.get((code, other), 0):
                sheet.write_number(line, column, fen / 100, style.money)
        sheet.write_number(line, len(matrix.parties) + 1, matrix.net(code) / 100, style.total)
