"""Visits: where the courier stood, coming again, and the end after the last one."""

from datetime import timedelta

import pytest

from fulfillment.models import CourierPosition, Delivery, DoorVisit, FulfillmentState, PositionNote
from fulfillment.services import delivery, doors, positions
from fulfillment.services.visits import Fix
from fulfillment.services.wrong_input import NoReasonChosen
from members.actors import NotAllowed
from members.models import Message
from members.services.messages import text_of
from omnichannel.kernel import clock
from tests.fulfillment.test_delivery import at_door, do, drawn, on_the_way  # noqa: F401  (fixtures)

pytestmark = pytest.mark.usefixtures("media")
AT_ADDRESS = Fix.of(latitude=31.2209, longitude=121.47, accuracy_m=12.4)


@pytest.fixture
def tomorrow(house):
    return clock.local_day(house.now) + timedelta(days=1)


def test_the_place_is_kept_with_accuracy_and_distance(on_the_way, do, house):  # noqa: F811
    fo = on_the_way()
    do(delivery.arrive, fo, fix=AT_ADDRESS, recorded_at=house.now + timedelta(minutes=9))
    do(delivery.arrive, fo, fix=Fix(PositionNote.REFUSED))
    visit = DoorVisit.objects.get(delivery__fulfillment=fo)
    assert (visit.position, visit.accuracy_m, visit.distance_m) == ("fixed", 12, 100)
    assert visit.recorded_at - visit.arrived_at == timedelta(minutes=9)


def test_a_refused_position_is_noted_and_stops_nobody(on_the_way, do):  # noqa: F811
    fo = on_the_way()
    do(delivery.arrive, fo, fix=Fix(PositionNote.REFUSED))
    do(delivery.sign, fo, signature=drawn())
    visit = DoorVisit.objects.get(delivery__fulfillment=fo)
    assert (visit.position, visit.latitude, visit.end) == ("refused", None, "delivered")


@pytest.mark.parametrize(
    "place",
    [(91, 0, 5), (0, 181, 5), (31, 121, -1), (31, 121, 10**9), (float("nan"), 121, 5)],
)
def test_numbers_that_are_no_place_count_as_none(place):
    latitude, longitude, accuracy = place
    assert Fix.of(latitude=latitude, longitude=longitude, accuracy_m=accuracy).note == "unavailable"


def test_the_next_visit_begins_anew_and_the_customer_is_told(at_door, do, house, tomorrow):  # noqa: F811
    fo = at_door(cod_fen=5000)
    do(delivery.sign, fo, signature=drawn())
    found = do(delivery.come_again, fo, reason="no_cash", next_on=tomorrow)
    assert (found.visit, found.due_on, found.next_step, found.signature_sha256) == (2, tomorrow, "arrive", "")
    assert found.fulfillment.state == FulfillmentState.HANDED_OVER
    assert tomorrow.isoformat() in text_of(Message.objects.get(kind="order"))
    visit = DoorVisit.objects.get(delivery=found)
    assert (visit.number, visit.end, visit.reason, visit.next_on) == (1, "again", "no_cash", tomorrow)
    with pytest.raises(doors.StepOrder):
        do(delivery.sign, fo, signature=drawn())
    do(delivery.arrive, fo)
    do(delivery.sign, fo, signature=drawn())
    assert do(delivery.collect, fo, amount_fen=5000).next_step == ""


def test_it_waits_for_its_day_unless_it_is_scanned(on_the_way, do, house, swift_courier, tomorrow):  # noqa: F811
    fo = on_the_way()
    do(delivery.come_again, fo, reason="later", next_on=tomorrow + timedelta(days=2))
    everything = {"actor": swift_courier, "courier_id": house.swift.pk, "now": house.now}
    assert delivery.load(**everything) == 0
    assert delivery.load(codes=[fo.code], **everything) == 1


@pytest.mark.parametrize("days", [-1, 0, 8, None])
def test_the_next_day_lies_within_a_week(at_door, do, tomorrow, days):  # noqa: F811
    fo = at_door()
    day = None if days is None else tomorrow + timedelta(days=days - 1)
    with pytest.raises(delivery.DayInvalid):
        do(delivery.come_again, fo, reason="later", next_on=day)
    with pytest.raises(NoReasonChosen):
        do(delivery.come_again, fo, reason="tired", next_on=tomorrow)


def test_after_the_last_visit_it_goes_back(on_the_way, do, tomorrow, settings):  # noqa: F811
    settings.DELIVERY_MOST_VISITS = 3
    fo = on_the_way()
    for _ in range(2):
        do(delivery.come_again, fo, reason="unreachable", next_on=tomorrow)
    found = do(delivery.come_again, fo, reason="unreachable", next_on=tomorrow)
    assert (found.refused_reason, found.fulfillment.state) == ("unreachable", FulfillmentState.REFUSED)
    ends = DoorVisit.objects.filter(delivery=found).values_list("number", "end")
    assert list(ends) == [(1, "again"), (2, "again"), (3, "refused")]
    with pytest.raises(doors.StepOrder):
        do(delivery.come_again, fo, reason="unreachable", next_on=tomorrow)


def test_a_shared_place_is_the_last_one_and_ends_when_it_ends(house, swift_courier):
    here = {"actor": swift_courier, "courier_id": house.swift.pk, "now": house.now}
    positions.share(fix=AT_ADDRESS, **here)
    positions.share(fix=Fix.of(latitude=31.23, longitude=121.48, accuracy_m=8), **here)
    assert CourierPosition.objects.get().latitude == 31.23
    positions.share(fix=Fix(), **here)
    assert not CourierPosition.objects.exists()
    with pytest.raises(NotAllowed):
        positions.share(fix=AT_ADDRESS, **here | {"actor": house.staff("courier", house.star)})
    assert Delivery.objects.count() == 0
