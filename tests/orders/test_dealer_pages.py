"""What a dealer's people see: the console, their acceptance, its file, the way from their start page."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Number, NumberGrade
from catalog.queries import offerings
from fulfillment.models import StockLevel
from members.models import StaffRole
from orders.models import OrderIntake
from tests.support import accepting, ordering
from tests.support.accepting import DEALER, OTHER, accept, known
from tests.support.demo import NOON

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def dealer(client):
    """Signed in as the dealer's person, in English."""
    client.force_login(ordering.user_named(accepting.PERSON))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def text(answer) -> str:
    return answer.content.decode()


def take(dealer, **wish):
    return dealer.post("/clerk/take/", wish)


def form(answer, **changes) -> dict:
    context = answer.context
    return {
        "sale": context["sale"],
        "shown_total": context["quote"].total_fen,
        "phone": context["form"]["phone"].value(),
        "name": "",
        "means": "cash",
        "way": "none",
    } | changes


def test_a_top_up_takes_three_steps_and_is_one_sale_however_often_it_is_sent(dealer):
    opened = dealer.get("/clerk/search/", {"kind": "top_up"})
    assert "TOP-UP-50" in text(opened)
    hand = take(dealer, sku="TOP-UP-50", target_msisdn="139 0000 0002")
    asked = form(hand)
    assert asked["phone"] == "13900000002"  # who tops up a phone is its customer
    first, again = dealer.post("/clerk/sell/", asked), dealer.post("/clerk/sell/", asked)
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    assert OrderIntake.objects.get().institution.code == DEALER


def test_a_kind_that_no_button_has_is_refused(dealer):
    assert dealer.get("/clerk/search/", {"kind": "prepaid_card"}).status_code == 400


def test_what_lies_here_is_handed_over_unless_told_otherwise(dealer):
    phone = accepting.phone_on_shelf()
    assert take(dealer, sku=phone).context["way"] == "pickup"
    dealer.post("/clerk/drop/", {"all": "1"})
    elsewhere = next(sku for sku in _phones() if not _here(sku))
    assert take(dealer, sku=elsewhere).context["way"] == "ship"


def _phones() -> list[str]:
    return sorted(facts.sku for facts in offerings.of_kind("device"))


def _here(sku: str) -> bool:
    return StockLevel.objects.filter(sku=sku, location__code=DEALER, on_hand__gt=0).exists()


def test_the_till_says_why_it_takes_no_cash_and_phones_still_pay(dealer):
    accepting.agree(is_blocked=True)
    hand = take(dealer, sku="TOP-UP-50", target_msisdn="13900000002")
    assert 'data-code="dealer_blocked"' in text(hand)
    refused = dealer.post("/clerk/sell/", form(hand))
    assert refused.status_code == 409
    assert "dealer_blocked" in text(refused)
    assert not OrderIntake.objects.exists()
    assert dealer.post("/clerk/sell/", form(hand, means="unipay")).status_code == 302


def test_own_numbers_come_before_the_pool_wherever_they_are_at_home(dealer):
    mine = accepting.own_numbers()
    offered = dealer.get("/clerk/sim/", {"sku": "SIM-YOUTH"})
    shown = offered.context["numbers"]
    own = [card.msisdn for card in shown if card.dealer_id]
    assert sorted(own) == sorted(mine) == sorted(card.msisdn for card in shown[: len(own)])
    assert len({card.msisdn for card in shown}) == len(shown) == 10
    assert text(offered).count("your own") == len(own)
    dealer.force_login(ordering.user_named(accepting.STRANGER))
    other = dealer.get("/clerk/sim/", {"sku": "SIM-YOUTH"})
    assert not set(mine) & {card.msisdn for card in other.context["numbers"]}


def test_many_own_numbers_leave_room_for_the_pool_and_ask_once(dealer):
    accepting.own_numbers(count=12)
    accepting.own_numbers(count=3, city="广州", province="广东")
    with CaptureQueriesContext(connection) as asked:
        shown = dealer.get("/clerk/sim/", {"sku": "SIM-YOUTH"}).context["numbers"]
    assert [bool(card.dealer_id) for card in shown] == [True] * 5 + [False] * 5
    assert {card.city for card in shown} <= {"杭州", "宁波"}
    assert sum('FROM "catalogue_number"' in each["sql"] for each in asked.captured_queries) == 2


def test_what_a_rare_number_costs_is_shown_of_own_ones_too(dealer):
    mine = accepting.own_numbers(count=1)[0]
    NumberGrade.objects.filter(code=Number.objects.get(pk=mine).grade.code).update(prepayment=77_00)
    page = text(dealer.get("/clerk/sim/", {"sku": "SIM-YOUTH", "tail": mine[-4:]}))
    assert "your own · ¥77.00" in page


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_my_acceptance_is_searched_filtered_and_taken_along(dealer):
    cash = accept(ordering.top_up())
    paid = accept(accepting.data_pack(), means="unipay", phone=ordering.LIN, name="林晓")
    accept(ordering.top_up(), store=OTHER, username=accepting.STRANGER)
    every = dealer.get("/clerk/orders/")
    assert [row["order"].number for row in every.context["rows"]] == [paid.order_number, cash.order_number]
    assert "My acceptance" in text(every)
    assert _numbers(dealer, means="cash") == [cash.order_number]
    assert _numbers(dealer, q="0001") == [paid.order_number]
    assert _numbers(dealer, state="awaiting_payment") == [paid.order_number]
    assert _numbers(dealer, begin="2026-11-21") == []
    assert dealer.get("/clerk/orders/", {"begin": "yesterday"}).status_code == 400
    head, *rows = lines(dealer.get("/clerk/orders.csv", {"means": "cash"}))
    assert [dict(zip(head, row, strict=True))["number"] for row in rows] == [cash.order_number]


def _numbers(dealer, **asked) -> list[str]:
    return [row["order"].number for row in dealer.get("/clerk/orders/", asked).context["rows"]]


def test_a_page_of_orders_asks_the_same_however_many(dealer):
    accept(ordering.top_up())
    dealer.get("/clerk/orders/")
    with CaptureQueriesContext(connection) as few:
        dealer.get("/clerk/orders/")
    for number in range(4):
        accept(ordering.top_up(f"861390000001{number}"), phone=f"1390000011{number}")
    with CaptureQueriesContext(connection) as many:
        dealer.get("/clerk/orders/")
    assert len(many) == len(few)


def test_the_receipt_leads_to_the_hand_over(dealer):
    placed = accept(accepting.sim(), delivery=accepting.here(), **known())
    ordering.settle()
    receipt = f"/clerk/orders/{placed.order_number}/"
    assert f"/store/find/?code={placed.order_number}" in text(dealer.get(receipt))
    found = dealer.get("/store/find/", {"code": placed.order_number})
    assert found.headers["Location"].startswith("/store/")
    accepting.hand_over(placed)
    assert "/store/find/" not in text(dealer.get(receipt))


def test_the_dealer_s_start_page_and_desk_lead_there(dealer):
    home = text(dealer.get("/staff/", {"stay": ""}))
    desk = text(dealer.get(f"/dealers/at/{DEALER}/"))
    for address in ("/clerk/", "/clerk/orders/", "/finance/acceptance/"):
        assert f'href="{address}"' in home
        assert f'href="{address}"' in desk
    dealer.force_login(ordering.user_named("branch1"))
    assert 'href="/clerk/orders/"' not in text(dealer.get(f"/dealers/at/{OTHER}/"))


def settled(freeze_at):
    accept(ordering.top_up())
    accept(accepting.data_pack(), store=OTHER, username=accepting.STRANGER)
    ordering.settle()
    accepting.nights(freeze_at)


def test_the_statement_shows_the_own_days_alone(dealer, freeze_at):
    settled(freeze_at)
    shown = dealer.get("/finance/acceptance/")
    (day,) = shown.context["page"]
    assert (day.orders, day.cash, day.commission, day.net) == (1, 50_00, 75, 75 - 50_00)
    orders = dealer.get("/finance/acceptance/orders/", {"begin": day.day, "end": day.day})
    assert [row.order_number for row in orders.context["page"]] == [
        OrderIntake.objects.get(institution__code=DEALER).number
    ]
    head, row = lines(dealer.get("/finance/acceptance.csv"))
    assert dict(zip(head, row, strict=True))["net"] == "-49.25"
    assert len(lines(dealer.get("/finance/acceptance/orders.csv"))) == 2
    # Another dealer named in the address is not looked at.
    assert dealer.get("/finance/acceptance/", {"partner": OTHER}).context["institution"].code == DEALER


def test_finance_sees_a_dealer_s_statement_and_a_clerk_none(dealer, freeze_at):
    settled(freeze_at)
    dealer.force_login(ordering.user_named("auditor"))
    shown = dealer.get("/finance/acceptance/", {"partner": OTHER})
    assert shown.context["total"].commission == 2_00
    assert dealer.get("/finance/acceptance/").status_code == 302
    dealer.force_login(ordering.user_named("clerk1"))
    assert dealer.get("/finance/acceptance/").status_code == 403
    assert dealer.get("/finance/acceptance.csv").status_code == 403


@pytest.mark.parametrize("asked", [{"begin": "x"}, {"begin": "2026-11-20", "end": "2026-11-19"},
                                   {"begin": "2020-01-01", "end": "2026-11-20"}])  # fmt: skip
def test_a_period_that_cannot_be_is_refused(dealer, asked):
    assert dealer.get("/finance/acceptance/", asked).status_code == 400


def test_a_dealer_without_business_and_a_merchant_see_an_empty_page(dealer):
    assert "Nothing was accepted" in text(dealer.get("/finance/acceptance/"))
    dealer.force_login(ordering.user_named("partner1"))
    assert StaffRole.objects.filter(user__username="partner1", role="partner").exists()
    assert "Nothing was accepted" in text(dealer.get("/finance/acceptance/"))
