"""A comparison as a file: the orders that change stream as CSV, the parties' sums as a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from settlement.models import Role, RuleComparison

from .exports import BOM, _Echo
from .rules import Party

ORDER_HEADER = ("order", "business_day", "party", "institution", "before", "after", "difference")


def orders_csv(rows) -> Iterator[str]:
    """Amounts in yuan."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(ORDER_HEADER)
    for row in rows.iterator(chunk_size=2000):
        code = row.institution.code if row.institution else ""
        amounts = (yuan(row.before_fen), yuan(row.after_fen), yuan(row.after_fen - row.before_fen))
        yield writer.writerow((row.reference, row.business_date.isoformat(), row.role, code, *amounts))


def parties_xlsx(found: RuleComparison, parties: Iterable[Party]) -> bytes:
    """Differences and totals are formulas over the rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Comparison"))
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        total = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00", "bold": True, "top": 1})
        heads = [
            _("Party"),
            _("Institution"),
            _("Before (¥)"),
            _("After (¥)"),
            _("Difference (¥)"),
            _("Orders"),
        ]
        sheet.write_row(0, 0, [*heads, f"{found.begin} – {found.end}"], bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 5, 20)
        last = 1
        for last, one in enumerate(parties, start=2):
            sheet.write_row(last - 1, 0, (str(Role(one.role).label), one.label))
            sheet.write_number(last - 1, 2, one.before / 100, money)
            sheet.write_number(last - 1, 3, one.after / 100, money)
            sheet.write_formula(last - 1, 4, f"=D{last}-C{last}", money, one.difference / 100)
            sheet.write_number(last - 1, 5, one.orders)
        for column in (2, 3, 4):
            letter = chr(ord("A") + column)
            sheet.write_formula(last, column, f"=SUM({letter}2:{letter}{last})", total)
    return out.getvalue()
