"""Channel costs: booked line by line or not at all, once; the report is a view of the postings."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from members.models import User
from omnichannel.kernel.errors import NotAllowed
from settlement.models import AuditEntry, CostImport, CostLine, Journal, Posting
from settlement.queries import cost_lines, costs, invariants
from settlement.services.cost_file import CostFileInvalid
from settlement.services.costs import import_costs
from tests.settlement.world import institution

NOVEMBER = date(2026, 11, 1)
HEAD = "reference,branch,channel,month,kind,amount\n"
ROWS = (
    "a,br-1,store,2026-11,lease,1200.00\n"
    "b,br-1,store,2026-11,labour,106.01\n"
    "c,br-1,web,2026-11,depreciation,38.00\n"
    "d,br-2,store,2026-11,other,99\n"
    "e,br-2,store,2026-11,other,-9.50\n"
    "f,br-1,store,2026-11,queries,300\n"
    "g,br-1,store,2026-10,lease,700\n"
)


@pytest.fixture
def branches(world):
    """Two branches with a store each; an order at both stores and one that no store brought."""
    for name, store in (("br-1", "s-1"), ("br-2", "s-2")):
        world.places[name] = institution(name, "branch", world.places["root"])
        world.places[store] = institution(store, "store", world.places[name])
    for store, channel in (("s-1", "store"), ("s-1", "store"), ("s-2", "store"), (None, "web")):
        world.confirm(world.order(10_00, store=store, channel=channel))
    return world


def load(world, rows: str = ROWS, *, actor=None, name: str = "costs.csv") -> CostImport:
    content = (HEAD + rows).encode()
    return import_costs(actor=actor or world.clerk, content=content, file_name=name, now=world.now)


def asked(by: str = "channel", then: str = "") -> costs.Asked:
    return costs.Asked(NOVEMBER, NOVEMBER, by=by, then=then)


def test_the_report_is_a_view_of_the_postings(branches):
    load(branches)
    found = costs.report(asked())
    posted = Posting.objects.filter(account__kind__startswith="cost_", journal__original_date__gte=NOVEMBER)
    posted = posted.exclude(account__kind="cost_taken_over").aggregate(fen=Sum("amount_fen"))["fen"]
    assert found.total.cost == posted == found.booked_fen == 1433_51
    assert found.ties
    assert invariants.broken() == []


def test_unit_cost_is_cost_by_transactions_with_and_without_queries(branches):
    load(branches)
    lines = {line.keys[0]: line for line in costs.report(asked()).lines}
    store = lines["store"]
    assert (store.cost, store.transactions, store.queries) == (1395_51, 3, 300)
    assert (store.unit_fen, store.unit_with_queries_fen) == (465_17, 4_61)
    assert (lines["web"].cost, lines["web"].transactions, lines["web"].unit_fen) == (38_00, 1, 38_00)


def test_the_total_over_branches_is_sum_by_sum_and_no_mean_of_means(branches):
    load(branches)
    found = costs.report(asked("branch"))
    lines = {line.keys[0]: line for line in found.lines}
    assert lines["br-1"].unit_fen == (1200_00 + 106_01 + 38_00 + 1) // 2
    assert lines["br-2"].unit_fen == 89_50
    assert lines["huatong"].transactions == 1  # what no store brought is the carrier's
    assert found.total.unit_fen == (2 * 1433_51 + 4) // 8
    assert found.total.unit_fen != (lines["br-1"].unit_fen + lines["br-2"].unit_fen) // 2


@pytest.mark.parametrize("by", ["channel", "branch", "month"])
@pytest.mark.parametrize("then", ["", "channel"])
def test_every_cost_figure_is_the_sum_of_its_postings(branches, by, then):
    load(branches)
    found = costs.report(asked(by, then))
    assert sum(line.cost for line in found.lines) == found.booked_fen
    for line in found.lines:
        keys = dict(zip(asked(by, then).groups, line.keys, strict=True))
        keys.pop("month", None)
        for kind, fen in line.costs.items():
            rows = cost_lines.postings(begin=NOVEMBER, last=asked().last, kind=kind, **keys)
            assert cost_lines.sum_fen(rows) == fen


def test_the_same_file_books_nothing_again(branches):
    load(branches)
    journals = Journal.objects.count()
    again = load(branches, name="copy.csv")
    assert (again.rows, again.rows_new, again.amount_fen) == (7, 0, 0)
    assert Journal.objects.count() == journals
    more = load(branches, ROWS + "h,br-2,kiosk,2026-11,lease,5\n")
    assert (more.rows_new, more.amount_fen) == (1, 5_00)


def test_costs_of_a_month_before_stay_there(branches):
    load(branches)
    october = costs.report(costs.Asked(date(2026, 10, 1), date(2026, 10, 1)))
    assert (october.total.cost, october.total.transactions, october.total.unit_fen) == (700_00, 0, None)
    journal = CostLine.objects.get(reference="g").journal
    assert (journal.original_date, journal.business_date) == (date(2026, 10, 31), date(2026, 11, 21))


FAULTS = {
    "a,nowhere,store,2026-11,lease,1\n": "institution_unknown",
    "a,br-1,pigeon,2026-11,lease,1\n": "channel_unknown",
    "a,br-1,store,2026-13,lease,1\n": "month_invalid",
    "a,br-1,store,2026-12,lease,1\n": "month_in_future",
    "a,br-1,store,2026-11,bribes,1\n": "kind_unknown",
    "a,br-1,store,2026-11,lease,1.234\n": "amount_invalid",
    "a,br-1,store,2026-11,lease,0\n": "amount_invalid",
    "a,br-1,store,2026-11,lease,1e9\n": "amount_invalid",
    "a,br-1,store,2026-11,queries,-3\n": "amount_invalid",
    "a,br-1,store,2026-11,queries,1.5\n": "amount_invalid",
    "=cmd(),br-1,store,2026-11,lease,1\n": "reference_invalid",
}


@pytest.mark.parametrize("row", FAULTS)
def test_a_wrong_line_is_named_and_nothing_is_booked(branches, row):
    good = "ok,br-1,store,2026-11,lease,5\n"
    with pytest.raises(CostFileInvalid) as refusal:
        load(branches, good + row)
    assert [(fault.line, fault.code) for fault in refusal.value.faults] == [(3, FAULTS[row])]
    assert not CostImport.objects.exists()
    assert not Journal.objects.filter(kind="cost").exists()


def test_all_wrong_lines_are_named_at_once(branches):
    rows = "a,br-1,store,2026-11,lease,1\na,br-1,store,2026-11,lease,1\nb,x,store,2026-11,lease,1\n"
    with pytest.raises(CostFileInvalid) as refusal:
        load(branches, rows)
    codes = [(fault.line, fault.code) for fault in refusal.value.faults]
    assert codes == [(3, "reference_twice"), (4, "institution_unknown")]


def test_a_known_reference_with_another_amount_is_refused(branches):
    load(branches)
    with pytest.raises(CostFileInvalid) as refusal:
        load(branches, "a,br-1,store,2026-11,lease,1200.01\n")
    assert refusal.value.faults[0].code == "reference_differs"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "cost_file_columns"),
        (HEAD.encode(), "cost_file_empty"),
        (b"\xff\xfe\x00", "cost_file_coding"),
        (b"reference,branch\n", "cost_file_columns"),
    ],
)
def test_what_is_no_such_file(branches, content, code):
    with pytest.raises(CostFileInvalid) as refusal:
        import_costs(actor=branches.clerk, content=content, file_name="x", now=branches.now)
    assert refusal.value.faults[0].code == code


def test_only_finance_books_costs_and_it_is_recorded(branches):
    with pytest.raises(NotAllowed):
        load(branches, actor=branches.auditor)
    load(branches)
    entry = AuditEntry.objects.get(action="costs.imported")
    assert (entry.actor_name, entry.details["new"], entry.details["amount_fen"]) == ("fclerk", 7, 2133_51)


def test_the_page_says_line_by_line_what_is_wrong(branches):
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username="fclerk"))
    address = reverse("settlement:report-costs-load")
    wrong = SimpleUploadedFile("w.csv", (HEAD + "a,nowhere,store,2026-11,lease,1\n").encode())
    answer = client.post(address, {"file": wrong})
    assert answer.status_code == 400
    assert "Line 2:" in answer.content.decode()
    assert "institution_unknown" in answer.content.decode()
    right = SimpleUploadedFile("r.csv", (HEAD + ROWS).encode())
    assert client.post(address, {"file": right}).status_code == 302
    assert client.get(reverse("settlement:report-costs")).context["found"].total.cost == 1433_51
    assert client.post(address).status_code == 400
