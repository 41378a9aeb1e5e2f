"""A parcel is locked before its delivery: couriers, feeds, providers and operators never wait in a circle."""

from datetime import timedelta

import pytest

from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState
from fulfillment.services import delivery, doors, handover, standstill
from tests.fulfillment.house import CASE, House
from tests.support.crossing import DEADLOCK, DONE, crossed
from tests.support.goods import NOW

DAY = timedelta(days=1)
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(freeze_at) -> House:
    """One parcel left with the Swift courier."""
    made = House(freeze_at(NOW))
    fo = made.parcel((CASE, 1), state=FulfillmentState.PACKED)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], courier_id=made.swift.pk, now=NOW)
    return made


def at_the_door(house: House) -> None:
    code = FulfillmentOrder.objects.get().code
    delivery.arrive(actor=house.staff("courier", house.swift), code=code, now=NOW)


def onto_the_van(house: House) -> None:
    delivery.load(actor=house.staff("courier", house.swift), courier_id=house.swift.pk, now=NOW)


def lock_the_parcel() -> None:
    FulfillmentOrder.objects.select_for_update().get()


def lock_the_delivery() -> None:
    Delivery.objects.select_for_update().get()


def in_one_statement(rows):
    """As it was: the delivery of a row is locked before its parcel."""
    return rows.select_for_update(of=("self", "fulfillment")).select_related("fulfillment__demand", "courier")


@pytest.mark.parametrize("work", [at_the_door, onto_the_van])
def test_the_parcel_is_locked_before_its_delivery(house, work):
    """As by an operator, who gives a parcel up as lost."""
    assert crossed(lambda: work(house), first=lock_the_parcel, second=lock_the_delivery) == DONE


@pytest.mark.parametrize("work", [at_the_door, onto_the_van])
def test_both_in_one_statement_would_deadlock(house, work, monkeypatch):
    monkeypatch.setattr(doors, "locked", in_one_statement)
    assert crossed(lambda: work(house), first=lock_the_parcel, second=lock_the_delivery) == DEADLOCK


def test_what_was_lost_meanwhile_is_no_longer_delivered(house):
    """The courier waits for the operator, and then sees what became of the parcel."""
    operator, fo = house.staff("operator", house.east), FulfillmentOrder.objects.get()

    def give_up() -> None:
        standstill.give_up_as_lost(code=fo.code, reason="fell off the van", actor=operator, now=NOW + DAY)

    with pytest.raises(doors.StepOrder):
        crossed(lambda: at_the_door(house), first=give_up, second=lock_the_delivery)
    fo.refresh_from_db()
    assert (fo.state, Delivery.objects.get().arrived_at) == ("lost", None)
