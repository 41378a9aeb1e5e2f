"""An accountant clears the work list without a mouse; a lead approves what is above the limit."""

import pytest
from playwright.sync_api import expect

from members.actors import SYSTEM
from omnichannel.kernel import outbox
from orders.simulator.bills import wechat
from orders.simulator.bills.rows import rows_of
from settlement import demo_statements
from settlement.models import ReconBreak, StatementAccount
from settlement.services.reconciliation import importing
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import CASE, LAMP, PHONE, TEA

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def three_breaks():
    """Three paid orders of which the provider's bill knows none; two are above the limit of a write-off."""
    for goods in (PHONE, CASE, (LAMP, TEA)):
        ordering.pay(ordering.order(*(goods if isinstance(goods, tuple) else (goods,))))
    outbox.drain()
    demo_statements.load(now=NOON)
    assert len(rows_of(DAY)) == 3
    numbers = demo_statements.numbers()
    importing.import_bill(
        actor=SYSTEM,
        account_id=StatementAccount.objects.get(source="wechat").pk,
        day=DAY,
        content=wechat.all_bill([], merchant=numbers.wechat),
        file_name="bill.csv",
        now=NOON,
    )
    assert ReconBreak.objects.count() == 3


def test_the_list_is_cleared_by_keyboard(desk, three_breaks, keep):
    page, keys = desk.page, desk.page.keyboard
    desk.sign_in("fclerk")
    desk.open("/finance/reconciliation/")
    expect(page.locator("[data-row]").first).to_be_focused()
    keep(page, "reconciliation")
    keys.press("j")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    keys.press("t")
    expect(page.locator("[data-row]").nth(1).locator("td").last).not_to_have_text("—")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    assert ReconBreak.objects.exclude(owner=None).count() == 1
    keys.press("a")
    keys.press("w")
    expect(page.locator("#why")).to_be_focused()
    keys.type("the provider lost them")
    keys.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(2)
    assert ReconBreak.objects.filter(state="proposed").count() == 2
    desk.sign_in("flead")
    desk.open("/finance/reconciliation/")
    expect(page.locator("[data-row]").first).to_be_focused()
    keys.press("a")
    keys.press("y")
    expect(page.locator("[data-row]")).to_have_count(0)
    assert set(ReconBreak.objects.values_list("state", flat=True)) == {"resolved"}
