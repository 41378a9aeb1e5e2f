"""Workbooks and lists as files: columns said once, written as CSV that streams or as a workbook."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines, workbook

XLSX_ROWS = 100_000
_MONEY = "#,##0.00;[Red]-#,##0.00"


class Styles(NamedTuple):
    head: Format
    money: Format
    total: Format


def styles(book: Workbook) -> Styles:
    """Heads, amounts, and the sums below them, as in every workbook of finance."""
    return Styles(
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"num_format": _MONEY}),
        book.add_format({"num_format": _MONEY, "bold": True, "top": 1}),
    )


def write_sum(sheet: Worksheet, row: int, column: int, style: Format, value: float) -> None:
    """The sum of a column's cells between the head and this row, as a formula; value: what it comes to."""
    if row < 2:
        sheet.write_number(row, column, value, style)
        return
    letter = xl_col_to_name(column)
    sheet.write_formula(row, column, f"=SUM({letter}2:{letter}{row})", style, value)


def summed_xlsx(title: str, heads: list[str], lines: list[tuple], *, texts: int, summed: tuple) -> bytes:
    """texts: how many columns at the left are words; the others are fen and shown in yuan.

    summed: columns with their sum below, a formula over the rows.
    """
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet, style = book.add_worksheet(title[:31]), styles(book)
        sheet.set_column(0, texts - 1, 24)
        sheet.set_column(texts, len(heads) - 1, 16)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, style.head)
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, line[:texts])
            for column, fen in enumerate(line[texts:], start=texts):
                sheet.write_number(number, column, fen / 100, style.money)
        sheet.write(len(lines) + 1, 0, _("Sum"), style.head)
        for column in summed:
            write_sum(sheet, len(lines) + 1, column, style.total, sum(line[column] for line in lines) / 100)
    return out.getvalue()


def months_sheet(
    book: Workbook, heads: list[str], months: Iterable[tuple[date, Sequence[int]]], style: Styles
) -> None:
    """How an account came about: a month a row, its figures in fen in the order of heads."""
    sheet = book.add_worksheet(_("History"))
    sheet.set_column(0, len(heads), 18)
    sheet.write_row(0, 0, [_("Month"), *heads], style.head)
    for row, (month, figures) in enumerate(months, start=1):
        sheet.write(row, 0, f"{month:%Y-%m}")
        for column, fen in enumerate(figures, start=1):
            sheet.write_number(row, column, fen / 100, style.money)


@dataclass(frozen=True)
class Column:
    """name: in the CSV, for machines; head: in the workbook, for people. is_money: the value is fen."""

    name: str
    head: str
    value: Callable
    is_money: bool = False


@csv_lines
def as_csv(columns: tuple[Column, ...], rows: Iterable) -> Iterator[list]:
    """Amounts in yuan with two decimals; instants in Shanghai's time."""
    yield [column.name for column in columns]
    for row in rows:
        yield [_in_yuan(column, column.value(row)) for column in columns]


def as_xlsx(columns: tuple[Column, ...], rows: Iterable, *, title: str) -> bytes:
    """The first XLSX_ROWS rows; longer lists are for CSV."""
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet, style = book.add_worksheet(title[:31]), styles(book)
        sheet.set_column(0, len(columns) - 1, 18)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(column.head) for column in columns], style.head)
        for line, row in enumerate(islice(rows, XLSX_ROWS), start=1):
            for place, column in enumerate(columns):
                _write(sheet, line, place, column, row, style.money)
    return out.getvalue()


def _write(sheet: Worksheet, line: int, place: int, column: Column, row, money: Format) -> None:
    value = column.value(row)
    if column.is_money and value is not None:
        sheet.write_number(line, place, value / 100, money)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(_plain(value)))


def _in_yuan(column: Column, value):
    return yuan(value) if column.is_money and value is not None else _plain(value)


def _plain(value):
    """Dates and instants as text, nothing as an empty one."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value
