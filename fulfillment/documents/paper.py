"""What all printed papers share: the font, text by millimetres, barcodes."""

import io

import segno
from reportlab.graphics.barcode import code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # every PDF reader brings it; Chinese and Latin
QUIET_MODULES = 10  # blank modules on either side of a Code 128, ISO/IEC 15417


def canvas(size) -> tuple[Canvas, io.BytesIO]:
    """A new paper and the place its bytes go to; the same content gives the same bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    return Canvas(buffer, pagesize=size, invariant=True), buffer


def text(sheet: Canvas, size: int, x_mm: float, y_mm: float, words: str) -> None:
    sheet.setFont(FONT, size)
    sheet.drawString(x_mm * mm, y_mm * mm, words)


def text_right(sheet: Canvas, size: int, x_mm: float, y_mm: float, words: str) -> None:
    sheet.setFont(FONT, size)
    sheet.drawRightString(x_mm * mm, y_mm * mm, words)


def pieces(words: str, length: int, most: int) -> list[str]:
    """The words in at most so many lines of so many characters; what does not fit ends with …"""
    lines = [words[start : start + length] for start in range(0, len(words), length)]
    if len(lines) > most:
        return [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return lines


def barcode(sheet: Canvas, code: str, *, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> None:
    """Code 128 centred in the width, made narrower until it and its quiet zones fit."""
    module = 0.5 * mm
    bars = code128.Code128(code, barHeight=height_mm * mm, barWidth=module, quiet=False)
    needed = bars.width + 2 * QUIET_MODULES * module
    if needed > width_mm * mm:
        module *= width_mm * mm / needed
        bars = code128.Code128(code, barHeight=height_mm * mm, barWidth=module, quiet=False)
    bars.drawOn(sheet, x_mm * mm + (width_mm * mm - bars.width) / 2, y_mm * mm)


def qr(sheet: Canvas, code: str, *, x_mm: float, y_mm: float, size_mm: float) -> None:
    """The same code for readers of the square kind, four blank modules around it."""
    modules = list(segno.make(code, error="m", micro=False).matrix_iter(border=4))
    side = size_mm * mm / len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                y = y_mm * mm + (len(modules) - 1 - row) * side
                sheet.rect(x_mm * mm + column * side, y, side, side, stroke=0, fill=1)
