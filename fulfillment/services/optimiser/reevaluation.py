"""Every quarter of an hour: orders routed and not yet accepted are planned together once more.

Looked at without locks, solved outside of any transaction, applied group by group (applying.py): what hangs
together by its stock changes together or not at all.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from ...models import FulfillmentOrder, OptimiserRun
from ..routing.inputs import Package, Plan
from ..routing.weights import in_force, weights
from . import applying, joint_plan
from .changes import Change
from .groups import groups_of
from .joint_plan import JointOrder
from .waiting import Waiting, waiting_orders

NOTHING_WAITS, NO_ANSWER, OPTIMAL, FEASIBLE = "nothing_waits", "no_answer", "optimal", "feasible"


@dataclass(frozen=True)
class Proposal:
    """groups: changes that hang together. status: of the solver; costs of all orders in fen."""

    status: str
    orders: int = 0
    groups: tuple[tuple[Change, ...], ...] = ()
    before_fen: float = 0
    after_fen: float = 0
    bound_fen: float = 0


def reevaluate(*, now: datetime) -> OptimiserRun:
    """Plan, apply what saves enough, keep the run. Runs for which nothing waited share one row."""
    begun = time.monotonic()
    proposal = propose(now=now)
    if proposal.status == NOTHING_WAITS:
        return _quiet(now)
    least = in_force(now=now).least_saving_fen
    worth = [group for group in proposal.groups if is_worth_it(group, least_fen=least)]
    applied = [group for group in worth if applying.apply(group, now=now)]
    return _record(proposal, worth, applied, milliseconds=round((time.monotonic() - begun) * 1000), now=now)


def propose(*, now: datetime) -> Proposal:
    """Plan the waiting orders together; nothing is changed."""
    policy = weights(now=now, priced=True)
    ready, pool = waiting_orders(policy=policy, now=now)
    if not ready:
        return Proposal(NOTHING_WAITS)
    orders = [JointOrder(o.demand_id, o.situation.need.items, o.sources, o.current) for o in ready]
    joint = joint_plan.solve(orders, pool, policy, seconds=settings.ROUTING_REEVALUATION_SECONDS)
    before = sum(order.current.cost for order in ready)
    if joint is None:
        return Proposal(NO_ANSWER, len(ready), (), before, before)
    changes = [change for order in ready if (change := _change(order, joint.plans[order.demand_id]))]
    groups = groups_of(changes, lambda change: change.touched)
    status = OPTIMAL if joint.proven else FEASIBLE
    return Proposal(status, len(ready), groups, before, joint.cost, joint.bound)


def is_worth_it(group: tuple[Change, ...], *, least_fen: int) -> bool:
    """Every parcel that moves has to save its part: nobody is asked anew for pennies."""
    moved = sum(len(change.gone) for change in group)
    return sum(change.saving for change in group) >= least_fen * moved


def _change(order: Waiting, plan: Plan) -> Change | None:
    """What differs from the present plan."""
    new = {(package.location_id, package.via_id): dict(package.units) for package in plan.packages}
    same = {way for way, units in order.units.items() if new.get(way) == units}

    def stays(thing: Package | FulfillmentOrder) -> bool:
        return (thing.location_id, thing.via_id) in same

    fresh = tuple(package for package in plan.packages if not stays(package))
    gone = tuple(parcel for parcel in order.parcels if not stays(parcel))
    return Change(order, plan, fresh, gone) if fresh and gone else None


def _quiet(now: datetime) -> OptimiserRun:
    """Nothing waited: the row of the quiet runs before goes on, so that a night is one line."""
    kind = OptimiserRun.Kind.REEVALUATION
    last = OptimiserRun.objects.filter(kind=kind).order_by("-at", "-pk").first()
    if last is None or last.status != NOTHING_WAITS:
        return OptimiserRun.objects.create(kind=kind, status=NOTHING_WAITS, at=now)
    last.at = now
    last.save(update_fields=["at"])
    return last


def _record(proposal: Proposal, worth: list, applied: list, *, milliseconds: int, now) -> OptimiserRun:
    changed = [change for group in applied for change in group]
    return OptimiserRun.objects.create(
        kind=OptimiserRun.Kind.REEVALUATION,
        status=proposal.status,
        at=now,
        orders=proposal.orders,
        changed=len(changed),
        figures={
            "before_fen": round(proposal.before_fen),
            "after_fen": round(proposal.after_fen),
            "bound_fen": round(proposal.bound_fen),
            "saved_fen": round(sum(change.saving for change in changed)),
            "not_worth_it": len(proposal.groups) - len(worth),
            "overtaken": len(worth) - len(applied),
        },
        milliseconds=milliseconds,
    )
