"""A parcel followed: by seal, by number and phone, on a map of our own."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from fulfillment.models import CourierPosition, Delivery, FulfillmentDemand
from fulfillment.queries import chart, chart_labels, tracking
from fulfillment.queries.tracking import Waypoint
from fulfillment.services import delivery
from members.models import Institution
from tests.fulfillment.test_delivery import at_door, do, on_the_way  # noqa: F401

pytestmark = pytest.mark.usefixtures("media")
KUNSHAN = Waypoint("source", 31.38, 120.98, "昆山仓")
SHANGHAI = Waypoint("goal", 31.23, 121.47, "黄浦区")
GUANGZHOU = Waypoint("goal", 23.13, 113.26, "广州")


@pytest.fixture
def placed(house):
    Institution.objects.filter(pk=house.east.pk).update(latitude=31.38, longitude=120.98)


def test_number_and_phone_lead_to_it_and_nothing_else_does(on_the_way):  # noqa: F811
    fo = on_the_way()
    Delivery.objects.filter(fulfillment=fo).update(waybill="SW42")
    assert tracking.code_for(f" {fo.code.lower()} ", "0001") == fo.code
    assert tracking.code_for("sw42", "0001") == fo.code
    for parcel, tail in ((fo.code, "9999"), (fo.code, ""), (fo.code, "001"), ("NOPE", "0001"), ("", "0001")):
        with pytest.raises(tracking.ParcelUntraceable):
            tracking.code_for(parcel, tail)


def test_the_seal_opens_its_own_parcel_only():
    assert tracking.is_sealed("HT1-1", tracking.seal_of("HT1-1"))
    assert not tracking.is_sealed("HT1-2", tracking.seal_of("HT1-1"))
    assert not tracking.is_sealed("HT1-1", "é")


def test_the_van_is_shown_while_it_is_out_and_fresh(at_door, do, house, swift_courier, placed):  # noqa: F811
    fo = at_door()
    CourierPosition.objects.create(
        user_id=swift_courier.user_id,
        courier=house.swift,
        latitude=31.25,
        longitude=121.4,
        accuracy_m=9,
        at=house.now - timedelta(minutes=10),
    )
    kinds = lambda now: [p.kind for p in tracking.of_parcel(fo.code, exact=True, now=now).waypoints]  # noqa: E731
    assert kinds(house.now) == ["source", "van", "goal"]
    assert kinds(house.now + timedelta(minutes=6)) == ["source", "goal"]
    do(delivery.refuse, fo, reason="damaged")
    assert "van" not in kinds(house.now)


def test_a_guest_sees_the_district_and_never_the_door(on_the_way, house, placed):  # noqa: F811
    fo = on_the_way()
    exact, rough = (
        tracking.of_parcel(fo.code, exact=exact, now=house.now).waypoints[-1] for exact in (True, False)
    )
    assert (exact.latitude, exact.longitude) == (31.22, 121.47)
    assert (rough.latitude, rough.longitude) != (31.22, 121.47)


def test_a_visit_in_vain_is_told(at_door, do, house):  # noqa: F811
    fo = at_door()
    day = house.now.date().replace(day=house.now.day + 1)
    do(delivery.come_again, fo, reason="unreachable", next_on=day)
    events = tracking.of_parcel(fo.code, exact=False, now=house.now).events
    assert any(event.state == "failed" and day.isoformat() in event.text for event in events)


@pytest.mark.parametrize("goal", [SHANGHAI, GUANGZHOU, Waypoint("goal", 31.381, 120.981, "昆山")])
def test_every_place_lies_on_the_chart_with_room_around_it(goal):
    drawn = chart.draw([KUNSHAN, goal])
    for mark in drawn.marks:
        assert chart.WIDTH * 0.08 < mark.x < chart.WIDTH * 0.92
        assert chart.HEIGHT * 0.08 < mark.y < chart.HEIGHT * 0.92
    assert 0 < len(drawn.dots) <= chart.MOST_DOTS
    assert 0 < len(drawn.names) <= chart.MOST_NAMES
    north, south = sorted(drawn.marks, key=lambda mark: mark.y)
    assert north.label == "昆山仓" or goal.latitude > KUNSHAN.latitude
    assert south is not north


def test_without_two_places_there_is_no_chart():
    assert chart.draw([KUNSHAN]) is None
    assert chart.draw([]) is None


def test_late_is_said_when_the_day_is_over_and_when_it_moves(on_the_way, do, house):  # noqa: F811
    fo, today = on_the_way(), house.now.date()

    def lateness(*, due, promised):
        Delivery.objects.filter(fulfillment=fo).update(due_on=due)
        FulfillmentDemand.objects.filter(pk=fo.demand_id).update(promised_on=promised)
        return tracking.of_parcel(fo.code, exact=False, now=house.now).lateness

    day = timedelta(days=1)
    assert lateness(due=today, promised=today) == ""
    assert lateness(due=today - day, promised=today - day) == "overdue"
    assert lateness(due=today + day, promised=today) == "delayed"
    assert lateness(due=today, promised=None) == ""
    do(delivery.refuse, fo, reason="damaged")
    assert lateness(due=today - day, promised=today - day) == ""


@pytest.mark.parametrize(
    ("told", "english"),
    [("苏州", "Suzhou"), ("苏州分拨中心", "Suzhou sorting centre"), ("某某网点", "某某网点"), ("", "")],
)
def test_where_a_courier_scanned_is_told_in_the_pages_language(told, english):
    with override("en"):
        assert tracking.scan_place(told) == english
    with override("zh-hans"):
        assert tracking.scan_place(told) == told


@pytest.mark.parametrize("goal", [(31.38, 121.5), (31.38, 120.4), (31.0, 120.98), (31.9, 120.99)])
def test_labels_stand_clear_of_each_other(goal):
    """Also where source and goal lie on one line, east and west or north and south."""
    points = [
        Waypoint("source", 31.38, 120.98, "East Warehouse"),
        Waypoint("goal", *goal, "Wuzhong"),
    ]
    marks = chart.draw(points).marks
    one, other = (chart_labels.box((mark.x, mark.y), mark.label, mark.text) for mark in marks)
    assert not chart_labels.touch(one, other)
    for box in (one, other):
        assert min(box) >= 0
        assert (box[2] <= chart.WIDTH, box[3] <= chart.HEIGHT) == (True, True)


def test_what_is_not_found_is_said_in_the_pages_language(client):
    client.cookies["django_language"] = "en"
    page = client.post("/track/", {"parcel": "X1", "phone": "1234"}).content.decode()
    assert "We could not find this parcel." in page
