"""The list that courier and location sign, A4, thirty-six parcels a page, with sums."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from fulfillment.documents import paper
from fulfillment.models import Manifest
from fulfillment.queries.papers import ManifestRow
from omnichannel.kernel import clock
from omnichannel.kernel.money import display

ROWS = 36
COLUMNS = ((12, "序 #"), (22, "包裹 parcel"), (76, "目的地 place"))
WEIGHT, MONEY, IDENTITY = 148, 178, 182


def manifest_sheet(manifest: Manifest, rows: list[ManifestRow], left_behind: list[ManifestRow] = ()) -> bytes:
    """`rows` went with the courier, `left_behind` should have and were not there."""
    sheet, buffer = paper.canvas(A4)
    pages = [rows[start : start + ROWS] for start in range(0, max(1, len(rows)), ROWS)]
    for number, part in enumerate(pages):
        _head(sheet, manifest, "交接清单 Manifest")
        _table(sheet, part, number * ROWS)
        if number + 1 == len(pages):
            _sums(sheet, rows)
        _signatures(sheet, manifest)
        paper.text_right(sheet, 9, 198, 7.5, f"{number + 1} / {len(pages)}")
        sheet.showPage()
    if left_behind:
        _missing_page(sheet, manifest, list(left_behind))
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _head(sheet: Canvas, manifest: Manifest, title: str) -> None:
    when = manifest.opened_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    paper.text(sheet, 16, 12, 282, f"{title} {manifest.code}")
    paper.text(sheet, 11, 12, 275, f"{manifest.location.name} → {manifest.courier.name} · {when}")
    paper.text(sheet, 11, 12, 269, f"{manifest.parcels} 件 parcels")
    paper.barcode(sheet, manifest.code, x_mm=140, y_mm=270, width_mm=58, height_mm=14)


def _table(sheet: Canvas, rows: list[ManifestRow], before: int) -> None:
    for x, words in COLUMNS:
        paper.text(sheet, 9, x, 261, words)
    paper.text_right(sheet, 9, WEIGHT, 261, "重量 g")
    paper.text_right(sheet, 9, MONEY, 261, "代收 COD")
    paper.text(sheet, 9, IDENTITY, 261, "证件 ID")
    sheet.setLineWidth(0.3)
    sheet.line(12 * mm, 259 * mm, 198 * mm, 259 * mm)
    for number, row in enumerate(rows):
        _row(sheet, row, before + number + 1, 253.5 - number * 6)


def _row(sheet: Canvas, row: ManifestRow, number: int, y_mm: float) -> None:
    paper.text(sheet, 9, 12, y_mm, f"{number}")
    paper.text(sheet, 10, 22, y_mm, row.code)
    paper.text(sheet, 10, 76, y_mm, paper.pieces(row.place, 15, 1)[0] if row.place else "")
    paper.text_right(sheet, 10, WEIGHT, y_mm, f"{row.weight_g:,}" + ("" if row.is_measured else " *"))
    paper.text_right(sheet, 10, MONEY, y_mm, display(row.cod_fen) if row.cod_fen else "")
    paper.text(sheet, 10, IDENTITY, y_mm, "核验 ID" if row.needs_identity else "")


def _sums(sheet: Canvas, rows: list[ManifestRow]) -> None:
    sheet.line(12 * mm, 36 * mm, 198 * mm, 36 * mm)
    paper.text(sheet, 10, 12, 31, f"合计 total  {len(rows)} 件 parcels")
    paper.text_right(sheet, 10, WEIGHT, 31, f"{sum(row.weight_g for row in rows):,}")
    paper.text_right(sheet, 10, MONEY, 31, display(sum(row.cod_fen for row in rows)))
    paper.text(sheet, 10, IDENTITY, 31, f"{sum(row.needs_identity for row in rows)}")
    if not all(row.is_measured for row in rows):
        paper.text(sheet, 8, 12, 26.5, "* 未称重，为预计重量 not weighed: expected weight")


def _signatures(sheet: Canvas, manifest: Manifest) -> None:
    paper.text(sheet, 10, 12, 20, f"交付人 Handed over by: {manifest.handed_over_by}")
    paper.text(sheet, 10, 110, 20, f"承运方接收人 Received by: {manifest.received_by}")
    paper.text(sheet, 10, 12, 13.5, "签字 Signature: ____________________")
    paper.text(sheet, 10, 110, 13.5, "签字 Signature: ____________________")
    if manifest.closed_at:
        signed = manifest.closed_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
        paper.text(sheet, 9, 12, 7.5, f"交接时间 at {signed}")


def _missing_page(sheet: Canvas, manifest: Manifest, rows: list[ManifestRow]) -> None:
    _head(sheet, manifest, "未交接包裹 Left behind")
    _table(sheet, rows[:ROWS], 0)
    if len(rows) > ROWS:
        paper.text(sheet, 10, 12, 31, f"… + {len(rows) - ROWS}")
