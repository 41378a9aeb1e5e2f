"""Finance opens the day's report, drills down to an order, and two people pay out."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from omnichannel.demo_day import rounds
from omnichannel.demo_day.turns import AtOnce
from omnichannel.kernel import outbox
from settlement.models import BusinessDay, FundTransfer
from settlement.services import night
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import CASE, CHARGER, LAMP, PHONE, TEA
from tests.support.walking import hand_to_couriers

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
MIDNIGHT = NOON + timedelta(hours=12, minutes=5)


@pytest.fixture
def netted(freeze_at):
    """A small day of every kind of money, delivered, cut off and netted."""
    for placed in (ordering.order(PHONE, CASE), ordering.order(LAMP, TEA, points_fen=2000)):
        ordering.pay(placed)
    ordering.order(TEA, means="cod")
    ordering.sell(CHARGER, TEA)
    assert (
        ordering.post(ordering.body(PHONE, name="dealer", means="collected"), name="dealer").status_code
        == 201
    )
    hand_to_couriers()
    rounds.go_out(AtOnce(NOON))
    rounds.deliver(AtOnce(NOON), refusing=set())
    outbox.drain()
    freeze_at(MIDNIGHT)
    night.run_due(now=MIDNIGHT)
    assert BusinessDay.objects.get(business_date=DAY).state == "netted"
    return DAY.isoformat()


def test_from_the_report_to_the_order(desk, netted, keep):
    desk.sign_in("fclerk")
    desk.open("/finance/")
    keep(desk.page, "finance-days")
    desk.page.locator(f"a[href='/finance/day/{netted}/']").first.click()
    keep(desk.page, "finance-day")
    expect(desk.page.locator("main")).to_contain_text("蓝天")
    desk.page.locator("main table a.figure[href*='/finance/trades/']").first.click()
    desk.page.wait_for_url(re.compile("/finance/trades/"))
    keep(desk.page, "finance-trades")
    desk.page.locator("main a[href*='/finance/order/HT']").first.click()
    desk.page.wait_for_url(re.compile("/finance/order/HT"))
    keep(desk.page, "finance-order")


def test_three_clicks_from_any_figure_to_an_order(desk, netted):
    """Whatever column a figure stands in: figure, order's money, the order itself."""
    desk.sign_in("auditor")
    page = desk.page
    for column in ("payments", "freight"):
        desk.open(f"/finance/day/{netted}/")
        page.locator(f"main table a.figure[href*='column={column}']").first.click()
        page.wait_for_url(re.compile("/finance/trades/"))
        page.locator("main a[href*='/finance/order/HT']").first.click()
        page.wait_for_url(re.compile("/finance/order/HT"))
        number = page.url.rstrip("/").rsplit("/", 1)[1]
        page.locator(f"main a[href='/orders/{number}/'], header a[href='/orders/{number}/']").first.click()
        page.wait_for_url(re.compile(f"/orders/{number}/"))
        expect(page.locator("body")).to_contain_text(number)


def test_one_proposes_another_confirms_and_closes(desk, netted, keep):
    page = desk.page
    desk.sign_in("fclerk")
    desk.open(f"/finance/day/{netted}/")
    with page.expect_navigation():
        page.locator("form[action$='/propose/'] button").click()
    assert FundTransfer.objects.filter(business_date=DAY, state="draft").exists()
    expect(page.locator("form[action$='/confirm/'] button")).to_have_count(0)
    desk.sign_in("flead")
    desk.open("/finance/transfers/")
    keep(page, "finance-transfers")
    desk.open(f"/finance/day/{netted}/")
    page.locator("[data-open-dialog=confirm-all], [data-dialog=confirm-all]").first.click()
    with page.expect_navigation():
        page.locator("form[action$='/confirm/'] button.button--primary").click()
    with page.expect_navigation():
        page.locator("form[action$='/export/'] button").click()
    page.locator("[data-open-dialog=close-day], [data-dialog=close-day]").first.click()
    page.locator("form[action$='/close/'] button.button--primary").click()
    expect(page.locator("main code")).to_be_visible()
    keep(page, "finance-closed")
    assert BusinessDay.objects.get(business_date=DAY).is_final


def test_an_auditor_reads_and_changes_nothing(desk, netted):
    desk.sign_in("auditor")
    desk.open(f"/finance/day/{netted}/")
    assert desk.page.locator("main form[method=post]").count() == 0
