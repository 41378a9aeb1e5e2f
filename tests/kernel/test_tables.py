"""Tables for spreadsheets: no text is reckoned with, no number becomes a text."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils.functional import lazystr

from omnichannel.kernel.tables import BOM, csv_lines, harmless, workbook

LINK = '=HYPERLINK("http://x.example","here")'


@csv_lines
def table(*rows):
    yield ("name", "amount")
    yield from rows


@pytest.mark.parametrize(
    "text",
    [LINK, "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", lazystr("=1")],
)
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", [-5, Decimal("-5.00"), -1.5, 0, None, "", "a=b", "12", date(2026, 11, 22), lazystr("1=1")]
)
def test_what_is_none_stays_as_it_is(value):
    assert harmless(value) is value


def test_a_table_is_read_back_as_it_was():
    lines = list(table((LINK, Decimal("-5.00")), ("张三，“甲”", None), ('two\nlines "quoted"', 3)))
    assert [line.startswith(BOM) for line in lines] == [True, False, False, False]
    read = list(csv.reader(io.StringIO("".join(lines).removeprefix(BOM), newline="")))
    assert read == [
        ["name", "amount"],
        [f"'{LINK}", "-5.00"],
        ["张三，“甲”", ""],
        ['two\nlines "quoted"', "3"],
    ]


def test_lines_are_made_as_they_are_read():
    seen = []

    @csv_lines
    def slow():
        for number in range(3):
            seen.append(number)
            yield (number,)

    lines = slow()
    assert seen == []
    next(lines)
    assert seen == [0]


def test_in_a_workbook_a_text_is_a_text_and_a_formula_is_asked_for():
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet = book.add_worksheet("t")
        sheet.write_row(0, 0, [LINK, "{=1+1}", "http://x.example", -5])
        sheet.write_formula(1, 0, "=SUM(D1:D1)", None, -5)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(out.getvalue())).active for cell in row]
    found = {cell.coordinate: (cell.data_type, cell.value, cell.hyperlink) for cell in cells}
    assert found["A1"] == ("s", LINK, None) or found["A1"] == ("inlineStr", LINK, None)
    assert found["B1"][0] != "f"
    assert found["C1"][2] is None
    assert found["D1"][:2] == ("n", -5)
    assert found["A2"][:2] == ("f", "=SUM(D1:D1)")
