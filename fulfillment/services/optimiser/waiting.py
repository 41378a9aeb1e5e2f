"""Orders whose parcels nobody has accepted yet, with what there is for each of them. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings

from ...models import Exclusion, FulfillmentLine, FulfillmentOrder, Way
from ...models.demands import DemandState, FulfillmentState
from ...models.routing import EVERY_LINE
from ...values import Demand, Wanted
from ..promises import arrival
from ..route import look
from ..routing.board import Board
from ..routing.drops import sift, willing
from ..routing.fixed import fixed_plan
from ..routing.inputs import Dropped, LocationFacts, Plan, Policy, Source
from ..routing.loading import Situation

Ways = dict[tuple[int, int | None], dict[str, int]]


@dataclass(frozen=True)
class Waiting:
    """One of them. held: units by location and SKU; units: by location and hub, then SKU."""

    demand_id: int
    wish: Demand
    promised_on: date | None
    parcels: tuple[FulfillmentOrder, ...]
    lines: tuple[Wanted, ...]
    held: dict[tuple[int, str], int]
    units: Ways
    situation: Situation
    dropped: tuple[Dropped, ...] = ()
    sources: tuple[Source, ...] = ()
    current: Plan | None = None


def waiting_orders(*, policy: Policy, now: datetime) -> tuple[list[Waiting], dict[tuple[int, str], int]]:
    """Orders that can be planned anew, and the stock that they share by location and SKU.

    The oldest unanswered parcels that are shipped, at most ROUTING_REEVALUATION_ORDERS; a pick-up is never
    touched. Locations that would break the promise are left out.
    """
    found = _found(now)
    pool = _pool(found)
    ready = [order for each in found if (order := _ready(each, pool, policy, now))]
    return ready, pool


def _found(now: datetime) -> list[Waiting]:
    rows = FulfillmentOrder.objects.filter(
        state=FulfillmentState.AWAITING_ACCEPTANCE, way=Way.SHIP, demand__state=DemandState.ROUTED
    )
    by_demand = defaultdict(list)
    for parcel in rows.select_related("demand").order_by("pk")[: settings.ROUTING_REEVALUATION_ORDERS]:
        by_demand[parcel.demand].append(parcel)
    lines = defaultdict(list)
    for line in FulfillmentLine.objects.filter(fulfillment__in=[p for ps in by_demand.values() for p in ps]):
        lines[line.fulfillment_id].append(line)
    left_out = defaultdict(list)
    for exclusion in Exclusion.objects.filter(demand__in=by_demand):
        left_out[exclusion.demand_id].append(exclusion)
    return [_one(demand, parcels, lines, left_out[demand.pk], now) for demand, parcels in by_demand.items()]


def _one(demand, parcels, lines_of, left_out: list[Exclusion], now: datetime) -> Waiting:
    wish = Demand.of_dict(demand.wish)
    held: dict[tuple[int, str], int] = defaultdict(int)
    units: Ways = defaultdict(lambda: defaultdict(int))
    for parcel in parcels:
        for line in lines_of[parcel.pk]:
            held[parcel.location_id, line.sku] += line.quantity
            units[parcel.location_id, parcel.via_id][line.sku] += line.quantity
    lines = wanted(wish, [line for parcel in parcels for line in lines_of[parcel.pk]])
    of = {EVERY_LINE, *(line.line_id for line in lines)}
    excluded = frozenset(each.location_id for each in left_out if each.line_id in of)
    situation = look(wish, now=now, lines=lines, demand_id=demand.pk, excluded=excluded)
    plain = {way: dict(skus) for way, skus in units.items()}
    return Waiting(demand.pk, wish, demand.promised_on, tuple(parcels), lines, dict(held), plain, situation)


def wanted(wish: Demand, lines: Sequence[FulfillmentLine]) -> tuple[Wanted, ...]:
    """What these parcels' lines ask for, by order line."""
    amounts = {line.line_id: line.amount_fen for line in wish.lines}
    units: dict[tuple[int, str], int] = defaultdict(int)
    for line in lines:
        units[line.line_id, line.sku] += line.quantity
    return tuple(Wanted(pk, sku, count, amounts.get(pk, 0)) for (pk, sku), count in sorted(units.items()))


def _pool(found: list[Waiting]) -> dict[tuple[int, str], int]:
    """What these orders may have together: free for each of them, and what they hold among them."""
    free: dict[tuple[int, str], int] = {}
    for order in found:
        for place in order.situation.locations:
            for sku, units in place.stock.items():
                key = (place.location_id, sku)
                free[key] = min(free.get(key, units), units)
    for order in found:
        for key, units in order.held.items():
            free[key] = free.get(key, 0) + units
    return free


def _ready(order: Waiting, pool: dict, policy: Policy, now: datetime) -> Waiting | None:
    """With its sources and its present plan; None where a place of the present plan is out of sight."""
    here = {location_id for location_id, _hub in order.units}
    places = [_pooled(place, pool, keep=place.location_id in here) for place in order.situation.locations]
    # The promise is looked at below, where the present plan may break it already.
    need = replace(order.situation.need, promised_on=None)
    sources, dropped = sift(need, places, policy)
    by_way = {(source.location_id, source.via_id): source for source in sources}
    if not order.units.keys() <= by_way.keys():
        return None
    items = order.situation.need.items
    current = fixed_plan(items, [(by_way[way], units) for way, units in order.units.items()], policy)
    latest = _latest(order, current, now)
    timely = [source for source in sources if arrival([source.days], now=now) <= latest]
    kept = list(Board(items, timely, policy).sources)
    kept += [by_way[way] for way in order.units if by_way[way] not in kept]
    return replace(order, sources=tuple(kept), current=current, dropped=tuple(dropped))


def _pooled(place: LocationFacts, pool: dict, *, keep: bool) -> LocationFacts:
    """The stock of all waiting orders there; a place of the present plan keeps its part whatever the hour."""
    stock = {sku: pool[place.location_id, sku] for sku in place.stock}
    return replace(willing(place) if keep else place, stock=stock)


def _latest(order: Waiting, current: Plan, now: datetime) -> date:
    """The promise; where the present plan breaks it already, not later than that."""
    present = arrival((package.days for package in current.packages), now=now)
    return max(order.promised_on, present) if order.promised_on else present
