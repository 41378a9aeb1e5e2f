"""What a unit of stock is worth to the orders still to come: the dual values of a linear program (GLOP).

Expected orders are spread over the locations at least cost, each order in as many fractions as it likes;
what is nowhere goes to an option without limit, at its price. The program's value is a lower bound for
any way of fulfilling (Jasin and Sinha, "An LP-based correlated rounding scheme for multi-item ecommerce
order fulfillment", Operations Research 63, 2015).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from ortools.linear_solver import pywraplp

from omnichannel.kernel.errors import DomainError

NOTHING = 1e-7


class NotSolved(DomainError):
    code = "optimiser_not_solved"
    message = _("The optimiser found no answer (%(status)s).")


@dataclass(frozen=True, slots=True)
class Option:
    """A location that may serve. fixed: of a package; unit: of one unit, by SKU. Same money throughout.

    is_limited: by the stock of the place; an order that nobody serves is an option without limit.
    """

    place: Hashable
    fixed: float
    unit: Mapping[str, float]
    is_limited: bool = True


@dataclass(frozen=True, slots=True)
class Want:
    """Orders that are alike. expected: how many are still to come; items: units of one order by SKU."""

    expected: float
    items: tuple[tuple[str, int], ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Prices:
    """value: the least expected cost of all orders; units: shadow price of a unit by (place, SKU)."""

    value: float
    units: Mapping[tuple[Hashable, str], float] = field(default_factory=dict)


def solve(wants: Iterable[Want], stock: Mapping[tuple[Hashable, str], float]) -> Prices:
    """Shadow prices of `stock` (units by place and SKU). Raises NotSolved."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    limits = {key: solver.Constraint(-solver.infinity(), float(units)) for key, units in stock.items()}
    goal = solver.Objective()
    for want in wants:
        _spread(solver, goal, limits, want)
    status = solver.Solve()
    if status != pywraplp.Solver.OPTIMAL:
        raise NotSolved(status=status)
    duals = {key: -limit.dual_value() for key, limit in limits.items()}
    return Prices(goal.Value(), {key: price for key, price in duals.items() if price > NOTHING})


def _spread(solver, goal, limits, want: Want) -> None:
    """One kind of order: each item wholly somewhere; a package is paid for its largest part."""
    packages = [solver.NumVar(0, solver.infinity(), "") for _option in want.options]
    for package, option in zip(packages, want.options, strict=True):
        goal.SetCoefficient(package, want.expected * option.fixed)
    for sku, units in want.items:
        whole = solver.Constraint(1, 1)
        for package, option in zip(packages, want.options, strict=True):
            limit = limits.get((option.place, sku)) if option.is_limited else None
            if sku not in option.unit or (option.is_limited and limit is None):
                continue
            part = solver.NumVar(0, 1, "")
            whole.SetCoefficient(part, 1)
            if limit is not None:
                limit.SetCoefficient(part, want.expected * units)
            goal.SetCoefficient(part, want.expected * units * option.unit[sku])
            paid = solver.Constraint(-solver.infinity(), 0)
            paid.SetCoefficient(part, 1)
            paid.SetCoefficient(package, -1)
