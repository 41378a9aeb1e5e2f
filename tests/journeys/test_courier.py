"""A courier delivers a SIM on a phone: identity, a drawn signature, cash."""

import pytest
from playwright.sync_api import expect

from fulfillment.models import Delivery, FulfillmentOrder
from orders.models import Payment
from tests.support import ordering
from tests.support.walking import bring_to_town, draw, hand_to_couriers, workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def parcel():
    """A SIM with a plan, to be paid at the door, handed over to a courier company."""
    placed = ordering.order(ordering.sim(), means="cod")
    hand_to_couriers()
    bring_to_town()
    return FulfillmentOrder.objects.get(demand__order_number=placed.order_number)


def courier_of(parcel) -> str:
    company = Delivery.objects.get(fulfillment=parcel).courier.code
    return {"cr-swift": "courier1", "cr-star": "courier2"}[company]


def test_identity_signature_and_cash(phone, parcel, keep):
    page = phone.page
    phone.sign_in(courier_of(parcel))
    phone.open("/courier/")
    keep(page, "courier-load")
    phone.load_the_van()
    phone.to_the_parcel(parcel.code)
    keep(page, "courier-parcel")
    page.locator("button[form=form-arrive]").click()
    page.locator("#name").fill("林晓")
    page.locator("#id_tail").fill(ordering.id_number()[-4:])
    keep(page, "courier-identity")
    page.locator("button[form=form-identity]").click()
    expect(page.locator(".signature canvas")).to_be_visible()
    draw(page)
    keep(page, "courier-signature")
    page.locator("button[form=form-sign]").click()
    page.locator("#amount").fill(f"{parcel.cod_fen / 100:.2f}")
    keep(page, "courier-cash")
    assert phone.sideways() <= 0
    page.locator("button[form=form-cash]").click()
    expect(page.locator(".alert--ok")).to_contain_text(parcel.code)
    keep(page, "courier-delivered")
    workers_work()
    number = parcel.demand.order_number
    money = Payment.objects.get(intake__number=number, means="cod")
    assert ordering.intake(number).state == "completed"
    assert (money.state, money.captured_fen) == ("captured", parcel.cod_fen)
    assert Delivery.objects.get(fulfillment=parcel).signature_sha256


def test_the_wrong_person_is_not_handed_the_card(phone, parcel, keep):
    page = phone.page
    phone.sign_in(courier_of(parcel))
    phone.open("/courier/")
    phone.load_the_van()
    phone.open(f"/courier/{parcel.code}/")
    page.locator("button[form=form-arrive]").click()
    page.locator("#name").fill("别人")
    page.locator("#id_tail").fill("0000")
    page.locator("button[form=form-identity]").click()
    expect(page.locator("[data-error-message]")).to_contain_text("identity_differs")
    expect(page.locator("#name")).to_be_visible()
    keep(page, "courier-wrong-person")
    assert ordering.intake(parcel.demand.order_number).state != "completed"
