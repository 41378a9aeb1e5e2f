"""Signs for the sorting wall: a slot's name to read from two metres, and its barcode. A4, eight a page."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from fulfillment.documents import paper

ACROSS, DOWN = 2, 4
WIDTH, HEIGHT = 105, 74


def slot_signs(codes: list[str]) -> bytes:
    sheet, buffer = paper.canvas(A4)
    for start in range(0, max(1, len(codes)), ACROSS * DOWN):
        for place, code in enumerate(codes[start : start + ACROSS * DOWN]):
            x, y = place % ACROSS * WIDTH, 297 - (place // ACROSS + 1) * HEIGHT
            sheet.setFont(paper.FONT, 80)
            sheet.drawCentredString((x + WIDTH / 2) * mm, (y + 36) * mm, code)
            paper.barcode(sheet, code, x_mm=x + 20, y_mm=y + 8, width_mm=WIDTH - 40, height_mm=18)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()
