"""The same choice as services.centres.choice, proven: a mixed-integer program (SCIP).

The strong formulation, one row per city and site: its relaxation is nearly always whole. Money in yuan, so
that the solver's tolerances are pennies.
"""

from collections.abc import Hashable, Sequence

from ortools.linear_solver import pywraplp

from ..centres.choice import Choice, Site, answer, choose, given, improved, value_of, worth_asking
from .exact import solve_exactly

SCIP = "scip"
YUAN = 100
# Fen a month that a bound may lie above the choice it proves: sums of so large amounts differ by as much.
NEGLIGIBLE_FEN = 1.0


def solve(sites: Sequence[Site], *, seconds: float) -> Choice:
    """The best choice; without a proof within `seconds` the better of the program's and the greedy one."""
    asked = worth_asking(sites)
    if not asked:
        return choose(sites)
    program = _Program(sites, sorted(given(sites)), asked)
    status = program.solve(seconds)
    if status == pywraplp.Solver.OPTIMAL:
        return _answer(sites, program, program.bound())
    fallback = choose(sites)
    if status != pywraplp.Solver.FEASIBLE:
        return fallback
    found = _answer(sites, program, min(fallback.bound, program.bound()))
    return found if found.value > fallback.value else fallback


def _answer(sites: Sequence[Site], program: "_Program", limit: float) -> Choice:
    """The program's choice, without what does not pay; proven where nothing worth naming is above it."""
    opened = improved(sites, set(given(sites)) | program.opened())
    proven = limit - value_of(sites, opened) <= NEGLIGIBLE_FEN
    return answer(sites, opened, bound=limit, proven=proven, how=SCIP)


class _Program:
    def __init__(self, sites: Sequence[Site], free: list[int], asked: list[int]):
        self.solver = pywraplp.Solver.CreateSolver("SCIP")
        self.goal = self.solver.Objective()
        self.goal.SetMaximization()
        self.base = sum(sites[index].cost for index in free)
        self.open = {index: self.solver.BoolVar("") for index in asked}
        self.rows: dict[Hashable, pywraplp.Constraint] = {}
        for index, variable in self.open.items():
            self.goal.SetCoefficient(variable, -sites[index].cost / YUAN)
            self._serve(sites[index], variable)
        for index in free:
            self._serve(sites[index], None)

    def _serve(self, site: Site, is_open) -> None:
        """Each city by one site, by those only that are open."""
        for town, gain in site.gains.items():
            if gain <= 0:
                continue
            part = self.solver.NumVar(0, 1, "")
            self.goal.SetCoefficient(part, gain / YUAN)
            if town not in self.rows:
                self.rows[town] = self.solver.Constraint(0, 1)
            self.rows[town].SetCoefficient(part, 1)
            if is_open is not None:
                linked = self.solver.Constraint(-self.solver.infinity(), 0)
                linked.SetCoefficient(part, 1)
                linked.SetCoefficient(is_open, -1)

    def solve(self, seconds: float) -> int:
        return solve_exactly(self.solver, seconds=seconds)

    def opened(self) -> set[int]:
        return {index for index, variable in self.open.items() if variable.solution_value() > 0.5}

    def bound(self) -> float:
        return self.goal.BestBound() * YUAN - self.base
