"""Goods that are not there cannot be promised: the youngest promises give way and look for another shelf.

A till sale, a count or a snapshot of a store's own system states what is on the shelf; that stands. Holds
are taken anew elsewhere, orders that were to leave from here are routed again, in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import FulfillmentDemand, FulfillmentOrder, FulfillmentState, Reservation, ReservationState
from ..models.demands import DemandState
from ..queries.shelves import shelf
from ..values import Demand
from . import capacity, reservation, stock
from .claims import let_go
from .reassignment import reassign
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


def make_room(wanted: Iterable[Shortfall], *, actor: Actor, now: datetime) -> list[str]:
    """Release as many promises as stand in the way; returns the orders whose holds are to be taken anew.

    Call take_anew with them when the units have left. Locks parcels, then demands, then levels, each in
    the order of their keys. Raises stock.StockPromised when picked parcels hold what should leave.
    """
    chosen = [row for short in wanted for row in _in_the_way(short)]
    if not chosen:
        return []
    parcels = _locked_parcels({row.fulfillment_id for row in chosen if row.fulfillment_id})
    demands = FulfillmentDemand.objects.select_for_update().filter(pk__in={row.demand_id for row in chosen})
    by_id = {row.pk: row for row in demands.order_by("pk")}
    _must_be_the_same(chosen)
    capacity.lock_of(parcels)
    for fo in parcels:
        _call_back(fo, actor, now)
    held = [by_id[pk] for pk in sorted(by_id) if by_id[pk].state == DemandState.HELD]
    reservation.give_back(Reservation.objects.filter(pk__in=[row.pk for row in chosen]), now=now)
    for row in held:
        reservation.release(order_number=row.order_number, reason=REASON, now=now)
    return [row.order_number for row in held]


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
    rows = Reservation.objects.filter(sku=short.sku, location_id=short.location_id, state__in=LIVE)
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


def _must_be_the_same(chosen: list[Reservation]) -> None:
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
    """Hold the goods of unpaid orders elsewhere; returns those whose hold lapsed: their goods are nowhere,
    or another rule of new holds refuses them. They may be ordered anew."""
    lost = []
    for number in order_numbers:
        row = FulfillmentDemand.objects.get(order_number=number)
        try:
            with transaction.atomic():
                reservation.reserve(demand=Demand.of_dict(row.wish), expires_at=row.expires_at, now=now)
        except DomainError:
            lost.append(number)
    return lost
