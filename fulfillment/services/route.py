"""Routing one order: look, compare, move the units, write the parcels, tell. In one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from catalog.values import OfferingFacts
from omnichannel.kernel import outbox

from ..events import FulfillmentRequested, FulfillmentRouted, RoutingFailed
from ..models import (
    FulfillmentDemand,
    FulfillmentOrder,
    Reservation,
    RoutingTrace,
)
from ..models.demands import DemandState
from ..queries.open_units import open_lines
from ..values import Demand, Wanted
from . import capacity
from .allocation import Allocation, allocate
from .capacity import Slot
from .moving import held_by, move
from .parcels import Batch, write
from .promises import arrival
from .routing.asking import ask
from .routing.inputs import Outcome, Policy
from .routing.loading import Situation, load
from .routing.trace import story

REPLANS = 3
NO_LOCATION = "no_location"
STOCK_MOVED = "stock_moved"
ROUTED = "routed"


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
    left_out = row.exclusions.of_lines(line.line_id for line in lines)
    excluded = frozenset(left_out.values_list("location_id", flat=True))
    for _replan in range(REPLANS):
        decision = decide(wish, now=now, lines=lines, demand_id=row.pk, excluded=excluded)
        if decision.outcome.chosen is None:
            return give_up(row, NO_LOCATION, decision.story, now=now)
        parcels = take(row, wish, lines, decision, held, now=now)
        if parcels is not None:
            return parcels
    return give_up(row, STOCK_MOVED, decision.story, now=now)


def decide(
    wish: Demand,
    *,
    now: datetime,
    lines: tuple[Wanted, ...] | None = None,
    demand_id: int = 0,
    excluded: frozenset[int] = frozenset(),
    policy: Policy | None = None,
    facts: Mapping[str, OfferingFacts] | None = None,
) -> Decision:
    """Plan without touching anything: three statements. The preview is this and nothing more.

    Where the nearest places cannot serve the order, all are asked: three more.
    """
    situation, outcome, dropped = ask(
        wish,
        now=now,
        policy=policy,
        lines=lines,
        demand_id=demand_id,
        excluded=excluded,
        facts=facts,
        priced=True,
    )
    told = story(situation.need, dropped, outcome) | {"passed_over": situation.passed_over}
    return Decision(situation, outcome, told)


def look(wish: Demand, *, now: datetime, **which) -> Situation:
    """What there is, with last night's shadow prices where they are switched on; which: as of load()."""
    return load(wish, now=now, priced=True, **which)


def take(
    row: FulfillmentDemand,
    wish: Demand,
    lines: tuple[Wanted, ...],
    decision: Decision,
    held: list[Reservation],
    *,
    now: datetime,
    outcome: str = ROUTED,
    asks: bool = True,
) -> list[FulfillmentOrder] | None:
    """Move the units of a locked demand to its chosen plan and write the parcels.

    None when stock is short or a location's day is full. outcome: as the trace calls it. asks: False where
    an operator has spoken for the locations.
    """
    situation, chosen = decision.situation, decision.outcome.chosen
    allocation = allocate(lines, chosen, situation.shelves)
    wanted = capacity.slots(chosen.packages, situation.locations, way=wish.way, strict=asks, now=now)
    if not _held_and_moved(row.pk, wanted, allocation, held, now):
        return None
    parcels = write(Batch(row, wish, chosen, allocation, situation, now, asks=asks))
    if row.promised_on is None and wish.way == "ship":
        told = wish.promised_on and date.fromisoformat(wish.promised_on)
        row.promised_on = told or arrival((package.days for package in chosen.packages), now=now)
    keep(row, DemandState.ROUTED, "", decision.story, now, outcome=outcome)
    tell(row, parcels)
    return parcels


def _held_and_moved(demand_id: int, wanted: list[Slot], allocation: Allocation, held, now: datetime) -> bool:
    """Both or neither. Without a limited location it is the move alone."""
    if not wanted:
        return move(demand_id=demand_id, allocation=allocation, held=held, now=now)
    if not capacity.hold(wanted):
        return False
    if move(demand_id=demand_id, allocation=allocation, held=held, now=now):
        return True
    capacity.release(wanted)
    return False


def tell(row: FulfillmentDemand, fos: list[FulfillmentOrder]) -> None:
    outbox.publish(
        *(
            FulfillmentRouted(fulfillment_id=fo.pk, order_number=row.order_number, location_id=fo.location_id)
            for fo in fos
        )
    )


def ask_for_route(row: FulfillmentDemand, *, now: datetime) -> None:
    """Let a locked demand be routed once more."""
    row.state, row.reason, row.changed_at = DemandState.REQUESTED, "", now
    row.save(update_fields=["state", "reason", "changed_at"])
    outbox.publish(FulfillmentRequested(order_number=row.order_number, attempt=row.attempts + 1))


def give_up(row: FulfillmentDemand, reason: str, told: dict, *, now: datetime) -> list[FulfillmentOrder]:
    """Hand a locked demand to the operators; what it holds stays held."""
    keep(row, DemandState.EXCEPTION, reason, told, now)
    outbox.publish(RoutingFailed(order_number=row.order_number, reason=reason, attempt=row.attempts))
    return []


def keep(row: FulfillmentDemand, state: str, reason: str, told: dict, now: datetime, *, outcome="") -> None:
    """The state of a locked demand together with the story that led there."""
    RoutingTrace.objects.create(
        demand=row, attempt=row.attempts, outcome=outcome or reason, story=told, at=now
    )
    row.state, row.reason, row.changed_at = state, reason, now
    row.save(update_fields=["state", "reason", "attempts", "promised_on", "changed_at"])
