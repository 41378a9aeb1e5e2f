"""A supplier confirms our order and announces phones by their IMEIs; the warehouse counts them in."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from catalog.queries.taken import with_serials
from fulfillment.models import DealerOrder, SupplierItem, SupplierNotice, SupplierOrder
from fulfillment.services import dealer_sourcing
from members.actors import SYSTEM
from omnichannel.kernel import clock
from tests.support.dealing import number
from tests.support.walking import workers_work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
UNITS = 5  # the lot in which the supplier sells phones


def bought() -> SupplierOrder:
    """Phones for a dealer's order that is written here: what we have of them does not matter."""
    now = clock.now()
    old = DealerOrder.objects.order_by("pk").first()
    sku = min(sku for sku, kind in with_serials().items() if kind == "imei" and _listed(sku))
    with transaction.atomic():
        order = DealerOrder.objects.create(
            dealer=old.dealer, branch=old.branch, state="waiting_goods", amount_fen=1, key="journey",
            number="DP-JOURNEY", created_by_name="x", created_at=now, approved_at=now, changed_at=now,
        )  # fmt: skip
        order.lines.create(sku=sku, quantity=UNITS, unit_fen=1)
        dealer_sourcing.order_missing(order, {sku: UNITS}, actor=SYSTEM, now=now)
    return order.supplier_orders.get()


def _listed(sku: str) -> bool:
    return SupplierItem.objects.filter(sku=sku, supplier__code="sp-nebula").exists()


def imei_file(serials: list[str]) -> dict:
    return {"name": "imei.csv", "mimeType": "text/csv", "buffer": "\n".join(["imei", *serials]).encode()}


def confirmed(desk, keep, order: SupplierOrder) -> None:
    """A day too far ahead first: the dialog stays with what was typed and says why."""
    page = desk.page
    desk.sign_in("supplier1")
    desk.open("/suppliers/")
    page.locator("main a", has_text=order.number).click()
    page.locator("[data-open-dialog=confirm]").click()
    page.locator("#c-day").fill("2031-01-01")
    page.locator("#c-note").fill("空运")
    page.locator("#confirm .button--primary").click()
    expect(page.locator("#confirm[open] [data-error-message]")).to_be_visible()
    expect(page.locator("#c-note")).to_have_value("空运")
    keep(page, "supplier-confirm-refused")
    page.locator("#c-day").fill(order.expected_on.isoformat())
    page.locator("#confirm .button--primary").click()
    expect(page.locator(".timeline")).to_contain_text("空运")


def announced(desk, keep, order: SupplierOrder, serials: list[str]) -> None:
    """A file with a wrong row first: the row is named, and what was typed stays."""
    page = desk.page
    page.locator(f"a[href$='/{order.number}/send/']").click()
    page.locator("#s-waybill").fill("SF20261120")
    page.locator("#s-file").set_input_files(imei_file([*serials[1:], "123"]))
    page.locator(".form__actions .button--primary").click()
    expect(page.locator("tbody th.mono", has_text="123")).to_be_visible()
    expect(page.locator("#s-waybill")).to_have_value("SF20261120")
    keep(page, "supplier-rows-refused")
    page.locator("#s-file").set_input_files(imei_file(serials))
    page.locator(".form__actions .button--primary").click()
    expect(page.locator(".notice")).to_contain_text("SF20261120")
    keep(page, "supplier-announced")


def loaded(desk, order: SupplierOrder, serials: list[str]) -> None:
    """The warehouse sends the file of what it found under the order's number, and it is read."""
    page = desk.page
    desk.sign_in("wh1")
    desk.open("/serials/imports/")
    page.locator("#i-note").fill(order.number)
    page.locator("#i-kind").select_option("imei")
    page.locator("#i-sku").select_option(order.lines.get().sku)
    page.locator("#i-file").set_input_files(imei_file(serials))
    page.locator("#i-file").locator("xpath=ancestor::form").locator(".button--primary").click()
    page.wait_for_url(re.compile(r"/serials/imports/\d+/"))
    workers_work()


def checked_in(desk, keep, order: SupplierOrder, missing: str) -> None:
    page = desk.page
    desk.open(f"/dealers/purchases/{order.number}/")
    check = page.locator("form[action$='/check-in/']")
    check.locator(".button--primary").click()
    expect(check).to_contain_text(missing)
    keep(page, "supplier-delivery-differs")
    check.locator("[name=sure]").check()
    check.locator("[name=note]").fill("少一台")
    check.locator(".button--primary").click()
    expect(page.locator(".timeline")).to_contain_text("少一台")
    expect(check).to_have_count(0)


def test_from_our_order_to_the_delivery(desk, keep):
    order = bought()
    serials = [number("3599", 15, at) for at in range(UNITS)]
    confirmed(desk, keep, order)
    announced(desk, keep, order, serials)
    loaded(desk, order, serials[1:])
    checked_in(desk, keep, order, serials[0])
    notice = SupplierNotice.objects.get(order=order)
    assert (notice.state, notice.lines.get().came) == ("checked", UNITS - 1)
    desk.sign_in("supplier1")
    desk.open(f"/suppliers/orders/{order.number}/")
    expect(desk.page.locator(".timeline")).to_contain_text("少一台")
    expect(desk.page.locator(".notice [data-open-dialog]")).to_have_count(0)
    keep(desk.page, "supplier-told-what-came")
