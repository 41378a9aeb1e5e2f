"""A dealer orders telephone numbers, its branch approves what there is, what is not wanted goes back."""

import re

import pytest
from playwright.sync_api import expect

from catalog.models import NumberAllotment

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
NUMBERS = "/dealers/at/dl-lantian/numbers/"


def type_into(page, field: str, text: str) -> None:
    """With the keyboard alone."""
    page.locator(field).focus()
    page.keyboard.type(text)


def ordered(desk, keep) -> str:
    """From the list of its numbers to the order: ordinary ones of Nanjing, more pairs than Suzhou has."""
    page = desk.page
    desk.sign_in("dealer1")
    desk.open(NUMBERS)
    page.locator(".page__head a.button--primary").click()
    type_into(page, "#n-plain", "5")
    page.locator("#n-city").select_option("江苏|苏州")
    page.locator("#numbers button[value=city]").click()
    expect(page.locator("#numbers")).to_contain_text("× 5")
    type_into(page, "#n-aabb", "9")
    keep(page, "numbers-form")
    page.locator("button[value=review]").click()
    expect(page.locator("tfoot")).to_contain_text("14")
    keep(page, "numbers-review")
    page.locator("button[value=order]").click()
    page.wait_for_url(re.compile("/dealers/orders/DP"))
    return page.url.rstrip("/").rpartition("/")[2]


def approved(desk, keep, number: str) -> None:
    page = desk.page
    desk.sign_in("branch1")
    desk.open(f"/dealers/orders/{number}/")
    page.locator("[data-open-dialog=fewer]").click()
    keep(page, "numbers-fewer")
    page.locator("#fewer .button--primary").press("Enter")
    expect(page.locator(".order-numbers")).to_be_visible()
    keep(page, "numbers-came")


def test_from_the_form_to_the_pool_again(desk, keep):
    page = desk.page
    number = ordered(desk, keep)
    approved(desk, keep, number)
    came = NumberAllotment.objects.filter(reference=number)
    assert 5 < came.count() < 14
    desk.sign_in("dealer1")
    desk.open(f"{NUMBERS}?order={number}")
    keep(page, "numbers-list")
    for box in (0, 1):
        page.locator("input[name=number]").nth(box).focus()
        page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_contain_text("2")
    page.locator("[data-open-dialog=give-back]").press("Enter")
    keep(page, "numbers-give-back")
    page.locator("#give-back .button--danger-solid").press("Enter")
    expect(page.locator("input[name=number]")).to_have_count(came.count() - 2)
    assert came.filter(end="given_back").count() == 2
