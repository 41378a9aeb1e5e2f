"""The scale, the label, and what must be true before a parcel is closed."""

import pytest

from fulfillment.documents.label import label
from fulfillment.models import FulfillmentState, WrongState
from fulfillment.services import packing, sim_take
from fulfillment.services.undo import undo_last
from fulfillment.services.workplaces import ParcelNotHere
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
    with pytest.raises(packing.WeightDiffers) as refusal:
        pack(house, worker_east, picked, weight)
    assert refusal.value.facts == {"measured": weight, "expected": 400}
    picked.refresh_from_db()
    assert picked.state == FulfillmentState.PICKED


def test_a_person_who_looked_inside_stands_for_it(house, worker_east, picked):
    pack(house, worker_east, picked, 500, weight_is_right=True)
    assert picked.events.get(state="packed").note == "500 g ≠ 400 g"


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
    assert label(picked, courier="捷运").startswith(b"%PDF")
