"""Prepaid cards outstanding as a workbook: by state, and the account's history."""

import io

from django.utils.translation import gettext as _

from omnichannel.kernel.tables import workbook

from .prepaid_cards import CardLiability, Month
from .sheets import months_sheet, styles


def cards_xlsx(owed: CardLiability, history: list[Month], labels: dict[str, str]) -> bytes:
    """labels: what a card's state is called."""
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet, style = book.add_worksheet(_("By state")), styles(book)
        sheet.set_column(0, 2, 22)
        sheet.write_row(0, 0, [_("State"), _("Cards"), _("Balance")], style.head)
        rows = [(labels[state], count, fen) for state, count, fen in owed.states]
        books = owed.books
        rows += [(_("Refunds of sales under way"), None, books.under_way_fen)]
        rows += [(_("In the ledger"), None, books.ledger_fen), (_("Difference"), None, books.difference_fen)]
        for place, (label, count, fen) in enumerate(rows, start=1):
            sheet.write(place, 0, label)
            if count is not None:
                sheet.write_number(place, 1, count)
            sheet.write_number(place, 2, fen / 100, style.money)
        heads = [
            _("Opening"),
            _("Sold and reloaded"),
            _("Paid with"),
            _("Sales refunded"),
            _("Corrected"),
            _("Closing"),
        ]
        months = (
            (one.month, (one.opening, one.sold, one.spent, one.refunded, one.corrected, one.closing))
            for one in history
        )
        months_sheet(book, heads, months, style)
    return out.getvalue()
