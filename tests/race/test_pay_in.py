"""Two people of a courier company press "Pay in" at once: the cash is paid in once."""

from threading import Barrier

import pytest

from fulfillment.models import CashMeans, CodRemittance, Delivery, FulfillmentState
from fulfillment.models.delivery import DeliveryQuerySet
from fulfillment.services import cod, handover
from tests.fulfillment.house import CASE, House
from tests.support.at_once import at_once
from tests.support.goods import NOW

THREADS = 4
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(freeze_at) -> House:
    """Cash of one parcel, collected by the Swift courier and not paid in."""
    made = House(freeze_at(NOW))
    fo = made.parcel((CASE, 1), cod_fen=100_00, state=FulfillmentState.PACKED)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], courier_id=made.swift.pk, now=NOW)
    Delivery.objects.filter(fulfillment=fo).update(
        cod_collected_fen=100_00, cod_means=CashMeans.CASH, finished_at=NOW
    )
    return made


def pay_in_at_once(house: House) -> list[str]:
    def pay_in() -> str:
        cod.remit(courier_id=house.swift.pk, now=NOW)
        return "paid in"

    return sorted(at_once(*[pay_in] * THREADS))


def paid_in() -> int:
    return sum(CodRemittance.objects.values_list("amount_fen", flat=True))


def test_the_cash_is_paid_in_once(house):
    assert pay_in_at_once(house) == ["nothing_to_remit"] * (THREADS - 1) + ["paid in"]
    assert paid_in() == 100_00


def test_the_race_is_real_without_our_lock(house, monkeypatch):
    """All look before any writes: the same cash is paid in several times."""
    all_have_looked = Barrier(THREADS)
    create = CodRemittance.objects.create

    def create_together(**values):
        all_have_looked.wait(timeout=20)
        return create(**values)

    monkeypatch.setattr(DeliveryQuerySet, "select_for_update", lambda rows, **options: rows.all())
    monkeypatch.setattr(CodRemittance.objects, "create", create_together)
    assert pay_in_at_once(house) == ["paid in"] * THREADS
    assert paid_in() == THREADS * 100_00
