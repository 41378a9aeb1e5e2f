"""The last kilometre as both see it: the van moves on the map, the customer's own phone pays at the door."""

import re

import pytest
from playwright.sync_api import expect

from fulfillment.models import Delivery, FulfillmentOrder
from orders.models import Payment
from orders.views import tracking
from tests.journeys.test_courier import courier_of
from tests.support import ordering
from tests.support.walking import Journey, bring_to_town, draw, hand_to_couriers, workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
SUBURB, NEAR = {"latitude": 31.1, "longitude": 121.2}, {"latitude": 31.2, "longitude": 121.4}
VAN = ".track-map__mark--van"


@pytest.fixture
def parcel() -> FulfillmentOrder:
    """Tea to be paid at the door, handed to a courier and due today."""
    placed = ordering.order(ordering.TEA, means="cod")
    hand_to_couriers()
    bring_to_town()
    return FulfillmentOrder.objects.get(demand__order_number=placed.order_number)


@pytest.fixture
def customer(browser, browser_context_args, live_server):
    """A second person: the customer at a desk."""
    context = browser.new_context(**browser_context_args)
    journey = Journey(context.new_page(), live_server.url)
    journey.sign_in(ordering.user().username)
    yield journey
    assert journey.faults == []
    context.close()


def at_the_door(phone, parcel) -> None:
    phone.sign_in(courier_of(parcel))
    phone.open(f"/courier/{parcel.code}/")
    phone.page.locator("button[form=form-arrive]").click()
    expect(phone.page.locator(".signature canvas")).to_be_visible()
    draw(phone.page)
    phone.page.locator("button[form=form-sign]").click()


def everything_listens(phone) -> None:
    """The route's scripts end with keeping its pages: the switch is theirs by then."""
    expect(phone.page.locator("[data-kept-note]")).to_be_visible()


def test_the_van_moves_on_the_customers_map(phone, customer, parcel, keep, monkeypatch):
    monkeypatch.setattr(tracking, "LIVE_SECONDS", 1)
    customer.open(f"/orders/{parcel.demand.order_number}/parcels/{parcel.code}/")
    expect(customer.page.locator(VAN)).to_have_count(0)
    phone.page.context.grant_permissions(["geolocation"])
    phone.page.context.set_geolocation(SUBURB)
    phone.sign_in(courier_of(parcel))
    phone.open("/courier/")
    everything_listens(phone)
    phone.page.locator("input[name=code]").fill(parcel.code)
    phone.page.locator("input[name=code]").press("Enter")
    phone.page.locator("[data-share-place]").check()
    expect(customer.page.locator(VAN)).to_have_count(1)
    before = customer.page.locator(VAN).get_attribute("transform")
    phone.page.context.set_geolocation(NEAR)
    phone.open(f"/courier/{parcel.code}/")
    expect(customer.page.locator(VAN)).not_to_have_attribute("transform", before)
    keep(customer.page, "track-van")


def test_without_leave_to_know_the_place_the_switch_goes_back(phone, parcel):
    phone.sign_in(courier_of(parcel))
    phone.open("/courier/")
    everything_listens(phone)
    phone.page.locator("[data-share-place]").click()
    expect(phone.page.locator("[data-share-refused]")).to_be_visible()
    expect(phone.page.locator("[data-share-place]")).not_to_be_checked()


def test_the_customers_phone_pays_and_the_couriers_page_goes_on(phone, customer, parcel, keep):
    at_the_door(phone, parcel)
    phone.page.locator("form[action$='/qr/start/'] button").click()
    expect(phone.page.locator(".door-code svg")).to_be_visible()
    keep(phone.page, "courier-qr")
    payment = Payment.objects.get(intake__number=parcel.demand.order_number, means="unipay")
    customer.page.goto(payment.cashier_url)
    customer.page.locator("button[value=pay]").click()
    customer.page.wait_for_url(re.compile("/door/paid/"))
    workers_work()
    expect(phone.page.locator("#door-state .alert--ok")).to_contain_text(parcel.code)
    done = Delivery.objects.get(fulfillment=parcel)
    assert (done.cod_means, done.cod_collected_fen) == ("qr", parcel.cod_fen)
    assert phone.sideways() <= 0
