"""Eight threads want the last unit: one gets it. A hold expires or is paid, never both."""

from functools import partial
from threading import Barrier

import pytest
from django.db import transaction

from fulfillment.models import FulfillmentDemand, Reservation, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.services import fulfil, reservation
from fulfillment.services.reservation import HoldLapsed
from fulfillment.services.routing import asking
from tests.support.at_once import at_once, numbered
from tests.support.goods import NOW, Company
from tests.support.guards import take_stock_guard_away

THREADS = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(freeze_at) -> Company:
    freeze_at(NOW)
    made = Company()
    made.goods("a", "b")
    return made


def buy(company: Company, number: int) -> str:
    with transaction.atomic():
        company.hold(f"o{number}", {"a": 1, "b": 1})
    return "held"


def buy_at_once(company: Company) -> list[str]:
    """An order of one of each from every thread."""
    return at_once(*numbered(partial(buy, company), THREADS))


def test_the_last_unit_is_sold_once(company):
    company.put("wh", a=1, b=50)
    assert sorted(buy_at_once(company)) == ["held"] + ["out_of_stock"] * (THREADS - 1)
    assert dict(StockLevel.objects.values_list("sku", "reserved")) == {"a": 1, "b": 1}
    assert findings(now=NOW) == []


@pytest.mark.owner
def test_the_race_is_real_without_our_guard(company, monkeypatch):
    """No condition and no CHECK, all have looked before any reserves: more than one gets the last unit."""
    company.put("wh", a=1, b=50)
    all_have_looked = Barrier(THREADS)
    look = asking.load

    def look_together(*args, **kwargs):
        found = look(*args, **kwargs)
        all_have_looked.wait(timeout=30)
        return found

    monkeypatch.setattr(asking, "load", look_together)
    take_stock_guard_away()
    assert buy_at_once(company).count("held") > 1


def test_orders_of_several_lines_do_not_block_each_other_for_good(company):
    company.put("wh", a=THREADS, b=THREADS)
    company.put("st-a", a=THREADS)
    assert buy_at_once(company) == ["held"] * THREADS
    assert findings(now=NOW) == []


def test_one_order_reserves_once_however_often_it_is_sent(company):
    company.put("wh", a=5, b=5)
    assert at_once(*[partial(buy, company, 1)] * THREADS) == ["held"] * THREADS
    assert FulfillmentDemand.objects.count() == 1
    assert dict(StockLevel.objects.values_list("sku", "reserved")) == {"a": 1, "b": 1}


@pytest.mark.parametrize("round_", range(3))
def test_expiry_and_payment_race_for_the_hold_and_one_wins(company, round_):
    company.put("wh", a=1, b=1)
    company.hold("o1", {"a": 1, "b": 1})

    def pay_or_expire(number: int) -> str:
        if number % 2:
            return "expired" if reservation.release(order_number="o1", reason="unpaid", now=NOW) else "-"
        try:
            with transaction.atomic():
                fulfil.request(order_number="o1", now=NOW)
            return "paid"
        except HoldLapsed:
            return "-"

    outcomes = at_once(*numbered(pay_or_expire, THREADS))
    state = FulfillmentDemand.objects.get().state
    assert outcomes.count("expired") == (1 if state == "released" else 0)
    assert ("paid" in outcomes) == (state == "requested")
    kept = {"released": {"released"}, "requested": {"confirmed"}}[state]
    assert set(Reservation.objects.values_list("state", flat=True)) == kept
    reserved = 0 if state == "released" else 1
    assert set(StockLevel.objects.values_list("reserved", flat=True)) == {reserved}
