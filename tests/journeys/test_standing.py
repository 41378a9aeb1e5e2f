"""An operator ends what stands still; a dealer who is a hub delivers what the trunk run brought."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fulfillment.models import FulfillmentOrder, StandstillDecision
from members.queries import institution_by_code
from omnichannel.kernel import clock
from tests.support import ordering
from tests.support.walking import bring_to_town, hand_to_couriers, workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


def handed(*, via: str = "") -> FulfillmentOrder:
    placed = ordering.order(ordering.CHARGER)
    ordering.pay(placed)
    ordering.settle()
    row = FulfillmentOrder.objects.filter(demand__order_number=placed.order_number)
    if via:
        row.update(via=institution_by_code(via).id)
    hand_to_couriers()
    bring_to_town()
    return row.get()


def test_a_lost_parcel_is_found_on_the_list_and_paid_back(desk, keep):
    fo = handed()
    old = clock.local_day(clock.now()) - timedelta(days=9)
    FulfillmentOrder.objects.update(changed_at=clock.now() - timedelta(days=9))
    fo.delivery.due_on = old
    fo.delivery.save(update_fields=["due_on"])
    page = desk.page
    desk.sign_in("operator1")
    desk.open("/routing/standing/")
    keep(page, "standing")
    page.get_by_role("link", name=fo.code).click()
    page.get_by_role("button", name="丢失：退款").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=reason]").press("Enter")  # nothing is done without a reason
    expect(dialog).to_be_visible()
    assert not StandstillDecision.objects.exists()
    dialog.locator("[name=reason]").fill("站点查无此件")
    dialog.locator("[name=reason]").press("Enter")
    expect(page.locator("h1 + p .badge").first).to_have_text("途中丢失")
    keep(page, "standing-lost")
    workers_work()
    assert ordering.intake(fo.demand.order_number).state == "refused"
    desk.open("/routing/standing/")
    expect(page.get_by_role("link", name=fo.code)).to_have_count(0)


def test_a_dealer_who_is_a_hub_loads_and_finds_the_door(phone, keep):
    fo = handed(via="dl-lantian")
    page = phone.page
    phone.sign_in("dealer1")
    phone.open("/courier/")
    expect(page.locator(".courier-bar__title")).to_have_text("蓝天通讯")
    page.locator("form[data-label][action='/courier/load/'] button").click()
    page.locator(f"a[href='/courier/{fo.code}/']").click()
    page.locator("button[form=form-arrive]").click()
    expect(page.locator(".signature canvas")).to_be_visible()
    keep(page, "hub-at-the-door")
    assert phone.sideways() <= 0
    fo.refresh_from_db()
    assert fo.state == "out_for_delivery"
