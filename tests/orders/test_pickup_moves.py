"""The customer answers on the order's page whether it may be another store; the promised day is shown."""

import pytest

from catalog.models import Number
from fulfillment.models import FulfillmentDemand, FulfillmentOrder
from fulfillment.services import acceptance, shortage
from members.actors import SYSTEM
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, intake, order, pay, settle

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def lin(client):
    client.force_login(ordering.user())
    return client


@pytest.fixture
def asked():
    """A pick-up whose store said no."""
    placed = order(CHARGER, delivery=ordering.pickup())
    pay(placed)
    settle()
    fo = FulfillmentOrder.objects.get(demand__order_number=placed.order_number)
    acceptance.refuse(fulfillment_id=fo.pk, actor=SYSTEM, reason="damaged", now=NOON)
    settle()
    return placed.order_number


def test_the_customer_agrees_on_the_page(lin, asked):
    page = lin.get(f"/orders/{asked}/", headers={"accept-language": "en"}).content.decode()
    assert "May it be another store?" in page
    before = intake(asked).pickup_location_id
    assert lin.post(f"/orders/{asked}/store/", {"answer": "yes"}).url == f"/orders/{asked}/"
    settle()
    found = intake(asked)
    assert found.pickup_location_id != before
    parcels = FulfillmentOrder.objects.live().filter(demand__order_number=asked)
    assert parcels.get().location_id == found.pickup_location_id
    assert lin.post(f"/orders/{asked}/store/", {"answer": "yes"}).status_code == 409


@pytest.fixture
def partly():
    """Two of three chargers are damaged at the store; the third is being picked."""
    placed = order(ordering.Wish(sku=CHARGER, quantity=3), delivery=ordering.pickup())
    pay(placed)
    settle()
    fo = FulfillmentOrder.objects.get(demand__order_number=placed.order_number)
    lacking = {fo.lines.get().pk: 2}
    if fo.state == "awaiting_acceptance":
        acceptance.accept(fulfillment_id=fo.pk, actor=SYSTEM, now=NOON)
    shortage.report_units(fulfillment_id=fo.pk, actor=SYSTEM, lacking=lacking, reason="damaged", now=NOON)
    settle()
    return placed.order_number


@pytest.mark.parametrize(
    ("language", "asks", "rest"),
    [
        ("en", "May a part be at another store?", "The rest of your order stays as it is"),
        ("zh-hans", "其中一部分可以改到另一家门店吗？", "其余商品不变"),
    ],
)
def test_the_page_says_what_lacks_and_what_becomes_of_the_rest(lin, partly, language, asks, rest):
    lin.cookies["django_language"] = language
    page = lin.get(f"/orders/{partly}/")
    text = page.content.decode()
    assert asks in text
    assert rest in text
    assert [good["quantity"] for good in page.context["proposal_goods"]] == [2]
    lin.post(f"/orders/{partly}/store/", {"answer": "yes"})
    settle()
    after = lin.get(f"/orders/{partly}/")
    assert after.context["several_stores"]
    assert sorted(len(parcel["goods"]) for parcel in after.context["parcels"]) == [1, 1]


def test_a_no_goes_to_the_operators(lin, asked):
    before = intake(asked).pickup_location_id
    lin.post(f"/orders/{asked}/store/", {"answer": "no"})
    assert FulfillmentDemand.objects.get(order_number=asked).reason == "customer_no"
    assert intake(asked).pickup_location_id == before
    assert "May it be another store?" not in lin.get(f"/orders/{asked}/").content.decode()


def test_nobody_else_answers(client, asked):
    assert client.post(f"/orders/{asked}/store/", {"answer": "yes"}).status_code == 404
    client.force_login(ordering.user_named("operator1"))
    assert (
        "Only the customer can answer"
        in client.get(f"/orders/{asked}/", headers={"accept-language": "en"}).content.decode()
    )
    assert client.post(f"/orders/{asked}/store/", {"answer": "yes"}).status_code == 404
    assert FulfillmentDemand.objects.get(order_number=asked).reason == "asking_customer"


def test_the_promised_day_stands_on_checkout_and_order(lin):
    lin.post("/basket/add/", {"sku": CHARGER, "quantity": 1})
    promise = lin.get("/checkout/").context["promise"]
    placed = order(CHARGER)
    pay(placed)
    settle()
    told = FulfillmentDemand.objects.get(order_number=placed.order_number)
    assert told.promised_on.isoformat() == told.wish["promised_on"]
    assert promise["day"] >= NOON.date()
    page = lin.get(f"/orders/{placed.order_number}/", headers={"accept-language": "en"})
    assert page.context["promised_on"] == told.promised_on
    assert "With you by" in page.content.decode()


def test_a_number_brings_its_home_province_to_routing():
    wish = ordering.sim()
    placed = order(wish)
    account = FulfillmentDemand.objects.get(order_number=placed.order_number).wish["accounts"][0]
    assert account["number_province"] == Number.objects.get(pk=wish.msisdn).block.province != ""
