"""Points owed as a workbook: by month of expiry, and the account's history."""

import io

from django.utils.translation import gettext as _

from omnichannel.kernel.tables import workbook

from .points import Month, PointsLiability
from .sheets import months_sheet, styles, write_sum


def points_xlsx(owed: PointsLiability, history: list[Month]) -> bytes:
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet, style = book.add_worksheet(_("By month of expiry")), styles(book)
        sheet.set_column(0, 4, 18)
        sheet.write_row(0, 0, [_("Month of expiry"), _("Points"), _("Worth")], style.head)
        row = 0
        for row, (month, points, fen) in enumerate(owed.months, start=1):
            sheet.write_row(row, 0, [f"{month:%Y-%m}", points])
            sheet.write_number(row, 2, fen / 100, style.money)
        sheet.write(row + 1, 0, _("Sum"), style.head)
        write_sum(sheet, row + 1, 1, style.head, owed.points)
        write_sum(sheet, row + 1, 2, style.total, owed.lots_fen / 100)
        for place, (label, fen) in enumerate(
            ((_("In the ledger"), owed.ledger_fen), (_("Difference"), owed.difference_fen)), start=row + 2
        ):
            sheet.write(place, 0, label)
            sheet.write_number(place, 2, fen / 100, style.money)
        heads = [_("Opening"), _("Given"), _("Spent, lapsed, taken back"), _("Closing")]
        months = ((one.month, (one.opening, one.given, one.used, one.closing)) for one in history)
        months_sheet(book, heads, months, style)
    return out.getvalue()
