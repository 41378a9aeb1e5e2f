"""A clerk sells in one click what the store lacks, with the scanner and the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from fulfillment.models import FulfillmentOrder, StockLevel
from orders.models import OrderIntake
from tests.support.walking import workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
SKU = "QINGYU-X5-PRO-JADE-512GB"


@pytest.fixture
def counter(desk):
    """The console of a Shanghai store that has none of this phone."""
    StockLevel.objects.filter(sku=SKU, location__code="st-sh-01").update(on_hand=0)
    desk.sign_in("clerk1")
    desk.open("/clerk/")
    return desk


def scan(page, text):
    """As a reader does it: the field is ready, the code is typed, Enter follows."""
    expect(page.locator("[data-scan]")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_one_click_sells_what_lies_elsewhere(counter, keep):
    page = counter.page
    keep(page, "clerk-empty")
    scan(page, SKU)
    expect(page.locator("#sale [name=phone]")).to_be_visible()
    page.locator("#sale [name=phone]").fill("13900000002")
    expect(page.locator("#customer")).to_contain_text("陈")
    at_home(page)
    keep(page, "clerk-hand")
    page.locator("#sale button[type=submit], #sale button.button--primary").last.click()
    page.wait_for_url(re.compile("/clerk/orders/HT"))
    workers_work()
    page.reload()
    keep(page, "clerk-sold")
    found = OrderIntake.objects.get()
    source = FulfillmentOrder.objects.get(demand__order_number=found.number).location
    assert source.code != "st-sh-01"
    assert (found.institution.code, found.channel) == ("st-sh-01", "store")
    assert found.state in ("confirmed", "fulfilling")


def at_home(page) -> None:
    """The customer's address, in a province whose cities have come from the server."""
    address = page.locator("#customer [data-address]").first
    city, street = (address.get_attribute(f"data-{name}") for name in ("city", "street"))
    address.click()
    expect(page.locator("#sale [name=city]")).to_have_value(city)
    expect(page.locator("#sale [name=street]")).to_have_value(street)


def test_the_city_of_a_known_customer_comes_along(counter):
    """佛山 is not the first city of its province: it is chosen when that province's cities have arrived."""
    page = counter.page
    scan(page, SKU)
    page.locator("#sale [name=phone]").fill("13900000004")
    expect(page.locator("#sale [name=province]")).to_have_value("广东")
    expect(page.locator("#sale [name=city]")).to_have_value("佛山")


def test_the_keyboard_is_enough(counter, keep):
    """No mouse: scan, tab to the phone, fill in, Enter."""
    page = counter.page
    scan(page, SKU)
    expect(page.locator("#sale [name=phone]")).to_be_visible()
    for name, text in (("phone", "13700000042"), ("name", "新客"), ("street", "淮海中路 8 号")):
        tab_to(page, name)
        page.keyboard.type(text)
    expect(page.locator("#customer p")).to_be_visible()  # nobody knows this number yet
    keep(page, "clerk-keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/clerk/orders/HT"))
    assert OrderIntake.objects.get().contact_name == "新客"


def tab_to(page, name):
    """Tab until this field has the focus; every stop on the way shows where it is."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def test_a_sim_gets_its_number_and_plan_at_the_counter(counter, keep):
    page = counter.page
    scan(page, "SIM-YOUTH")
    expect(page.locator("#sim input, #sim button").first).to_be_visible()
    keep(page, "clerk-sim")
