"""Two people at one shelf, two lamps of one wall, two clocks of one beat: one wins each time."""

from functools import partial
from time import sleep

import pytest
from django.db import connection
from django.db.models import QuerySet

from fulfillment.models import (
    CourierChoice,
    CourierCutOff,
    FulfillmentState,
    PickTask,
    WallSlot,
    Wave,
    WorkInHand,
)
from fulfillment.services import hands, packing, sort_wall, wave_building
from members.actors import actor_of
from tests.fulfillment.house import CASE, House
from tests.support.at_once import at_once, numbered
from tests.support.goods import NOW

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


@pytest.fixture
def house(freeze_at):
    freeze_at(NOW)
    return House(NOW)


def people(house) -> list:
    return [actor_of(house.user(f"packer{number}", "warehouse", house.east)) for number in range(PEOPLE)]


def scan_at_once(house):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED)
    where = {"location_id": house.east.pk, "code": fo.code, "now": NOW}
    return at_once(*(partial(packing.parcel_to_pack, actor=actor, **where) for actor in people(house)))


def test_one_of_six_packers_has_the_parcel(house):
    assert scan_at_once(house).count("in_colleagues_hands") == PEOPLE - 1
    assert WorkInHand.objects.filter(ended_at=None).count() == 1


@pytest.mark.owner
def test_without_the_unique_row_several_would_have_it(house, monkeypatch):
    """The control: no parcel lock and no constraint, and two people pack the same parcel."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX hand_one_worker_parcel")
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED)
    staff = people(house)

    def take(number: int):
        hands._write("pack", fo, staff[number], NOW)
        return number

    try:
        at_once(*numbered(take, PEOPLE))
        assert WorkInHand.objects.filter(ended_at=None).count() > 1
    finally:
        WorkInHand.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE UNIQUE INDEX hand_one_worker_parcel ON fulfillment_workinhand"
                " (station, fulfillment_id) WHERE ended_at IS NULL"
            )


@pytest.fixture
def tote(house) -> None:
    """Six identical items, picked for six parcels, and six free slots."""
    house.shelve(CASE, PEOPLE, house.east)
    for number in range(PEOPLE):
        WallSlot.objects.create(location=house.east, code=f"A{number}", position=number)
        house.parcel((CASE, 1))
    wave_at_once(house)
    PickTask.objects.update(state="picked")


def put_at_once(house) -> list:
    what = {"location_id": house.east.pk, "scanned": CASE, "now": NOW}
    return at_once(*(partial(sort_wall.put, actor=actor, **what) for actor in people(house)))


def test_each_item_lights_one_slot(house, tote):
    """Six slots, none twice."""
    assert sorted(put.slot for put in put_at_once(house)) == [f"A{number}" for number in range(PEOPLE)]


def test_without_locks_several_items_would_light_the_same_slot(house, tote, monkeypatch):
    """The control: everybody finds the same first task and the same first free slot."""
    real = sort_wall._slot

    def slowly(fo, now):
        sleep(0.2)
        return real(fo, now)

    monkeypatch.setattr(sort_wall, "_slot", slowly)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_how: self)
    answers = put_at_once(house)
    assert len({(put.slot, put.parcel) for put in answers}) < PEOPLE


def wave_at_once(house):
    CourierChoice.objects.get_or_create(location=house.east, courier=house.swift)
    leaves = NOW.replace(hour=8, minute=0)
    CourierCutOff.objects.create(
        location=house.east, courier=house.swift, leaves_at="16:00", lead_minutes=600, full_at=1000
    )
    return at_once(*[partial(wave_building.build_due, now=leaves.replace(hour=7))] * 4)


def test_four_beats_put_each_parcel_into_one_wave(house):
    house.shelve(CASE, 12, house.east)
    parcels = [house.parcel((CASE, 1)) for _ in range(12)]
    wave_at_once(house)
    assert {fo.wave_entry.wave.location_id for fo in parcels} == {house.east.pk}
    assert sum(wave.entries.count() for wave in Wave.objects.all()) == len(parcels)
    assert PickTask.objects.count() == len(parcels)
