"""A wave on paper, along the bins: for the day when the tablets are dark. A4, twenty-four lines a page."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from fulfillment.documents import paper
from fulfillment.models import Wave
from fulfillment.queries.waves import PickRow
from omnichannel.kernel import clock

ROWS = 24


def pick_list(wave: Wave, rows: list[PickRow]) -> bytes:
    sheet, buffer = paper.canvas(A4)
    pages = [rows[start : start + ROWS] for start in range(0, max(1, len(rows)), ROWS)]
    for number, part in enumerate(pages, start=1):
        _page(sheet, wave, part, f"{number} / {len(pages)}")
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _page(sheet: Canvas, wave: Wave, rows: list[PickRow], page: str) -> None:
    leaves = wave.cut_off.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    courier = wave.courier.name if wave.courier else ""
    paper.text(sheet, 16, 12, 282, f"拣货单 Pick list {wave.code}")
    paper.text(sheet, 11, 12, 275, f"{wave.location.name} · {courier} · 发车 leaves {leaves}")
    paper.barcode(sheet, wave.code, x_mm=140, y_mm=272, width_mm=58, height_mm=14)
    for x, words in (
        (12, "货位 bin"),
        (36, "商品 goods"),
        (128, "数量"),
        (146, "格 slot"),
        (164, "包裹 parcel"),
    ):
        paper.text(sheet, 9, x, 264, words)
    sheet.line(12 * mm, 262 * mm, 198 * mm, 262 * mm)
    for number, row in enumerate(rows):
        _row(sheet, row, 253 - number * 10)
    paper.text_right(sheet, 9, 198, 12, page)


def _row(sheet: Canvas, row: PickRow, y: float) -> None:
    paper.text(sheet, 14, 12, y, row.bin or "—")
    paper.text(sheet, 11, 36, y + 2, paper.pieces(row.name, 30, 1)[0] if row.name else row.sku)
    paper.text(sheet, 8, 36, y - 2, row.sku)
    paper.text(sheet, 14, 128, y, f"{row.units}")
    paper.text(sheet, 14, 146, y, f"{row.slot}")
    paper.text(sheet, 8, 164, y + 2, row.parcel)
    if row.state != "todo":
        paper.text(sheet, 8, 164, y - 2, {"picked": "已拣 picked", "short": "缺货 short"}[row.state])
    else:
        sheet.rect(192 * mm, (y - 1) * mm, 5 * mm, 5 * mm)
    sheet.setLineWidth(0.2)
    sheet.line(12 * mm, (y - 4) * mm, 198 * mm, (y - 4) * mm)
