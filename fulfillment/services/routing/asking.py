"""Which places are asked for an order: the nearest, and all where these cannot serve it (decision 73)."""

from datetime import datetime
from typing import NamedTuple

from ...values import Demand
from .inputs import Dropped, Outcome, Policy
from .loading import Situation, load
from .planner import choose


class Asked(NamedTuple):
    situation: Situation
    outcome: Outcome
    dropped: list[Dropped]


def ask(demand: Demand, *, now: datetime, policy: Policy | None = None, **which) -> Asked:
    """The plan by what there is. which: as of load(). policy: the day's weights unless told otherwise."""
    found = _asked(demand, now, policy, which)
    if found.outcome.chosen or not found.situation.passed_over:
        return found
    return _asked(demand, now, policy, which | {"widely": True})


def _asked(demand: Demand, now: datetime, policy: Policy | None, which: dict) -> Asked:
    situation = load(demand, now=now, **which)
    return Asked(situation, *choose(situation.need, situation.locations, policy or situation.policy))
