"""Compare the plans of one order: subsets of up to three locations, lines assigned at least cost.

Exact where a package's freight does not depend on what else is in it (all of it within the first
kilogram); where steps of the summed weight matter, lines go to the least marginal cost and are moved
while that helps, and the outcome names its distance from a lower bound.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from .board import Board
from .drops import LATE, PASSING, sift
from .inputs import Dropped, Item, LocationFacts, Need, Outcome, Plan, Policy, Source

LATER = "later"


def choose(need: Need, locations: Sequence[LocationFacts], policy: Policy) -> tuple[Outcome, list[Dropped]]:
    """The plan of an order, and who was dropped for which reason.

    Where nobody is left only because today is over, full or closed, or the day that was told cannot be
    kept, the plan is that of the next days: an order does not wait for an operator because it is evening.
    """
    sources, dropped = sift(need, locations, policy)
    outcome = plan_need(need, sources, policy)
    for overlook in (LATE, PASSING):
        if outcome.chosen is None and any(drop.reason in overlook for drop in dropped):
            sources, _still = sift(need, locations, policy, overlook=overlook)
            outcome = replace(plan_need(need, sources, policy), how=LATER)
    return outcome, dropped


def plan_need(need: Need, sources: Sequence[Source], policy: Policy) -> Outcome:
    """The plan of a whole order: every merchant's lines come from that merchant, the rest is compared."""
    own = [item for item in need.items if item.sku not in need.merchant_of]
    merchants = sorted(set(need.merchant_of.values()))
    houses = [source for source in sources if source.location_id not in merchants]
    outcome = plan(own, houses, policy, prefer=need.prefer)
    for merchant in merchants:
        items = [item for item in need.items if need.merchant_of.get(item.sku) == merchant]
        only = [source for source in sources if source.location_id == merchant]
        outcome = _joined(outcome, plan(items, only, policy), policy)
    return outcome


def _joined(first: Outcome, second: Outcome, policy: Policy) -> Outcome:
    if first.chosen is None or second.chosen is None:
        return Outcome(None, first.compared, first.kept + second.kept, first.considered + second.considered)

    def with_second(found: Plan) -> Plan:
        packages = found.packages + second.chosen.packages
        extra = policy.extra_package if found.packages else 0
        return Plan(packages, found.cost + second.chosen.cost + extra)

    return Outcome(
        chosen=with_second(first.chosen),
        compared=tuple(with_second(found) for found in first.compared) or second.compared,
        kept=first.kept + second.kept,
        considered=first.considered + second.considered,
        gap=first.gap + second.gap,
        how=first.how if first.kept else second.how,
    )


def plan(
    items: Sequence[Item], sources: Sequence[Source], policy: Policy, *, prefer: int | None = None
) -> Outcome:
    """The cheapest plan for `items`; `prefer` wins when that location covers everything alone."""
    if not items:
        return Outcome(Plan((), 0))
    board = Board(items, sources, policy, prefer)
    search = _Search(board)
    kept = tuple(source.code for source in board.sources)
    if not search.plans:
        chosen = _greedy(board)
        return Outcome(chosen, (chosen,) if chosen else (), kept, search.considered, how="greedy")
    plans = sorted(search.plans, key=lambda found: found.rank)
    chosen, how = plans[0], "exact" if search.exact else "improved"
    hinted = next((p for p in plans if [k.location_id for k in p.packages] == [prefer]), None)
    if hinted is not None:
        chosen, how = hinted, "hint"
    gap = max(0.0, plans[0].cost - search.bound)
    return Outcome(chosen, tuple(plans[: policy.show]), kept, search.considered, round(gap, 2), how)


class _Search:
    """Enumerate the subsets; what cannot beat the best is not assigned."""

    def __init__(self, board: Board):
        self.plans: list[Plan] = []
        self.considered = 0
        self.exact = True
        self.bound = float("inf")
        best = float("inf")
        most, twins = min(board.policy.most_packages, len(board.sources)), any(board.twins)
        for size in range(1, most + 1):
            for members in combinations(range(len(board.sources)), size):
                if twins and not board.are_apart(members):
                    continue
                self.considered += 1
                if not board.covers(members) or (size > 1 and board.floor(members) > best):
                    continue
                found = board.assign(members)
                if found is None:
                    continue
                best = min(best, found.cost)
                self.plans.append(found)
                self._note(board, members, found)

    def _note(self, board: Board, members: tuple[int, ...], found: Plan) -> None:
        if board.is_additive(members):
            self.bound = min(self.bound, found.cost)
        else:
            self.exact = self.exact and len(members) == 1
            self.bound = min(self.bound, board.lower_bound(members))


def _greedy(board: Board) -> Plan | None:
    """More than three locations: again and again the one that covers most of what is left, cheapest."""
    members: list[int] = []
    left = list(range(len(board.sources)))
    while left and not board.covers(tuple(members)):
        best = max(left, key=lambda i: (board.new_units(members, i), -board.base[i], -i))
        if not board.new_units(members, best):
            return None
        members.append(best)
        left = [i for i in left if board.are_apart([*members, i]) and i != best]
    return board.assign_some(tuple(sorted(members))) if board.covers(tuple(members)) else None
