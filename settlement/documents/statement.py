"""An institution's statement of a month on paper, A4, in the language of the reader."""

from datetime import datetime

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from fulfillment.documents import paper
from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import display, yuan
from settlement.queries.monthly import Monthly

LEFT, RIGHT, TOP, BOTTOM, STEP = 18, 192, 282, 22, 6.2
FIRST_ROW, LATER_ROW = 238, 262
MOST = 44  # characters of a name on a line


def statement_pdf(found: Monthly, *, now: datetime) -> bytes:
    """The whole statement; the same figures give the same bytes at the same instant."""
    sheet, buffer = paper.canvas(A4)
    sheet.setTitle(f"{_('Statement')} {found.code} {found.month:%Y-%m}")
    pages = _pages(_rows(found))
    for number, rows in enumerate(pages):
        _head(sheet, found, now, is_first=number == 0)
        y = FIRST_ROW if number == 0 else LATER_ROW
        for row in rows:
            _row(sheet, y, *row)
            y -= STEP
        paper.text(sheet, 8, LEFT, 12, _("Amounts in yuan, in your favour when positive."))
        paper.text_right(sheet, 8, RIGHT, 12, f"{number + 1} / {len(pages)}")
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _rows(found: Monthly) -> list[tuple]:
    """(style, left, middle, right) of everything below the head; style: head, line or sum."""
    rows = [
        ("head", _("Day"), _("What"), "¥"),
        ("sum", found.month.isoformat(), _("Opening balance"), found.opening),
    ]
    rows += [("line", line.day.isoformat(), line.label, line.fen) for line in found.lines]
    rows += [("sum", found.last.isoformat(), _("Closing balance, carried to the next month"), found.closing)]
    rows += [("gap", "", "", ""), ("head", "", _("By kind"), "¥")]
    rows += [("line", "", label, fen) for label, fen in found.kinds]
    rows += [("sum", "", _("Movement of the month"), found.moved)]
    if found.transfers:
        rows += [("gap", "", "", ""), ("head", _("Day"), _("Fund transfers"), "¥")]
        for one in found.transfers:
            words = f"{one.get_direction_display()} {one.reference} · {one.get_state_display()}"
            rows.append(("line", one.business_date.isoformat(), words, one.amount_fen))
    rows += [("gap", "", "", ""), ("head", "", _("Closing balance by account"), "¥")]
    rows += [("line", "", label, after) for label, _before, after in found.accounts]
    return rows


def _pages(rows: list[tuple]) -> list[list[tuple]]:
    """Rows by page: fewer on the first, below its head."""
    first, later = (int((top - BOTTOM) / STEP) for top in (FIRST_ROW, LATER_ROW))
    rest = rows[first:]
    return [rows[:first], *(rest[start : start + later] for start in range(0, len(rest), later))]


def _head(sheet: Canvas, found: Monthly, now: datetime, *, is_first: bool) -> None:
    paper.text(sheet, 16 if is_first else 10, LEFT, TOP, f"{_('Settlement statement')} {found.month:%Y-%m}")
    if not is_first:
        paper.text_right(sheet, 10, RIGHT, TOP, found.code)
        return
    paper.text(sheet, 12, LEFT, 272, found.name[:MOST])
    paper.text(sheet, 9, LEFT, 266, f"{_('Institution')} {found.code}")
    paper.text(sheet, 9, LEFT, 260, f"{found.month.isoformat()} – {found.last.isoformat()}")
    made = now.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    paper.text_right(sheet, 9, RIGHT, 272, f"{_('Made')} {made}")
    state = _("All days closed: final") if found.is_final else _("Not all days are closed yet: provisional")
    paper.text_right(sheet, 9, RIGHT, 266, state)
    paper.text(sheet, 11, LEFT, 250, f"{_('Opening balance')} {display(found.opening)}")
    paper.text(sheet, 11, 84, 250, f"{_('Movement')} {display(found.moved)}")
    paper.text_right(sheet, 11, RIGHT, 250, f"{_('Closing balance')} {display(found.closing)}")


def _row(sheet: Canvas, y: float, style: str, left: str, middle: str, right) -> None:
    if style == "gap":
        return
    size = 9 if style == "line" else 10
    paper.text(sheet, size, LEFT, y, left)
    paper.text(sheet, size, LEFT + 28, y, middle[: 2 * MOST])
    paper.text_right(sheet, size, RIGHT, y, f"{yuan(right):,.2f}" if isinstance(right, int) else right)
    if style != "line":
        sheet.setLineWidth(0.4)
        sheet.line(LEFT * mm, (y - 1.6) * mm, RIGHT * mm, (y - 1.6) * mm)
