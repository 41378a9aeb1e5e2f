"""An operator ends what stands still; a dealer who is a hub delivers what the trunk run brought."""

import csv
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
    page.wait_for_url(f"**/routing/standing/{fo.code}/")
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


def decide(page, button: str, reason: str) -> None:
    """By the button, the reason and Enter."""
    page.get_by_role("button", name=button).click()
    field = page.locator("dialog[open] [name=reason]")
    expect(field).to_be_focused()
    page.keyboard.type(reason)
    page.keyboard.press("Enter")


def test_a_lost_parcel_is_sent_again_and_who_looks_at_an_old_page_is_told(desk, keep):
    fo = handed()
    FulfillmentOrder.objects.update(changed_at=clock.now() - timedelta(days=9))
    fo.delivery.due_on = clock.local_day(clock.now()) - timedelta(days=9)
    fo.delivery.waybill = "=1+1"
    fo.delivery.save(update_fields=["due_on", "waybill"])
    page = desk.page
    desk.sign_in("operator1")
    desk.open("/routing/standing/?state=handed_over")
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载 CSV").click()
    rows = list(csv.DictReader(saved.value.path().open(encoding="utf-8-sig")))
    assert [(row["parcel"], row["code"], row["waybill"]) for row in rows] == [
        (fo.code, "handed_over", "'=1+1")
    ]
    old = page.context.new_page()
    for each in (page, old):
        each.goto(f"{desk.base}/routing/standing/{fo.code}/")
    decide(page, "丢失：重发", "   ")
    expect(page.locator("dialog[open]")).to_contain_text("reason_missing")
    expect(page.locator("dialog[open] [name=reason]")).to_be_focused()
    page.keyboard.type("站点查无此件")
    page.keyboard.press("Enter")
    expect(page.locator("h1 + p .badge").first).to_have_text("已改派")
    workers_work()
    again = FulfillmentOrder.objects.live().get(demand=fo.demand)
    assert again.pk != fo.pk
    decide(old, "丢失：退款", "也没找到")
    expect(old.locator("body")).to_contain_text("standstill_wrong_tool")
    keep(old, "standing-decided-meanwhile")
    assert StandstillDecision.objects.get().tool == "sent_again"
    assert ordering.intake(fo.demand.order_number).state != "refused"


def test_a_parcel_that_lies_at_its_place_is_sent_from_elsewhere(desk, keep):
    placed = ordering.order(ordering.CHARGER)
    ordering.pay(placed)
    ordering.settle()
    fo = FulfillmentOrder.objects.get(demand__order_number=placed.order_number)
    desk.sign_in("operator1")
    desk.open(f"/routing/standing/{fo.code}/")
    decide(desk.page, "改由别处发货", "三天没有人拣货")
    expect(desk.page.locator("body")).to_contain_text("三天没有人拣货")
    keep(desk.page, "standing-moved")
    workers_work()
    assert FulfillmentOrder.objects.live().get(demand=fo.demand).location_id != fo.location_id


def test_a_dealer_who_is_a_hub_loads_and_finds_the_door(phone, keep):
    fo = handed(via="dl-lantian")
    page = phone.page
    phone.sign_in("dealer1")
    phone.open("/courier/")
    expect(page.locator(".courier-bar__title")).to_have_text("蓝天通讯")
    phone.load_the_van()
    phone.to_the_parcel(fo.code)
    page.locator("button[form=form-arrive]").click()
    expect(page.locator(".signature canvas")).to_be_visible()
    keep(page, "hub-at-the-door")
    assert phone.sideways() <= 0
    fo.refresh_from_db()
    assert fo.state == "out_for_delivery"
