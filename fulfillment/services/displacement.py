"""Goods that are not there cannot be promised: the youngest promises give way and look for another shelf.

A till sale, a count or a snapshot of a store's own system states what is on the shelf; that stands. Holds
are taken anew elsewhere, orders that were to leave from here are routed again, in the same transaction.

Everything that takes part is locked before anything changes: parcels, demands, loads, customers and flash
sales of holds, levels, each kind by one statement in the order of their keys.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import (
    CampaignUse,
    FulfillmentDemand,
    FulfillmentOrder,
    FulfillmentState,
    Reservation,
    ReservationState,
    Way,
)
from ..models.demands import DemandState
from ..queries.shelves import shelf
from ..values import Admission, Demand
from . import capacity, reservation, stock
from .claims import let_go
from .reassignment import reassign
from .reservation_promise import Holder
from .shelf_locks import Shelf, lock_holders, lock_shelves
from .steps import advance

REASON = "not_on_shelf"
# The goods of a parcel that was picked are in it: such a parcel keeps them.
NOT_PICKED = (FulfillmentState.AWAITING_ACCEPTANCE, FulfillmentState.ACCEPTED, FulfillmentState.IN_WAVE)
LIVE = (ReservationState.HELD, ReservationState.CONFIRMED)


@dataclass(frozen=True)
class Shortfall:
    """Units that are to leave the books of a location."""

    sku: str
    location_id: int
    units: int


@dataclass(frozen=True)
class Room:
    """What stands in the way, locked together with all that it will touch."""

    chosen: tuple[Reservation, ...] = ()
    parcels: tuple[FulfillmentOrder, ...] = ()
    demands: tuple[FulfillmentDemand, ...] = ()


def make_room(
    wanted: Iterable[Shortfall], *, shelves: Iterable[Shelf] = (), actor: Actor, now: datetime
) -> list[str]:
    """Release as many promises as stand in the way; returns the orders whose holds are to be taken anew.

    Call take_anew with them when the units have left. shelves: others that the caller will change. Raises
    stock.StockPromised when picked parcels hold what should leave.
    """
    return clear(lock(wanted, shelves=shelves), actor=actor, now=now)


def lock(wanted: Iterable[Shortfall], *, shelves: Iterable[Shelf] = (), parcels: Iterable[int] = ()) -> Room:
    """Choose the promises that give way and lock what will change, in the one order of locks.

    parcels: keys of those that the caller works on besides. Raises stock.StockPromised.
    """
    wanted = _summed(wanted)
    chosen = tuple(row for short in wanted for row in _in_the_way(short))
    standing = {row.fulfillment_id for row in chosen if row.fulfillment_id}
    rows = _locked_parcels(standing | set(parcels))
    found = FulfillmentDemand.objects.select_for_update().filter(pk__in={row.demand_id for row in chosen})
    demands = tuple(found.order_by("pk"))
    _must_be_the_same(chosen)
    giving_way = tuple(fo for fo in rows if fo.pk in standing)
    capacity.lock_of(giving_way)
    lock_holders(row for row in demands if row.state == DemandState.HELD)
    _lock_levels({*((each.sku, each.location_id) for each in wanted), *shelves}, demands)
    return Room(chosen, giving_way, demands)


def clear(room: Room, *, actor: Actor, now: datetime) -> list[str]:
    """Let what is locked give way; as make_room()."""
    for fo in room.parcels:
        _call_back(fo, actor, now)
    held = [row for row in room.demands if row.state == DemandState.HELD]
    if room.chosen:
        reservation.give_back(Reservation.objects.filter(pk__in=[row.pk for row in room.chosen]), now=now)
    for row in held:
        reservation.release(order_number=row.order_number, reason=REASON, now=now)
    return [row.order_number for row in held]


def _summed(wanted: Iterable[Shortfall]) -> list[Shortfall]:
    """One shortfall for each article of a location, in a fixed order."""
    units: Counter[Shelf] = Counter()
    for short in wanted:
        units[short.sku, short.location_id] += short.units
    return [Shortfall(*shelf, units[shelf]) for shelf in sorted(units)]


def _lock_levels(shelves: set[Shelf], demands: Iterable[FulfillmentDemand]) -> None:
    """These shelves, and all where a hold or a pick-up that gives way may be looked for."""
    seeking = [row for row in demands if row.state == DemandState.HELD or row.way == Way.PICKUP]
    lock_shelves(shelves, anywhere={line["sku"] for row in seeking for line in row.wish["lines"]})


def can_leave(short: Shortfall) -> bool:
    """Whether make_room would find promises that may give way. Looks only."""
    try:
        _in_the_way(short)
    except stock.StockPromised:
        return False
    return True


def _in_the_way(short: Shortfall) -> list[Reservation]:
    """The youngest live promises that cover what is missing."""
    there = shelf([short.sku], [short.location_id]).get((short.sku, short.location_id))
    missing = short.units - (there.free if there else 0)
    if missing <= 0:
        return []
    rows = Reservation.objects.filter(
        level__sku=short.sku, level__location_id=short.location_id, state__in=LIVE
    )
    rows = rows.select_related("fulfillment", "demand").order_by("-pk")
    chosen = []
    for row in rows:
        if missing > 0 and _gives_way(row):
            chosen.append(row)
            missing -= row.quantity
    if missing > 0:
        raise stock.StockPromised(sku=short.sku)
    return chosen


def _gives_way(row: Reservation) -> bool:
    return row.fulfillment_id is None or row.fulfillment.state in NOT_PICKED


def _locked_parcels(ids: set[int]) -> list[FulfillmentOrder]:
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def _must_be_the_same(chosen: Iterable[Reservation]) -> None:
    """Nothing was routed between the look and the locks; whoever meets this tries again."""
    now_in = dict(
        Reservation.objects.filter(pk__in=[row.pk for row in chosen], state__in=LIVE).values_list(
            "pk", "fulfillment_id"
        )
    )
    moved = next((row for row in chosen if now_in.get(row.pk, 0) != row.fulfillment_id), None)
    if moved:
        raise stock.StockPromised(sku=moved.sku)


def _call_back(fo: FulfillmentOrder, actor: Actor, now: datetime) -> None:
    """A parcel that lost its goods is routed anew, without this location. Raises WrongState once picked."""
    asked = fo.state == FulfillmentState.AWAITING_ACCEPTANCE
    state = FulfillmentState.DECLINED if asked else FulfillmentState.SHORT
    advance(fo, state, now=now, actor=actor, note=REASON)
    let_go(fo.lines.all(), now=now)
    reassign(fo, reason=REASON, now=now)


def take_anew(order_numbers: Iterable[str], *, now: datetime) -> list[str]:
    """Hold the goods of unpaid orders elsewhere, for the same customers and by the same admissions.

    Returns those whose hold lapsed: their goods are nowhere, or another rule of new holds refuses them. They
    may be ordered anew.
    """
    lost = []
    for number in order_numbers:
        row = FulfillmentDemand.objects.get(order_number=number)
        try:
            with transaction.atomic():
                reservation.reserve(
                    demand=Demand.of_dict(row.wish),
                    expires_at=row.expires_at,
                    holder=Holder(row.customer, _admissions(row)),
                    now=now,
                )
        except DomainError:
            lost.append(number)
    return lost


def _admissions(row: FulfillmentDemand) -> tuple[Admission, ...]:
    """By which the hold was let into flash sales."""
    uses = CampaignUse.objects.filter(demand=row).order_by("pk")
    return tuple(Admission(*each) for each in dict(uses.values_list("item__campaign_id", "ticket")).items())
