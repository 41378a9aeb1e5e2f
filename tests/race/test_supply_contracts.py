"""Two dealers' orders want what is left of a contract: it is called off once."""

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import transaction
from django.db.models import QuerySet

from fulfillment.models import DealerOrder, SupplierItem, SupplierOrderLine, SupplyContract
from fulfillment.services import dealer_sourcing, supply_contracts
from members.models import Institution
from omnichannel.kernel import clock
from tests.support.at_once import at_once
from tests.support.dealing import CASE, NOW, Dealing

ORDERS = 2
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dealing(freeze_at) -> Dealing:
    """Each order wants all that is left."""
    freeze_at(NOW)
    made = Dealing()
    maker = Institution.objects.create(code="sp", path="sp/", kind="supplier", name="sp")
    today = clock.local_day(NOW)
    SupplierItem.objects.create(supplier=maker, sku=CASE, cost_fen=10_00, lead_days=3)
    SupplyContract.objects.create(
        number="KJ-1", supplier=maker, sku=CASE, cost_fen=9_00, units=5, lead_days=3,
        starts=today, ends=today + timedelta(days=9),
    )  # fmt: skip
    return made


def buy_at_once(dealing: Dealing) -> list[int]:
    """The costs in fen at which the orders' goods were bought."""
    orders = [dealing.order({CASE: 5}, key=f"k{number}") for number in range(ORDERS)]

    def buy(order: DealerOrder) -> None:
        with transaction.atomic():
            dealer_sourcing.order_missing(order, {CASE: 5}, actor=dealing.branch, now=NOW)

    at_once(*(partial(buy, order) for order in orders))
    return sorted(SupplierOrderLine.objects.values_list("cost_fen", flat=True))


def test_the_last_units_are_called_off_once(dealing):
    assert buy_at_once(dealing) == [9_00, 10_00]
    assert SupplyContract.objects.get().left == 0


def test_the_race_is_real_without_the_lock(dealing, monkeypatch):
    """Both look before any writes: ten units under a contract of five, which counts five."""
    both_have_looked, look = Barrier(ORDERS), supply_contracts.best

    def look_together(*args, **kwargs):
        found = look(*args, **kwargs)
        both_have_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(supply_contracts, "best", look_together)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_how: self)
    assert buy_at_once(dealing) == [9_00, 9_00]
    assert SupplyContract.objects.get().called == 5
