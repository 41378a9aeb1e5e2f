"""A hot SKU's level is divided and made whole again; nobody but the reservation notices."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fulfillment.models import Place, Reservation, SafetyStock, StockBucket, StockHeat, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.queries.stock import availability, salable_total
from fulfillment.services import hot, repair, reservation, stock
from fulfillment.services.moving import held_by, move
from fulfillment.services.reservation import OutOfStock, allocate
from fulfillment.services.routing.loading import load
from fulfillment.services.routing.planner import choose

UNITS = 200


@pytest.fixture
def level(company, settings) -> StockLevel:
    settings.HOT_BUCKETS, settings.HOT_BUCKET_LEAST = 4, 5
    company.put("wh", a=UNITS)
    return StockLevel.objects.get()


def divided(level, now) -> StockLevel:
    assert hot.divide(level_id=level.pk, now=now)
    level.refresh_from_db()
    return level


def waiting() -> int:
    return sum(StockBucket.objects.values_list("free", flat=True))


def test_nobody_sees_that_a_level_is_divided(company, level, now):
    divided(level, now)
    assert (level.buckets, level.reserved, waiting()) == (4, UNITS, UNITS)
    assert salable_total(["a"], "web") == {"a": UNITS}
    assert availability(skus=["a"], channel="web")["a"][0].salable == UNITS
    assert load(company.wish("o1", {"a": 1}), now=now).salable("a") == UNITS
    assert StockLevel.objects.with_promised().get().promised == 0
    assert findings(now=now) == []


def test_an_order_takes_from_a_bucket_and_leaves_the_level_alone(company, level, now):
    divided(level, now)
    company.hold("o1", {"a": 3})
    level.refresh_from_db()
    assert (level.reserved, waiting()) == (UNITS, UNITS - 3)
    assert salable_total(["a"], "web") == {"a": UNITS - 3}
    assert findings(now=now) == []


def test_every_last_unit_is_sold_and_none_twice(company, level, now):
    divided(level, now)
    for number in range(UNITS // 4):
        company.hold(f"o{number}", {"a": 4})
    with pytest.raises(OutOfStock) as refusal:
        company.hold("late", {"a": 1})
    assert refusal.value.facts["salable"] == 0
    level.refresh_from_db()
    assert (level.reserved, level.buckets, waiting()) == (UNITS, 0, 0)
    assert findings(now=now) == []


def test_an_order_larger_than_any_bucket_is_served(company, level, now):
    divided(level, now)
    company.hold("o1", {"a": 100})
    level.refresh_from_db()
    assert level.buckets == 4
    assert salable_total(["a"], "web") == {"a": 100}
    assert findings(now=now) == []


def test_safety_stock_is_kept_although_the_buckets_do_not_know_it(company, level, now):
    divided(level, now)
    SafetyStock.objects.create(channel="web", quantity=190)
    with pytest.raises(OutOfStock):
        company.hold("o1", {"a": 11})
    company.hold("o2", {"a": 10})
    with pytest.raises(OutOfStock):
        company.hold("o3", {"a": 1})
    company.hold("o4", {"a": 1}, channel="store")
    assert findings(now=now) == []


def test_a_level_with_little_is_not_divided(company, settings, now):
    settings.HOT_BUCKETS, settings.HOT_BUCKET_LEAST = 4, 5
    company.put("wh", a=19)
    assert not hot.divide(level_id=StockLevel.objects.get().pk, now=now)
    assert not StockHeat.objects.exists()


def test_a_released_hold_is_free_again(company, level, now):
    divided(level, now)
    company.hold("o1", {"a": 3})
    reservation.release(order_number="o1", reason="unpaid", now=now)
    assert salable_total(["a"], "web") == {"a": UNITS}
    assert findings(now=now) == []


def test_units_in_buckets_can_leave_by_another_door(company, level, now):
    divided(level, now)
    take = {"sku": "a", "location_id": level.location_id, "place": Place.LOSS, "reason": "lost", "now": now}
    stock.book(units=-150, reference="r1", **take)
    with pytest.raises(stock.StockPromised):
        stock.book(units=-51, reference="r2", **take)
    assert salable_total(["a"], "web") == {"a": 50}
    assert findings(now=now) == []


def test_a_route_takes_units_that_wait_in_buckets(company, level, now):
    company.put("st-a", a=2)
    divided(level, now)
    store = StockLevel.objects.get(location=company.places["st-a"])
    company.paid("o1", {"a": 1})  # leaves no hold outside of a parcel
    wish = company.wish("o2", {"a": 2}, way="pickup", pickup_location_id=store.location_id, destination=None)
    reservation.reserve(demand=wish, expires_at=None, now=now)
    reservation.confirm(order_number="o2", now=now)
    demand_id = Reservation.objects.get(level=store).demand_id
    situation = load(company.wish("o2", {"a": 2}), now=now, demand_id=demand_id)
    outcome, _dropped = choose(situation.need, situation.locations, situation.policy)
    allocation = allocate(wish.lines, outcome.chosen, situation.shelves)
    assert {share.level_id for share in allocation.shares} == {level.pk}
    assert move(demand_id=demand_id, allocation=allocation, held=held_by(demand_id), now=now)
    assert salable_total(["a"], "web") == {"a": UNITS - 3 + 2}
    assert findings(now=now) == []


def test_a_repair_counts_what_waits_in_buckets(company, level, now):
    divided(level, now)
    company.hold("o1", {"a": 3})
    assert repair.levels() == []
    StockLevel.objects.update(reserved=UNITS - 1)
    assert [finding.check for finding in findings(now=now)] == ["reserved_equals_reservations"]
    assert len(repair.levels()) == 1
    assert findings(now=now) == []


def test_a_fast_seller_is_planned_once_and_divided_by_itself(
    company, level, now, settings, django_capture_on_commit_callbacks
):
    settings.HOT_PER_SECOND = 1
    with django_capture_on_commit_callbacks(execute=True):
        company.hold("o1", {"a": 1})
    level.refresh_from_db()
    assert level.buckets == 4
    with CaptureQueriesContext(connection) as captured:
        company.hold("o2", {"a": 1})
    assert len(captured) == 1
    assert salable_total(["a"], "web") == {"a": UNITS - 2}


def test_articles_that_sell_together_are_divided_too(
    company, level, now, settings, django_capture_on_commit_callbacks
):
    settings.HOT_PER_SECOND = 1
    company.goods("with-a")
    company.put("wh", **{"with-a": UNITS})
    with django_capture_on_commit_callbacks(execute=True):
        company.hold("o1", {"a": 1, "with-a": 1})
    assert set(StockLevel.objects.filter(location=level.location).values_list("sku", "buckets")) >= {
        ("a", 4),
        ("with-a", 4),
    }
    company.hold("o2", {"a": 1, "with-a": 1})
    assert salable_total(["a", "with-a"], "web") == {"a": UNITS - 2, "with-a": UNITS - 2}
    assert findings(now=now) == []


def test_a_remembered_plan_that_does_not_hold_is_made_anew(company, level, now, settings):
    settings.HOT_PER_SECOND, settings.HOT_BUCKETS = 1, 0
    company.put("st-a", a=5)
    assert company.hold("o1", {"a": UNITS}).packages[0].code == "wh"
    reservation.release(order_number="o1", reason="unpaid", now=now)
    company.hold("o2", {"a": 1})
    assert company.hold("o3", {"a": 1}).packages[0].code == "wh"
    stock.book(sku="a", location_id=level.location_id, units=2 - UNITS, place=Place.LOSS, reason="lost",
               reference="r", now=now)  # fmt: skip
    assert company.hold("o4", {"a": 1}).packages[0].code == "st-a"
    assert findings(now=now) == []


def test_a_level_that_stayed_quiet_is_one_row_again(company, level, now, settings):
    settings.HOT_COLD_PER_SECOND, settings.HOT_COOL_SECONDS = 0.5, 60
    divided(level, now)
    company.hold("o1", {"a": 50})
    assert hot.tend(now=now + timedelta(seconds=10)) == 0  # five units a second: still hot
    assert hot.tend(now=now + timedelta(seconds=20)) == 0  # quiet from here on
    assert hot.tend(now=now + timedelta(seconds=79)) == 0
    assert hot.tend(now=now + timedelta(seconds=80)) == 1
    level.refresh_from_db()
    assert (level.buckets, level.reserved, waiting()) == (0, 50, 0)
    assert not StockHeat.objects.exists()
