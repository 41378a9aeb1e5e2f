"""Many guesses at one pick-up code at once: five are looked at, then it is locked."""

from functools import partial
from threading import Barrier

import pytest

from fulfillment.models import FulfillmentState, PickupCode
from fulfillment.services import pickup, workplaces
from tests.fulfillment.house import CASE, House
from tests.support.at_once import at_once
from tests.support.goods import NOW

THREADS = 12
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(freeze_at):
    freeze_at(NOW)
    house = House(NOW)
    clerk = house.staff("clerk", house.store)
    fo = house.parcel((CASE, 1), location=house.store, state=FulfillmentState.PACKED, way="pickup")
    pickup.make_ready(actor=clerk, location_id=house.store.pk, code=fo.code, now=NOW)
    return house, clerk, fo


def guess_at_once(house, clerk, fo) -> list[str]:
    right = pickup.code_of(fo.pk)
    wrong = [f"{(int(right) + 1 + n) % 1_000_000:06d}" for n in range(THREADS)]

    def guess(digits: str) -> str:
        pickup.hand_over(actor=clerk, location_id=house.store.pk, code=fo.code, pickup_code=digits, now=NOW)
        return "right"

    return at_once(*(partial(guess, digits) for digits in wrong))


def test_five_guesses_are_looked_at(waiting):
    answers = guess_at_once(*waiting)
    assert sorted(answers) == ["pickup_code_locked"] * (THREADS - 5) + ["pickup_code_wrong"] * 5


def test_the_race_is_real_without_our_locks(waiting, monkeypatch):
    """Nobody waits for anybody: more than five codes are compared before the count says so."""
    everybody_looked = Barrier(THREADS)
    compared = pickup._compared

    def compare_after_all_have_looked(right, digits, now):
        everybody_looked.wait(timeout=20)
        return compared(right, digits, now)

    monkeypatch.setattr(
        workplaces.FulfillmentOrder.objects.__class__, "select_for_update", lambda self, **how: self.all()
    )
    monkeypatch.setattr(
        PickupCode.objects.__class__, "select_for_update", lambda self, **how: self.all(), raising=False
    )
    monkeypatch.setattr(pickup, "_compared", compare_after_all_have_looked)
    assert guess_at_once(*waiting).count("pickup_code_wrong") > 5
