"""A comparison as a file: the orders that change stream as CSV, the parties' sums as a workbook."""

import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines, workbook
from settlement.models import Role, RuleComparison

from .rules import Party
from .sheets import styles, write_sum

ORDER_HEADER = ("order", "business_day", "party", "institution", "before", "after", "difference")


@csv_lines
def orders_csv(rows) -> Iterator[tuple]:
    """Amounts in yuan."""
    yield ORDER_HEADER
    for row in rows.iterator(chunk_size=2000):
        code = row.institution.code if row.institution else ""
        amounts = (yuan(row.before_fen), yuan(row.after_fen), yuan(row.after_fen - row.before_fen))
        yield (row.reference, row.business_date.isoformat(), row.role, code, *amounts)


def parties_xlsx(found: RuleComparison, parties: Iterable[Party]) -> bytes:
    """Differences and totals are formulas over the rows."""
    out = io.BytesIO()
    with workbook(out, in_memory=True) as book:
        sheet, style = book.add_worksheet(_("Comparison")), styles(book)
        heads = [
            _("Party"),
            _("Institution"),
            _("Before (¥)"),
            _("After (¥)"),
            _("Difference (¥)"),
            _("Orders"),
        ]
        sheet.write_row(0, 0, [*heads, f"{found.begin} – {found.end}"], style.head)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 5, 20)
        last, parties = 1, list(parties)
        for last, one in enumerate(parties, start=2):
            sheet.write_row(last - 1, 0, (str(Role(one.role).label), one.label))
            sheet.write_number(last - 1, 2, one.before / 100, style.money)
            sheet.write_number(last - 1, 3, one.after / 100, style.money)
            sheet.write_formula(last - 1, 4, f"=D{last}-C{last}", style.money, one.difference / 100)
            sheet.write_number(last - 1, 5, one.orders)
        for column, name in enumerate(("before", "after", "difference"), start=2):
            write_sum(sheet, last, column, style.total, sum(getattr(one, name) for one in parties) / 100)
    return out.getvalue()
