"""At a small dealer: a top-up in three steps, a new number from the own shelf, and what it earned."""

import re

import pytest
from playwright.sync_api import expect

from orders.models import OrderIntake
from tests.support import ordering
from tests.support.walking import workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def counter(desk):
    desk.sign_in("dealer2")
    return desk


def sell(page) -> str:
    page.locator("#sale button.button--primary").last.click()
    page.wait_for_url(re.compile("/clerk/orders/HT"))
    return page.url.rstrip("/").rpartition("/")[2]


def test_from_the_desk_a_top_up_is_three_steps(counter, keep):
    page = counter.page
    counter.open("/dealers/")
    page.locator(".page__head a[href='/clerk/']").click()
    page.locator(".quick .button").first.click()
    page.locator(".instant [name=target_msisdn]").fill("139 0000 0002")
    keep(page, "dealer-top-up")
    page.locator(".instant__amount[value=TOP-UP-50]").click()
    expect(page.locator("#sale [name=phone]")).to_have_value("13900000002")
    keep(page, "dealer-hand")
    number = sell(page)
    workers_work()
    assert OrderIntake.objects.get(number=number).state == "completed"
    counter.open("/finance/acceptance/")
    expect(page.locator("tbody tr")).to_contain_text("50.00")
    keep(page, "dealer-acceptance")


def test_a_new_number_leaves_the_own_shelf(counter, keep):
    page = counter.page
    counter.open("/clerk/")
    page.locator(".quick .button").nth(2).click()
    page.locator(".hit .button--primary").first.click()
    page.locator(".numbers .number").first.click()
    keep(page, "dealer-numbers")
    page.locator("#sim .button--primary").click()
    page.locator("#sale [name=phone]").fill(ordering.LIN)
    expect(page.locator("#customer")).to_contain_text("139****0001")  # whose name is not told here
    page.locator("#sale [name=name]").fill("林晓")
    expect(page.locator("#sale [name=way][value=pickup]")).to_be_checked()
    page.locator("#sale button.button--primary").last.click()
    expect(page.locator("#sale .field--invalid, #sale [aria-invalid=true]").first).to_be_visible()
    page.locator("#sale [name=id_number]").fill(ordering.id_number())
    number = sell(page)
    workers_work()
    page.reload()
    page.locator(f"a[href='/store/find/?code={number}']").click()
    page.wait_for_url(re.compile(f"/store/{number}"))
    keep(page, "dealer-hand-over")
