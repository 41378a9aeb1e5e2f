"""Two people never work on the same thing unknowingly; taking over is possible, said, and kept."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentState, StationStep, WorkInHand
from fulfillment.queries import stations
from fulfillment.services import hands, packing, picking, sim_take, undo, waves
from fulfillment.services.workplaces import ParcelNotHere
from members.actors import actor_of
from tests.fulfillment.house import CASE, SIM


@pytest.fixture
def colleague(house):
    return actor_of(house.user("colleague", "warehouse", house.east))


@pytest.fixture
def where(house):
    return {"location_id": house.east.pk, "now": house.now}


@pytest.fixture
def two_waves(house, where):
    house.shelve(CASE, 20, house.east)
    built = []
    for hours in (2, 3):
        house.parcel((CASE, 1))
        house.parcel((CASE, 1))
        built += waves.build(cut_off=house.now + timedelta(hours=hours), **where)
    return built


def scan(actor, where, task=None):
    task = task or stations.next_pick(where["location_id"], actor.user_id)
    return picking.pick(actor=actor, task_id=task.pk, scanned=CASE, **where)


def test_each_picker_has_a_wave_of_their_own(two_waves, where, worker_east, colleague):
    scan(worker_east, where)
    with pytest.raises(hands.InColleaguesHands) as refusal:
        scan(colleague, where, two_waves[0].tasks.filter(state="todo").first())
    assert (refusal.value.code, refusal.value.facts["subject"]) == ("in_colleagues_hands", two_waves[0].code)
    assert scan(colleague, where).wave == two_waves[1]
    assert stations.next_pick(where["location_id"], worker_east.user_id).wave == two_waves[0]


def test_a_wave_that_is_picked_is_in_nobodys_hands(two_waves, where, worker_east):
    scan(worker_east, where)
    scan(worker_east, where)
    assert not WorkInHand.objects.filter(wave=two_waves[0], ended_at=None).exists()


def test_a_takeover_keeps_both_names_and_the_first_ones_last_step(
    two_waves, where, worker_east, colleague, house
):
    scan(worker_east, where)
    with pytest.raises(undo.NothingToUndo):
        undo.undo_last(station="pick", actor=colleague, **where)
    row = hands.take_over("pick", code=two_waves[0].code.lower(), actor=colleague, **where)
    assert (row.who, row.taken_from.who, row.taken_from.ended_at) == (
        colleague.label,
        worker_east.label,
        house.now,
    )
    undo.undo_last(station="pick", actor=colleague, **where)
    step = StationStep.objects.get()
    assert (step.user_id, step.undone_by) == (worker_east.user_id, colleague.label)
    with pytest.raises(hands.InColleaguesHands):
        scan(worker_east, where, two_waves[0].tasks.first())


def test_a_parcel_at_the_packing_table_is_one_persons(house, where, worker_east, colleague):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED)
    packing.parcel_to_pack(actor=worker_east, code=fo.code, **where)
    with pytest.raises(hands.InColleaguesHands):
        packing.pack(actor=colleague, code=fo.code, weight_g=10, **where)
    hands.take_over("pack", code=fo.code, actor=colleague, **where)
    packing.pack(actor=colleague, code=fo.code, weight_g=10, **where)
    assert not WorkInHand.objects.filter(ended_at=None).exists()


def test_turning_to_another_parcel_puts_the_first_one_down(house, where, worker_east, colleague):
    house.cards(2, house.east)
    first, second = (house.parcel((SIM, 1), state=FulfillmentState.PICKED) for _ in range(2))
    sim_take.parcel_for_card(actor=worker_east, code=first.code, **where)
    sim_take.parcel_for_card(actor=worker_east, code=second.code, **where)
    assert sim_take.parcel_for_card(actor=colleague, code=first.code, **where) == first


def test_nothing_is_taken_over_that_nobody_has_or_that_is_elsewhere(house, where, worker_east):
    free = house.parcel((CASE, 1), state=FulfillmentState.PICKED)
    foreign = house.parcel((CASE, 1), location=house.south, state=FulfillmentState.PICKED)
    with pytest.raises(hands.NotInHand):
        hands.take_over("pack", code=free.code, actor=worker_east, **where)
    with pytest.raises(ParcelNotHere):
        hands.take_over("pack", code=foreign.code, actor=worker_east, **where)
    with pytest.raises(hands.WaveNotHere):
        hands.take_over("pick", code="W999999", actor=worker_east, **where)
