"""Orders for the operators' pages: the queue, and one order with its story."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from members.actors import Actor
from members.queries.institutions import institutions_of_kind

from ..models import FulfillmentDemand, FulfillmentOrder, ProposalState, Way
from ..models.demands import DemandState
from ..reasons import words
from ..values import Demand, Wanted
from . import trace
from .open_units import open_lines
from .proposals import OpenProposal, open_proposal
from .route_map import KINDS, RouteMap, route_map

READERS = ("operator", "auditor")
WAYS = (Way.SHIP, Way.PICKUP)


@dataclass(frozen=True)
class Told:
    """A trace for people: codes in words. compared: plans with what they cost in fen.

    dropped: (code, name, reason) of the places that were left out.
    """

    attempt: int
    at: datetime
    outcome: str
    story: dict
    declined: dict | None
    dropped: list[tuple[str, str, str]]


@dataclass(frozen=True)
class OrderRouting:
    """open: the units that are in no parcel yet; of an exception those that the tools are about."""

    demand: FulfillmentDemand
    wish: Demand
    parcels: list[FulfillmentOrder]
    told: list[Told]
    map: RouteMap | None
    proposal: OpenProposal | None
    open: tuple[Wanted, ...]

    @property
    def is_exception(self) -> bool:
        return self.demand.state == DemandState.EXCEPTION


def stuck() -> QuerySet[FulfillmentDemand]:
    """Orders that nobody could route, the oldest first."""
    return FulfillmentDemand.objects.filter(state=DemandState.EXCEPTION).order_by("changed_at")


def queue(actor: Actor, *, reason: str = "", way: str = "", text: str = ""):
    """Waiting orders, the oldest first, as a queryset for a paginator. Raises NotAllowed.

    What only waits for a customer's answer comes last.
    """
    actor.must_have(*READERS)
    rows = stuck()
    if reason:
        rows = rows.filter(reason=reason)
    if way:
        rows = rows.filter(way=way)
    if text:
        place = Q(wish__destination__city__icontains=text) | Q(wish__destination__province__icontains=text)
        rows = rows.filter(Q(order_number__icontains=text) | place)
    asked = Count("proposals", filter=Q(proposals__state=ProposalState.ASKED))
    return rows.annotate(asked=asked).order_by("asked", "changed_at", "pk")


def is_known(actor: Actor, order_number: str) -> bool:
    """Whether there is such an order, waiting or not. Raises NotAllowed."""
    actor.must_have(*READERS)
    return FulfillmentDemand.objects.filter(order_number=order_number).exists()


def reasons(actor: Actor) -> list[tuple[str, str, int]]:
    """Code, words and number of each reason in the queue."""
    actor.must_have(*READERS)
    rows = FulfillmentDemand.objects.filter(state=DemandState.EXCEPTION).values_list("reason")
    return [(code, words(code), count) for code, count in rows.annotate(count=Count("pk")).order_by("reason")]


def order_routing(actor: Actor, order_number: str, *, now: datetime) -> OrderRouting | None:
    """An order's way as the operators see it; None when it is not known. Raises NotAllowed."""
    actor.must_have(*READERS)
    demand = FulfillmentDemand.objects.filter(order_number=order_number).first()
    if demand is None:
        return None
    wish = Demand.of_dict(demand.wish)
    names = place_names()
    told = [worded(each, names) for each in trace.of_order(order_number)]
    parcels = demand.fulfillments.select_related("location", "via").order_by("pk")
    return OrderRouting(
        demand=demand,
        wish=wish,
        parcels=list(parcels),
        told=told[::-1],
        map=drawing([each.story for each in told], wish),
        proposal=open_proposal(order_number, now=now),
        open=open_lines(demand, wish),
    )


def drawing(stories: list[dict], wish: Demand) -> RouteMap | None:
    """The map of the newest story that looked at places, with the choice that holds since, by hand say."""
    looked = [number for number, story in enumerate(stories) if story.get("kept") or story.get("dropped")]
    if not looked:
        return None
    since = [story["chosen"] for story in stories[looked[-1] :] if story.get("chosen")]
    choice = {"chosen": since[-1]} if since else {}
    return route_map(stories[looked[-1]] | choice, wish.destination)


def place_names() -> dict[str, str]:
    """Names of all places that may send something, by code. One query."""
    return {card.code: card.label for card in institutions_of_kind(*KINDS)}


def worded(told: trace.Trace, names: dict[str, str]) -> Told:
    declined = told.story.get("declined")
    dropped = told.story.get("dropped", ())
    return Told(
        attempt=told.attempt,
        at=told.at,
        outcome=words(told.outcome),
        story=told.story | _named_plans(told.story, names),
        declined=declined and declined | {"reason": words(declined["reason"])},
        dropped=[(d["location"], names.get(d["location"], ""), words(d["reason"])) for d in dropped],
    )


def _named_plans(story: dict, names: dict[str, str]) -> dict:
    """The plans that were compared and the choice, each package with the names of its places."""

    def named(plan: dict | None) -> dict | None:
        return plan and plan | {
            "packages": [
                package
                | {"place": names.get(package["location"], package["location"]),
                   "hub": names.get(package.get("via"), package.get("via", ""))}
                for package in plan["packages"]
            ]
        }  # fmt: skip

    if "compared" not in story:
        return {}
    return {"compared": [named(plan) for plan in story["compared"]], "chosen": named(story.get("chosen"))}
