"""The scale, the label, and what must be true before a parcel is closed."""

import pytest

from fulfillment.documents.label import label
from fulfillment.models import FulfillmentState, LabelPrint, WeightCase, WrongState
from fulfillment.queries.papers import label_facts
from fulfillment.services import cancellation, labels, packing, sim_take, weights
from fulfillment.services.undo import undo_last
from fulfillment.services.workplaces import NotALead, ParcelCancelled, ParcelNotHere
from members.actors import NotAllowed
from tests.fulfillment.house import CASE, SIM


def pack(house, actor, fo, weight_g, **more):
    return packing.pack(
        actor=actor, location_id=house.east.pk, code=fo.code, weight_g=weight_g, now=house.now, **more
    )


@pytest.fixture
def picked(house):
    return house.parcel((CASE, 1), state=FulfillmentState.PICKED, weight_g=400)


@pytest.mark.parametrize("weight", [380, 400, 420])
def test_within_five_percent_is_right(house, worker_east, picked, weight):
    assert pack(house, worker_east, picked, weight).state == FulfillmentState.PACKED


@pytest.mark.parametrize("weight", [379, 421, 1])
def test_beyond_it_the_parcel_is_opened_again(house, worker_east, picked, weight):
    with pytest.raises(weights.WeightDiffers) as refusal:
        pack(house, worker_east, picked, weight)
    assert refusal.value.facts == {"measured": weight, "expected": 400}
    picked.refresh_from_db()
    assert picked.state == FulfillmentState.PICKED


def test_a_lead_who_looked_inside_stands_for_it(house, worker_east, picked):
    lead = house.staff("warehouse_lead", house.east)
    pack(house, lead, picked, 500, reason="two manuals instead of one")
    assert picked.events.get(state="packed").note == "500 g ≠ 400 g"
    case = WeightCase.objects.get()
    assert (case.accepted, case.decided_by, case.measured_g) == (True, lead.label, 500)
    assert case.reason == "two manuals instead of one"


def test_a_worker_does_not_stand_for_it(house, worker_east, picked):
    with pytest.raises(NotALead) as refusal:
        pack(house, worker_east, picked, 500, reason="it is right")
    assert refusal.value.code == "not_a_lead"
    picked.refresh_from_db()
    assert picked.state == FulfillmentState.PICKED


def test_the_lead_of_another_house_decides_nothing_here(house, worker_east, picked):
    weights.ask(actor=worker_east, location_id=house.east.pk, code=picked.code, measured=500, now=house.now)
    with pytest.raises(NotAllowed):
        decide(house, house.staff("warehouse_lead", house.south))


def decide(house, lead, *, accept=True, reason="weighed twice"):
    return weights.decide(
        actor=lead,
        location_id=house.east.pk,
        case_id=WeightCase.objects.get().pk,
        accept=accept,
        reason=reason,
        now=house.now,
    )


def test_an_asked_lead_accepts_and_the_parcel_is_packed_at_that_weight_only(house, worker_east, picked):
    where = {"actor": worker_east, "location_id": house.east.pk, "code": picked.code, "now": house.now}
    weights.ask(measured=520, **where)
    weights.ask(measured=500, **where)
    lead = house.staff("warehouse_lead", house.east)
    with pytest.raises(weights.ReasonNeeded):
        decide(house, lead, reason=" ")
    decide(house, lead)
    with pytest.raises(weights.CaseUnknown):
        weights.decide(
            actor=lead, location_id=house.east.pk, case_id=0, accept=True, reason="x", now=house.now
        )
    with pytest.raises(weights.WeightDiffers):
        pack(house, worker_east, picked, 600)
    assert pack(house, worker_east, picked, 505).state == FulfillmentState.PACKED


def test_a_rejected_weight_does_not_pass(house, worker_east, picked):
    weights.ask(actor=worker_east, location_id=house.east.pk, code=picked.code, measured=500, now=house.now)
    decide(house, house.staff("warehouse_lead", house.east), accept=False, reason="a case is missing")
    with pytest.raises(weights.WeightDiffers):
        pack(house, worker_east, picked, 500)
    with pytest.raises(weights.NothingDiffers):
        weights.ask(
            actor=worker_east, location_id=house.east.pk, code=picked.code, measured=401, now=house.now
        )


@pytest.mark.parametrize("weight", [0, -5, 50_001])
def test_no_such_weight(house, worker_east, picked, weight):
    with pytest.raises(packing.WeightInvalid):
        pack(house, worker_east, picked, weight)


def test_a_card_without_account_is_not_packed(house, worker_east):
    house.cards(1, house.east)
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED)
    sim_take.take_many(location_id=house.east.pk, ids=[fo.pk], now=house.now)
    with pytest.raises(packing.AccountNotOpen):
        pack(house, worker_east, fo, 10)


def test_what_is_not_picked_is_not_packed(house, worker_east):
    with pytest.raises(WrongState):
        pack(house, worker_east, house.parcel((CASE, 1)), 10)


def test_a_parcel_of_another_warehouse_is_not_found(house, worker_east):
    foreign = house.parcel((CASE, 1), location=house.south, state=FulfillmentState.PICKED)
    with pytest.raises(ParcelNotHere):
        pack(house, worker_east, foreign, 10)


def test_packing_is_taken_back(house, worker_east, picked):
    pack(house, worker_east, picked, 400)
    undo_last(station="pack", location_id=house.east.pk, actor=worker_east, now=house.now)
    picked.refresh_from_db()
    assert picked.state == FulfillmentState.PICKED


def test_the_label_is_a_pdf(house, picked):
    assert label(label_facts(picked, planned_courier=house.swift.pk)).startswith(b"%PDF")


def test_each_print_of_a_label_is_counted_and_stands_on_it(house, worker_east, picked):
    with pytest.raises(labels.LabelNotNow):
        labels.print_label(actor=worker_east, code=picked.code, now=house.now)
    pack(house, worker_east, picked, 400)
    for number in (1, 2, 3):
        assert labels.print_label(actor=worker_east, code=picked.code, now=house.now)[1] == number
    assert (
        list(LabelPrint.objects.order_by("number").values_list("printed_by", flat=True))
        == [worker_east.label] * 3
    )
    facts = label_facts(picked, planned_courier=None)
    assert label(facts) != label(facts, number=2)
    with pytest.raises(ParcelNotHere):
        labels.print_label(actor=house.staff("warehouse", house.south), code=picked.code, now=house.now)


def test_a_cancelled_parcel_is_neither_packed_nor_labelled_again(house, worker_east, picked):
    pack(house, worker_east, picked, 400)
    cancellation.cancel(order_number=picked.demand.order_number, now=house.now)
    with pytest.raises(labels.LabelCancelled) as refusal:
        labels.print_label(actor=worker_east, code=picked.code, now=house.now)
    assert refusal.value.code == "label_of_cancelled_parcel"
    with pytest.raises(ParcelCancelled) as refusal:
        pack(house, worker_east, picked, 400)
    assert refusal.value.code == "parcel_cancelled"
    assert not LabelPrint.objects.exists()
