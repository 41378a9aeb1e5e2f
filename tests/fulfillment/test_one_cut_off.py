"""A promise says "today" exactly while both the house and the courier's timetable still do."""

from datetime import datetime, time, timedelta

import pytest

from fulfillment.models import CourierChoice, CourierCutOff, LocationDay, LocationProfile, TrunkLine
from fulfillment.queries.promised import promised
from fulfillment.services import preview, timetable
from fulfillment.services.couriers import couriers_for
from members.models import Institution
from omnichannel.kernel import clock
from tests.support.goods import SHANGHAI

DAY = datetime(2026, 11, 21, tzinfo=clock.SHANGHAI)
GUANGDONG = ("广东", "广州", "天河区")


def at(hour, minute=0):
    return DAY + timedelta(hours=hour, minutes=minute)


@pytest.fixture
def couriers(company):
    """Swift takes everything, star what goes to Guangdong; swift is the first by code."""
    made = [
        Institution.objects.create(code=code, path=f"{code}/", kind="courier", name=code)
        for code in ("a-swift", "b-star")
    ]
    CourierChoice.objects.create(location=company.places["wh"], courier=made[0])
    CourierChoice.objects.create(location=company.places["wh"], courier=made[1], to_province="广东")
    company.put("wh", a=9)
    company.profile("wh", cutoff_hour=18)
    return made


def leaves(company, courier, *times, place="wh"):
    for each in times:
        CourierCutOff.objects.create(location=company.places[place], courier=courier, leaves_at=each)


def told(company, now, place=None):
    """By routing, by the page of an article: days from today until the parcel leaves."""
    where = place or (SHANGHAI.province, SHANGHAI.city, SHANGHAI.district)
    wh = company.places["wh"].pk
    facts = preview.offerings.by_sku(["a"])["a"]
    routed = preview.expected_on(lines=[(facts, 1)], channel="web", place=where, now=now)
    shown = promised([wh], province=where[0], now=now)[wh].arrives_on
    return [(day - now.date()).days - 2 for day in (routed, shown)]


def test_nothing_is_promised_for_today_when_the_last_courier_has_left(company, couriers):
    leaves(company, couriers[0], time(11), time(16))
    assert told(company, at(15, 59)) == [0, 0]
    assert told(company, at(16)) == [1, 1]
    assert told(company, at(17)) == [1, 1]


def test_the_minute_of_the_departure_counts(company, couriers):
    leaves(company, couriers[0], time(16, 30))
    assert told(company, at(16, 29)) == [0, 0]
    assert told(company, at(16, 30)) == [1, 1]


def test_the_house_s_own_hour_still_ends_the_day_before_a_later_courier(company, couriers):
    leaves(company, couriers[0], time(20))
    assert told(company, at(17, 59)) == [0, 0]
    assert told(company, at(18)) == [1, 1]


def test_without_a_timetable_the_house_s_hour_holds(company, couriers):
    assert told(company, at(17, 59)) == [0, 0]
    assert told(company, at(18)) == [1, 1]


def test_the_courier_to_the_province_counts(company, couriers):
    leaves(company, couriers[0], time(17))
    leaves(company, couriers[1], time(14))
    assert told(company, at(15)) == [0, 0]
    assert told(company, at(15), place=GUANGDONG) == [1, 1]


def test_where_nobody_chose_the_first_courier_by_code_counts(company, couriers):
    CourierChoice.objects.all().delete()
    leaves(company, couriers[1], time(20))
    leaves(company, couriers[0], time(14))
    assert told(company, at(15)) == [1, 1]


def test_a_special_day_s_later_hour_does_not_hold_the_courier_back(company, couriers):
    leaves(company, couriers[0], time(16))
    LocationDay.objects.create(location=company.places["wh"], day=DAY.date(), cutoff_hour=23)
    assert told(company, at(17)) == [1, 1]


def test_a_trunk_run_leaves_by_its_own_clock(company, couriers):
    """The courier is gone at four, the truck to the hub near the customer leaves at six."""
    leaves(company, couriers[0], time(16))
    hub = company.places["st-a"]
    TrunkLine.objects.create(
        origin=company.places["wh"], hub=hub, run_fen=10_000, run_kg=1000, last_km_fen=500, departs_hour=18
    )
    assert told(company, at(17))[0] == -1  # the run's one day instead of the courier's two
    assert told(company, at(18))[0] == 0


def test_what_fills_a_day_that_is_over_for_the_courier_drops_nobody(company, couriers):
    """A full day is an objection only while something could still leave."""
    leaves(company, couriers[0], time(16))
    company.profile("wh", daily_capacity=0)
    LocationDay.objects.create(location=company.places["wh"], day=DAY.date() + timedelta(days=1), capacity=5)
    story = preview.decide(company.wish("", {"a": 1}), now=at(15)).story
    assert story["dropped"] == [] or story["dropped"][0]["reason"] == "capacity_used"
    late = preview.decide(company.wish("", {"a": 1}), now=at(17)).story
    assert late["dropped"] == []


@pytest.mark.parametrize("hour", [10, 11, 13, 16, 17, 18, 19, 23])
@pytest.mark.parametrize("place", [(SHANGHAI.province, SHANGHAI.city, SHANGHAI.district), GUANGDONG])
def test_a_promise_and_the_waves_never_contradict_each_other(company, couriers, hour, place):
    """Promised for today: the courier of that province has a departure left today."""
    leaves(company, couriers[0], time(11), time(17))
    leaves(company, couriers[1], time(13))
    wh, now = company.places["wh"].pk, at(hour)
    courier = couriers_for(location_id=wh, provinces=[place[0]])[place[0]]
    leaves_today = timetable.departures(wh, now=now)[courier].leaves_at.date() == now.date()
    house_works = hour < LocationProfile.objects.get(pk=wh).cutoff_hour
    assert told(company, now, place=place) == [0 if leaves_today and house_works else 1] * 2
