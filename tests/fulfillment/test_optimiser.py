"""Shadow prices every night, joint plans every quarter of an hour: solved, applied where it pays, traced."""

import subprocess
import sys
from datetime import timedelta

import pytest

from fulfillment.models import (
    FulfillmentDemand,
    FulfillmentOrder,
    OptimiserRun,
    Reservation,
    ShadowPrice,
    StockLevel,
)
from fulfillment.queries import trace
from fulfillment.queries.invariants import findings
from fulfillment.services import acceptance, cancellation
from fulfillment.services.optimiser import applying, joint_plan, prices_lp, reevaluation, shadow_prices
from fulfillment.services.optimiser.groups import groups_of
from fulfillment.services.optimiser.joint_plan import JointOrder
from fulfillment.services.optimiser.prices_lp import Option, Want
from fulfillment.services.routing.inputs import Item, Policy, Rate, Source
from tests.support.goods import follow_up


def live(number):
    rows = FulfillmentOrder.objects.live().filter(demand__order_number=number).select_related("location")
    return sorted((fo.location.code, fo.state) for fo in rows)


# The linear program.
def test_the_price_of_a_scarce_unit_is_what_its_lack_costs():
    near, far = Option("near", 5, {"a": 0}), Option("far", 8, {"a": 0})
    nowhere = Option(None, 0, {"a": 50}, is_limited=False)
    want = Want(10, (("a", 1),), (near, far, nowhere))
    prices = prices_lp.solve([want], {("near", "a"): 4, ("far", "a"): 20})
    assert prices.value == pytest.approx(4 * 5 + 6 * 8)
    assert prices.units == {("near", "a"): pytest.approx(3)}


def test_no_stock_at_all_has_no_price():
    nowhere = Option(None, 0, {"a": 50}, is_limited=False)
    assert prices_lp.solve([Want(2, (("a", 3),), (nowhere,))], {}).value == pytest.approx(300)


# The mixed-integer program.
FREE = Rate(first_g=1000, first_fen=0)


def place(number, **stock):
    return Source(number, f"p{number}", 0, stock, FREE, fixed=1)


def test_together_orders_leave_each_other_what_saves_a_package():
    """One by one the first order may take p1's only a, and the second needs two packages."""
    a, b = Item("a", 1), Item("b", 1)
    places = (place(1, a=1, b=1), place(2, a=1))
    orders = [JointOrder(1, (a,), places), JointOrder(2, (a, b), places)]
    found = joint_plan.solve(
        orders, {(1, "a"): 1, (1, "b"): 1, (2, "a"): 1}, Policy(extra_package=0), seconds=5
    )
    assert found.proven
    assert [[p.code for p in found.plans[key].packages] for key in (1, 2)] == [["p2"], ["p1"]]
    assert found.cost == pytest.approx(found.bound) == 2


def test_steps_of_the_freight_and_split_lines_are_in_the_program():
    stepped = Rate(first_g=1000, first_fen=5, step_g=1000, step_fen=10)
    heavy = Item("a", 4, weight_g=1000)
    sources = (Source(1, "p1", 0, {"a": 3}, stepped), Source(2, "p2", 0, {"a": 2}, stepped))
    found = joint_plan.solve(
        [JointOrder(1, (heavy,), sources)], {(1, "a"): 3, (2, "a"): 2}, Policy(), seconds=5
    )
    assert {p.code: dict(p.units)["a"] for p in found.plans[1].packages} in (
        {"p1": 2, "p2": 2},
        {"p1": 3, "p2": 1},
    )
    assert found.cost == pytest.approx(5 + 5 + 10 * 2 + 500)
    assert joint_plan.solve([JointOrder(1, (heavy,), ())], {}, Policy(), seconds=5) is None


def test_what_touches_something_in_common_hangs_together():
    sets = [{"x"}, {"y"}, {"x", "z"}, {"q"}, {"z", "y"}]
    assert groups_of(sets, lambda each: each) == ((sets[0], sets[1], sets[2], sets[4]), (sets[3],))


# Every night.
@pytest.fixture
def busy(company, settings, now):
    """st-a has one a, the customers of Shanghai want many; wh has none."""
    settings.ROUTING_SHADOW_PRICES = True
    settings.ROUTING_PRICES_HISTORY_DAYS = settings.ROUTING_PRICES_HORIZON_DAYS = 7
    company.put("st-a", a=3)
    company.put("st-c", a=40)
    company.profile("st-c", handling_fen=900)
    for number in range(8):
        company.hold(f"h{number}", {"a": 1})
        FulfillmentDemand.objects.filter(order_number=f"h{number}").update(state="done")
    Reservation.objects.all().delete()
    StockLevel.objects.update(reserved=0)
    return company


def test_the_nights_prices_speak_in_the_next_routing(busy, now):
    run = shadow_prices.solve(now=now + timedelta(hours=1))
    assert (run.status, run.orders, run.changed) == ("optimal", 8, 1)
    price = ShadowPrice.objects.get()
    assert price.location.code == "st-a"
    assert price.fen > 500
    busy.paid("o1", {"a": 1})
    told = trace.of_order("o1")[0].story
    assert [plan["packages"][0]["location"] for plan in told["compared"]] == ["st-a", "st-c"]
    with_price = told["compared"][0]["cost_fen"]
    ShadowPrice.objects.all().delete()
    busy.paid("o2", {"a": 1})
    without = trace.of_order("o2")[0].story["compared"][0]["cost_fen"]
    assert with_price - without == pytest.approx(price.fen, abs=70)


def test_switched_off_the_prices_are_silent(busy, settings, now):
    shadow_prices.solve(now=now + timedelta(hours=1))
    settings.ROUTING_SHADOW_PRICES, settings.ROUTING_SCARCITY_FEN = False, 0
    busy.paid("o1", {"a": 1})
    package = trace.of_order("o1")[0].story["chosen"]["packages"][0]
    assert package["cost_fen"] < 2000


def test_a_night_without_orders_leaves_no_prices(company, now):
    run = shadow_prices.solve(now=now)
    assert (run.status, run.changed) == ("no_orders", 0)


# Every quarter of an hour.
@pytest.fixture
def spread(company, settings, now):
    """o2 got its two articles from two stores because o1 sat on the a of the store that has both."""
    settings.ROUTING_SCARCITY_FEN = 0
    company.put("st-a", a=1, b=1)
    company.paid("o1", {"a": 1})
    company.put("st-b", a=1)
    company.paid("o2", {"a": 1, "b": 1})
    assert live("o1") == [("st-a", "awaiting_acceptance")]
    assert live("o2") == [("st-a", "awaiting_acceptance"), ("st-b", "awaiting_acceptance")]
    return company


def test_orders_change_places_when_that_saves_a_package(spread, now):
    run = reevaluation.reevaluate(now=now)
    follow_up()
    assert live("o1") == [("st-b", "awaiting_acceptance")]
    assert live("o2") == [("st-a", "awaiting_acceptance")]
    assert (run.status, run.orders, run.changed, run.figures["overtaken"]) == ("optimal", 2, 2, 0)
    assert run.figures["saved_fen"] > 1000
    last = trace.of_order("o1")[-1]
    assert (last.outcome, last.story["how"]) == ("reevaluated", "joint")
    moved = FulfillmentOrder.objects.get(code="o1-1")
    assert (moved.state, moved.events.last().note) == ("moved", "cheaper_plan")
    assert findings(now=now) == []
    again = reevaluation.reevaluate(now=now)
    assert (again.changed, again.figures["saved_fen"]) == (0, 0)


def test_what_saves_too_little_is_left_alone(spread, settings, now):
    settings.ROUTING_LEAST_SAVING_FEN = 5000
    run = reevaluation.reevaluate(now=now)
    assert (run.changed, run.figures["not_worth_it"]) == (0, 1)
    assert live("o1") == [("st-a", "awaiting_acceptance")]


def test_the_promise_holds(spread, now):
    """From st-b it would be there a day later than promised."""
    spread.profile("st-b", cutoff_hour=1)
    run = reevaluation.reevaluate(now=now)
    assert run.changed == 0
    FulfillmentDemand.objects.update(promised_on=now.date() + timedelta(days=9))
    assert reevaluation.reevaluate(now=now).changed == 2


def test_an_acceptance_meanwhile_keeps_the_whole_group(spread, now):
    proposal = reevaluation.propose(now=now)
    fo = FulfillmentOrder.objects.get(code="o2-1")
    acceptance.accept(fulfillment_id=fo.pk, actor=spread.staff(fo.location.code, "clerk"), now=now)
    assert [applying.apply(group, now=now) for group in proposal.groups] == [False]
    assert live("o1") == [("st-a", "awaiting_acceptance")]
    assert findings(now=now) == []


def test_stock_that_ran_away_meanwhile_keeps_the_whole_group(company, now):
    company.put("st-a", a=1, b=1)
    company.put("st-b", b=1)
    company.put("st-c", a=1)
    company.profile("st-a", is_open=False)
    company.paid("o1", {"a": 1, "b": 1})
    assert len(live("o1")) == 2
    company.profile("st-a", is_open=True)
    proposal = reevaluation.propose(now=now)
    company.hold("o2", {"b": 1}, way="pickup", pickup_location_id=company.places["st-a"].pk, destination=None)
    assert [applying.apply(group, now=now) for group in proposal.groups] == [False]
    assert len(live("o1")) == 2
    assert findings(now=now) == []


def test_pickups_and_accepted_parcels_are_not_touched(company, now):
    company.put("st-a", a=1)
    company.put("wh", b=1)
    company.paid("o1", {"a": 1}, way="pickup", pickup_location_id=company.places["st-a"].pk, destination=None)
    company.paid("o2", {"b": 1})
    assert reevaluation.reevaluate(now=now).status == "nothing_waits"
    reevaluation.reevaluate(now=now + timedelta(minutes=15))
    quiet = OptimiserRun.objects.get()
    assert (quiet.at, quiet.changed) == (now + timedelta(minutes=15), 0)


def test_a_moved_order_can_be_cancelled_whole(spread, now):
    reevaluation.reevaluate(now=now)
    cancellation.cancel(order_number="o2", now=now)
    assert live("o2") == []
    assert findings(now=now) == []


def test_no_page_brings_the_solver_along():
    """A web process imports no OR-Tools; a worker does."""
    code = (
        "import sys; from omnichannel.wsgi import application; from django.urls import get_resolver;"
        "get_resolver().url_patterns; print('ortools' in sys.modules);"
        "from omnichannel.celery import app; app.loader.import_default_modules();"
        "print('ortools' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-2:] == ["False", "True"]
