"""What people typed leaves as text: every file of every app, found by walking the addresses."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from django.urls import Resolver404, resolve

from omnichannel.kernel import tables
from tests.omnichannel.test_files_recorded import (
    AFTER_WORK,
    APPS,
    address_of,
    exporting,
    people,  # noqa: F401  (a fixture)
    taken_out,
)

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]

LINK = '=HYPERLINK("http://x.example","here")'
TYPED = {
    "members.Institution": ("name", "name_en"),
    "members.User": ("first_name", "last_name", "display_name"),
    "catalogue.Product": ("title",),
    "catalogue.Offering": ("title_en",),
    "fulfillment.StockCount": ("note", "counted_by"),
    "fulfillment.StockTransfer": ("note",),
    "settlement.SplitRule": ("name", "name_en"),
}
OURS = re.compile(r"=(SUM\([A-Z]+2:[A-Z]+\d+\)|IF\(.+=0,\"\",[^()]+/.+\)|D\d+-C\d+)")
FIGURE = re.compile(r"[+-][\d.]+")
# Where no spreadsheet is written: COPY into the database, a bank's own formats, the simulated bank.
NO_EXPORTS = {
    "omnichannel/kernel/tables.py", "settlement/gateways/payments/csv_file.py",
    "settlement/gateways/payments/xlsx_file.py", "settlement/services/reconciliation/loading.py",
    "settlement/services/till_file.py", "settlement/simulator/bank_answers.py",
}  # fmt: skip


@pytest.fixture
def typed(people):  # noqa: F811
    for name, fields in TYPED.items():
        apps.get_model(name).objects.update(**dict.fromkeys(fields, LINK))
    return people


def files(people) -> Iterator[tuple]:  # noqa: F811
    """(address, kind, bytes) of what leaves."""
    for pattern in exporting():
        if pattern.name in AFTER_WORK:
            continue
        for address in both_kinds(address_of(pattern)):
            _who, answer = taken_out(people, address)
            if answer is not None:
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                yield address, answer.headers["Content-Type"], content


def both_kinds(address: str) -> tuple[str, ...]:
    """A list that leaves as CSV leaves as a workbook too."""
    other = address.removesuffix(".csv") + ".xlsx"
    return (address, other) if address.endswith(".csv") and resolves(other) else (address,)


def resolves(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def reckoned(kind: str, content: bytes) -> list[str]:
    """Cells that a spreadsheet would reckon with and that are no figures or sums of ours."""
    if "csv" in kind:
        cells = (cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row)
        return [one for one in cells if one.startswith(("=", "+", "-", "@")) and not FIGURE.fullmatch(one)]
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet for cell in row if cell.data_type == "f")
    return [cell.value for cell in cells if not OURS.fullmatch(cell.value)]


def holds(kind: str, content: bytes) -> bool:
    if "csv" in kind:
        return "HYPERLINK" in content.decode()
    book = openpyxl.load_workbook(io.BytesIO(content))
    return any(cell.value == LINK for sheet in book for row in sheet for cell in row)


def test_no_file_reckons_with_what_people_typed(typed):
    with_it, found = {"csv": set(), "xlsx": set()}, {}
    for name, kind, content in files(typed):
        if "csv" in kind or "spreadsheet" in kind:
            if wrong := reckoned(kind, content):
                found[name] = wrong[:3]
            if holds(kind, content):
                with_it["csv" if "csv" in kind else "xlsx"].add(name)
    assert found == {}
    assert len(with_it["csv"]) > 8
    assert len(with_it["xlsx"]) > 3


def test_the_walk_would_find_it(typed, monkeypatch):
    """The control: without the guard, files hold the formula."""
    monkeypatch.setattr(tables, "harmless", lambda value: value)
    assert [name for name, kind, content in files(typed) if "csv" in kind and reckoned(kind, content)]


def test_tables_are_written_in_one_place():
    """Whoever writes cells by hand goes round the guard."""
    by_hand = re.compile(r"csv\.(Dict)?[wW]riter\(|xlsxwriter\.Workbook\(|openpyxl\.Workbook\(|\\ufeff")
    writers = {
        str(path)
        for app in APPS
        for path in Path(app).rglob("*.py")
        if by_hand.search(path.read_text(encoding="utf-8"))
    }
    assert writers == NO_EXPORTS
