"""The clerk's console: scan, stock everywhere, the customer by phone, one click."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, PickupProposal, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.services import stock
from fulfillment.services.reservation import OutOfStock
from members.models import Member
from omnichannel.kernel.errors import NotAllowed
from orders.models import OrderIntake, Payment
from orders.services import cancellation, placement
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import (
    CHARGER,
    PHONE,
    STORE,
    STRANGER,
    TEA,
    intake,
    order,
    pay,
    pickup,
    refused,
    sell,
    settle,
)

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def console(client):
    client.force_login(ordering.user_named("clerk1"))
    client.get("/clerk/", headers={"Accept-Language": "en"})
    return client


def form(page, **changes):
    """The sale in hand as the page would send it."""
    return {
        "sale": page.context["sale"],
        "shown_total": page.context["quote"].total_fen,
        "phone": STRANGER,
        "name": "周敏",
        "means": "cash",
        "way": "ship",
        "province": "上海",
        "city": "上海",
        "district": "黄浦区",
        "street": "南京东路 2 号",
    } | changes


def test_cash_at_the_counter_confirms_the_order_in_one_click():
    placed = sell(TEA)
    found = intake(placed)
    money = Payment.objects.get(intake=found)
    assert (found.state, found.channel, found.institution.code) == ("confirmed", "store", STORE)
    assert (money.means, money.collector_id) == ("cash", found.institution_id)
    assert money.captured_fen == placed.total_fen


def test_what_the_store_lacks_comes_from_where_it_is():
    StockLevel.objects.filter(sku=PHONE, location__code=STORE).update(on_hand=0)
    placed = sell(PHONE, phone="13700000001", name="新客")
    settle()
    source = FulfillmentOrder.objects.get(demand__order_number=placed.order_number).location
    assert source.code != STORE
    assert intake(placed).institution.code == STORE


def last_one_promised() -> str:
    """The store's only charger, promised to another customer's paid order; returns its number."""
    promised = order(CHARGER, delivery=pickup(), means="unipay")
    pay(promised)
    settle()
    level = StockLevel.objects.get(sku=CHARGER, location__code=STORE)
    gone = {"units": level.reserved - level.on_hand, "place": "loss", "reason": "test", "reference": "T"}
    stock.book(sku=CHARGER, location_id=level.location_id, now=NOON, **gone)
    return promised.order_number


def where(number: str) -> list[tuple[str, str]]:
    parcels = FulfillmentOrder.objects.filter(demand__order_number=number).order_by("pk")
    return list(parcels.values_list("location__code", "state"))


def test_a_unit_in_the_customer_s_hand_is_sold_though_it_was_promised():
    promised = last_one_promised()
    sold = sell(CHARGER, delivery=pickup())
    settle()
    assert where(sold.order_number)[0][0] == STORE
    assert where(promised) == [(STORE, "declined")]
    # A pick-up moves with its customer's word only: the customer is asked about another store.
    assert PickupProposal.objects.get(demand__order_number=promised).state == "asked"
    assert findings(now=NOON) == []


def test_paid_over_the_provider_it_is_sold_in_the_same_way():
    promised = last_one_promised()
    sold = sell(CHARGER, delivery=pickup(), means="unipay")
    assert sold.state == "awaiting_payment"
    assert where(promised) == [(STORE, "declined")]
    pay(sold)
    settle()
    assert where(sold.order_number)[0][0] == STORE
    assert findings(now=NOON) == []


@pytest.mark.parametrize("means", ["cash", "unipay"])
def test_a_hold_that_nobody_has_paid_gives_way_too(means):
    held = order(CHARGER, delivery=pickup(), means="unipay")
    level = StockLevel.objects.get(sku=CHARGER, location__code=STORE)
    gone = {"units": level.reserved - level.on_hand, "place": "loss", "reason": "test", "reference": "T"}
    stock.book(sku=CHARGER, location_id=level.location_id, now=NOON, **gone)
    sell(CHARGER, delivery=pickup(), means=means)
    assert FulfillmentDemand.objects.get(order_number=held.order_number).state == "released"
    assert findings(now=NOON) == []


def test_what_is_not_paid_in_time_lies_on_the_shelf_again(freeze_at):
    last_one_promised()
    sold = sell(CHARGER, delivery=pickup(), means="unipay")
    level = StockLevel.objects.get(sku=CHARGER, location__code=STORE)
    assert (level.on_hand, level.reserved) == (1, 1)
    cancellation.expire_unpaid(now=freeze_at(NOON + timedelta(hours=1)))
    settle()
    level.refresh_from_db()
    assert (intake(sold).state, level.on_hand, level.reserved) == ("cancelled", 1, 0)


def test_what_is_sent_or_paid_at_the_door_displaces_nobody():
    promised = last_one_promised()
    StockLevel.objects.filter(sku=CHARGER).exclude(location__code=STORE).update(on_hand=0, reserved=0)
    for means in ("unipay", "cash"):
        with refused(OutOfStock):
            sell(CHARGER, means=means)
    assert where(promised)[-1][0] == STORE


def test_a_unit_that_is_not_there_is_not_sold_at_the_counter():
    StockLevel.objects.filter(sku=CHARGER, location__code=STORE).update(on_hand=0, reserved=0)
    with refused(OutOfStock):
        sell(CHARGER, delivery=pickup())


def test_paying_later_over_the_provider_waits():
    assert sell(TEA, means="unipay").state == "awaiting_payment"


def test_a_clerk_sells_only_in_the_own_store():
    with refused(NotAllowed):
        sell(TEA, store="st-gz-01")
    assert not OrderIntake.objects.exists()


@pytest.mark.parametrize("username", ["wh1", "courier1", "fclerk", "auditor"])
def test_other_staff_does_not_sell(username):
    with refused(NotAllowed):
        sell(TEA, username=username)


def test_a_sim_is_sold_with_the_customer_s_identity():
    placed = sell(ordering.sim(), name="林晓", phone=ordering.LIN, id_number=ordering.id_number())
    assert intake(placed).state == "confirmed"


def test_a_sim_without_identity_leaves_nothing():
    members, wish = Member.objects.count(), ordering.sim()
    with refused(placement.IdentityMissing):
        sell(wish, phone="13700000002", name="新客")
    assert Member.objects.count() == members


def test_the_console_is_closed_to_customers_and_visitors(client):
    assert client.get("/clerk/").url == "/staff/sign-in/?next=/clerk/"
    client.force_login(ordering.user())
    assert client.get("/clerk/").status_code == 403


def test_scanning_shows_stock_here_and_elsewhere(console):
    page = console.get("/clerk/search/", {"q": PHONE}).content.decode()
    assert PHONE in page


@pytest.mark.parametrize("text", ["", "   ", "没有这样的东西", "'; --", "%", "😀", "x" * 500])
def test_a_search_for_anything_answers(console, text):
    assert console.get("/clerk/search/", {"q": text}).status_code == 200


def test_the_hand_remembers_counts_and_drops(console):
    console.post("/clerk/take/", {"sku": TEA})
    page = console.post("/clerk/take/", {"sku": TEA})
    assert page.context["quote"].lines[0].wish.quantity == 2
    page = console.post("/clerk/drop/", {"sku": TEA})
    assert page.context.get("quote") is None


def test_the_customer_is_known_by_phone(console):
    page = console.get("/clerk/customer/", {"phone": "139 0000 0001"})
    assert page.context["card"].name.startswith("林")
    assert console.get("/clerk/customer/", {"phone": "139"}).context["card"] is None
    assert console.get("/clerk/customer/", {"phone": "13700009999"}).context["card"] is None


def test_one_click_from_the_hand_to_the_receipt(console):
    page = console.post("/clerk/take/", {"sku": TEA})
    answer = console.post("/clerk/sell/", form(page))
    assert answer.status_code == 302
    found = OrderIntake.objects.get()
    assert answer.url == f"/clerk/orders/{found.number}/"
    assert console.get(answer.url).status_code == 200
    assert console.get("/clerk/").context.get("quote") is None
    assert found.number in console.get("/clerk/orders/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "139"},
        {"phone": ""},
        {"shown_total": 1},
        {"shown_total": "x"},
        {"street": ""},
        {"street": "路" * 300},
        {"city": "火星"},
        {"means": "gold"},
    ],
)
def test_a_click_with_something_wrong_sells_nothing_and_keeps_the_hand(console, changes):
    page = console.post("/clerk/take/", {"sku": TEA})
    members = Member.objects.count()
    answer = console.post("/clerk/sell/", form(page, **changes))
    assert answer.status_code in (400, 409, 422)
    assert not OrderIntake.objects.exists()
    assert Member.objects.count() == members
    assert answer.context["quote"].lines[0].wish.sku == TEA


def test_a_form_sent_twice_is_one_sale(console):
    wanted = form(console.post("/clerk/take/", {"sku": TEA}))
    first, again = console.post("/clerk/sell/", wanted), console.post("/clerk/sell/", wanted)
    assert (first.status_code, first.url) == (302, again.url)
    assert OrderIntake.objects.count() == 1


def test_another_store_s_receipt_is_not_there(console, client):
    placed = sell(CHARGER)
    client.force_login(ordering.user_named("clerk2"))
    assert client.get(f"/clerk/orders/{placed.order_number}/").status_code == 404
