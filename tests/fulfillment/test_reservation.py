"""Placing an order holds its goods: all lines or none, once, in a constant number of statements."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fulfillment.models import FulfillmentDemand, Reservation, SafetyStock, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.queries.stock import availability, salable_total
from fulfillment.services import fulfil, reservation
from fulfillment.services.reservation import HoldLapsed, OutOfStock, PlaceMissing, QuantityInvalid
from fulfillment.values import Wanted


def reserved() -> dict[str, int]:
    return {f"{level.location.code}:{level.sku}": level.reserved for level in levels() if level.reserved}


def levels():
    return StockLevel.objects.select_related("location")


def test_all_lines_are_held_at_the_cheapest_place(company):
    company.put("wh", a=5, b=5)
    company.put("st-a", a=5)
    plan = company.hold("o1", {"a": 2, "b": 1})
    assert [package.code for package in plan.packages] == ["wh"]
    assert plan.packages[0].freight_fen == 800
    assert reserved() == {"wh:a": 2, "wh:b": 1}


def test_nothing_is_held_when_one_line_is_short(company):
    company.put("wh", a=5, b=1)
    with pytest.raises(OutOfStock) as refusal:
        company.hold("o1", {"a": 2, "b": 2})
    assert refusal.value.facts == {"sku": "b", "wanted": 2, "salable": 1}
    assert reserved() == {}
    assert not FulfillmentDemand.objects.exists()


def test_an_unknown_sku_is_out_of_stock(company):
    with pytest.raises(OutOfStock):
        company.hold("o1", {"nonsense": 1})


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000])
def test_impossible_quantities_are_refused(company, quantity):
    with pytest.raises(QuantityInvalid):
        company.hold("o1", {"a": quantity})


def test_a_shipment_needs_a_place(company):
    with pytest.raises(PlaceMissing):
        company.hold("o1", {"a": 1}, destination=None)


def test_the_same_order_is_held_once(company):
    company.put("wh", a=2)
    first, again = company.hold("o1", {"a": 2}), company.hold("o1", {"a": 2})
    assert first.demand_id == again.demand_id
    assert reserved() == {"wh:a": 2}


def test_a_released_hold_can_be_taken_again(company, now):
    company.put("wh", a=1)
    company.hold("o1", {"a": 1})
    assert reservation.release(order_number="o1", reason="unpaid", now=now)
    assert not reservation.release(order_number="o1", reason="unpaid", now=now)
    assert reserved() == {}
    company.hold("o1", {"a": 1})
    assert reserved() == {"wh:a": 1}
    assert findings(now=now) == []


def test_two_lines_of_one_sku_are_held_together(company, now):
    company.put("wh", a=3)
    lines = (Wanted(1, "a", 2), Wanted(2, "a", 2))
    wish = replace(company.wish("o1", {"a": 1}), lines=lines)
    with pytest.raises(OutOfStock):
        reservation.reserve(demand=wish, expires_at=None, now=now)
    company.put("wh", a=1)
    reservation.reserve(demand=wish, expires_at=None, now=now)
    assert reserved() == {"wh:a": 4}


def test_a_pickup_is_held_in_its_store_only(company):
    company.put("wh", a=9)
    company.put("st-b", a=1)
    place = company.places["st-b"].pk
    plan = company.hold("o1", {"a": 1}, way="pickup", pickup_location_id=place, destination=None)
    assert [package.code for package in plan.packages] == ["st-b"]
    with pytest.raises(OutOfStock):
        company.hold("o2", {"a": 1}, way="pickup", pickup_location_id=place, destination=None)


def test_safety_stock_stays_for_the_other_channels(company):
    company.put("wh", a=3)
    SafetyStock.objects.create(channel="web", quantity=2)
    assert salable_total(["a"], "web") == {"a": 1}
    assert salable_total(["a", "b"], "store") == {"a": 3, "b": 0}
    with pytest.raises(OutOfStock):
        company.hold("o1", {"a": 2})
    company.hold("o1", {"a": 2}, channel="store")


def test_availability_lists_the_nearest_place_first(company, django_assert_num_queries):
    company.put("st-c", a=2)
    company.put("st-a", a=1)
    with django_assert_num_queries(1):
        found = availability(skus=["a", "b"], channel="web", latitude=31.235, longitude=121.475)
    assert [(stock.code, stock.salable) for stock in found["a"]] == [("st-a", 1), ("st-c", 2)]
    assert found["a"][0].distance_km < 1
    assert found["b"] == []


@pytest.mark.parametrize("lines", [1, 10])
def test_four_statements_whatever_the_lines(company, lines):
    skus = [f"s{n}" for n in range(lines)]
    company.goods(*skus)
    company.put("wh", **dict.fromkeys(skus, 1))
    with CaptureQueriesContext(connection) as captured:
        company.hold("o1", dict.fromkeys(skus, 1))
    assert len(captured) == 4


def test_confirming_is_one_statement_and_happens_once(company, now, django_assert_num_queries):
    company.put("wh", a=1)
    company.hold("o1", {"a": 1})
    with django_assert_num_queries(1):
        assert reservation.confirm(order_number="o1", now=now)
    assert not reservation.confirm(order_number="o1", now=now)
    assert set(Reservation.objects.values_list("state", flat=True)) == {"confirmed"}
    assert not reservation.release(order_number="o1", reason="unpaid", now=now)


def test_a_lapsed_hold_cannot_be_confirmed(company, now):
    company.put("wh", a=1)
    company.hold("o1", {"a": 1})
    reservation.release(order_number="o1", reason="unpaid", now=now)
    with pytest.raises(HoldLapsed):
        fulfil.request(order_number="o1", now=now)
    with pytest.raises(reservation.DemandUnknown):
        fulfil.request(order_number="nothing", now=now)


def test_the_database_keeps_reserved_within_on_hand(company):
    company.put("wh", a=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.update(reserved=2)
