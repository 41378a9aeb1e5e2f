"""The day that is told reckons with cut-off, capacity, closed days and trunk runs, and routing keeps it."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, LocationDay, TrunkLine
from fulfillment.queries import trace
from fulfillment.queries.promised import promised
from fulfillment.services import fulfil, preview
from fulfillment.services.route import route
from members.actors import SYSTEM
from members.models import Institution
from omnichannel.kernel import clock
from tests.support.goods import NOW

TODAY = clock.local_day(NOW)
HERE = {"province": "上海", "city": "上海", "district": "黄浦区"}
NEAR = (31.235, 121.475)


@pytest.fixture
def stocked(company):
    company.put("wh", a=9)
    return company


def told(company, now, near=(None, None)) -> int:
    """Days until the page of an article says it is there, from the warehouse."""
    place = company.places["wh"].pk
    found = promised([place], province="上海", near=near, now=now)[place]
    return (found.arrives_on - clock.local_day(now)).days


def planned(now) -> int:
    """Days until routing would have it there."""
    lines = [{"sku": "a", "quantity": 1}]
    found = preview.preview(actor=SYSTEM, lines=lines, channel="web", destination=HERE, now=now)
    return (found["promised_on"] - clock.local_day(now)).days


def test_before_the_cut_off_it_leaves_today(stocked, now):
    assert told(stocked, now) == planned(now) == 2


def test_after_it_tomorrow(stocked, freeze_at):
    evening = freeze_at(NOW + timedelta(hours=6))
    assert told(stocked, evening) == planned(evening) == 3


def test_a_full_day_and_a_closed_one_are_passed_over(stocked, now):
    stocked.profile("wh", daily_capacity=1)
    stocked.paid("o1", {"a": 1})
    LocationDay.objects.create(location=stocked.places["wh"], day=TODAY + timedelta(days=1), is_closed=True)
    assert told(stocked, now) == planned(now) == 4


def test_a_special_day_takes_other_loads(stocked, now):
    day = TODAY + timedelta(days=1)
    LocationDay.objects.create(location=stocked.places["wh"], day=TODAY, is_closed=True)
    LocationDay.objects.create(location=stocked.places["wh"], day=day, capacity=0)
    assert told(stocked, now) == planned(now) == 4


@pytest.mark.parametrize(("hour", "days"), [(18, 1), (11, 2)])
def test_a_trunk_run_counts_from_its_departure(stocked, now, hour, days):
    hub = Institution.objects.create(
        code="dl", path="dl/", kind="dealer", name="dl", province="上海", city="上海",
        latitude=31.24, longitude=121.48,
    )  # fmt: skip
    TrunkLine.objects.create(
        origin=stocked.places["wh"], hub=hub, run_fen=100, run_kg=100, last_km_fen=1, departs_hour=hour
    )
    assert told(stocked, now, NEAR) == planned(now) == days
    assert told(stocked, now) == 2  # without a place nobody knows whether the hub reaches it


def waited(company, until) -> FulfillmentDemand:
    """Told at noon, routed `until` then."""
    company.hold("o1", {"a": 1})
    fulfil.request(order_number="o1", now=until)
    route(order_number="o1", now=until)
    return FulfillmentDemand.objects.get(order_number="o1")


def test_who_would_break_the_promise_is_left_out(stocked, freeze_at):
    """The warehouse closed its day at five; a store that is dearer still sends today."""
    stocked.put("st-a", a=1)
    stocked.profile("st-a", cutoff_hour=21, handling_fen=3000)
    demand = waited(stocked, freeze_at(NOW + timedelta(hours=6)))
    assert demand.promised_on == TODAY + timedelta(days=2)
    assert FulfillmentOrder.objects.get().location.code == "st-a"
    assert trace.of_order("o1")[0].story["dropped"] == [{"location": "wh", "reason": "cutoff_passed"}]


def test_where_nobody_can_keep_it_the_order_still_goes(stocked, freeze_at):
    waited(stocked, freeze_at(NOW + timedelta(hours=6)))
    assert FulfillmentOrder.objects.get().location.code == "wh"
    story = trace.of_order("o1")[0].story
    assert (story["how"], story["dropped"]) == ("later", [{"location": "wh", "reason": "cutoff_passed"}])
