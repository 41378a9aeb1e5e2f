"""Parcel labels, 100 × 150 mm: courier, receiver, what to collect, Code 128 and QR of the parcel's code."""

from reportlab.lib.units import mm

from fulfillment.documents import paper
from fulfillment.models import FulfillmentOrder
from omnichannel.kernel.money import display
from omnichannel.kernel.secrets import mask_tail

WIDTH, HEIGHT = 100, 150
MARGIN = 6


def label(fo: FulfillmentOrder, *, courier: str = "", number: int = 1) -> bytes:
    """The label of one parcel; a copy says which print it is, so that two on one wall are noticed."""
    sheet, buffer = paper.canvas((WIDTH * mm, HEIGHT * mm))
    receiver = fo.demand.wish["destination"] or {}
    paper.text(sheet, 20, MARGIN, 138, courier or fo.location.name)
    if number > 1:
        paper.text_right(sheet, 11, WIDTH - MARGIN, 138, f"第 {number} 次打印 · print {number}")
    sheet.line(MARGIN * mm, 133 * mm, (WIDTH - MARGIN) * mm, 133 * mm)
    paper.text(sheet, 26, MARGIN, 121, receiver.get("name", ""))
    paper.text(sheet, 13, MARGIN, 113, mask_tail(receiver.get("phone", "")))
    place = " ".join(receiver.get(part, "") for part in ("province", "city", "district"))
    paper.text(sheet, 16, MARGIN, 103, place)
    for row, part in enumerate(paper.pieces(receiver.get("street", ""), 20, 3)):
        paper.text(sheet, 13, MARGIN, 96 - row * 6, part)
    if fo.cod_fen:
        paper.text(sheet, 11, MARGIN, 76, "代收 COD")
        paper.text(sheet, 22, MARGIN, 67, display(fo.cod_fen))
    if fo.needs_identity:
        paper.text(sheet, 11, MARGIN, 58, "需核验身份证")
        paper.text(sheet, 9, MARGIN, 53, "ID check at the door")
    paper.qr(sheet, fo.code, x_mm=WIDTH - MARGIN - 30, y_mm=50, size_mm=30)
    paper.barcode(sheet, fo.code, x_mm=MARGIN, y_mm=24, width_mm=WIDTH - 2 * MARGIN, height_mm=24)
    sheet.setFont(paper.FONT, 12)
    sheet.drawCentredString(WIDTH / 2 * mm, 18 * mm, fo.code)
    paper.text(sheet, 9, MARGIN, 8, f"{fo.location.name} · {fo.weight_g} g")
    sheet.showPage()
    sheet.save()
    return buffer.getvalue()
