"""The ledger's pages, adjustments, suspense, the night's progress: whose they are, what they answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import User
from settlement.models import Adjustment, BusinessDay, DayState, LedgerAccount, NetPosition, SettlementChunk
from settlement.services import adjustments, business_day, clearing, night
from settlement.services.posting import Leg, account_ids
from tests.settlement.test_night import balance
from tests.settlement.world import NOON, institution

DAY = business_day.business_day_of(NOON)
LEGS = (Leg("bank", None, 5_00), Leg("suspense", None, -5_00))


@pytest.fixture
def netted(world):
    number = world.order(100_00, ("merchant_goods", "mc", 50_00), store="st-1")
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    return world


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def propose(company, who=None) -> Adjustment:
    return adjustments.propose(
        actor=who or company.clerk, legs=LEGS, reason="bank interest", original_date=DAY, now=company.now
    )


def payable() -> LedgerAccount:
    return LedgerAccount.objects.get(kind="payable", institution__code="mc")


def pages() -> list[str]:
    account = payable()
    return [
        reverse("settlement:ledger") + "?q=mc&kind=payable",
        reverse("settlement:trial-csv"),
        reverse("settlement:trial-xlsx"),
        reverse("settlement:account", args=[account.pk]) + f"?begin={DAY}&end={DAY}",
        reverse("settlement:account-csv", args=[account.pk]),
        reverse("settlement:account-xlsx", args=[account.pk]),
        reverse("settlement:adjustments") + "?state=draft",
        reverse("settlement:adjustment-new"),
        reverse("settlement:day-batch", args=[DAY]),
    ]


def action(made: Adjustment) -> str:
    return reverse("settlement:adjustment-action", args=[made.pk])


@pytest.mark.parametrize("who", ["fclerk", "flead", "auditor"])
def test_finance_and_audit_read(netted, who):
    propose(netted)
    client = client_of(who)
    for address in pages():
        assert client.get(address).status_code == 200, address


def test_others_are_refused(netted):
    netted.staff("wh1", "warehouse", "wh")
    netted.staff("partner1", "partner", "mc")
    warehouse, partner, visitor = client_of("wh1"), client_of("partner1"), Client()
    for address in pages():
        assert warehouse.get(address).status_code == 403, address
        assert partner.get(address).url == reverse("settlement:own-statement"), address
        assert "sign-in" in visitor.get(address).url, address


def test_one_proposes_on_the_page_and_a_lead_decides(netted):
    clerk, lead = client_of("fclerk"), client_of("flead")
    given = {"reason": "bank interest", "original_date": DAY.isoformat(),
             "kind-0": "bank", "debit-0": "5.00", "kind-1": "suspense", "credit-1": "5.00"}  # fmt: skip
    assert clerk.post(reverse("settlement:adjustment-new"), given).status_code == 302
    made = Adjustment.objects.get()
    assert 'value="confirm"' not in clerk.get(reverse("settlement:adjustments")).content.decode()
    assert 'value="confirm"' in lead.get(reverse("settlement:adjustments")).content.decode()
    assert clerk.post(action(made), {"action": "confirm"}).status_code == 403
    assert client_of("auditor").post(action(made), {"action": "confirm"}).status_code == 403
    assert balance("bank") == 0
    assert lead.post(action(made), {"action": "confirm"}).status_code == 302
    assert balance("bank") == 5_00
    assert lead.post(action(made), {"action": "reject"}).status_code == 409
    assert Adjustment.objects.get().state == "posted"


def test_the_own_proposal_waits_for_a_colleague(netted):
    made, lead = propose(netted, netted.lead), client_of("flead")
    shown = lead.get(reverse("settlement:adjustments")).content.decode()
    assert 'value="confirm"' not in shown
    assert "A colleague decides it." in shown
    assert lead.post(action(made), {"action": "confirm"}).status_code == 403


def test_what_waits_stands_before_what_is_decided(netted):
    first, second = propose(netted), propose(netted)
    adjustments.reject(actor=netted.lead, adjustment_id=second.pk, answer="booked already", now=netted.now)
    client = client_of("auditor")
    shown = client.get(reverse("settlement:adjustments")).context["page"].object_list
    assert [row.pk for row in shown] == [first.pk, second.pk]
    only = client.get(reverse("settlement:adjustments"), {"state": "rejected"}).context["page"].object_list
    assert [row.pk for row in only] == [second.pk]


WRONG = {
    "three decimals": {"debit-0": "5.001"},
    "a word": {"debit-0": "five"},
    "negative": {"debit-0": "-5"},
    "one leg": {"credit-1": ""},
    "another sum": {"credit-1": "4.99"},
    "nobody known": {"institution-0": "nobody"},
    "a trade's account": {"kind-0": "split_pending"},
    "no such account": {"kind-0": "treasure"},
    "no reason": {"reason": " "},
    "no day": {"original_date": "yesterday"},
    "a day to come": {"original_date": (DAY + timedelta(days=9)).isoformat()},
    "a journal nobody knows": {"reverses": "payment:0"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_proposal_says_why_keeps_what_was_typed_and_changes_nothing(netted, wrong):
    given = {"reason": "bank interest", "original_date": DAY.isoformat(),
             "kind-0": "bank", "debit-0": "5.00", "kind-1": "suspense", "credit-1": "5.00"}  # fmt: skip
    answer = client_of("fclerk").post(reverse("settlement:adjustment-new"), given | WRONG[wrong])
    assert 400 <= answer.status_code < 500
    assert answer.context["problem"].code
    assert str(answer.context["problem"]) in answer.content.decode().replace("&#x27;", "'")
    assert 'value="5.00"' in answer.content.decode()
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/finance/ledger/?until=soon", 400),
        ("/finance/ledger/?kind=treasure&page=99", 200),
        ("/finance/ledger/?q=%25%27--", 200),
        ("/finance/ledger/99999999/", 404),
        ("/finance/ledger/99999999/statement.csv", 404),
        ("/finance/ledger/adjustments/?state=dreamt&page=x", 200),
        ("/finance/day/2026-10-01/batch/", 404),
        ("/finance/day/2026-13-01/batch/", 404),
    ],
)
def test_wrong_addresses_get_a_clear_answer(netted, address, status):
    assert client_of("auditor").get(address).status_code == status


def test_a_period_that_ends_before_it_begins_is_empty(netted):
    asked = {"begin": (DAY + timedelta(days=2)).isoformat(), "end": DAY.isoformat()}
    answer = client_of("auditor").get(reverse("settlement:account", args=[payable().pk]), asked)
    assert (answer.status_code, len(answer.context["page"].object_list)) == (200, 0)


def test_an_unknown_decision_is_refused(netted):
    made, lead = propose(netted), client_of("flead")
    assert lead.post(action(made), {"action": "burn"}).status_code == 400
    assert lead.post(action(made)).status_code == 400
    assert (
        lead.post(reverse("settlement:adjustment-action", args=[9_999]), {"action": "confirm"}).status_code
        == 404
    )
    assert lead.get(action(made)).status_code == 405
    assert Adjustment.objects.get().state == "draft"


def party(what: str, code: str = "mc") -> str:
    return reverse("settlement:party-action", args=[DAY, code, what])


def test_a_lead_holds_an_institution_and_it_is_run_again(netted):
    lead, clerk, auditor = client_of("flead"), client_of("fclerk"), client_of("auditor")
    assert clerk.post(party("hold"), {"reason": "dispute"}).status_code == 403
    assert lead.post(party("hold"), {"reason": ""}).status_code == 400
    assert lead.post(party("hold", "nobody"), {"reason": "dispute"}).status_code == 404
    assert lead.post(party("burn"), {"reason": "dispute"}).status_code == 400
    assert not NetPosition.objects.filter(state="suspended").exists()
    assert lead.post(party("hold"), {"reason": "dispute"}).status_code == 302
    assert "dispute" in auditor.get(reverse("settlement:day", args=[DAY])).content.decode()
    assert auditor.post(party("again")).status_code == 403
    assert clerk.post(party("again")).status_code == 302
    assert clerk.post(party("again")).status_code == 404
    assert not NetPosition.objects.filter(state="suspended").exists()


def test_the_night_shows_bar_rows_rate_and_time_left(world, monkeypatch):
    monkeypatch.setattr(clearing, "CHUNK_ROWS", 2)
    for _n in range(6):
        number = world.order(10_00)
        world.confirm(number)
        world.pay(number)
    business_day.cut_off(now=world.tomorrow())
    clearing.begin(day=DAY)
    address, client = reverse("settlement:day-batch", args=[DAY]), client_of("auditor")
    assert 'aria-valuenow="0"' in client.get(address).content.decode()
    ends = timezone.now()
    for chunk in SettlementChunk.objects.filter(business_date=DAY).order_by("number")[:2]:
        chunk.started_at, chunk.done_at = ends - timedelta(seconds=1), ends
        chunk.save(update_fields=["started_at", "done_at"])
    shown = client.get(address).content.decode()
    for words in ('aria-valuenow="2"', 'aria-valuemax="6"', "2 / 6", "2 a second, 2 s left", "hx-get"):
        assert words in shown, words


def test_a_night_that_is_over_asks_no_more_and_a_failed_one_says_why(netted):
    address, client = reverse("settlement:day-batch", args=[DAY]), client_of("auditor")
    assert "hx-get" not in client.get(address).content.decode()
    BusinessDay.objects.filter(business_date=DAY).update(
        state=DayState.CLEARING, problem="shares_of_trades 12"
    )
    assert "shares_of_trades 12" in client.get(address).content.decode()


def test_pages_do_not_ask_more_for_more_rows(netted):
    client = client_of("auditor")
    addresses = [address for address in pages() if ".csv" not in address and ".xlsx" not in address]
    propose(netted)
    asked = {address: queries_of(client, address) for address in addresses}
    for number in range(12):
        place = institution(f"more-{number}", "store")
        account_ids({("payable", place.pk), ("store_cash", place.pk)})
        propose(netted)
    for address, count in asked.items():
        assert queries_of(client, address) <= count, address


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
