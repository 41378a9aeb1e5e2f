"""Files for the bank, limits and fundings leave as CSV and as a workbook, for whoever may read them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from members.models import StaffRole, User
from settlement.models import AuditEntry, FundingTerm, TransferFile
from settlement.services import rule_funding, rule_limits, transfer_limits
from tests.settlement.test_lists import address, as_csv, in_workbook
from tests.settlement.transfers_world import DAY, pay_out, run, sell

LISTS = ("transfer-files-file", "limits-file", "rule-fundings-file", "rule-limits-file")
PAGES = {"transfer-files-file": "transfer-files", "limits-file": "limits",
         "rule-fundings-file": "rule-fundings", "rule-limits-file": "rule-limits"}  # fmt: skip
AHEAD = DAY + timedelta(days=2)


@pytest.fixture
def lead(world) -> Client:
    """A day with a file for the bank, a clerk's own limit, a funding confirmed, and a limit that waits."""
    sell(world, 100_00)
    run(world)
    pay_out(world, close=False)
    transfer_limits.set_limit(
        actor=world.lead, user_id=world.clerk.user_id, most_fen=50_00, daily_fen=80_00, valid_from=AHEAD,
        note="=holiday", now=world.now,
    )  # fmt: skip
    term = rule_funding.propose_funding(
        actor=world.clerk, subject="offer", offer_code="spring", funder="sponsor", sponsor_id=world.id("mc"),
        valid_from=AHEAD, now=world.now,
    )  # fmt: skip
    rule_funding.decide_funding(actor=world.lead, term_id=term.pk, action="confirm", now=world.now)
    rule_limits.propose_limit(
        actor=world.clerk, provider_id=world.id("pp-unipay"), valid_from=AHEAD, now=world.now,
        limits=rule_limits.Limits(
            splits_at_source=True, share_ppm=305_000, requests_per_order=50, receivers_per_request=20,
            frozen_days=30, frozen_days_most=180,
        ),
    )  # fmt: skip
    return signed_in("flead")


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=username))
    return client


@pytest.mark.parametrize("name", LISTS)
def test_both_files_hold_what_the_page_lists(lead, name):
    page = lead.get(reverse(f"settlement:{PAGES[name]}"))
    listed = page.context["limits"] if name == "limits-file" else page.context["page"].paginator.object_list
    rows = as_csv(lead, name)
    assert len(rows) == len(in_workbook(lead, name)) == len(listed) > 0
    for kind in ("csv", "xlsx"):
        assert address(name, kind) in page.content.decode()
    entries = AuditEntry.objects.filter(action="file.exported").order_by("-pk")[:2]
    assert [entry.details["rows"] for entry in entries] == [len(rows)] * 2


def test_a_file_for_the_bank_with_where_its_transfers_stand(lead):
    (row,) = as_csv(lead, "transfer-files-file")
    made = TransferFile.objects.get()
    assert (row["file"], row["sha256"], row["made_by"]) == (made.name, made.sha256, made.made_by)
    assert (row["business_date"], row["transfers"]) == (DAY.isoformat(), str(made.count))
    assert row["amount"] == f"{made.sum_fen / 100:.2f}"
    assert (row["to_send"], row["sent"], row["succeeded"]) == (str(made.count), "0", "0")
    assert set(row["formats"].split()) >= {"csv", "xlsx"}
    assert as_csv(lead, "transfer-files-file", day="2020-01-01") == []
    assert len(as_csv(lead, "transfer-files-file", day=DAY.isoformat())) == 1


def test_a_limit_with_who_set_it(lead):
    (mine,) = [row for row in as_csv(lead, "limits-file") if row["person"]]
    assert (mine["person"], mine["most"], mine["daily"], mine["two_above"]) == (
        "fclerk", "50.00", "80.00", "",
    )  # fmt: skip
    assert (mine["note"], mine["set_by"], mine["valid_from"]) == ("'=holiday", "flead", AHEAD.isoformat())


def test_a_funding_and_a_providers_limits_with_who_decided(lead):
    funding = next(row for row in as_csv(lead, "rule-fundings-file") if row["offer"] == "spring")
    assert (funding["borne_by"], funding["sponsor"], funding["state"]) == ("sponsor", "mc", "confirmed")
    assert (funding["proposed_by"], funding["decided_by"]) == ("fclerk", "flead")
    limit = next(row for row in as_csv(lead, "rule-limits-file") if row["state"] == "proposed")
    assert (limit["provider"], limit["share"], limit["splits_at_source"]) == ("pp-unipay", "30.5", "yes")
    assert (limit["receivers"], limit["frozen_days_most"], limit["decided_by"]) == ("20", "180", "")


def test_a_long_list_costs_no_more_statements(lead, world, django_assert_max_num_queries):
    for number in range(5):
        rule_funding.propose_funding(
            actor=world.clerk, subject="offer", offer_code=f"o{number}", funder="sponsor",
            sponsor_id=world.id("mc"), valid_from=AHEAD, now=world.now,
        )  # fmt: skip
    assert FundingTerm.objects.count() > 5
    with django_assert_max_num_queries(12):
        as_csv(lead, "rule-fundings-file")


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_read_gets_no_file(world, name):
    for who, role, answer in (("c", "courier", 403), ("o", "operator", 403), ("p", "partner", 302)):
        user = User.objects.create(username=who, is_staff=True)
        StaffRole.objects.create(user=user, institution=world.places["mc"], role=role)
        got = signed_in(who).get(address(name, "csv"))
        assert got.status_code == answer
        assert "Content-Disposition" not in got.headers
    assert Client().get(address(name, "xlsx")).status_code == 302
    assert signed_in("auditor").get(address(name, "csv")).headers["Content-Disposition"]
