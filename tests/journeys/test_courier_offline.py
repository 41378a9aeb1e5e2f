"""A courier in a cellar: what is done without network is kept, shown as waiting, and sent once."""

import pytest
from playwright.sync_api import expect

from fulfillment.models import Delivery, DoorVisit, FulfillmentEvent, FulfillmentOrder
from fulfillment.services import delivery
from omnichannel.demo_day.rounds import courier_actor, signature
from omnichannel.kernel import clock
from omnichannel.kernel.models import IdempotencyRecord
from orders.values import Wish
from tests.journeys.test_courier import courier_of
from tests.support import ordering
from tests.support.walking import (
    Journey,
    bring_to_town,
    draw,
    hand_to_couriers,
    keeps_steps,
    workers_work,
)

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


# Done by the server, never heard of by the phone.
LOSE_FIRST_ANSWER = """() => {
const real = window.fetch;
window.lost = [];
window.fetch = async (...call) => {
  const answer = await real(...call);
  if (window.lost.length) return answer;
  window.lost.push(answer.status);
  throw new TypeError("lost");
};
}"""


BREAK_SCANS = """() => {
const real = window.fetch;
window.broken = true;
window.fetch = (url, options) => window.broken && String(url).includes("/load/")
  ? Promise.resolve(new Response("<h1>500</h1>", {status: 500, headers: {"Content-Type": "text/html"}}))
  : real(url, options);
}"""


def handed(*wanted, **more) -> FulfillmentOrder:
    placed = ordering.order(*wanted, means="cod", **more)
    hand_to_couriers()
    bring_to_town()
    return FulfillmentOrder.objects.get(demand__order_number=placed.order_number)


@pytest.fixture
def parcel():
    """Tea to be paid at the door, handed over."""
    return handed(ordering.TEA)


@pytest.fixture
def walk(phone_page, live_server):
    """A journey whose faults do not count: without network there are many."""
    return Journey(phone_page, live_server.url)


@pytest.fixture
def on_route(walk, parcel):
    """Today's route, opened with network; the worker keeps its pages."""
    page = walk.page
    walk.sign_in(courier_of(parcel))
    walk.open("/courier/")
    expect(page.locator("[data-kept-note]")).to_be_visible()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def waits(page, count: int) -> None:
    if count:
        expect(page.locator("[data-offline-count]")).to_have_text(str(count))
    else:
        expect(page.locator("[data-offline-badge]")).to_be_hidden()


def open_parcel(page, parcel) -> None:
    """Its page, with the scripts that keep what is pressed; a script is faster than a thumb."""
    page.locator(f"a[href='/courier/{parcel.code}/']").click()
    page.wait_for_url(f"**/courier/{parcel.code}/")
    keeps_steps(page)


def deliver_without_network(page, parcel) -> None:
    open_parcel(page, parcel)
    page.locator("button[form=form-arrive]").click()
    expect(page.locator(".signature canvas")).to_be_visible()
    draw(page)
    page.locator("button[form=form-sign]").click()
    page.locator("#amount").fill(f"{parcel.cod_fen / 100:.2f}")
    page.locator("button[form=form-cash]").click()
    expect(page.locator("[data-at=kept]")).to_be_visible()


def test_a_whole_delivery_without_network_is_sent_once(on_route, parcel, keep):
    page = on_route
    page.context.set_offline(True)
    deliver_without_network(page, parcel)
    waits(page, 3)
    keep(page, "courier-offline-kept")
    page.locator("[data-bar=kept] a").click()
    expect(page.locator("a.stop--waiting")).to_have_count(1)
    waits(page, 3)
    keep(page, "courier-offline-route")
    assert Delivery.objects.get(fulfillment=parcel).arrived_at is None
    page.context.set_offline(False)
    waits(page, 0)
    workers_work()
    found = Delivery.objects.get(fulfillment=parcel)
    assert (found.cod_collected_fen, found.next_step) == (parcel.cod_fen, "")
    assert FulfillmentEvent.objects.filter(fulfillment=parcel, state="delivered").count() == 1
    assert ordering.intake(parcel.demand.order_number).state == "completed"


def test_an_answer_that_was_lost_is_asked_for_again_and_done_once(on_route, parcel):
    page = on_route
    open_parcel(page, parcel)
    page.evaluate(LOSE_FIRST_ANSWER)
    page.locator("button[form=form-arrive]").click()
    waits(page, 1)
    page.wait_for_function("window.lost.length === 1")
    assert page.evaluate("window.lost") == [200]
    page.evaluate("window.dispatchEvent(new Event('online'))")
    waits(page, 0)
    assert DoorVisit.objects.filter(delivery__fulfillment=parcel).count() == 1
    assert IdempotencyRecord.objects.filter(route=f"courier:{parcel.code}/arrive").count() == 1


def test_what_a_colleague_did_meanwhile_is_shown_as_a_conflict(on_route, parcel, keep):
    page = on_route
    page.context.set_offline(True)
    deliver_without_network(page, parcel)
    row = Delivery.objects.get(fulfillment=parcel)
    actor, now = courier_actor(row.courier_id), clock.now()
    delivery.arrive(actor=actor, code=parcel.code, now=now)
    delivery.sign(actor=actor, code=parcel.code, signature=signature(), now=now)
    page.context.set_offline(False)
    own = page.locator(f"[data-waiting='{parcel.code}']")
    expect(own.locator("[data-state=refused]")).to_contain_text("delivery_step_order")
    expect(own.locator("[data-state=held]")).to_have_count(1)
    keep(page, "courier-offline-conflict")
    own.locator("[data-drop]:visible").click()
    waits(page, 2)
    page.locator("#discard [data-discard]").click()
    waits(page, 0)
    expect(page.locator("#amount")).to_be_visible()
    assert Delivery.objects.get(fulfillment=parcel).cod_collected_fen == 0


def test_a_scanned_parcel_of_another_courier_is_refused_when_it_is_sent(on_route, keep):
    page = on_route
    page.context.set_offline(True)
    page.locator("input[name=code]").fill("HT0000000001-1")
    page.locator("input[name=code]").press("Enter")
    waits(page, 1)
    expect(page.locator("input[name=code]")).to_have_value("")
    page.context.set_offline(False)
    refused = page.locator("[data-waiting='*'] [data-state=refused]")
    expect(refused).to_contain_text("parcel_unknown")
    keep(page, "courier-offline-foreign")
    with page.expect_response("**/courier/load/") as again:
        refused.locator("[data-again]").click()
    assert again.value.status == 404
    expect(refused).to_contain_text("parcel_unknown")


def test_a_step_that_the_server_cannot_do_stops_its_parcel_only(on_route, parcel):
    page = on_route
    page.evaluate(BREAK_SCANS)
    page.locator("input[name=code]").fill(parcel.code)
    page.locator("input[name=code]").press("Enter")
    failed = page.locator("[data-waiting='*'] [data-state=refused]")
    expect(failed).to_contain_text("500")
    page.evaluate("window.broken = false")
    failed.locator("[data-again]").click()
    waits(page, 0)
    assert Delivery.objects.get(fulfillment=parcel).loaded_at is not None


def test_a_part_with_cash_stops_the_parcel_until_the_sum_is_known(walk):
    parcel = handed(Wish(sku=ordering.TEA, quantity=3))
    page = walk.page
    walk.sign_in(courier_of(parcel))
    walk.open("/courier/")
    expect(page.locator("[data-kept-note]")).to_be_visible()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    open_parcel(page, parcel)
    page.context.set_offline(True)
    page.locator("button[form=form-arrive]").click()
    page.locator("[data-open-dialog=part]").click()
    page.locator("#part .part-units").fill("1")
    page.locator("#part input[name=reason]").first.check(force=True)
    page.locator("#part form button").last.click()
    expect(page.locator("[data-at=waits]")).to_be_visible()
    expect(page.locator(".signature canvas")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator(".signature canvas")).to_be_visible()
    assert Delivery.objects.get(fulfillment=parcel).cod_fen * 3 == parcel.cod_fen


def test_signing_out_without_network_keeps_the_route(on_route):
    page = on_route
    page.context.set_offline(True)
    page.locator("form[action*='sign-out'] button").click()
    expect(page.locator("#no-network")).to_be_visible()
    assert page.evaluate("caches.has('courier-pages')") is True


def test_identity_is_never_taken_as_proven_without_network(walk):
    parcel = handed(ordering.sim())
    page = walk.page
    walk.sign_in(courier_of(parcel))
    walk.open(f"/courier/{parcel.code}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    keeps_steps(page)
    with page.expect_navigation():  # the page comes anew when the step is done
        page.locator("button[form=form-arrive]").click()
    expect(page.locator("#name")).to_be_visible()
    keeps_steps(page)
    waits(page, 0)
    page.context.set_offline(True)
    page.locator("#name").fill("林晓")
    page.locator("#id_tail").fill(ordering.id_number()[-4:])
    page.locator("button[form=form-identity]").click()
    waits(page, 1)
    expect(page.locator(".signature canvas")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator(".signature canvas")).to_be_visible()
    assert Delivery.objects.get(fulfillment=parcel).identity_passed_at is not None


def test_who_signs_out_leaves_no_page_behind(on_route):
    page = on_route
    page.locator("form[action*='sign-out'] button").click()
    page.wait_for_url(lambda address: "/courier/" not in address)
    assert page.evaluate("caches.has('courier-pages')") is False
