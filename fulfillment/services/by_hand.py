"""An operator routes by hand what routing could not: all of it to one place, or shared out over several.

What a person may overrule: who declined before, opening hours, capacity, the promised day, franchise region,
whether a place takes part at all. What nobody overrules: goods that are not there, cards that a place cannot
write, a missing tariff, and the customer of a pick-up (see pickup_consent).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.queries import institution_by_code
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import FulfillmentDemand, FulfillmentOrder, Way
from ..queries.open_units import open_lines
from ..reasons import words
from ..values import Demand, Wanted
from . import pickup_consent
from .moving import held_by
from .operator_queue import known, taken_on
from .route import Decision, look, take
from .routing.drops import sift, willing
from .routing.fixed import fixed_plan
from .routing.inputs import LocationFacts, Need, Outcome, Policy, Source
from .routing.loading import Situation
from .routing.planner import plan
from .routing.trace import story

FORCED, SPLIT = "forced", "split"


class WhyMissing(Invalid):
    code = "reason_missing"
    message = _("Say why: the reason is kept with the order.")


class CustomerMustAgree(DomainError):
    code = "customer_must_agree"
    message = _(
        "Order %(order_number)s is picked up: it moves only with the customer's word. Ask the customer."
    )


class LocationCannot(DomainError):
    code = "location_cannot_serve"
    message = _("%(location)s cannot serve this order: %(reason)s.")


class LocationShort(DomainError):
    code = "location_short"
    message = _("%(location)s has %(have)s of %(sku)s, %(wanted)s are needed.")


class SharesWrong(Invalid):
    code = "shares_differ"
    message = _("%(shared)s of %(sku)s are shared out, %(wanted)s are open.")


class StockRanAway(DomainError):
    code = "stock_moved"
    message = _("Somebody else took these units at this moment. Look again.")


@dataclass(frozen=True)
class Share:
    """Units of an open order line that come from a location."""

    line_id: int
    location_code: str
    units: int


@transaction.atomic
def force(
    *, order_number: str, location_code: str, reason: str, actor: Actor, now: datetime
) -> list[FulfillmentOrder]:
    """Send everything that is open from one location, which is not asked again.

    Raises NotAllowed, DemandUnknown, NotAnException, WhyMissing, CustomerMustAgree, InstitutionUnknown,
    LocationCannot, LocationShort, StockRanAway.
    """
    row, wish, lines = _taken_on(order_number, reason, actor)
    location_id = institution_by_code(location_code).id
    situation = _relaxed(look(wish, now=now, lines=lines, demand_id=row.pk, also=[location_id]))
    sources = _sources_at(situation, location_id, location_code)
    items = situation.need.items
    for item in items:
        _must_have(situation, sources[0], item.sku, item.quantity)
    chosen = plan(items, sources, situation.policy).chosen
    return _write(row, wish, lines, situation, Outcome(chosen, (chosen,), how=FORCED), reason, actor, now)


@transaction.atomic
def split(
    *, order_number: str, shares: Iterable[Share], reason: str, actor: Actor, now: datetime
) -> list[FulfillmentOrder]:
    """Share all open units out over locations as told; each location gets one parcel.

    Raises as force() does, and SharesWrong when more or less is shared out than is open.
    """
    row, wish, lines = _taken_on(order_number, reason, actor)
    places = _shared_out(lines, list(shares))
    ids = {code: institution_by_code(code).id for code in sorted(places)}
    situation = _relaxed(look(wish, now=now, lines=lines, demand_id=row.pk, also=ids.values()))
    parts = []
    for code, units in sorted(places.items()):
        sources = _sources_at(situation, ids[code], code)
        for sku, count in units.items():
            _must_have(situation, sources[0], sku, count)
        parts.append((_cheapest(sources, units, situation), units))
    chosen = fixed_plan(situation.need.items, parts, situation.policy)
    return _write(row, wish, lines, situation, Outcome(chosen, (chosen,), how=SPLIT), reason, actor, now)


def _taken_on(order_number: str, reason: str, actor: Actor):
    """The locked exception with its open lines."""
    row = taken_on(order_number, actor)
    if not reason.strip():
        raise WhyMissing(field="reason")
    if row.way == Way.PICKUP:
        raise CustomerMustAgree(order_number=order_number)
    wish = Demand.of_dict(row.wish)
    return row, wish, open_lines(row, wish)


def _relaxed(situation: Situation) -> Situation:
    """Without what a person may overrule, with the weights of a person's choice: rarity does not count."""
    return replace(
        situation,
        need=replace(situation.need, promised_on=None),
        locations=tuple(willing(place) for place in situation.locations),
        weights=replace(situation.weights, scarcity=0),
    )


def _sources_at(situation: Situation, location_id: int, code: str) -> list[Source]:
    """The ways from one location. Raises LocationCannot with what stands against it."""
    here = [place for place in situation.locations if place.location_id == location_id]
    sources, dropped = sift(situation.need, here, situation.policy)
    if not sources:
        reason = dropped[0].reason if dropped else "no_stock"
        known = situation.institutions.get(location_id)
        raise LocationCannot(location=known.label if known else code, reason=words(reason))
    return sources


def _must_have(situation: Situation, source: Source, sku: str, units: int) -> None:
    have = source.stock.get(sku, 0)
    if have < units:
        label = situation.institutions[source.location_id].label
        raise LocationShort(location=label, sku=sku, have=have, wanted=units)


def _shared_out(lines: tuple[Wanted, ...], shares: list[Share]) -> dict[str, dict[str, int]]:
    """Units by location and SKU; every open line wholly shared out."""
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for line in lines:
        own = [share for share in shares if share.line_id == line.line_id and share.units > 0]
        shared = sum(share.units for share in own)
        if shared != line.quantity:
            raise SharesWrong(field="units", sku=line.sku, shared=shared, wanted=line.quantity)
        for share in own:
            units = places[share.location_code]
            units[line.sku] = units.get(line.sku, 0) + share.units
    return places


def _cheapest(sources: list[Source], units: dict[str, int], situation: Situation) -> Source:
    items = [replace(item, quantity=units[item.sku]) for item in situation.need.items if item.sku in units]
    way = plan(items, sources, situation.policy).chosen.packages[0]
    return next(source for source in sources if source.via_id == way.via_id)


def _write(row: FulfillmentDemand, wish, lines, situation, outcome: Outcome, reason: str, actor, now):
    pickup_consent.withdraw(row, actor=actor, now=now)
    told = story(situation.need, (), outcome) | {"by": actor.label, "why": reason.strip()[:200]}
    decision = Decision(situation, outcome, told)
    row.attempts += 1
    parcels = take(row, wish, lines, decision, held_by(row.pk), now=now, outcome=outcome.how, asks=False)
    if parcels is None:
        raise StockRanAway()
    return parcels


def candidates(*, order_number: str, actor: Actor, now: datetime) -> list[tuple[LocationFacts, str, str]]:
    """For the operator's page: every location that has anything of it, its name, and what stands against it.

    The objection is empty for a place that could serve at once. Reads only.
    """
    row = known(order_number, actor)
    wish = Demand.of_dict(row.wish)
    situation = look(wish, now=now, lines=open_lines(row, wish), demand_id=row.pk)
    excluded = frozenset(row.exclusions.values_list("location_id", flat=True))
    need = replace(situation.need, excluded=excluded)
    places = [place for place in situation.locations if any(place.stock.values())]
    if row.way == Way.PICKUP:
        places = [place for place in places if place.kind == "store"]
    names = situation.institutions
    return [
        (place, names[place.location_id].label, _against(need, place, situation.policy)) for place in places
    ]


def _against(need: Need, place: LocationFacts, policy: Policy) -> str:
    """The code of what stands against it; for a pick-up as if it were to be collected there."""
    if need.way == Way.PICKUP:
        need = replace(need, pickup_location_id=place.location_id)
    _sources, dropped = sift(need, [place], policy)
    return dropped[0].reason if dropped else ""
