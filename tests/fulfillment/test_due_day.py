"""The day of delivery follows the tariff: at the hand-over, on the track, on the courier's route."""

from datetime import timedelta

import pytest

from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState, TariffRate
from fulfillment.queries import route, tracking
from fulfillment.services import delivery, handover
from members.models import Institution
from omnichannel.kernel import clock
from tests.fulfillment.house import CASE

S = FulfillmentState
DAY = timedelta(days=1)


@pytest.fixture
def sent(company, now):
    """A parcel to a place five days away, handed over at noon."""
    TariffRate.objects.update(days=5)
    company.put("wh", a=1)
    company.paid("O1", {"a": 1})
    courier = Institution.objects.create(code="cr", path="cr/", kind="courier", name="Swift")
    fo = FulfillmentOrder.objects.get()
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=S.PACKED)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], now=now, courier_id=courier.pk)
    return Delivery.objects.select_related("fulfillment__demand", "courier").get()


def test_routing_keeps_the_days_and_the_promise_is_the_day(sent, now):
    today = clock.local_day(now)
    assert sent.fulfillment.transit_days == 5
    assert sent.due_on == today + 5 * DAY == sent.fulfillment.demand.promised_on


def test_nobody_is_late_before(sent, now):
    for days, lateness in ((0, ""), (1, ""), (5, ""), (6, "overdue")):
        track = tracking.of_parcel("O1-1", exact=True, now=now + days * DAY)
        assert (track.due_on, track.lateness) == (sent.due_on, lateness)


def test_it_is_on_the_route_of_its_day(sent, now):
    today = clock.local_day(now)
    company = sent.courier_id
    early, then = (route.day(company, today=day) for day in (today, sent.due_on))
    assert (early.to_load, early.to_go, early.later) == (0, 0, 1)
    assert (then.to_load, then.to_go, then.later) == (1, 1, 0)
    assert [stop.code for stop in route.later(company, today=today)] == ["O1-1"]
    assert list(route.stops(company, today=today)) == []


def test_scanned_it_is_taken_along_earlier(house, swift_courier):
    fo = house.parcel((CASE, 1), state=S.PACKED)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(transit_days=3)
    handover.hand_over(location_id=house.east.pk, ids=[fo.pk], now=house.now, courier_id=house.swift.pk)
    where = {"actor": swift_courier, "courier_id": house.swift.pk, "now": house.now}
    assert delivery.load(**where) == 0
    assert delivery.load(codes=[fo.code], **where) == 1
    assert route.day(house.swift.pk, today=clock.local_day(house.now)).to_go == 1


def test_without_a_tariff_the_hour_counts(house):
    morning = house.parcel((CASE, 1), state=S.PACKED)
    evening = house.parcel((CASE, 1), state=S.PACKED)
    today = clock.local_day(house.now)
    at_nine, at_six = house.now.replace(hour=1), house.now.replace(hour=10)
    assert handover.due_on(morning, now=at_nine) == today
    assert handover.due_on(evening, now=at_six) == today + DAY
