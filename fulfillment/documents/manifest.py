"""The list that courier and location sign, A4, thirty-eight parcels a page."""

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fulfillment.documents import paper
from fulfillment.models import Manifest
from omnichannel.kernel import clock

ROWS = 38


def manifest_sheet(manifest: Manifest, codes: list[str], left_behind: list[str] = ()) -> bytes:
    """`codes` went with the courier, `left_behind` should have and were not there."""
    sheet, buffer = paper.canvas(A4)
    pages = [codes[start : start + ROWS] for start in range(0, max(1, len(codes)), ROWS)]
    for number, part in enumerate(pages):
        _page(sheet, manifest, part, number, len(pages))
        sheet.showPage()
    if left_behind:
        _missing_page(sheet, manifest, left_behind)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _head(sheet: Canvas, manifest: Manifest, title: str) -> None:
    when = manifest.opened_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    paper.text(sheet, 16, 12, 282, f"{title} {manifest.code}")
    paper.text(sheet, 11, 12, 275, f"{manifest.location.name} → {manifest.courier.name} · {when}")
    paper.text(sheet, 11, 12, 269, f"{manifest.parcels} 件 parcels")
    paper.barcode(sheet, manifest.code, x_mm=140, y_mm=270, width_mm=58, height_mm=14)


def _page(sheet: Canvas, manifest: Manifest, codes: list[str], number: int, pages: int) -> None:
    _head(sheet, manifest, "交接清单 Manifest")
    for row, code in enumerate(codes):
        paper.text(sheet, 10, 12, 260 - row * 6, f"{number * ROWS + row + 1:>4}   {code}")
    paper.text(sheet, 11, 12, 14, "交付人 Handed over: ____________    接收人 Received: ____________")
    paper.text_right(sheet, 9, 198, 14, f"{number + 1} / {pages}")


def _missing_page(sheet: Canvas, manifest: Manifest, codes: list[str]) -> None:
    _head(sheet, manifest, "未交接包裹 Left behind")
    for row, code in enumerate(codes[:ROWS]):
        paper.text(sheet, 10, 12, 260 - row * 6, f"{row + 1:>4}   {code}")
    if len(codes) > ROWS:
        paper.text(sheet, 10, 12, 260 - ROWS * 6, f"… + {len(codes) - ROWS}")
