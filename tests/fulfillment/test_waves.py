"""Accepted parcels become waves by courier, with pick tasks along the bins."""

from datetime import timedelta

import pytest

from fulfillment.models import CourierChoice, FulfillmentState, PickTask, Wave
from fulfillment.services import cancellation, packing, picking, waves
from members.actors import NotAllowed
from tests.fulfillment.house import CASE, PHONE, SIM


def build(house, actor, **more):
    return waves.build(
        location_id=house.east.pk, cut_off=house.now + timedelta(hours=2), actor=actor, now=house.now, **more
    )


def test_one_wave_per_courier_and_tasks_by_bin(house, worker_east):
    CourierChoice.objects.create(location=house.east, courier=house.swift)
    CourierChoice.objects.create(location=house.east, to_province="广东", courier=house.star)
    house.shelve(CASE, 10, house.east, bin="B-07")
    house.phones(2, house.east)
    near = [house.parcel((CASE, 2)), house.parcel((PHONE, 1), (CASE, 1))]
    far = house.parcel((CASE, 1), province="广东")

    built = build(house, worker_east)

    assert {wave.courier_id: wave.entries.count() for wave in built} == {house.swift.pk: 2, house.star.pk: 1}
    assert [entry.slot for entry in near[0].wave_entry.wave.entries.order_by("slot")] == [1, 2]
    assert PickTask.objects.count() == 4
    assert set(PickTask.objects.filter(line__sku=CASE).values_list("bin", flat=True)) == {"B-07"}
    far.refresh_from_db()
    assert far.state == FulfillmentState.IN_WAVE


def test_a_parcel_of_cards_alone_waits_for_its_card_at_once(house, worker_east):
    house.cards(1, house.east)
    fo = house.parcel((SIM, 1))
    build(house, worker_east)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.PICKED


def test_nothing_waiting_is_said_so(house, worker_east):
    house.parcel((CASE, 1), location=house.south)
    with pytest.raises(waves.NothingToBuild):
        build(house, worker_east)


def test_a_stranger_builds_no_wave(house):
    house.parcel((CASE, 1))
    with pytest.raises(NotAllowed):
        build(house, house.staff("warehouse", house.south))


def test_building_takes_a_handful_of_statements(house, worker_east, django_assert_max_num_queries):
    for _ in range(12):
        house.parcel((CASE, 1))
    with django_assert_max_num_queries(24):
        build(house, worker_east)


def test_a_wave_closes_when_all_is_packed_or_cancelled(house, worker_east):
    packed, cancelled = house.parcel((CASE, 1)), house.parcel((CASE, 1))
    wave = build(house, worker_east)[0]
    cancellation.cancel(order_number=cancelled.demand.order_number, now=house.now)
    picking.pick_wave(wave_id=wave.pk, now=house.now)
    assert Wave.objects.open().count() == 1
    packing.pack_many(location_id=house.east.pk, ids=[packed.pk], now=house.now)
    assert Wave.objects.open().count() == 0
