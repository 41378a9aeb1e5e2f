"""An operator and an order that nobody can route: seen, misjudged, sent, and once more by a colleague."""

import pytest
from playwright.sync_api import expect

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, LocationProfile
from fulfillment.services import exceptions
from omnichannel.kernel import outbox
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import PHONE

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def stuck():
    """A paid phone; for a moment no place takes part in routing."""
    placed = ordering.order(PHONE)
    ordering.pay(placed)
    open_places = list(LocationProfile.objects.filter(is_open=True).values_list("pk", flat=True))
    LocationProfile.objects.update(is_open=False)
    outbox.drain()
    LocationProfile.objects.filter(pk__in=open_places).update(is_open=True)
    return placed.order_number


def test_an_operator_shares_out_what_nobody_could_route(desk, keep, stuck):
    page = desk.page
    desk.speak("en")
    desk.sign_in("operator1")
    desk.open("/routing/")
    keep(page, "routing-queue")
    page.get_by_role("link", name=stuck).click()
    page.wait_for_url(f"**/routing/{stuck}/")
    keep(page, "routing-order")
    page.get_by_role("button", name="Share out", exact=True).press("Enter")
    dialog = page.locator("dialog#split")
    dialog.get_by_label("Reason").fill("by telephone")
    dialog.get_by_role("button", name="Share out so").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("shares_differ")
    expect(dialog.get_by_label("Reason")).to_have_value("by telephone")
    keep(page, "routing-split-refused")
    assert FulfillmentOrder.objects.count() == 0
    dialog.locator("input[type=number]").first.fill("1")
    dialog.get_by_role("button", name="Share out so").press("Enter")
    expect(page.get_by_text("The order is shared out as you said.")).to_be_visible()
    expect(page.get_by_role("button", name="Share out", exact=True)).to_have_count(0)
    assert FulfillmentDemand.objects.get().state == "routed"


def test_a_colleague_was_faster(desk, stuck):
    page = desk.page
    desk.speak("en")
    desk.sign_in("operator1")
    desk.open(f"/routing/{stuck}/")
    exceptions.cancel(order_number=stuck, actor=ordering.operator(), reason="customer called", now=NOON)
    page.get_by_role("button", name="Send from one place").press("Enter")
    page.locator("#force-reason").fill("by telephone")
    page.locator("#force-reason").press("Enter")
    expect(page.get_by_text("demand_not_an_exception")).to_be_visible()
    assert FulfillmentOrder.objects.count() == 0
