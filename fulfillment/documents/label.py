"""Parcel labels, 100 × 150 mm: carrier, sender, receiver, what to collect, Code 128 and QR of the code."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from fulfillment.documents import paper
from fulfillment.queries.papers import LabelFacts
from omnichannel.kernel import clock
from omnichannel.kernel.money import display
from omnichannel.kernel.secrets import mask_tail

WIDTH, HEIGHT = 100, 150
MARGIN = 5
RIGHT = WIDTH - MARGIN


def label(facts: LabelFacts, *, number: int = 1) -> bytes:
    """The label of one parcel; a copy says which print it is, so that two on one wall are noticed."""
    sheet, buffer = paper.canvas((WIDTH * mm, HEIGHT * mm))
    _head(sheet, facts, number)
    _receiver(sheet, facts)
    _to_do(sheet, facts)
    paper.barcode(sheet, facts.code, x_mm=MARGIN, y_mm=27, width_mm=WIDTH - 2 * MARGIN, height_mm=19)
    sheet.setFont(paper.FONT, 12)
    sheet.drawCentredString(WIDTH / 2 * mm, 22 * mm, facts.code)
    _sender(sheet, facts)
    sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _rule(sheet: Canvas, y_mm: float) -> None:
    sheet.line(MARGIN * mm, y_mm * mm, RIGHT * mm, y_mm * mm)


def _head(sheet: Canvas, facts: LabelFacts, number: int) -> None:
    """Who takes it, through which hub, with which wave, when."""
    carrier = "到店自提 PICK-UP" if facts.is_pickup else facts.carrier or "承运待定 carrier open"
    paper.text(sheet, 19, MARGIN, 139, paper.pieces(carrier, 12, 1)[0])
    if number > 1:
        paper.text_right(sheet, 8, RIGHT, 146, f"第 {number} 次打印 · print {number}")
    if facts.via and facts.via != carrier:
        paper.text_right(sheet, 11, RIGHT, 140, f"经 via {facts.via}")
    elif facts.via:
        paper.text_right(sheet, 11, RIGHT, 140, "枢纽 hub")
    leaves = facts.departs.astimezone(clock.SHANGHAI).strftime("%m-%d %H:%M") if facts.departs else ""
    told = [f"波次 wave {facts.wave}" if facts.wave else "", f"发车 departs {leaves}" if leaves else ""]
    paper.text(sheet, 10, MARGIN, 133.5, "   ".join(part for part in told if part))
    _rule(sheet, 131)


def _receiver(sheet: Canvas, facts: LabelFacts) -> None:
    paper.text(sheet, 9, MARGIN, 126, "收件人 To")
    paper.text(sheet, 24, MARGIN, 116, facts.name or "—")
    paper.text_right(sheet, 13, RIGHT, 117, mask_tail(facts.phone) if facts.phone else "")
    if facts.is_pickup:
        paper.text(sheet, 15, MARGIN, 107, paper.pieces(facts.sender, 18, 1)[0])
        for row, part in enumerate(paper.pieces(facts.sender_address, 22, 2)):
            paper.text(sheet, 12, MARGIN, 100 - row * 6, part)
    else:
        paper.text(sheet, 15, MARGIN, 107, facts.place)
        for row, part in enumerate(paper.pieces(facts.street, 22, 3)):
            paper.text(sheet, 12, MARGIN, 100 - row * 6, part)
    _rule(sheet, 84)


def _to_do(sheet: Canvas, facts: LabelFacts) -> None:
    """Weight, money, identity: what hands have to know."""
    measured = "实重 weighed" if facts.is_measured else "预计 expected"
    paper.text(sheet, 9, MARGIN, 79, measured)
    paper.text(sheet, 16, MARGIN, 72, f"{facts.weight_g:,} g")
    if facts.cod_fen:
        paper.text(sheet, 9, MARGIN, 66, "代收货款 COD")
        paper.text(sheet, 20, MARGIN, 58, display(facts.cod_fen))
    if facts.needs_identity:
        sheet.rect(MARGIN * mm, 48.5 * mm, 46 * mm, 7 * mm, stroke=0, fill=1)
        sheet.setFillGray(1)
        paper.text(sheet, 11, MARGIN + 2, 50.5, "核验身份证 ID CHECK")
        sheet.setFillGray(0)
    paper.qr(sheet, facts.code, x_mm=RIGHT - 33, y_mm=48.5, size_mm=33)


def _sender(sheet: Canvas, facts: LabelFacts) -> None:
    _rule(sheet, 19)
    phone = f" · {facts.sender_phone}" if facts.sender_phone else ""
    paper.text(sheet, 9, MARGIN, 14, f"寄件 From {facts.sender}{phone}")
    for row, part in enumerate(paper.pieces(facts.sender_address, 30, 2)):
        paper.text(sheet, 8, MARGIN, 9.5 - row * 4, part)
