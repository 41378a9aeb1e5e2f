"""Every list of finance is searched, filtered and taken away as CSV and as a workbook with the same rows."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from settlement.models import AccountKind, AuditEntry
from settlement.services import adjustments
from settlement.services.posting import Leg
from tests.settlement.test_rule_versions import DAY, decide, propose
from tests.settlement.transfers_world import pay_out, run, sell


@pytest.fixture
def lead(world) -> Client:
    """A day that was paid out, a correction that waits, and a rule with a past."""
    sell(world, 100_00)
    run(world)
    pay_out(world)
    legs = (Leg(AccountKind.SUSPENSE, None, 5_00), Leg(AccountKind.PAYABLE, world.id("mc"), -5_00))
    adjustments.propose(
        actor=world.clerk, legs=legs, reason="=wrong account", original_date=DAY, now=world.now
    )
    decide(world, propose(world))
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username="flead"))
    return client


def address(name: str, kind: str, *values) -> str:
    return reverse(f"settlement:{name}", args=[*values, kind])


def as_csv(client: Client, name: str, *values, **asked) -> list[dict]:
    answer = client.get(address(name, "csv", *values), asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def in_workbook(client: Client, name: str, *values, **asked) -> list[tuple]:
    content = client.get(address(name, "xlsx", *values), asked).content
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True))


LISTS = {
    "days-file": 2, "trades-file": 1, "payout-file": 1, "adjustments-file": 2, "statements-file": 0,
    "answers-file": 0, "imports-file": 0, "report-cost-postings-file": 0,
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_both_files_hold_the_rows_and_the_trail_says_how_many(lead, name):
    rows = as_csv(lead, name)
    assert len(rows) == len(in_workbook(lead, name)) == LISTS[name]
    entries = AuditEntry.objects.filter(action="file.exported").order_by("-pk")[:2]
    assert [entry.details["rows"] for entry in entries] == [LISTS[name]] * 2


@pytest.mark.parametrize(
    ("name", "asked", "count"),
    [
        ("days-file", {"state": "open"}, 1),
        ("days-file", {"begin": DAY.isoformat(), "end": DAY.isoformat()}, 1),
        ("days-file", {"end": "2020-01-01"}, 0),
        ("trades-file", {"kind": "refund"}, 0),
        ("trades-file", {"party": "pp-unipay", "begin": DAY.isoformat()}, 1),
        ("trades-file", {"party": "mc"}, 0),
        ("adjustments-file", {"q": "wrong"}, 2),
        ("adjustments-file", {"q": "mc", "day": DAY.isoformat()}, 2),
        ("adjustments-file", {"day": (DAY - timedelta(days=1)).isoformat()}, 0),
        ("adjustments-file", {"state": "posted"}, 0),
        ("payout-file", {"q": "nobody"}, 0),
        ("imports-file", {"q": "x", "day": DAY.isoformat()}, 0),
    ],
)
def test_filters_hold_for_the_file_too(lead, name, asked, count):
    assert len(as_csv(lead, name, **asked)) == count


def test_amounts_are_yuan_and_no_text_is_reckoned_with(lead):
    (first, second) = as_csv(lead, "adjustments-file")
    assert {first["amount"], second["amount"]} == {"5.00", "-5.00"}
    assert first["reason"] == "'=wrong account"
    assert {row[7] for row in in_workbook(lead, "adjustments-file")} == {5, -5}


def test_the_rules_with_their_lines(lead):
    rows = as_csv(lead, "rules-file", q="merchant")
    mine = [row for row in rows if row["rule"] == "merchant"]
    assert [(row["version"], row["position"], row["party"], row["percent"]) for row in mine] == [
        ("1", "1", "platform", "8"), ("1", "2", "attributed_store", "1"), ("1", "3", "seller", ""),
        ("2", "1", "platform", "50"), ("2", "2", "seller", ""),
    ]  # fmt: skip
    assert len(in_workbook(lead, "rules-file", q="merchant")) == len(rows)


def test_a_rules_history_with_who_proposed_and_who_decided(lead):
    rows = as_csv(lead, "rule-history", "merchant")
    assert {(row["version"], row["state"]) for row in rows} == {("1", "confirmed"), ("2", "confirmed")}
    new = [row for row in rows if row["version"] == "2"]
    assert {(row["proposed_by"], row["decided_by"]) for row in new} == {("fclerk", "flead")}
    assert lead.get(address("rule-history", "csv", "nothing")).status_code == 404


def test_a_day_is_searched_by_institution(lead):
    page = reverse("settlement:day", args=[DAY])
    assert {row.party for row in lead.get(page).context["page"]} > {"mc"}
    found = lead.get(page, {"q": "MC"}).context
    assert {row.party for row in found["page"]} == {"mc"}
    assert [one["code"] for one in found["nets"]] == ["mc"]
    assert "No institution fits" in lead.get(page, {"q": "nobody"}).content.decode()
