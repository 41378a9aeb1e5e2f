"""Parcel labels (100 × 150 mm) and manifests (A4) as PDF."""

import io

from reportlab.graphics.barcode import code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from fulfillment.models import FulfillmentOrder, Manifest
from omnichannel.kernel import clock
from omnichannel.kernel.money import display
from omnichannel.kernel.secrets import mask_tail

FONT = "STSong-Light"  # every PDF reader brings it; Chinese and Latin
WIDTH, HEIGHT = 100 * mm, 150 * mm
MARGIN = 6 * mm


def _canvas(size) -> tuple[Canvas, io.BytesIO]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    return Canvas(buffer, pagesize=size, invariant=True), buffer


def label(fo: FulfillmentOrder, *, courier: str = "") -> bytes:
    """The label of one parcel: courier, receiver, barcode, what to collect."""
    sheet, buffer = _canvas((WIDTH, HEIGHT))
    receiver = fo.demand.wish["destination"] or {}
    _text(sheet, 20, 138, courier or fo.location.name)
    sheet.line(MARGIN, 133 * mm, WIDTH - MARGIN, 133 * mm)
    _text(sheet, 26, 121, receiver.get("name", ""))
    _text(sheet, 13, 113, mask_tail(receiver.get("phone", "")))
    _text(sheet, 16, 103, " ".join(receiver.get(part, "") for part in ("province", "city", "district")))
    for row, part in enumerate(_pieces(receiver.get("street", ""), 20)):
        _text(sheet, 13, 96 - row * 6, part)
    if fo.cod_fen:
        _text(sheet, 20, 72, f"代收 COD {display(fo.cod_fen)}")
    if fo.needs_identity:
        _text(sheet, 14, 63, "需核验身份证 · ID check at the door")
    _barcode(sheet, fo.code)
    _text(sheet, 9, 8, f"{fo.location.name} · {fo.weight_g} g")
    sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _text(sheet: Canvas, size: int, y_mm: float, text: str) -> None:
    sheet.setFont(FONT, size)
    sheet.drawString(MARGIN, y_mm * mm, text)


def _pieces(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)][:3]


def _barcode(sheet: Canvas, code: str) -> None:
    """Code 128, made narrower until it fits the width of the label."""
    bars = code128.Code128(code, barHeight=28 * mm, barWidth=0.5 * mm)
    room = WIDTH - 2 * MARGIN
    if bars.width > room:
        bars = code128.Code128(code, barHeight=28 * mm, barWidth=0.5 * mm * room / bars.width)
    bars.drawOn(sheet, (WIDTH - bars.width) / 2, 24 * mm)
    sheet.setFont(FONT, 12)
    sheet.drawCentredString(WIDTH / 2, 18 * mm, code)


def manifest_sheet(manifest: Manifest, codes: list[str]) -> bytes:
    """The list that courier and location sign, forty parcels a page."""
    sheet, buffer = _canvas(A4)
    for start in range(0, max(1, len(codes)), 40):
        _manifest_page(sheet, manifest, codes[start : start + 40], start)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _manifest_page(sheet: Canvas, manifest: Manifest, codes: list[str], start: int) -> None:
    when = manifest.opened_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    _text(sheet, 16, 280, f"交接清单 Manifest {manifest.code}")
    _text(sheet, 11, 273, f"{manifest.location.name} → {manifest.courier.name} · {when} · {manifest.parcels}")
    for row, code in enumerate(codes):
        _text(sheet, 10, 264 - row * 6, f"{start + row + 1:>4}   {code}")
    _text(sheet, 11, 14, "交付人 Handed over: ____________    接收人 Received: ____________")
