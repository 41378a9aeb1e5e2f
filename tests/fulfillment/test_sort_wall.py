"""Every picked item finds the slot of its parcel; a slot is free when nothing of a live parcel lies in it."""

from datetime import timedelta

import pytest

from fulfillment.models import PickTask, WallSlot
from fulfillment.queries import stations
from fulfillment.services import cancellation, packing, picking, sim_take, sort_wall, undo, waves
from tests.fulfillment.house import CASE, PHONE, SIM


@pytest.fixture
def wall(house):
    codes = ("A1", "A2", "A3")
    return [
        WallSlot.objects.create(location=house.east, code=code, position=place)
        for place, code in enumerate(codes)
    ]


@pytest.fixture
def where(house, worker_east):
    return {"actor": worker_east, "location_id": house.east.pk, "now": house.now}


@pytest.fixture
def picked(house, where):
    """Builds the wave and picks everything, by hand; gives the devices' serials."""

    def work(*serials):
        waves.build(cut_off=house.now + timedelta(hours=2), **where)
        devices = iter(serials)
        while task := stations.next_pick(house.east.pk, where["actor"].user_id):
            scanned = next(devices) if task.line.serial_kind else task.line.sku
            picking.pick(task_id=task.pk, scanned=scanned, **where)

    return work


def put(where, scanned):
    return sort_wall.put(scanned=scanned, **where)


def states(house):
    return {slot.code: slot.state for slot in stations.wall(house.east.pk)}


def test_items_of_one_parcel_meet_in_one_slot(house, wall, where, picked):
    imei = house.phones(1, house.east)[0]
    house.shelve(CASE, 5, house.east)
    first, second = house.parcel((PHONE, 1), (CASE, 2)), house.parcel((CASE, 1))
    picked(imei)
    begun = put(where, imei)
    assert (begun.slot, begun.units, begun.complete) == ("A1", 1, False)
    done = put(where, CASE)
    assert (done.slot, done.units, done.parcel, done.complete) == ("A1", 2, first.code, True)
    assert put(where, CASE.lower()).slot == "A2"
    assert states(house) == {"A1": "complete", "A2": "complete", "A3": "free"}
    assert stations.packs(house.east.pk).first[1] == (second.code, "№ A2")


def test_two_devices_of_a_line_are_told_apart_and_none_twice(house, wall, where, picked):
    imeis = house.phones(2, house.east)
    house.parcel((PHONE, 2))
    picked(*imeis)
    assert not put(where, imeis[0]).complete
    with pytest.raises(sort_wall.OnTheWall) as refusal:
        put(where, imeis[0])
    assert refusal.value.code == "already_on_the_wall"
    assert put(where, imeis[1]).complete


def test_a_full_slot_overflows_into_another(house, wall, where, picked):
    imei = house.phones(1, house.east)[0]
    house.shelve(CASE, 1, house.east)
    fo = house.parcel((PHONE, 1), (CASE, 1))
    picked(imei)
    put(where, imei)
    sort_wall.mark_full(slot="a1", **where)
    assert states(house)["A1"] == "full"
    assert put(where, CASE).slot == "A2"
    assert sort_wall.slots_of(fo.pk) == ["A1", "A2"]
    packing.pack(code=fo.code, weight_g=10, **where)
    assert set(states(house).values()) == {"free"}


def test_a_full_wall_takes_nothing_more_and_says_so(house, wall, where, picked):
    house.shelve(CASE, 9, house.east)
    for _ in range(4):
        house.parcel((CASE, 1))
    picked()
    for _ in wall:
        put(where, CASE)
    with pytest.raises(sort_wall.WallFull):
        put(where, CASE)
    assert PickTask.objects.filter(sorted_at=None).count() == 1


def test_goods_of_a_cancelled_parcel_go_back_to_the_shelf(house, wall, where, picked):
    house.shelve(CASE, 1, house.east)
    fo = house.parcel((CASE, 1))
    picked()
    put(where, CASE)
    with pytest.raises(sort_wall.SlotInUse):
        sort_wall.clear(slot="A1", actor=where["actor"], location_id=house.east.pk)
    cancellation.cancel(order_number=fo.demand.order_number, now=house.now)
    assert states(house)["A1"] == "clear"
    with pytest.raises(sort_wall.NothingToSort):
        put(where, CASE)
    sort_wall.clear(slot="A1", actor=where["actor"], location_id=house.east.pk)
    assert states(house)["A1"] == "free"
    with pytest.raises(sort_wall.SlotUnknown):
        sort_wall.clear(slot="Z9", actor=where["actor"], location_id=house.east.pk)


def test_the_card_may_come_before_the_phone_lies_on_the_wall(house, wall, where, picked):
    imei, card = house.phones(1, house.east)[0], house.cards(1, house.east)[0]
    fo = house.parcel((PHONE, 1), (SIM, 1))
    picked(imei)
    sim_take.take(code=fo.code, iccid=card, **where)
    assert put(where, imei).complete


def test_sorting_is_taken_back_before_the_pick_is(house, wall, where, picked):
    imei = house.phones(1, house.east)[0]
    house.parcel((PHONE, 1))
    picked(imei)
    put(where, imei)
    with pytest.raises(picking.SortedAlready):
        undo.undo_last(station="pick", **where)
    undo.undo_last(station="sort", **where)
    assert states(house)["A1"] == "free"
    undo.undo_last(station="pick", **where)
    assert stations.next_pick(house.east.pk, where["actor"].user_id) is not None


def test_a_house_without_a_wall_packs_from_the_trolley(house, where, picked):
    house.shelve(CASE, 1, house.east)
    fo = house.parcel((CASE, 1))
    picked()
    assert packing.pack(code=fo.code, weight_g=10, **where).state == "packed"


def test_another_house_has_another_wall(house, wall, where, picked):
    house.shelve(CASE, 1, house.east)
    house.parcel((CASE, 1))
    picked()
    elsewhere = where | {"actor": house.staff("warehouse", house.south), "location_id": house.south.pk}
    with pytest.raises(sort_wall.NothingToSort):
        put(elsewhere, CASE)
