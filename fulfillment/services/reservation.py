"""Promise units to an order, all or none; keep or give back the promise. The database refuses to oversell.

Reserve is one statement for the whole order: demand and reservations written, levels locked in order of
their key and each asked whether it has enough, or nothing. Hold expiry, payment and sweeper all turn the
same demand row, so exactly one of them wins. A hot SKU's plan is that of a moment ago (hot.py).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.values import OfferingFacts
from omnichannel.kernel import prepared
from omnichannel.kernel.errors import DomainError, Invalid, NotFound

from ..models import FulfillmentDemand, Reservation, ReservationState
from ..models.demands import DemandState
from ..values import Demand
from . import hot
from .allocation import allocate
from .level_locks import lock_levels_of
from .promises import promised_on
from .reservation_promise import HELD, KNOWN, Holder, promise
from .reservation_sql import CONFIRM, RELEASE
from .routing.asking import ask
from .routing.drops import PASSING, sift
from .routing.inputs import Outcome, Policy
from .routing.loading import Situation, load

REPLANS = 3
NOBODY = Holder()
STILL_HELD = (ReservationState.HELD, ReservationState.CONFIRMED)


class OutOfStock(DomainError):
    code = "out_of_stock"
    message = _("Only %(salable)s of %(sku)s can be had now.")


class QuantityInvalid(Invalid):
    code = "quantity_invalid"
    message = _("Order between 1 and 10,000 of an item.")


class PlaceMissing(Invalid):
    code = "destination_missing"
    message = _("Tell us where the goods should go.")


class HoldLapsed(DomainError):
    code = "hold_lapsed"
    message = _("The goods were no longer held for this order.")


class DemandUnknown(NotFound):
    code = "demand_unknown"
    message = _("Nothing was reserved for order %(order_number)s.")


class ProvisionalPackage(NamedTuple):
    """days: working days until it arrives, by tariff. freight in fen."""

    location_id: int
    code: str
    distance_km: float
    freight_fen: int
    days: int
    units: tuple[tuple[str, int], ...]


class ProvisionalPlan(NamedTuple):
    """Where the goods would come from; routing may move them. Empty when the order was reserved before."""

    demand_id: int
    packages: tuple[ProvisionalPackage, ...] = ()


def reserve(
    *,
    demand: Demand,
    expires_at: datetime | None,
    facts: Mapping[str, OfferingFacts] | None = None,
    holder: Holder | None = None,
    now: datetime,
) -> ProvisionalPlan:
    """Hold every line of the order until expires_at, or raise OutOfStock and hold nothing.

    Four statements whatever the number of lines, three with `facts` by SKU, one while its SKU is hot.
    Idempotent on the order number: what is held or confirmed stays as it is; a released hold may be taken
    again. Raises QuantityInvalid, PlaceMissing and the refusals of reservation_promise.promise().
    """
    check(demand)
    holder = holder or NOBODY
    for found in _plans(demand, facts, now):
        told = promised_on(demand, (package.days for package in found.packages), now=now)
        answer = promise(
            demand, found.allocation, promised_on=told, holder=holder, expires_at=expires_at, now=now
        )
        if answer.outcome == HELD:
            hot.note(demand, found, waited_ms=answer.waited_ms, parts=answer.parts, now=now)
            return ProvisionalPlan(answer.demand_id, found.packages)
        if answer.outcome == KNOWN:
            return _known(demand.order_number)
    return _known_or_short(demand, load(demand, widely=True, now=now))


def _plans(
    demand: Demand, facts: Mapping[str, OfferingFacts] | None, now: datetime
) -> Iterator[hot.Remembered]:
    """What to ask for, one after the other: the plan of a moment ago, then fresh ones while there are any."""
    remembered = hot.recall(demand)
    if remembered:
        yield remembered
        hot.mistaken(demand)
    for _attempt in range(REPLANS + 1):
        situation, outcome, _dropped = ask(demand, facts=facts, now=now)
        if outcome.chosen is None:
            return
        allocation = allocate(demand.lines, outcome.chosen, situation.shelves)
        yield hot.Remembered(allocation, _packages(outcome))


def confirm(*, order_number: str, now: datetime) -> bool:
    """Make the hold final; True when it was done now, False when it was before. One statement.

    Raises HoldLapsed when the hold was released first, DemandUnknown when there never was one.
    """
    with connection.cursor() as cursor:
        prepared.execute(cursor, CONFIRM, {"order_number": order_number, "now": now})
        if cursor.fetchone():
            return True
    known = _state(order_number)
    if known in (DemandState.RELEASED, DemandState.CANCELLED):
        raise HoldLapsed(order_number=order_number)
    return False


@transaction.atomic
def release(*, order_number: str, reason: str, now: datetime) -> bool:
    """Give a hold back; False when there was none, it was given back before, or a payment was faster."""
    held = FulfillmentDemand.objects.filter(order_number=order_number, state=DemandState.HELD)
    if not held.update(state=DemandState.RELEASED, reason=reason[:120], changed_at=now):
        return False
    release_units(demand_id=FulfillmentDemand.objects.only("pk").get(order_number=order_number).pk, now=now)
    return True


def release_units(*, demand_id: int, of_parcels: bool = True, now: datetime) -> None:
    """Give back what a locked demand still holds; without `of_parcels` parcels keep theirs.

    In the caller's transaction.
    """
    rows = Reservation.objects.filter(demand_id=demand_id)
    give_back(rows if of_parcels else rows.filter(fulfillment=None), now=now)


def give_back(rows: QuerySet[Reservation], *, now: datetime) -> None:
    """Give back what is still held of these reservations, whose demands are locked."""
    held = rows.filter(state__in=STILL_HELD)
    lock_levels_of(held)
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, {"ids": list(held.values_list("pk", flat=True)), "now": now})


def check(demand: Demand) -> None:
    """Raise QuantityInvalid or PlaceMissing for what can never be reserved."""
    if any(not 0 < line.quantity <= 10_000 for line in demand.lines) or not demand.lines:
        raise QuantityInvalid(field="quantity")
    if demand.way == "pickup" and demand.pickup_location_id is None:
        raise PlaceMissing(field="pickup_location")
    if demand.way != "pickup" and demand.destination is None:
        raise PlaceMissing(field="destination")


def _packages(outcome: Outcome) -> tuple[ProvisionalPackage, ...]:
    return tuple(
        ProvisionalPackage(p.location_id, p.code, p.distance_km, round(p.freight), p.days, p.units)
        for p in outcome.chosen.packages
    )


def _state(order_number: str) -> str:
    state = (
        FulfillmentDemand.objects.filter(order_number=order_number).values_list("state", flat=True).first()
    )
    if state is None:
        raise DemandUnknown(order_number=order_number)
    return state


def _known(order_number: str) -> ProvisionalPlan:
    known = FulfillmentDemand.objects.only("pk", "state").get(order_number=order_number)
    if known.state == DemandState.CANCELLED:
        raise HoldLapsed(order_number=order_number)
    return ProvisionalPlan(known.pk)


def _known_or_short(demand: Demand, situation: Situation) -> ProvisionalPlan:
    """No plan: either this order itself holds the last units since before, or they are gone."""
    held = FulfillmentDemand.objects.filter(order_number=demand.order_number)
    if held.exclude(state=DemandState.RELEASED).exists():
        return _known(demand.order_number)
    raise _shortage(situation)


def _shortage(situation: Situation) -> OutOfStock:
    """Name the first SKU that is short; when each one is there but nobody can serve, the first of all."""
    sources, _dropped = sift(situation.need, situation.locations, Policy(), overlook=PASSING)
    have = {item.sku: sum(s.stock.get(item.sku, 0) for s in sources) for item in situation.need.items}
    short = [item for item in situation.need.items if have[item.sku] < item.quantity]
    item = (short or situation.need.items)[0]
    return OutOfStock(sku=item.sku, wanted=item.quantity, salable=have[item.sku])
