"""A customer buys a phone and a SIM with a number of her choice, and follows the order."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from catalog.models import Number
from orders.models import OrderIntake
from tests.support.walking import workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
LIN = "13900000001"


def sign_in_by_code(journey):
    """The phone, then the code that the demo shows among its messages."""
    page = journey.page
    journey.open("/sign-in/?next=/")
    page.locator("#sign-in input[name=phone]").fill(LIN)
    page.locator("#sign-in .form__actions button").click()
    expect(page.locator("#sign-in input[name=code]")).to_be_visible()
    outbox = page.context.new_page()
    outbox.goto(f"{journey.base}/dev/messages/")
    code = re.search(r"\d{6}", outbox.locator("[data-message-text]").first.inner_text())[0]
    outbox.close()
    page.locator("#sign-in input[name=code]").fill(code)
    page.locator("#sign-in .form__actions button").first.click()
    page.wait_for_url(f"{journey.base}/")


def find_a_phone(journey, keep, prefix):
    page = journey.page
    keep(page, f"{prefix}-home")
    journey.open("/c/smartphones/")
    keep(page, f"{prefix}-category")
    journey.open("/search/?q=云帆")
    keep(page, f"{prefix}-search")
    page.locator("main a[href^='/p/']").first.click()
    page.wait_for_url(re.compile("/p/"))
    keep(page, f"{prefix}-product")
    page.locator("#buy button.button--primary").click()
    page.wait_for_url(f"{journey.base}/basket/")


def choose_a_number(journey, keep, prefix) -> str:
    page = journey.page
    journey.open("/numbers/")
    keep(page, f"{prefix}-numbers")
    page.locator("#number-choice .numbers .number").first.click()
    held = page.locator("#number-choice .held input[name=msisdn]").first
    expect(held).to_be_visible()
    msisdn = held.get_attribute("value")
    page.locator("main a[href^='/p/']").first.click()
    page.wait_for_url(re.compile("/p/"))
    expect(page.locator("input[name=msisdn][type=radio]").first).to_be_checked()
    keep(page, f"{prefix}-sim")
    page.locator("#buy button.button--primary").click()
    page.wait_for_url(f"{journey.base}/basket/")
    return msisdn


def check_out_and_pay(journey, keep, prefix):
    page = journey.page
    keep(page, f"{prefix}-basket")
    page.locator("a[href='/checkout/']:visible").first.click()
    page.wait_for_url(f"{journey.base}/checkout/")
    keep(page, f"{prefix}-checkout")
    page.locator("#summary button[type=submit], #summary button.button--primary").first.click()
    page.wait_for_url(re.compile("/sim/unipay/cashier/"))
    keep(page, f"{prefix}-cashier")
    page.locator("button[value=pay]").click()
    page.wait_for_url(re.compile("/return/"))
    expect(page.locator("#payment-result")).to_have_attribute("data-state", "waiting")
    workers_work()
    expect(page.locator("#payment-result")).to_have_attribute("data-state", "paid")
    keep(page, f"{prefix}-paid")


def buy(journey, keep, prefix):
    sign_in_by_code(journey)
    find_a_phone(journey, keep, prefix)
    msisdn = choose_a_number(journey, keep, prefix)
    check_out_and_pay(journey, keep, prefix)
    found = OrderIntake.objects.get()
    assert found.state in ("confirmed", "fulfilling")
    assert Number.objects.get(pk=msisdn).reference == found.number
    journey.page.locator(f"a[href='/orders/{found.number}/']").first.click()
    expect(journey.page.locator("#order-status")).to_be_visible()
    keep(journey.page, f"{prefix}-order")
    return found


def test_on_a_desk(desk, keep):
    found = buy(desk, keep, "desk")
    desk.open("/me/orders/")
    expect(desk.page.locator("main")).to_contain_text(found.number)
    keep(desk.page, "desk-my-orders")


def test_on_a_phone(phone, keep):
    buy(phone, partial(keep, full=False), "phone")
    for path in ("/", "/c/smartphones/", "/search/?q=云帆", "/numbers/", "/basket/", "/me/", "/me/orders/"):
        phone.open(path)
        assert phone.sideways() <= 0, path


@pytest.mark.parametrize("path", ["/", "/c/smartphones/", "/numbers/", "/basket/", "/sign-in/"])
def test_in_english_no_chinese_is_left_in_the_frame(desk, keep, path):
    """Names of goods and people may be Chinese; what the pages say themselves is English."""
    desk.speak("en")
    desk.open(path)
    keep(desk.page, f"english-{path.strip('/').replace('/', '-') or 'home'}")
    words = desk.page.locator("header, nav, footer, main h1, main h2, main button").all_inner_texts()
    chinese = [text for text in words if re.search(r"[一-鿿]", re.sub("简体中文|中文", "", text))]
    assert chinese == []
