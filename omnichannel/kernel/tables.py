"""Tables that a spreadsheet opens: what people typed stays text there and is never reckoned with."""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from io import BytesIO
from numbers import Number

import xlsxwriter

BOM = "\ufeff"  # by which spreadsheets know UTF-8
# Source: OWASP, "CSV Injection"; the wide signs are for spreadsheets in Chinese.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(rows_of: Callable[..., Iterable[Iterable]]) -> Callable[..., Iterator[str]]:
    """Make a function that yields rows, the head first, one that yields a CSV file line by line."""

    @wraps(rows_of)
    def lines(*args, **values) -> Iterator[str]:
        writer, mark = csv.writer(_Echo()), BOM
        for row in rows_of(*args, **values):
            yield mark + writer.writerow([harmless(value) for value in row])
            mark = ""

    return lines


def harmless(value):
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if value is None or isinstance(value, Number):
        return value
    return f"'{value}" if str(value).startswith(_FORMULAS) else value


def workbook(out: BytesIO, **options) -> xlsxwriter.Workbook:
    """A workbook in which a text is a text; formulas are written as such."""
    return xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False} | options)
