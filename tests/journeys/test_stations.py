"""A parcel's way through the operations centre with a barcode reader and a keyboard: no mouse is ever used.

A reader types what it reads and presses Enter; everything else is a key shown on the screen.
"""

from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import expect

from catalog.models import Number
from fulfillment.models import (
    Exclusion,
    FulfillmentOrder,
    LabelPrint,
    LeftBehind,
    Manifest,
    PickTask,
    ProvisioningJob,
    SerialUnit,
    SimulatorFault,
    StockLevel,
    WallSlot,
    WeightCase,
    WorkInHand,
)
from members.models import StaffRole
from members.queries import institution_by_code
from omnichannel.kernel import clock, outbox
from tests.support import ordering
from tests.support.ordering import CASE, PHONE, TEA

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
TABLET = {"width": 1024, "height": 768}


class Bench:
    """A person at a station: the reader's beam and the keyboard, nothing else."""

    def __init__(self, desk, keep):
        self.desk, self.page, self._keep = desk, desk.page, keep
        self.page.set_viewport_size(TABLET)

    def go(self, station: str) -> None:
        """By the keys at the head of every page, Alt and a digit."""
        digit = ["", "pick", "sort", "sim", "account", "pack", "handover"].index(station) + 1
        self.page.keyboard.press(f"Alt+{digit}")
        self.page.wait_for_url(f"**/ops/station/{station}/")
        self.ready()

    def build_waves(self) -> None:
        self.desk.open("/ops/")
        self.ready()
        with self.page.expect_navigation():
            self.page.keyboard.press("F8")
        expect(self.page.locator("#board")).to_contain_text("W0")
        self.keep("board-keyboard")

    def ready(self) -> None:
        expect(self.page.locator("input[data-scan]")).to_be_focused()

    def scan(self, text: str, *, tone: str = "ok") -> None:
        self.ready()
        self.page.keyboard.type(text)
        self._answered(lambda: self.page.keyboard.press("Enter"), tone)

    def press(self, key: str, *, tone: str = "ok") -> None:
        self.ready()
        self._answered(lambda: self.page.keyboard.press(key), tone)

    def _answered(self, act, tone: str) -> None:
        with self.page.expect_response(lambda answer: "/ops/station/" in answer.url) as answer:
            act()
        answer.value.finished()
        expect(self.page.locator("#verdict [data-verdict]")).to_have_attribute("data-verdict", tone)
        expect(self.page.locator("input[data-scan]")).to_have_value("")

    def sees(self, text: str) -> None:
        expect(self.page.locator("#station")).to_contain_text(text)

    def keep(self, name: str) -> None:
        assert self.desk.sideways() <= 0, name
        self._keep(self.page, f"station-{name}")


@pytest.fixture
def bench(desk, keep):
    desk.speak("en")
    desk.sign_in("wh1")
    return Bench(desk, keep)


@pytest.fixture
def east():
    return institution_by_code("wh-east").id


@pytest.fixture
def routed_to(east):
    """routed_to(order): its parcel at the eastern warehouse, wherever routing would have sent it."""

    def parcel(placed) -> FulfillmentOrder:
        ordering.pay(placed)
        outbox.drain()
        return FulfillmentOrder.objects.get(demand__order_number=placed.order_number)

    return parcel


@pytest.fixture
def only_east(east):
    """Nobody else has anything: every parcel is the eastern warehouse's, in one piece."""
    StockLevel.objects.exclude(location=east).update(reserved=0)
    elsewhere = StockLevel.objects.exclude(location=east)
    elsewhere.update(on_hand=0)


def serial_of(parcel, kind: str) -> str:
    line = parcel.lines.get(serial_kind=kind)
    free = SerialUnit.objects.filter(sku=line.sku, location_id=parcel.location_id, state="free")
    return free.order_by("pk").first().serial


def pick_everything(bench, parcel) -> None:
    """Whatever the station asks for, until it asks for nothing."""
    while task := PickTask.objects.filter(line__fulfillment=parcel, state="todo").order_by("bin").first():
        line = PickTask.objects.select_related("line").get(pk=_shown(bench)).line
        assert line.fulfillment_id == task.line.fulfillment_id
        bench.scan(serial_of(parcel, "imei") if line.serial_kind else line.sku)


def _shown(bench) -> int:
    return int(bench.page.locator("input[name=task]").first.get_attribute("value"))


def test_a_phone_with_a_number_goes_through_all_stations(bench, only_east, routed_to):
    parcel = routed_to(ordering.order(PHONE, CASE, ordering.sim()))
    page = bench.page
    bench.build_waves()

    bench.go("pick")
    bench.keep("pick-keyboard")
    bench.scan("WHAT-IS-THIS", tone="bad")
    bench.sees("serial_not_here")
    bench.keep("pick-wrong")
    pick_everything(bench, parcel)

    bench.go("sort")
    bench.scan(CASE)
    bench.sees("A1")
    bench.press("F2")
    bench.scan(CASE)
    bench.scan(_claimed(parcel))
    bench.sees("Complete")
    bench.keep("sort-complete")

    card = serial_of(parcel, "iccid")
    bench.go("sim")
    bench.scan(parcel.code.lower(), tone="wait")
    bench.keep("sim-card")
    bench.scan(card)
    bench.go("account")
    bench.scan(card)
    outbox.drain()

    bench.go("pack")
    bench.scan(parcel.code, tone="wait")
    bench.keep("pack-weigh")
    bench.scan("1", tone="bad")
    bench.sees("weight_differs")
    bench.press("F8", tone="wait")
    decide_weight(bench, parcel)
    bench.go("pack")
    bench.scan(parcel.code, tone="wait")
    with page.expect_response(lambda answer: "/ops/labels/" in answer.url):
        bench.scan("1")
    bench.keep("pack-label")
    with page.expect_response(lambda answer: "/ops/labels/" in answer.url):
        bench.press("F3")
    assert sorted(LabelPrint.objects.values_list("number", flat=True)) == [1, 2]
    assert not WallSlot.objects.exclude(fulfillment=None).exists()

    bench.go("handover")
    bench.scan(parcel.code)
    bench.press("F10", tone="wait")
    bench.scan("王伟")
    bench.keep("handover-closed")
    assert Manifest.objects.get().closed_at is not None
    parcel.refresh_from_db()
    assert parcel.state == "handed_over"
    assert Number.objects.get(pk=parcel.lines.get(serial_kind="iccid").msisdn).state == "active"


def _claimed(parcel) -> str:
    return SerialUnit.objects.get(claims__line__fulfillment=parcel, kind="imei").serial


def decide_weight(bench, parcel) -> None:
    """The lead comes by, on the lead's own page, with the keyboard alone; then the packer is back."""
    page = bench.page
    bench.desk.sign_in("lead1")
    bench.desk.open("/ops/lead/")
    bench.keep("lead-weight")
    expect(page.locator(f"#reason-{WeightCase.objects.get().pk}")).to_be_focused()
    page.keyboard.type("the scale is new")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("the scale is new")
    assert WeightCase.objects.get(fulfillment=parcel).accepted
    bench.desk.sign_in("wh1")


def test_no_scan_is_lost_and_none_presses_a_button(bench, only_east, routed_to):
    parcels = [routed_to(ordering.order(TEA)) for _ in range(4)]
    tasks, page = PickTask.objects.filter(line__fulfillment__in=parcels), bench.page
    bench.build_waves()
    bench.go("pick")
    page.evaluate(RIGHT_BEHIND_THE_ANSWER, TEA)
    page.keyboard.type("NO-SUCH-TEA")
    page.keyboard.press("Enter")
    bench.sees("Into the tote")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="missing or damaged")).to_be_focused()
    bench.page.keyboard.type("NO-SUCH-TEA")
    bench.ready()
    with page.expect_response(lambda answer: "/ops/station/" in answer.url):
        page.keyboard.press("Enter")
    bench.sees("wrong_goods")
    page.context.set_offline(True)
    page.keyboard.type(TEA)
    page.keyboard.press("Enter")
    bench.sees("not_sent")
    bench.ready()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    bench.sees("Into the tote")
    assert tasks.filter(state="picked").count() == 2
    page.route("**/ops/station/pick/", _slowly)
    for _ in range(2):
        page.keyboard.type(TEA)
        page.keyboard.press("Enter")
    bench.sees("Everything is picked")
    assert tasks.filter(state="picked").count() == 4
    page.unroute("**/ops/station/pick/")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type(TEA)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/sign-in/?next=/ops/station/pick/")


# A reader's beam the moment an answer stands on the page: it belongs to the step that the answer shows.
RIGHT_BEHIND_THE_ANSWER = """code => document.body.addEventListener("htmx:afterSwap", () => setTimeout(() => {
  const field = document.querySelector("input[data-scan]");
  field.value = code;
  field.form.requestSubmit();
}), {once: true})"""


def _slowly(route) -> None:
    """The answer comes when the next scan is typed already."""
    route.request.frame.page.wait_for_timeout(250)
    route.continue_()


def test_a_colleagues_last_step_is_taken_over_where_nothing_is_held(bench, only_east, routed_to):
    parcel = routed_to(ordering.order(TEA))
    colleague = ordering.user_named("wh2")
    StaffRole.objects.create(user=colleague, role="warehouse", institution_id=parcel.location_id)
    FulfillmentOrder.objects.filter(pk=parcel.pk).update(state="packed")
    bench.desk.open("/ops/station/handover/")
    bench.scan(parcel.code)
    bench.desk.sign_in("wh2")
    bench.desk.open(f"/ops/station/handover/?place={parcel.location_id}")
    bench.press("F2", tone="bad")
    bench.sees("step_of_colleague")
    bench.keep("handover-colleague")
    bench.press("F6")
    bench.press("F2")
    parcel.refresh_from_db()
    assert (parcel.state, WorkInHand.objects.get(taken_from=None).who) == ("packed", "周大勇")


def test_a_shortage_at_the_shelf_is_routed_elsewhere_by_itself(bench, east):
    StockLevel.objects.filter(sku=TEA).exclude(location=east).update(on_hand=F("on_hand"))
    placed = ordering.order(TEA)
    ordering.pay(placed)
    outbox.drain()
    first = FulfillmentOrder.objects.get(demand__order_number=placed.order_number)
    if first.location_id != east:
        Exclusion.objects.create(
            demand=first.demand, location_id=first.location_id, reason="test", at=ordering.NOON
        )
        pytest.fail("the demo's tea leaves from the eastern warehouse")
    bench.build_waves()
    bench.go("pick")
    bench.press("F4", tone="wait")
    bench.sees("How many are there?")
    bench.keep("pick-how-many")
    bench.press("Escape", tone="wait")
    bench.sees("Nothing was reported")
    bench.press("F4", tone="wait")
    bench.scan("9", tone="bad")
    bench.scan("0")
    bench.sees("Another location is being found")
    bench.keep("pick-missing")
    outbox.drain()
    first.refresh_from_db()
    second = FulfillmentOrder.objects.filter(demand=first.demand).exclude(pk=first.pk).get()
    assert (first.state, second.location_id != east) == ("short", True)


def test_a_colleagues_wave_is_taken_over_and_a_parcel_left_behind_is_named(bench, only_east, routed_to, desk):
    parcels = [routed_to(ordering.order(TEA)) for _ in range(2)]
    bench.build_waves()
    bench.go("pick")
    bench.scan(TEA)
    desk.sign_in("lead1")
    bench.go("sort")
    bench.go("pick")
    bench.sees("周大勇")
    bench.keep("pick-colleague")
    bench.press("F6")
    assert WorkInHand.objects.get(ended_at=None).taken_from is not None
    bench.scan(TEA)
    bench.go("sort")
    for _ in parcels:
        bench.scan(TEA)
    bench.go("pack")
    for parcel in parcels:
        bench.scan(parcel.code, tone="wait")
        bench.scan(str(parcel.weight_g))
    bench.go("handover")
    bench.scan(parcels[0].code)
    bench.press("F10", tone="wait")
    bench.scan("王伟", tone="bad")
    bench.sees(parcels[1].code)
    bench.keep("handover-missing")
    bench.press("F8")
    assert LeftBehind.objects.get().fulfillment == parcels[1]


def test_a_refused_card_is_shown_and_another_one_taken(bench, only_east, routed_to):
    parcel = routed_to(ordering.order(ordering.sim()))
    SimulatorFault.objects.create(effect="card", times_left=1)
    bench.build_waves()
    for attempt in range(2):
        card = serial_of(parcel, "iccid")
        bench.go("sim")
        bench.scan(parcel.code, tone="wait")
        bench.scan(card)
        bench.go("account")
        bench.scan(card)
        outbox.drain()
        bench.go("sim")
        if not attempt:
            bench.go("account")
            bench.sees("Take another card")
            bench.keep("account-refused")
    parcel.refresh_from_db()
    assert parcel.state == "account_open"


def test_an_opened_account_is_taken_back_and_opened_with_a_fresh_card(bench, only_east, routed_to):
    parcel = routed_to(ordering.order(ordering.sim()))
    bench.build_waves()
    first = open_account(bench, parcel)
    bench.go("account")
    bench.press("F2", tone="wait")
    bench.sees("This closes the account at the core network")
    bench.keep("account-undo-why")
    bench.scan(first, tone="bad")
    bench.sees("undo_reason_missing")
    bench.scan("scratched card", tone="wait")
    bench.keep("account-undo-sure")
    bench.press("F8")
    bench.sees("closing")
    outbox.drain()
    bench.go("account")
    bench.sees("take a fresh card")
    bench.keep("account-taken-back")
    second = open_account(bench, parcel)
    parcel.refresh_from_db()
    assert parcel.state == "account_open"
    states = dict(SerialUnit.objects.filter(serial__in=[first, second]).values_list("serial", "state"))
    assert states == {first: "quarantine", second: "claimed"}


def test_a_silent_network_is_asked_again_by_the_lead_alone(bench, only_east, routed_to):
    parcel = routed_to(ordering.order(ordering.sim()))
    SimulatorFault.objects.create(operation="accounts", effect="timeout")
    bench.build_waves()
    open_account(bench, parcel)
    bench.sees("asked")
    expect(bench.page.locator("[data-hotkey=F9]")).to_have_count(0)
    long_ago = clock.now() - timedelta(minutes=6)
    ProvisioningJob.objects.update(requested_at=long_ago)
    late = bench.page.locator("#openings [data-hotkey=F9]")
    expect(late).to_be_visible()  # shown by itself, with the next look at the network
    bench.sees("Call the lead")
    bench.press("F9", tone="bad")
    bench.sees("not_a_lead")
    bench.keep("account-silent-worker")
    assert ProvisioningJob.objects.get().round == 1

    bench.desk.speak("zh-hans")
    bench.desk.sign_in("lead1")
    bench.go("account")
    bench.keep("account-silent-lead")
    bench.press("F9")
    outbox.drain()  # the network is still silent
    parcel.refresh_from_db()
    assert (parcel.state, ProvisioningJob.objects.get().round) == ("sim_taken", 2)
    SimulatorFault.objects.all().delete()
    bench.press("F9")
    outbox.drain()
    parcel.refresh_from_db()
    assert parcel.state == "account_open"
    bench.go("account")
    expect(bench.page.locator("[data-hotkey=F9]")).to_have_count(0)
    expect(bench.page.locator(".elsewhere")).to_contain_text("Alt+6")  # what comes next waits at the table
    bench.keep("account-opened-after-silence")


def open_account(bench, parcel) -> str:
    """The parcel's card, taken and opened by scans alone."""
    card = serial_of(parcel, "iccid")
    bench.go("sim")
    bench.scan(parcel.code, tone="wait")
    bench.scan(card)
    bench.go("account")
    bench.scan(card)
    outbox.drain()
    return card
