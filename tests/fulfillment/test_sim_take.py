"""Card ↔ number ↔ order: only a free card of this location, once."""

import pytest

from fulfillment.models import FulfillmentState, SerialClaim, SerialUnit, WrongState
from fulfillment.services import account_opening, claims, sim_take
from fulfillment.services.undo import undo_last
from fulfillment.services.workplaces import ParcelNotHere
from tests.fulfillment.house import CASE, SIM


def take(house, actor, fo, iccid):
    return sim_take.take(actor=actor, location_id=house.east.pk, code=fo.code, iccid=iccid, now=house.now)


@pytest.fixture
def picked(house):
    def make(*lines):
        return house.parcel(*(lines or ((SIM, 1),)), state=FulfillmentState.PICKED)

    return make


def test_a_free_card_is_bound_to_the_number(house, worker_east, picked):
    iccid = house.cards(1, house.east)[0]
    fo = picked()
    assert take(house, worker_east, fo, iccid).state == FulfillmentState.SIM_TAKEN
    claim = SerialClaim.objects.get(serial__serial=iccid)
    assert (claim.line.fulfillment_id, claim.state) == (fo.pk, "live")


def test_two_cards_are_taken_one_after_the_other(house, worker_east, picked):
    cards = house.cards(2, house.east)
    fo = picked((SIM, 1), (SIM, 1))
    assert take(house, worker_east, fo, cards[0]).state == FulfillmentState.PICKED
    assert take(house, worker_east, fo, cards[1]).state == FulfillmentState.SIM_TAKEN
    with pytest.raises(WrongState):
        take(house, worker_east, fo, cards[1])


def test_an_unknown_card_is_refused(house, worker_east, picked):
    house.cards(1, house.east)
    with pytest.raises(claims.SerialNotHere) as refusal:
        take(house, worker_east, picked(), "8986001234567890123")
    assert refusal.value.code == "serial_not_here"


def test_another_locations_card_is_refused(house, worker_east, picked):
    foreign = house.cards(1, house.south)[0]
    fo = picked()
    with pytest.raises(claims.SerialNotHere):
        take(house, worker_east, fo, foreign)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.PICKED
    assert SerialUnit.objects.get(serial=foreign).state == "free"


def test_a_card_is_taken_once(house, worker_east, picked):
    iccid = house.cards(1, house.east)[0]
    take(house, worker_east, picked(), iccid)
    with pytest.raises(claims.SerialTaken) as refusal:
        take(house, worker_east, picked(), iccid)
    assert refusal.value.code == "serial_taken"


def test_a_card_of_another_kind_is_refused(house, worker_east, picked):
    business = house.cards(1, house.east, sku="SIM-BUSINESS")[0]
    with pytest.raises(claims.SerialOfOther):
        take(house, worker_east, picked(), business)


def test_a_parcel_without_cards_wants_none(house, worker_east, picked):
    iccid = house.cards(1, house.east)[0]
    with pytest.raises(sim_take.NoCardWanted):
        take(house, worker_east, picked((CASE, 1)), iccid)


def test_a_parcel_of_another_location_is_not_found(house, worker_east):
    iccid = house.cards(1, house.east)[0]
    foreign = house.parcel((SIM, 1), location=house.south, state=FulfillmentState.PICKED)
    with pytest.raises(ParcelNotHere):
        take(house, worker_east, foreign, iccid)


def test_the_take_is_taken_back_until_the_network_is_asked(house, worker_east, picked):
    iccid = house.cards(1, house.east)[0]
    fo = picked()
    undo = {"station": "sim", "location_id": house.east.pk, "actor": worker_east, "now": house.now}
    take(house, worker_east, fo, iccid)
    undo_last(**undo)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.PICKED
    assert SerialUnit.objects.get(serial=iccid).state == "free"
    take(house, worker_east, fo, iccid)
    account_opening.request_many(location_id=house.east.pk, ids=[fo.pk], now=house.now)
    with pytest.raises(sim_take.OpeningUnderWay):
        undo_last(**undo)


def test_many_cards_are_taken_at_once(house, picked, django_assert_max_num_queries):
    house.cards(10, house.east)
    ids = [picked().pk for _ in range(10)]
    with django_assert_max_num_queries(16):
        assert sim_take.take_many(location_id=house.east.pk, ids=ids, now=house.now) == 10


def test_too_few_cards_take_none(house, picked):
    house.cards(1, house.east)
    ids = [picked().pk, picked().pk]
    with pytest.raises(claims.SerialsShort):
        sim_take.take_many(location_id=house.east.pk, ids=ids, now=house.now)
    assert not SerialClaim.objects.exists()
