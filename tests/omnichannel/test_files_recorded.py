"""Every file that leaves, from whichever app: found by walking the addresses, it leaves one entry."""

import ast
import csv
import inspect
import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from fulfillment.models import DealerTerms
from members.models import User
from settlement.models import AuditEntry, BusinessDay, LedgerAccount
from tests.support.demo import NOON

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]

APPS = ("members", "catalog", "fulfillment", "orders", "settlement", "omnichannel")
MAKERS = {"csv_file", "xlsx_file", "pdf_file", "download", "paper", "list_file"}
# Their objects come from work that the demo company has not done: tests/settlement/test_files_recorded.py,
# tests/fulfillment/test_papers_recorded.py and tests/fulfillment/test_evidence.py.
AFTER_WORK = {
    "pick-list", "label", "manifest", "serial-rejects", "answer-csv", "transfer-file", "simulated-answer",
    "rule-comparison-csv", "rule-comparison-xlsx", "proof-bundle",
}  # fmt: skip
# First cells of lines that are no records: sums, and the head of a second table.
NO_RECORDS = ("TOTAL", "owed")
# Who may take out what, asked in this order.
PEOPLE = ("flead", "operator1", "wh1", "partner1", "auditor", "clerk1", "supplier1")


def addresses(patterns=None) -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from addresses(one.url_patterns)


@cache
def functions_of(module: str) -> list[ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def answers_posts_alone(view) -> bool:
    found = next(node for node in functions_of(view.__module__) if node.name == view.__name__)
    return "require_POST" in {getattr(one, "id", "") for one in found.decorator_list}


@cache
def calls_of(module: str) -> dict[str, set[str]]:
    """Function → names that it calls, in a module's source."""
    return {
        function.name: {
            node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
        }
        for function in functions_of(module)
    }


def makes_a_file(pattern: URLPattern) -> bool:
    """Whether the view, or a function of its module that it calls, makes one."""
    view = inspect.unwrap(getattr(pattern.callback, "view_class", pattern.callback))
    if not view.__module__.startswith(APPS) or inspect.isclass(view) or answers_posts_alone(view):
        return False
    calls, reached, ahead = calls_of(view.__module__), set(), [view.__name__]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead.extend(calls.get(name, ()))
    return bool(reached & MAKERS)


def exporting() -> list[URLPattern]:
    return [one for one in addresses() if makes_a_file(one)]


def address_of(pattern: URLPattern, **values) -> str:
    """values: of its parameters, instead of the demo company's."""
    known = {
        "day": BusinessDay.objects.latest("business_date").business_date,
        "account_id": LedgerAccount.objects.order_by("pk").values_list("pk", flat=True).first(),
        "code": "mc-luma",
        "kind": "csv" if "<filekind:" in str(pattern.pattern) else "imei",
    }
    if pattern.name in {"dealer-account", "dealer-numbers"}:
        known["code"] = DealerTerms.objects.select_related("dealer").first().dealer.code
    if pattern.name == "rule-history":
        known["code"] = "merchant"
    known |= values
    names = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
    space = inspect.unwrap(pattern.callback).__module__.split(".")[0]
    return reverse(f"{space}:{pattern.name}", kwargs={name: known[name] for name in names})


def rows_in(answer) -> int | None:
    """Records of a table: without its head, and its totals."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "csv" in answer.headers["Content-Type"]:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        return sum(bool(line) and line[0] not in NO_RECORDS for line in lines[1:])
    if "spreadsheetml" in answer.headers["Content-Type"]:
        assert openpyxl.load_workbook(io.BytesIO(content)).active is not None
    return None


@pytest.fixture
def people(freeze_at) -> list[Client]:
    freeze_at(NOON)
    found = []
    for name in PEOPLE:
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.get(username=name))
        client.name = name
        found.append(client)
    return found


def taken_out(people, address: str):
    """(who got it, the file) of the first who may."""
    for client in people:
        answer = client.get(address, {"format": "csv", "q": ""})
        if answer.headers.get("Content-Disposition"):
            return client.name, answer
    return "", None


def test_the_walk_finds_files_in_more_than_one_app():
    names = {pattern.name for pattern in exporting()}
    assert names >= {"shares-csv", "statement-pdf", "stock", "dealer-orders", "label", "centres"}
    assert len(names) > 40
    assert names >= AFTER_WORK


def test_each_file_leaves_one_entry_with_who_what_filters_and_rows(people):
    seen = 0
    for pattern in exporting():
        if pattern.name in AFTER_WORK:
            continue
        before = AuditEntry.objects.count()
        who, answer = taken_out(people, address_of(pattern))
        assert answer is not None, f"nobody gets {pattern.name}"
        entry = AuditEntry.objects.order_by("-pk").first()
        assert AuditEntry.objects.count() == before + 1, pattern.name
        assert (entry.action, entry.actor.username) in (("file.exported", who), ("paper.printed", who))
        assert entry.details["address"] == address_of(pattern)
        assert entry.details["asked"] == {"format": "csv", "q": ""}
        assert entry.subject in answer.headers["Content-Disposition"]
        assert entry.details["rows"] == (rows_in(answer) or entry.details["rows"]), pattern.name
        assert isinstance(entry.details["rows"], int), pattern.name
        seen += 1
    assert seen > 30


def test_files_are_made_in_one_place():
    """Whoever answers with a file by hand would keep its rows from the trail."""
    by_hand = [
        str(path)
        for app in APPS
        for path in Path(app).rglob("*.py")
        if re.search(r"Content-Disposition|FileResponse|as_attachment", path.read_text(encoding="utf-8"))
    ]
    assert sorted(by_hand) == ["omnichannel/kernel/downloads.py", "settlement/middleware.py"]


def test_a_file_that_cannot_be_recorded_does_not_leave(people, monkeypatch):
    def broken(**_values):
        raise RuntimeError("no trail")

    monkeypatch.setattr("settlement.middleware.audit_trail.record", broken)
    with pytest.raises(RuntimeError, match="no trail"):
        people[1].get("/stock/?format=csv")


def test_without_the_door_nothing_is_recorded(people, settings):
    """The control: the entries above come from the one door."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "ExportTrail" not in name]
    client = Client()
    client.force_login(User.objects.get(username="operator1"))
    assert client.get("/stock/?format=csv").headers["Content-Disposition"]
    assert not AuditEntry.objects.filter(action="file.exported").exists()
