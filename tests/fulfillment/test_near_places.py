"""Of the places that only sell, the nearest with the goods are asked; all, where these cannot serve."""

import pytest

from fulfillment.services import reservation, route
from fulfillment.services.reservation import OutOfStock
from fulfillment.services.routing.loading import load


@pytest.fixture
def stores(company, settings):
    """One unit at each store; st-a is nearest to the customer, then st-b, then st-c in another province."""
    settings.ROUTING_NEAREST = 1
    company.goods("n")
    for code in ("st-a", "st-b", "st-c"):
        company.put(code, n=1)
    return company


def asked(demand, now, **which) -> list[str]:
    return sorted(place.code for place in load(demand, now=now, **which).locations)


def test_the_nearest_store_is_asked_and_every_place_that_sends_from_anywhere(stores, now):
    stores.put("wh", n=1)
    found = load(stores.wish("o1", {"n": 1}), now=now)
    assert sorted(place.code for place in found.locations) == ["st-a", "wh"]
    assert found.passed_over == 2


def test_an_empty_shelf_does_not_count_as_near(stores, now):
    reservation.reserve(
        demand=stores.wish("o0", {"n": 1}, source_hint=stores.places["st-a"].pk), expires_at=None, now=now
    )
    assert asked(stores.wish("o1", {"n": 1}), now) == ["st-b"]


def test_what_the_order_names_or_holds_is_asked_wherever_it_is(stores, now):
    assert asked(stores.wish("o1", {"n": 1}, source_hint=stores.places["st-c"].pk), now) == ["st-a", "st-c"]
    held = reservation.reserve(
        demand=stores.wish("o2", {"n": 1}, source_hint=stores.places["st-c"].pk), expires_at=None, now=now
    )
    plain = stores.wish("o2", {"n": 1})
    assert asked(plain, now, demand_id=held.demand_id) == ["st-a", "st-c"]


def test_an_order_that_the_nearest_cannot_serve_is_asked_of_all(stores, now):
    plan = reservation.reserve(demand=stores.wish("o1", {"n": 3}), expires_at=None, now=now)
    assert sorted(package.code for package in plan.packages) == ["st-a", "st-b", "st-c"]
    with pytest.raises(OutOfStock) as refused:
        reservation.reserve(demand=stores.wish("o2", {"n": 9}), expires_at=None, now=now)
    assert refused.value.facts["salable"] == 0


def test_a_refusal_by_the_nearest_goes_to_the_next_and_the_trace_says_what_was_not_asked(stores, now):
    wish = stores.wish("o1", {"n": 1})
    decision = route.decide(wish, now=now)
    assert [package.code for package in decision.outcome.chosen.packages] == ["st-a"]
    assert decision.story["passed_over"] == 2
    refused = route.decide(wish, excluded=frozenset({stores.places["st-a"].pk}), now=now)
    assert [package.code for package in refused.outcome.chosen.packages] == ["st-b"]
