"""The other desks: stations, status, admin, and the way in for each role."""

import pytest
from playwright.sync_api import expect

from omnichannel.kernel import outbox
from tests.support import ordering
from tests.support.ordering import PHONE, TEA

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def orders():
    """A few paid orders on their way into the warehouses."""
    found = [ordering.order(PHONE), ordering.order(TEA), ordering.order(ordering.sim())]
    for placed in found:
        ordering.pay(placed)
    outbox.drain()
    return found


@pytest.mark.parametrize(
    ("username", "home"),
    [
        ("clerk1", "staff"),
        ("wh1", "staff"),
        ("courier1", "courier"),
        ("fclerk", "staff"),
        ("auditor", "staff"),
    ],
)
def test_each_role_signs_in_with_its_password(desk, keep, username, home):
    page = desk.page
    desk.open("/staff/sign-in/")
    page.locator("#staff-sign-in [name=username]").fill(username)
    page.locator("#staff-sign-in [name=password]").fill("huatong-demo")
    page.locator("#staff-sign-in button.button--primary").click()
    page.wait_for_url(f"{desk.base}/{home}/")
    keep(page, f"role-{username}")


def test_the_operations_centre_at_work(desk, keep, orders):
    desk.sign_in("wh1")
    desk.open("/ops/")
    keep(desk.page, "station-board")
    with desk.page.expect_navigation():
        desk.page.locator("form[action='/ops/waves/'] button").first.click()
    for path, name in (
        ("/ops/", "waves"),
        ("/ops/station/pick/", "pick"),
        ("/ops/station/sim/", "sim"),
        ("/ops/station/account/", "account"),
        ("/ops/station/pack/", "pack"),
        ("/ops/station/handover/", "handover"),
    ):
        desk.open(path)
        keep(desk.page, f"station-{name}")
        assert desk.sideways() <= 0, path


def test_the_store_answers_its_inbox(desk, keep, orders):
    desk.sign_in("manager1")
    desk.open("/store/")
    keep(desk.page, "store-inbox")


def test_status_and_administration(desk, keep, orders):
    desk.sign_in("operator1")
    desk.open("/status/")
    keep(desk.page, "status")
    desk.sign_in("admin")
    desk.open("/admin/")
    keep(desk.page, "admin-home")
    desk.open("/admin/order/orderintake/")
    keep(desk.page, "admin-orders")
    desk.page.locator(f"#result_list a:has-text('{orders[0].order_number}')").first.click()
    keep(desk.page, "admin-order")
    expect(desk.page.locator("body")).to_contain_text(orders[0].order_number)
