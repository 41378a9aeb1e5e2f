"""The same rows as a workbook; accounts are texts, so that no digit is lost, the sum is a formula."""

import io

import xlsxwriter

from .csv_file import HEADER, fields
from .rows import Batch

AMOUNT = HEADER.index("amount")


def write(batch: Batch, digest: str) -> bytes:
    """digest: the one that the CSV's trailer states."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"title": batch.message, "created": batch.made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(batch.day.isoformat())
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, HEADER, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, len(HEADER) - 1, 20)
        for line, payment in enumerate(batch.payments, start=1):
            for column, value in enumerate(fields(payment, batch)):
                if column == AMOUNT:
                    sheet.write_number(line, column, value / 100, money)
                elif column == 0:
                    sheet.write_number(line, column, value)
                else:
                    sheet.write_string(line, column, value)
        _trailer(sheet, batch, digest, money)
    return out.getvalue()


def _trailer(sheet, batch: Batch, digest: str, money) -> None:
    last = len(batch.payments)
    letter = chr(ord("A") + AMOUNT)
    sheet.write_string(last + 1, 0, "TRAILER")
    sheet.write_number(last + 1, 1, last)
    sheet.write_formula(last + 1, AMOUNT, f"=SUM({letter}2:{letter}{last + 1})", money, batch.sum_fen / 100)
    sheet.write_string(last + 1, AMOUNT + 1, digest)
