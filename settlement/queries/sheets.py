"""A list as a file: columns said once, written as CSV that streams or as a workbook."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

import xlsxwriter

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import yuan

from .exports import BOM, _Echo
from .ledger_exports import MONEY, XLSX_ROWS
from .reconciliation_exports import _harmless


@dataclass(frozen=True)
class Column:
    """name: in the CSV, for machines; head: in the workbook, for people. is_money: the value is fen."""

    name: str
    head: str
    value: Callable
    is_money: bool = False


def as_csv(columns: tuple[Column, ...], rows: Iterable) -> Iterator[str]:
    """Amounts in yuan with two decimals; instants in Shanghai's time."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow([_text(column, column.value(row)) for column in columns])


def as_xlsx(columns: tuple[Column, ...], rows: Iterable, *, title: str) -> bytes:
    """The first XLSX_ROWS rows; longer lists are for CSV."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(title[:31])
        money = book.add_format({"num_format": MONEY})
        sheet.set_column(0, len(columns) - 1, 18)
        sheet.freeze_panes(1, 0)
        sheet.write_row(
            0, 0, [str(column.head) for column in columns], book.add_format({"bold": True, "bottom": 1})
        )
        for line, row in enumerate(islice(rows, XLSX_ROWS), start=1):
            for place, column in enumerate(columns):
                _write(sheet, line, place, column, row, money)
    return out.getvalue()


def _write(sheet, line: int, place: int, column: Column, row, money) -> None:
    value = column.value(row)
    if column.is_money and value is not None:
        sheet.write_number(line, place, value / 100, money)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(_plain(value)))


def _text(column: Column, value):
    return yuan(value) if column.is_money and value is not None else _harmless(_plain(value))


def _plain(value):
    """Dates and instants as text, nothing as an empty one."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value
