"""A SIM sold over the counter displaces a promise: its number is locked before parcels and levels."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError

from catalog.models import Number
from fulfillment.models import StockLevel
from fulfillment.services import counter_sale, stock
from orders.models import OrderIntake
from orders.services import clerk
from tests.support import ordering
from tests.support.crossing import DEADLOCK, DONE, outcome, until_one_waits
from tests.support.demo import NOON
from tests.support.ordering import CHEN, SIM, STORE, a_number, order, pickup, sell, sim

pytestmark = [
    pytest.mark.race,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def chosen(freeze_at) -> str:
    """A number to be sold with the store's only card, which is held for another customer."""
    freeze_at(NOON)
    order(sim(), delivery=pickup())
    level = StockLevel.objects.get(sku=SIM, location__code=STORE)
    gone = {"units": level.reserved - level.on_hand, "place": "loss", "reason": "test", "reference": "T"}
    stock.book(sku=SIM, location_id=level.location_id, now=NOON, **gone)
    return a_number()


def another_order_of(msisdn: str) -> None:
    """What whoever places an order locks, in the one order of locks."""
    Number.objects.select_for_update().get(pk=msisdn)
    StockLevel.objects.select_for_update().get(sku=SIM, location__code=STORE)


def sold_beside_another(msisdn: str, monkeypatch) -> set[str]:
    """Both outcomes: the other one begins when promises have given way, before the sale is placed."""
    running, give_way = [], counter_sale.give_way

    with ThreadPoolExecutor(1) as pool:

        def and_then_another(**asked):
            displaced = give_way(**asked)
            running.append(pool.submit(outcome, lambda: another_order_of(msisdn)))
            until_one_waits()
            return displaced

        monkeypatch.setattr(counter_sale, "give_way", and_then_another)
        try:
            sell(
                sim(msisdn=msisdn),
                delivery=pickup(),
                phone=CHEN,
                name="陈晨",
                id_number=ordering.id_number(CHEN),
            )
            sale = DONE
        except OperationalError as error:
            sale = DEADLOCK if "deadlock" in str(error) else str(error)
        return {sale, running[0].result(timeout=30)}


def test_the_number_is_locked_before_what_is_displaced(chosen, monkeypatch):
    assert sold_beside_another(chosen, monkeypatch) == {DONE}
    assert OrderIntake.objects.filter(channel="store", state="confirmed").count() == 1


def test_the_number_locked_behind_the_levels_would_deadlock(chosen, monkeypatch):
    monkeypatch.setattr(clerk, "_lock_what_comes_before_goods", lambda asked: None)
    assert DEADLOCK in sold_beside_another(chosen, monkeypatch)
