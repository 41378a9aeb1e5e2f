"""Two people never work on the same thing unknowingly; taking over is possible, said, and kept."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentOrder, FulfillmentState, Manifest, StationStep, WallSlot, WorkInHand
from fulfillment.queries import stations
from fulfillment.services import (
    account_opening,
    account_undo,
    handover,
    hands,
    packing,
    picking,
    sim_take,
    sort_wall,
    undo,
    waves,
)
from fulfillment.services.workplaces import ParcelNotHere
from members.actors import SYSTEM, actor_of
from omnichannel.kernel import outbox
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


def refused(station, actor, where) -> undo.StepOfColleague:
    with pytest.raises(undo.StepOfColleague) as refusal:
        undo.undo_last(station=station, actor=actor, **where)
    return refusal.value


def test_at_the_ramp_nothing_is_held_and_a_colleagues_last_step_is_taken_over(
    house, where, worker_east, colleague
):
    house.shelve(CASE, 5, house.east)
    first, second = (house.parcel((CASE, 1), state=FulfillmentState.PACKED) for _ in range(2))
    handover.scan(actor=worker_east, code=first.code, **where)
    refusal = refused("handover", colleague, where)
    assert (refusal.code, refusal.facts["who"]) == ("step_of_colleague", worker_east.label)
    handover.scan(actor=colleague, code=second.code, **where)
    undo.undo_last(station="handover", actor=colleague, **where)
    undo.take_over_step(station="handover", step_id=refusal.facts["step"], actor=colleague, **where)
    undo.undo_last(station="handover", actor=colleague, **where)
    row = WorkInHand.objects.get(user_id=colleague.user_id)
    assert (row.taken_from.who, row.fulfillment, row.ended_at) == (worker_east.label, first, house.now)
    first.refresh_from_db()
    assert (first.state, Manifest.objects.get().parcels) == (FulfillmentState.PACKED, 0)
    assert StationStep.objects.get(fulfillment=first).undone_by == colleague.label


def test_whoever_closes_the_manifest_handed_it_over(house, where, worker_east, colleague):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 1), state=FulfillmentState.PACKED)
    manifest = handover.scan(actor=worker_east, code=fo.code, **where)
    closed = handover.close(actor=colleague, manifest_id=manifest.pk, **where)
    assert (manifest.handed_over_by, closed.handed_over_by) == (worker_east.label, colleague.label)


def test_a_colleagues_packing_and_sorting_are_taken_over(two_waves, house, where, worker_east, colleague):
    WallSlot.objects.create(location=house.east, code="A1", position=0)
    scan(worker_east, where)
    put = sort_wall.put(actor=worker_east, scanned=CASE, **where)
    packing.pack(actor=worker_east, code=put.parcel, weight_g=10, **where)
    for station in ("pack", "sort"):
        step = refused(station, colleague, where).facts["step"]
        undo.take_over_step(station=station, step_id=step, actor=colleague, **where)
        undo.undo_last(station=station, actor=colleague, **where)
    assert not WallSlot.objects.exclude(fulfillment=None).exists()
    assert not WorkInHand.objects.filter(station__in=("pack", "sort"), ended_at=None).exists()


def test_an_account_opened_by_a_colleague_is_taken_over_before_it_is_taken_back(
    house, where, worker_east, colleague
):
    card = house.cards(2, house.east)[0]
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED)
    sim_take.take(actor=worker_east, code=fo.code, iccid=card, **where)
    account_opening.request_by_card(actor=worker_east, iccid=card, **where)
    outbox.drain()
    with pytest.raises(undo.StepOfColleague) as refusal:
        account_undo.choose(actor=colleague, **where)
    step = refusal.value.facts["step"]
    undo.take_over_step(station="account", step_id=step, actor=colleague, **where)
    assert account_undo.choose(actor=colleague, **where) == fo


def test_a_step_elsewhere_or_of_a_parcel_that_is_gone_stays(house, where, worker_east, colleague):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 1), state=FulfillmentState.PACKED)
    handover.scan(actor=worker_east, code=fo.code, **where)
    step = StationStep.objects.get()
    elsewhere = where | {"location_id": house.south.pk}
    with pytest.raises(undo.NothingToUndo):
        undo.take_over_step(station="handover", step_id=step.pk, actor=SYSTEM, **elsewhere)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=FulfillmentState.DELIVERED)
    with pytest.raises(undo.NothingToUndo) as refusal:
        undo.undo_last(station="handover", actor=colleague, **where)
    assert refusal.value.code == "nothing_to_undo"
    with pytest.raises(undo.NothingToUndo):
        undo.take_over_step(station="handover", step_id=step.pk, actor=colleague, **where)
