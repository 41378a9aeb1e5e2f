"""Which centres together: the program and the quick choice against trying every subset."""

from itertools import combinations

import pytest
from hypothesis import given as drawn
from hypothesis import settings as drawing
from hypothesis import strategies as st

from fulfillment.services.centres.choice import Site, bound, choose, given, value_of
from fulfillment.services.optimiser import centre_choice

COSTS = st.sampled_from([0, 40, 100, 250, 600])
GAINS = st.dictionaries(st.integers(0, 6), st.integers(1, 300), max_size=7)
SITES = st.lists(st.tuples(COSTS, GAINS), min_size=1, max_size=6).map(
    lambda rows: [Site(key, float(cost), gains) for key, (cost, gains) in enumerate(rows)]
)


def best_of(sites) -> float:
    free, rest = given(sites), [index for index, site in enumerate(sites) if site.cost > 0]
    sets = (set(some) for size in range(len(rest) + 1) for some in combinations(rest, size))
    return max(value_of(sites, free | some) for some in sets)


@drawing(max_examples=60, deadline=None, derandomize=True)
@drawn(SITES)
def test_the_program_finds_the_best(sites):
    found = centre_choice.solve(sites, seconds=20)
    assert found.proven
    assert found.value == pytest.approx(best_of(sites), abs=1e-3)
    assert found.value == value_of(sites, set(found.opened))


@drawing(max_examples=120, deadline=None, derandomize=True)
@drawn(SITES)
def test_the_quick_choice_never_says_better_than_it_is(sites):
    best, found = best_of(sites), choose(sites)
    assert found.value <= best + 1e-6 <= found.bound + 1e-3
    assert not found.proven or found.value == pytest.approx(best, abs=1e-3)
    assert bound(sites) >= best - 1e-6


def test_without_a_proof_the_quick_choice_steps_in_and_names_the_gap(monkeypatch):
    sites = [Site(name, 100.0, {1: 80.0, 2: 90.0, name: 60.0}) for name in ("a", "b", "c")]
    monkeypatch.setattr(centre_choice._Program, "solve", lambda self, seconds: -1)
    found = centre_choice.solve(sites, seconds=1)
    assert found.how == "greedy"
    assert found.gap == pytest.approx(found.bound - found.value)
    assert found.value == best_of(sites)


PAIR = [Site("a", 100.0, {"x": 90.0, "y": 80.0}), Site("b", 100.0, {"z": 130.0})]


def test_below_its_bound_the_choice_is_not_called_proven(monkeypatch):
    exact = centre_choice.solve(PAIR, seconds=5)
    assert (exact.proven, exact.value) == (True, 100.0)
    monkeypatch.setattr(centre_choice._Program, "bound", lambda self: exact.value + 2)
    found = centre_choice.solve(PAIR, seconds=5)
    assert (found.proven, found.gap) == (False, 2)


def test_what_the_program_opens_without_need_is_closed(monkeypatch):
    dear = Site("c", 100.0, {"x": 91.0})
    monkeypatch.setattr(centre_choice, "worth_asking", lambda sites: list(range(len(sites))))
    monkeypatch.setattr(centre_choice._Program, "opened", lambda self: {0, 1, 2})
    assert centre_choice.solve([*PAIR, dear], seconds=5).opened == ("a", "b")


def test_two_that_pay_alone_do_not_pay_together():
    sites = [Site("a", 100.0, {"x": 90.0, "y": 80.0}), Site("b", 100.0, {"x": 85.0, "y": 84.0})]
    assert all(value_of(sites, {index}) > 0 for index in (0, 1))
    found = centre_choice.solve(sites, seconds=5)
    assert found.opened == ("a",)
    assert found.serves == {"x": "a", "y": "a"}


def test_what_is_decided_on_already_leaves_others_the_rest():
    sites = [Site("decided", 0.0, {"x": 90.0}), Site("b", 50.0, {"x": 120.0, "y": 30.0})]
    assert centre_choice.solve(sites, seconds=5).opened == ("decided", "b")
    dearer = [sites[0], Site("b", 61.0, {"x": 120.0, "y": 30.0})]
    assert centre_choice.solve(dearer, seconds=5).opened == ("decided",)
