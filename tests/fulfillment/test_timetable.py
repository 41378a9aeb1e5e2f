"""Waves build themselves: before a courier leaves, or when enough parcels wait."""

from datetime import time, timedelta

import pytest

from fulfillment.models import CentreProfile, CourierChoice, CourierCutOff, FulfillmentState, PickTask, Wave
from fulfillment.services import cancellation, timetable, wave_building, waves
from tests.fulfillment.house import CASE

LEAVES = time(16, 0)


@pytest.fixture
def leaves(house):
    """Swift takes all of the east warehouse's parcels at four in the afternoon."""
    CourierChoice.objects.create(location=house.east, courier=house.swift)
    CourierCutOff.objects.create(
        location=house.east, courier=house.swift, leaves_at=LEAVES, lead_minutes=120, full_at=3
    )
    return house.now.replace(hour=8, minute=0, second=0, microsecond=0)  # 16:00 in Shanghai, UTC


def due(house, now):
    return wave_building.build_due_at(location_id=house.east.pk, now=now)


def test_the_wave_is_built_its_lead_before_the_courier_leaves(house, leaves):
    house.shelve(CASE, 9, house.east)
    house.parcel((CASE, 1))
    assert due(house, leaves - timedelta(minutes=121)) == []
    wave = due(house, leaves - timedelta(minutes=120))[0]
    assert (wave.courier_id, wave.cut_off, wave.built_by) == (house.swift.pk, leaves, "system")


def test_enough_parcels_do_not_wait(house, leaves):
    house.shelve(CASE, 9, house.east)
    for _ in range(3):
        house.parcel((CASE, 1))
    assert due(house, leaves - timedelta(hours=6))[0].entries.count() == 3


def test_a_late_parcel_joins_the_open_wave_and_never_a_closed_one(house, leaves):
    house.shelve(CASE, 9, house.east)
    house.parcel((CASE, 1))
    wave = due(house, leaves - timedelta(minutes=90))[0]
    late = house.parcel((CASE, 1))
    assert due(house, leaves - timedelta(minutes=60)) == [wave]
    assert (late.wave_entry.wave, late.wave_entry.slot) == (wave, 2)
    Wave.objects.update(closed_at=house.now)
    house.parcel((CASE, 1))
    assert due(house, leaves - timedelta(minutes=30))[0] != wave


def test_a_full_wave_is_followed_by_another(house, leaves):
    CentreProfile.objects.create(location=house.east, wave_size=2)
    house.shelve(CASE, 9, house.east)
    for _ in range(2):
        house.parcel((CASE, 1))
    first = due(house, leaves - timedelta(minutes=90))[0]
    house.parcel((CASE, 1))
    assert due(house, leaves - timedelta(minutes=90))[0] != first


def test_after_the_last_departure_the_next_day_counts(house, leaves):
    assert timetable.departures(house.east.pk, now=leaves)[house.swift.pk].leaves_at == leaves + timedelta(
        days=1
    )


def test_by_hand_each_courier_has_its_own_cut_off(house, leaves, worker_east):
    CourierChoice.objects.create(location=house.east, to_province="广东", courier=house.star)
    house.shelve(CASE, 9, house.east)
    house.parcel((CASE, 1))
    house.parcel((CASE, 1), province="广东")
    now = leaves - timedelta(hours=6)
    built = waves.build(location_id=house.east.pk, actor=worker_east, now=now)
    assert {wave.courier_id: wave.cut_off for wave in built} == {
        house.swift.pk: leaves,
        house.star.pk: now + timetable.WITHOUT_TIMETABLE,
    }


def test_all_locations_are_served_and_one_may_switch_it_off(house, leaves):
    CourierCutOff.objects.create(location=house.south, courier=house.star, leaves_at=LEAVES)
    CentreProfile.objects.create(location=house.south, builds_waves=False)
    house.shelve(CASE, 9, house.east)
    house.parcel((CASE, 1))
    house.parcel((CASE, 1), location=house.south)
    now = leaves - timedelta(minutes=30)
    assert [wave.location_id for wave in wave_building.build_due(now=now)] == [house.east.pk]
    CentreProfile.objects.update(builds_waves=True)
    CourierChoice.objects.create(location=house.south, courier=house.star)
    assert [wave.location_id for wave in wave_building.build_due(now=now)] == [house.south.pk]
    assert wave_building.build_due(now=now) == []


def test_a_cancelled_order_is_in_no_wave_and_leaves_the_one_it_was_in(house, leaves):
    house.shelve(CASE, 9, house.east)
    gone, stays = house.parcel((CASE, 1)), house.parcel((CASE, 1))
    cancellation.cancel(order_number=gone.demand.order_number, now=house.now)
    wave = due(house, leaves - timedelta(minutes=30))[0]
    assert list(wave.entries.values_list("fulfillment", flat=True)) == [stays.pk]
    cancellation.cancel(order_number=stays.demand.order_number, now=house.now)
    stays.refresh_from_db()
    assert stays.state == FulfillmentState.CANCELLED
    assert PickTask.objects.exclude(line__fulfillment__state="cancelled").count() == 0
    waves.close_finished(location_id=house.east.pk, now=house.now)
    wave.refresh_from_db()
    assert wave.closed_at is not None
