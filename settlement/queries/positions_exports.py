"""A day's positions and its bilateral matrix as files."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan

from .exports import BOM, _Echo, channel_label
from .positions import Matrix, Position

HEADER = ("code", "name", "channel", "net", "brought", "carried", "transfer", "reference")


def positions_csv(rows: list[Position], matrix: Matrix) -> Iterator[str]:
    """Positions by channel, then one line an institution, then the matrix; amounts in yuan."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(HEADER)
    for row in rows:
        for channel, fen in sorted(row.channels.items()):
            yield writer.writerow((row.code, row.label, channel, yuan(fen), "", "", "", ""))
        yield writer.writerow(
            (row.code, row.label, "*", yuan(row.net), yuan(row.brought), yuan(row.carried), yuan(row.paid),
             row.transfer)
        )  # fmt: skip
    yield writer.writerow(("TOTAL", "", "*", yuan(sum(row.net for row in rows)), "", "", "", ""))
    yield writer.writerow(())
    yield writer.writerow(("owed", "owing", "amount"))
    for (owed, owing), fen in sorted(matrix.cells.items()):
        yield writer.writerow((owed or "HOUSE", owing or "HOUSE", yuan(fen)))


def positions_xlsx(rows: list[Position], matrix: Matrix, *, day: date) -> bytes:
    """Two sheets whose sums are formulas over their own rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "money": book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"}),
            "sum": book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00", "bold": True, "top": 1}),
        }
        _positions_sheet(book.add_worksheet(str(_("Positions"))[:31]), rows, styles)
        _matrix_sheet(book.add_worksheet(str(_("Who owes whom"))[:31]), matrix, styles)
    return out.getvalue()


def _positions_sheet(sheet, rows: list[Position], styles: dict) -> None:
    heads = [_("Institution"), _("Code"), _("Channel"), _("Net (¥)"), _("of it carried to this day (¥)"),
             _("Carried on (¥)"), _("Transfer (¥)"), _("Reference")]  # fmt: skip
    sheet.write_row(0, 0, heads, styles["head"])
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 7, 18)
    line = 1
    for row in rows:
        for channel, fen in sorted(row.channels.items()):
            sheet.write_row(line, 0, (row.label, row.code, channel_label(channel)))
            sheet.write_number(line, 3, fen / 100, styles["money"])
            line += 1
        for column, fen in ((4, row.brought), (5, row.carried), (6, row.paid)):
            sheet.write_number(line - 1, column, fen / 100, styles["money"])
        sheet.write(line - 1, 7, row.transfer)
    sheet.write(line, 0, _("Sum"), styles["head"])
    total = sum(row.net for row in rows) / 100
    sheet.write_formula(line, 3, f"=SUM(D2:D{line})", styles["sum"], total)


def _matrix_sheet(sheet, matrix: Matrix, styles: dict) -> None:
    sheet.write_row(0, 0, [_("Owed to"), *(label for _code, label in matrix.parties), _("Net (¥)")],
                    styles["head"])  # fmt: skip
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(matrix.parties) + 1, 16)
    for line, (code, label) in enumerate(matrix.parties, start=1):
        sheet.write(line, 0, label)
        for column, (other, _label) in enumerate(matrix.parties, start=1):
            if fen := matrix.cells.get((code, other), 0):
                sheet.write_number(line, column, fen / 100, styles["money"])
        sheet.write_number(line, len(matrix.parties) + 1, matrix.net(code) / 100, styles["sum"])
