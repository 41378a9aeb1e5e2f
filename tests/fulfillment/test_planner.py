"""The planner against brute force, and the promises of its answers."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from fulfillment.services.routing.inputs import Item, Policy, Rate, Source
from fulfillment.services.routing.planner import plan

POLICY = Policy(extra_package=400)
SKUS = ("a", "b", "c", "d")


def a_source(number, stock, *, first_fen=1000, fixed=0, prices=None, rate=None, distance=10.0):
    return Source(
        location_id=number,
        code=f"l{number:02}",
        distance_km=distance,
        stock=stock,
        rate=rate or Rate(first_g=1000, first_fen=first_fen, step_fen=300),
        fixed=fixed,
        unit_prices=prices or {},
    )


def cost_of(items, sources, homes, policy):
    """The cost of an assignment line by line, written out independently of the planner."""
    total, used = 0.0, sorted(set(homes))
    for index in used:
        source = sources[index]
        mine = [item for item, home in zip(items, homes, strict=True) if home == index]
        weight = sum(item.weight_g * item.quantity for item in mine)
        volume = sum(item.volume_ml * item.quantity for item in mine)
        total += source.fixed + source.rate.freight(weight, volume)
        total += sum(source.unit_prices.get(item.sku, 0) * item.quantity for item in mine)
    return total + policy.extra_package * (len(used) - 1)


def brute_force(items, sources, policy):
    costs = []
    for homes in product(range(len(sources)), repeat=len(items)):
        holds = all(sources[h].stock.get(i.sku, 0) >= i.quantity for i, h in zip(items, homes, strict=True))
        if holds and len(set(homes)) <= policy.most_packages:
            costs.append(cost_of(items, sources, homes, policy))
    return min(costs, default=None)


@st.composite
def situations(draw, *, heavy=False):
    weights = st.integers(200, 2500) if heavy else st.integers(0, 60)
    skus = SKUS[: draw(st.integers(1, 4))]
    items = [Item(sku, draw(st.integers(1, 3)), draw(weights), draw(st.integers(0, 300))) for sku in skus]
    sources = []
    for number in range(draw(st.integers(1, 5))):
        rate = Rate(first_g=1000, first_fen=draw(st.integers(500, 2000)), step_fen=draw(st.integers(0, 700)))
        stock = {sku: draw(st.integers(0, 4)) for sku in skus}
        prices = {sku: draw(st.integers(0, 300)) for sku in skus}
        sources.append(a_source(number, stock, rate=rate, fixed=draw(st.integers(0, 400)), prices=prices))
    return items, sources


@given(situations())
@settings(max_examples=150, deadline=None)
def test_exact_where_costs_add_up(situation):
    items, sources = situation
    best, found = brute_force(items, sources, POLICY), plan(items, sources, POLICY)
    if best is not None:
        assert found.how == "exact"
        assert abs(found.chosen.cost - best) < 1e-6
        assert found.gap == 0


@given(situations(heavy=True))
@settings(max_examples=150, deadline=None)
def test_stepped_tariffs_stay_within_the_named_gap(situation):
    items, sources = situation
    best, found = brute_force(items, sources, POLICY), plan(items, sources, POLICY)
    if best is not None:
        assert found.chosen.cost >= best - 1e-6
        assert found.chosen.cost - found.gap <= best + 1e-2


@given(situations(heavy=True))
@settings(max_examples=150, deadline=None)
def test_a_plan_sends_exactly_what_is_wanted_and_held(situation):
    items, sources = situation
    chosen = plan(items, sources, POLICY).chosen
    enough = all(sum(s.stock.get(i.sku, 0) for s in sources) >= i.quantity for i in items)
    assert (chosen is not None) == enough
    if chosen is None:
        return
    for item in items:
        sent = [dict(p.units).get(item.sku, 0) for p in chosen.packages]
        assert sum(sent) == item.quantity
        whole_somewhere = any(s.stock.get(item.sku, 0) >= item.quantity for s in sources)
        assert not whole_somewhere or sorted(sent)[-1] == item.quantity
    for package in chosen.packages:
        held = next(s for s in sources if s.location_id == package.location_id).stock
        assert all(units <= held[sku] for sku, units in package.units)


def test_ties_go_by_packages_then_distance_then_code():
    near, far = a_source(2, {"a": 1}, distance=3.0), a_source(1, {"a": 1}, distance=9.0)
    twin = a_source(3, {"a": 1}, distance=3.0)
    chosen = plan([Item("a", 1)], [far, twin, near], POLICY).chosen
    assert [package.code for package in chosen.packages] == ["l02"]


def test_a_line_is_split_only_where_nobody_covers_it():
    sources = [a_source(1, {"a": 3}), a_source(2, {"a": 2})]
    chosen = plan([Item("a", 5)], sources, POLICY).chosen
    assert [package.units for package in chosen.packages] == [(("a", 3),), (("a", 2),)]


def test_the_holder_of_a_rare_line_is_kept_beside_the_twelve_cheapest():
    sources = [a_source(n, {"a": 1}, first_fen=500) for n in range(12)]
    sources.append(a_source(99, {"b": 1}, first_fen=9000))
    found = plan([Item("a", 1), Item("b", 1)], sources, POLICY)
    assert len(found.kept) == 13
    assert {package.code for package in found.chosen.packages} == {"l00", "l99"}


def test_the_clerks_choice_wins_when_it_covers_everything():
    sources = [a_source(1, {"a": 1}, first_fen=500), a_source(2, {"a": 1}, first_fen=900)]
    found = plan([Item("a", 1)], sources, POLICY, prefer=2)
    assert found.how == "hint"
    assert found.chosen.packages[0].location_id == 2


def test_an_order_that_needs_more_than_three_locations_is_still_planned():
    sources = [a_source(n, {sku: 1}) for n, sku in enumerate(SKUS)]
    found = plan([Item(sku, 1) for sku in SKUS], sources, POLICY)
    assert found.how == "greedy"
    assert len(found.chosen.packages) == 4


def test_a_location_that_has_nothing_left_to_send_is_no_part_of_a_plan_of_many():
    """The first chosen covers most; the others cover all of it again and whatever is missing, for less."""
    items = [Item(f"{n:02d}", 1, 100, 0) for n in range(1, 13)]
    stocks = [(900, (1, 2, 3, 4)), (100, (1, 2, 5, 6)), (110, (3, 4, 7, 8)), (120, (9, 10)), (130, (11, 12))]
    sources = [
        a_source(number, {f"{n:02d}": 1 for n in has}, fixed=fixed)
        for number, (fixed, has) in enumerate(stocks, start=1)
    ]
    chosen = plan(items, sources, Policy()).chosen
    assert chosen is not None
    assert sum(units for package in chosen.packages for _sku, units in package.units) == 12


def test_volume_counts_where_it_bills_more_than_weight():
    rate = Rate(first_g=1000, first_fen=1000, step_g=1000, step_fen=200, volumetric_divisor=6000)
    assert rate.freight(500, 30_000) == 1000 + 4 * 200
