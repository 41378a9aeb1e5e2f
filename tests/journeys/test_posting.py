"""A customer's own parcel: posted at the counter by keyboard, labelled, followed by whoever knows a phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fulfillment.models import FulfillmentOrder
from omnichannel import invariants
from settlement.services import night
from tests.journeys.test_courier import courier_of
from tests.support.demo import NOON
from tests.support.ordering import LIN, id_number
from tests.support.posting import BOX, RECEIVER_PHONE, post
from tests.support.walking import bring_to_town, draw, workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
# In the order of the page; Enter goes from each to the next.
ASKED = {
    "phone": LIN,
    "name": "林晓",
    "id_number": "",
    "to_name": "王芳",
    "to_phone": RECEIVER_PHONE,
    "province": None,
    "city": None,
    "district": "黄浦区",
    "street": "南京东路 100 号",
    "weight_g": str(BOX.weight_g),
    "length_cm": "30",
    "width_cm": "20",
    "height_cm": "10",
    "contents": "两本书",
    "declared": "",
}


def fill_in(page, **changes):
    """With the keyboard alone, from the first field to the tick."""
    asked = ASKED | {"id_number": id_number(LIN)} | changes
    expect(page.locator("#id_phone")).to_be_focused()
    for name, text in asked.items():
        assert page.evaluate("document.activeElement.name") == name
        if text:
            page.evaluate("document.activeElement.select?.()")
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        if name == "phone":  # the sender is known and brings the name along; it is typed over all the same
            expect(page.locator("#id_name")).to_have_value(asked["name"])
    page.keyboard.press("Space")


def test_posted_by_keyboard_followed_to_the_door_and_settled_at_night(desk, phone, keep, freeze_at):
    page = desk.page
    desk.sign_in("clerk1")
    desk.open("/clerk/")
    page.get_by_role("link", name="寄包裹").click()
    page.wait_for_url("**/clerk/post/")  # loaded: Enter goes on to the next field
    fill_in(page)
    expect(page.locator("#sum input[name=shown_total]")).to_have_value("1500")
    keep(page, "posting-filled")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/clerk/parcels/HT"))
    expect(page.get_by_role("link", name="打印面单")).to_be_visible()
    keep(page, "posting-taken-in")
    fo = FulfillmentOrder.objects.get()
    label = page.request.get(f"{desk.base}{page.get_by_role('link', name='打印面单').get_attribute('href')}")
    assert label.body().startswith(b"%PDF")
    desk.open("/track/")
    page.fill("#parcel", fo.code.lower())
    page.fill("#phone", RECEIVER_PHONE[-4:])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/track/HT"))
    expect(page.locator("#track")).to_contain_text("柜台已收寄")
    keep(page, "posting-tracked")
    workers_work()
    handed_over_at_the_store(desk, fo)
    bring_to_town()
    signed_at_the_door(phone, fo, keep)
    desk.open("/track/")
    page.fill("#parcel", fo.code)
    page.fill("#phone", LIN[-4:])
    page.keyboard.press("Enter")
    expect(page.locator("#track")).to_contain_text("已送达")
    keep(page, "posting-delivered")
    night.run_due(now=freeze_at(NOON + timedelta(days=1)))
    workers_work()
    assert [each.name for each in invariants.promises(now=NOON) if each.breaches] == []


def handed_over_at_the_store(desk, fo):
    """The manager hands it to the courier on the store's page."""
    page = desk.page
    desk.sign_in("manager1")
    desk.open(f"/store/{fo.code}/")
    page.fill("#received_by", "孙小军")
    page.get_by_role("button", name="已交接").click()
    expect(page.locator("#waybill")).to_be_visible()
    workers_work()


def signed_at_the_door(phone, fo, keep):
    """The receiver signs on the courier's phone; there is nothing to pay and nothing to prove."""
    page = phone.page
    phone.sign_in(courier_of(fo))
    phone.open("/courier/")
    phone.load_the_van()
    phone.to_the_parcel(fo.code)
    expect(page.locator("main")).to_contain_text("王芳")
    keep(page, "posting-courier-parcel")
    page.locator("button[form=form-arrive]").click()
    expect(page.locator(".signature canvas")).to_be_visible()
    draw(page)
    keep(page, "posting-courier-signature")
    assert phone.sideways() <= 0
    page.locator("button[form=form-sign]").click()
    expect(page.locator(".alert--ok")).to_contain_text(fo.code)
    workers_work()


def test_what_is_missing_is_told_where_it_is_missing_and_nothing_typed_is_lost(desk, keep):
    page = desk.page
    desk.sign_in("clerk1")
    desk.open("/clerk/post/")
    fill_in(page, weight_g="31000", id_number="310101199001011235")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary, .field--error").first).to_be_visible()
    keep(page, "posting-refused")
    assert page.locator("#id_contents").input_value() == "两本书"
    assert not FulfillmentOrder.objects.exists()


def test_on_a_phone_no_page_is_wider_than_the_screen(phone, keep):
    placed = post()
    phone.sign_in("clerk1")
    for name, path in (
        ("post", "/clerk/post/"),
        ("parcels", "/clerk/parcels/"),
        ("parcel", f"/clerk/parcels/{placed.order_number}/"),
        ("track", "/track/"),
    ):
        phone.open(path)
        keep(phone.page, f"posting-phone-{name}")
        assert phone.sideways() <= 0
