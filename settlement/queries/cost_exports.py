"""The report of channel costs as a workbook; unit costs are formulas over its own cells."""

import io

from django.utils.translation import gettext as _

from omnichannel.kernel.tables import workbook

from .costs import DIMENSIONS, KINDS, Asked, Line, Report
from .sheets import styles


def costs_xlsx(asked: Asked, found: Report) -> bytes:
    """A row per group and the total over all: sum of costs by sum of transactions."""
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet = book.add_worksheet(f"{asked.begin:%Y-%m} {asked.end:%Y-%m}")
        style = styles(book)
        count = book.add_format({"num_format": "#,##0"})
        groups = [str(DIMENSIONS[name]) for name in asked.groups]
        heads = [*groups, *map(str, KINDS.values()), _("Cost"), _("Transactions"), _("Queries"),
                 _("Unit cost"), _("Unit cost with queries")]  # fmt: skip
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.freeze_panes(1, len(groups))
        sheet.write_row(0, 0, heads, style.head)
        lines = [*found.lines, found.total]
        for number, line in enumerate(lines, start=1):
            labels = line.labels or (_("Total"), *[""] * (len(groups) - 1))
            _row(sheet, number, labels, line, style.money, count)
    return out.getvalue()


def _row(sheet, number: int, labels: tuple, line: Line, money, count) -> None:
    sheet.write_row(number, 0, labels)
    column = len(labels)
    for place, fen in enumerate((*line.costs.values(), line.cost), start=column):
        sheet.write_number(number, place, fen / 100, money)
    cost, figures = column + len(line.costs), (line.transactions, line.queries)
    for place, figure in enumerate(figures, start=cost + 1):
        sheet.write_number(number, place, figure, count)
    c, t, q = (f"{chr(ord('A') + cost + n)}{number + 1}" for n in range(3))
    for place, below, fen in (
        (cost + 3, t, line.unit_fen),
        (cost + 4, f"({t}+{q})", line.unit_with_queries_fen),
    ):
        sheet.write_formula(number, place, f'=IF({below}=0,"",{c}/{below})', money, (fen or 0) / 100)
