"""Many orders planned together against the same stock: a mixed-integer program (SCIP).

The order-by-order planner gives a unit to whoever comes first; together, orders leave each other the
units that save a package. Freight by steps of the summed weight is in the program as it is in the tariff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from ..routing.fixed import fixed_plan
from ..routing.inputs import Item, Plan, Policy, Source
from .exact import solve_exactly


@dataclass(frozen=True, slots=True)
class JointOrder:
    """Sources: those of the order-by-order planner. current: what holds now, a hint for the solver."""

    key: int
    items: tuple[Item, ...]
    sources: tuple[Source, ...]
    current: Plan | None = None


@dataclass(frozen=True, slots=True)
class JointPlan:
    """plans by order key; proven: nothing cheaper exists. bound: no plan costs less than this."""

    plans: Mapping[int, Plan]
    cost: float
    bound: float
    proven: bool


class _Model:
    def __init__(self, stock: Mapping[tuple[int, str], int], policy: Policy):
        self.solver = pywraplp.Solver.CreateSolver("SCIP")
        self.policy, self.goal = policy, self.solver.Objective()
        self.infinity = self.solver.infinity()
        self.limits = {key: self.solver.Constraint(0, units) for key, units in stock.items()}
        self.parts: dict[int, list] = {}
        self.hints: list[tuple] = []

    def add(self, order: JointOrder) -> None:
        """Packages, their lines, the steps of their freight."""
        whole = {item.sku: _is_whole(item, order.sources) for item in order.items}
        packages = [self._package(source) for source in order.sources]
        lines = {item.sku: self._line(item, whole[item.sku]) for item in order.items}
        found = self.parts[order.key] = []
        for source, package in zip(order.sources, packages, strict=True):
            units = {}
            for item in order.items:
                if part := self._part(item, source, package, whole[item.sku]):
                    lines[item.sku].SetCoefficient(part, 1)
                    units[item.sku] = part
            self._steps(order, source, package, units, whole)
            found.append((source, package, units, whole))
        self._hint(order, found)

    def _package(self, source: Source):
        package = self.solver.BoolVar("")
        cost = source.fixed + source.rate.first_fen + self.policy.extra_package
        self.goal.SetCoefficient(package, cost)
        return package

    def _line(self, item: Item, whole: bool):
        """Everything that was ordered comes from somewhere."""
        units = 1 if whole else item.quantity
        return self.solver.Constraint(units, units)

    def _part(self, item: Item, source: Source, package, whole: bool):
        """The line (or, where it has to be split, its units) in this package; None if it cannot be."""
        limit = self.limits.get((source.location_id, item.sku))
        most = min(item.quantity, source.stock.get(item.sku, 0))
        if limit is None or most < (item.quantity if whole else 1):
            return None
        size = item.quantity if whole else 1
        part = self.solver.BoolVar("") if whole else self.solver.IntVar(0, most, "")
        limit.SetCoefficient(part, size)
        self.goal.SetCoefficient(part, size * source.unit_prices.get(item.sku, 0))
        inside = self.solver.Constraint(-self.infinity, 0)
        inside.SetCoefficient(part, 1)
        inside.SetCoefficient(package, -1 if whole else -most)
        return part

    def _steps(self, order: JointOrder, source: Source, package, units: dict, whole: dict) -> None:
        """step_fen for each begun step_g beyond first_g, of the weight and of the volume."""
        rate = source.rate
        per_ml = 1000 / rate.volumetric_divisor
        loads = [
            {item.sku: item.weight_g for item in order.items},
            {item.sku: item.volume_ml * per_ml for item in order.items},
        ]
        quantities = {item.sku: item.quantity for item in order.items}
        loads = [load for load in loads if sum(load[s] * quantities[s] for s in load) > rate.first_g]
        if not rate.step_fen or not loads:
            return
        steps = self.solver.IntVar(0, self.infinity, "")
        self.goal.SetCoefficient(steps, rate.step_fen)
        for load in loads:
            enough = self.solver.Constraint(0, self.infinity)
            enough.SetCoefficient(steps, rate.step_g)
            enough.SetCoefficient(package, rate.first_g)
            for sku, part in units.items():
                enough.SetCoefficient(part, -load[sku] * (quantities[sku] if whole[sku] else 1))

    def _hint(self, order: JointOrder, found: list) -> None:
        """The plan in force is a first answer."""
        current = (
            {(p.location_id, p.via_id): dict(p.units) for p in order.current.packages}
            if order.current
            else {}
        )
        for source, package, units, whole in found:
            now = current.get((source.location_id, source.via_id), {})
            self.hints.append((package, 1 if now else 0))
            for sku, part in units.items():
                self.hints.append((part, min(1, now.get(sku, 0)) if whole[sku] else now.get(sku, 0)))

    def solve(self, seconds: float) -> int:
        self.goal.SetMinimization()
        if any(value for _variable, value in self.hints):
            self.solver.SetHint(*map(list, zip(*self.hints, strict=True)))
        return solve_exactly(self.solver, seconds=seconds)


def solve(
    orders: Sequence[JointOrder],
    stock: Mapping[tuple[int, str], int],
    policy: Policy,
    *,
    seconds: float,
) -> JointPlan | None:
    """The cheapest plans of all orders together within `seconds`; None when none was found.

    stock: units that these orders may have together, by location id and SKU.
    """
    model = _Model(stock, policy)
    for order in orders:
        model.add(order)
    status = model.solve(seconds)
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return None
    plans = {order.key: _plan(order, model.parts[order.key], policy) for order in orders}
    cost = sum(plan.cost for plan in plans.values())
    saved = policy.extra_package * len(orders)  # the program counts it for an order's first package too
    bound = model.goal.BestBound() - saved
    return JointPlan(plans, cost, bound, status == pywraplp.Solver.OPTIMAL)


def _is_whole(item: Item, sources: Sequence[Source]) -> bool:
    """Some location has enough for the whole line: then it is not split."""
    return any(source.stock.get(item.sku, 0) >= item.quantity for source in sources)


def _plan(order: JointOrder, found: list, policy: Policy) -> Plan:
    quantities = {item.sku: item.quantity for item in order.items}
    parts = []
    for source, _package, variables, whole in found:
        sizes = {sku: quantities[sku] if whole[sku] else 1 for sku in variables}
        units = {sku: round(part.solution_value()) * sizes[sku] for sku, part in variables.items()}
        if units := {sku: count for sku, count in units.items() if count}:
            parts.append((source, units))
    return fixed_plan(order.items, parts, policy)
