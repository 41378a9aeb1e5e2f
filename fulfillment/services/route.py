"""Routing one order: look, compare, move the units, write the parcels, tell. In one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from omnichannel.kernel import outbox

from ..events import FulfillmentRouted, RoutingFailed
from ..models import Exclusion, FulfillmentDemand, FulfillmentLine, FulfillmentOrder, RoutingTrace
from ..models.demands import GIVEN_UP, DemandState
from ..values import Demand, Wanted
from .allocation import allocate
from .moving import held_by, move
from .parcels import Batch, write
from .routing.drops import sift
from .routing.inputs import Outcome, Policy
from .routing.loading import Situation, load
from .routing.planner import plan_need
from .routing.trace import story

REPLANS = 3
NO_LOCATION = "no_location"
STOCK_MOVED = "stock_moved"


@dataclass(frozen=True)
class Decision:
    """What was looked at, what came out, and the story of it as plain values."""

    situation: Situation
    outcome: Outcome
    story: dict


@transaction.atomic
def route(*, order_number: str, now: datetime) -> list[FulfillmentOrder]:
    """Route what the order still lacks. Nothing happens unless the demand waits for its route.

    About fifteen statements. When no location is left, or stock ran away under three plans, the demand
    goes to the operators and RoutingFailed is published. A pick-up never moves to another place.
    """
    row = FulfillmentDemand.objects.select_for_update().filter(order_number=order_number).first()
    if row is None or row.state != DemandState.REQUESTED:
        return []
    row.attempts += 1
    wish, held = Demand.of_dict(row.wish), held_by(row.pk)
    lines = open_lines(row, wish)
    excluded = frozenset(Exclusion.objects.filter(demand=row).values_list("location_id", flat=True))
    for _replan in range(REPLANS):
        decision = decide(wish, now=now, lines=lines, demand_id=row.pk, excluded=excluded)
        if decision.outcome.chosen is None:
            return give_up(row, NO_LOCATION, decision.story, now=now)
        allocation = allocate(lines, decision.outcome.chosen, decision.situation.shelves)
        if move(demand_id=row.pk, allocation=allocation, held=held, now=now):
            batch = Batch(row, wish, decision.outcome.chosen, allocation, decision.situation, now)
            return _routed(row, decision, write(batch), now)
    return give_up(row, STOCK_MOVED, decision.story, now=now)


def decide(
    wish: Demand,
    *,
    now: datetime,
    lines: tuple[Wanted, ...] | None = None,
    demand_id: int = 0,
    excluded: frozenset[int] = frozenset(),
    policy: Policy | None = None,
) -> Decision:
    """Plan without touching anything: three statements. The preview is this and nothing more."""
    policy = policy or Policy()
    situation = load(wish, now=now, lines=lines, demand_id=demand_id, excluded=excluded)
    sources, dropped = sift(situation.need, situation.locations, policy)
    outcome = plan_need(situation.need, sources, policy)
    return Decision(situation, outcome, story(situation.need, dropped, outcome))


def open_lines(row: FulfillmentDemand, wish: Demand) -> tuple[Wanted, ...]:
    """The units of the order that no live parcel carries."""
    carried = FulfillmentLine.objects.filter(fulfillment__demand=row)
    carried = carried.exclude(fulfillment__state__in=GIVEN_UP).values_list("line_id")
    units = dict(carried.annotate(units=Sum("quantity")))
    left = [(line, line.quantity - units.get(line.line_id, 0)) for line in wish.lines]
    return tuple(
        Wanted(line.line_id, line.sku, quantity, line.amount_fen) for line, quantity in left if quantity > 0
    )


def _routed(row, decision: Decision, fos: list[FulfillmentOrder], now: datetime) -> list[FulfillmentOrder]:
    _keep(row, DemandState.ROUTED, "", decision.story, now)
    outbox.publish(
        *(
            FulfillmentRouted(fulfillment_id=fo.pk, order_number=row.order_number, location_id=fo.location_id)
            for fo in fos
        )
    )
    return fos


def give_up(row: FulfillmentDemand, reason: str, told: dict, *, now: datetime) -> list[FulfillmentOrder]:
    """Hand a locked demand to the operators; what it holds stays held."""
    _keep(row, DemandState.EXCEPTION, reason, told, now)
    outbox.publish(RoutingFailed(order_number=row.order_number, reason=reason, attempt=row.attempts))
    return []


def _keep(row: FulfillmentDemand, state: str, reason: str, told: dict, now: datetime) -> None:
    RoutingTrace.objects.create(
        demand=row, attempt=row.attempts, outcome=reason or "routed", story=told, at=now
    )
    row.state, row.reason, row.changed_at = state, reason, now
    row.save(update_fields=["state", "reason", "attempts", "changed_at"])
