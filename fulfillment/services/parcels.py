"""Write the fulfillments of a chosen plan: one parcel per location, with its lines and its units."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from omnichannel.kernel import clock
from omnichannel.kernel.money import share_out

from ..models import FulfillmentDemand, FulfillmentEvent, FulfillmentLine, FulfillmentOrder, Way
from ..models.demands import GIVEN_UP, FulfillmentState
from ..values import Demand
from .allocation import Allocation, Share
from .routing.inputs import LocationFacts, Package, Plan
from .routing.loading import Situation

_BIND = """
UPDATE fulfillment_reservation r SET fulfillment_id = f.id
FROM fulfillment_fulfillmentorder f
JOIN fulfillment_fulfillmentline l ON l.fulfillment_id = f.id
WHERE f.id = ANY(%s) AND r.demand_id = f.demand_id AND r.location_id = f.location_id
    AND r.line_id = l.line_id AND r.fulfillment_id IS NULL AND r.state = 'confirmed'
"""


@dataclass(frozen=True)
class Batch:
    """What is to be written: the demand, its wish and the plan that was chosen for it."""

    row: FulfillmentDemand
    wish: Demand
    plan: Plan
    allocation: Allocation
    situation: Situation
    now: datetime
    asks: bool = True  # whether locations that want to be asked are asked

    def shares_at(self, location_id: int) -> list[Share]:
        return [share for share in self.allocation.shares if share.location_id == location_id]


def write(batch: Batch) -> list[FulfillmentOrder]:
    """Parcels, lines, bound units and history: five statements, however many parcels."""
    earlier = list(batch.row.fulfillments.values_list("state", "cod_fen"))
    collected = sum(cod for state, cod in earlier if state not in GIVEN_UP)
    cods = _cash(batch, batch.wish.cod_fen - collected)
    places = {place.location_id: place for place in batch.situation.locations}
    fos = FulfillmentOrder.objects.bulk_create(
        _parcel(batch, package, places[package.location_id], number, cod)
        for number, (package, cod) in enumerate(zip(batch.plan.packages, cods, strict=True), len(earlier) + 1)
    )
    FulfillmentLine.objects.bulk_create(line for fo in fos for line in _lines(batch, fo))
    with connection.cursor() as cursor:
        cursor.execute(_BIND, [[fo.pk for fo in fos]])
    FulfillmentEvent.objects.bulk_create(
        FulfillmentEvent(fulfillment=fo, state=fo.state, who="system", at=batch.now) for fo in fos
    )
    return fos


def _cash(batch: Batch, left: int) -> list[int]:
    """Cash on delivery shared among the parcels by what is in them; the sum is `left` exactly."""
    lines = {line.line_id: line for line in batch.wish.lines}
    weights = []
    for package in batch.plan.packages:
        shares = batch.shares_at(package.location_id)
        priced = sum(lines[s.line_id].amount_fen * s.units // lines[s.line_id].quantity for s in shares)
        weights.append((priced, sum(share.units for share in shares)))
    by_price = [priced for priced, _units in weights]
    return share_out(left, by_price if sum(by_price) else [units for _priced, units in weights])


def _parcel(
    batch: Batch, package: Package, place: LocationFacts, number: int, cod_fen: int
) -> FulfillmentOrder:
    asked = place.must_accept and batch.asks
    cards = {wish.line_id for wish in batch.wish.accounts}
    has_card = any(share.line_id in cards for share in batch.shares_at(package.location_id))
    return FulfillmentOrder(
        code=f"{batch.row.order_number}-{number}",
        demand=batch.row,
        location_id=package.location_id,
        way=_way(batch.wish, place),
        state=FulfillmentState.AWAITING_ACCEPTANCE if asked else FulfillmentState.ACCEPTED,
        distance_km=round(package.distance_km),
        weight_g=round(package.weight_g),
        freight_fen=round(package.freight - package.trunk),
        via_id=package.via_id,
        trunk_fen=round(package.trunk),
        cod_fen=cod_fen,
        needs_identity=batch.wish.needs_identity and (has_card or not cards),
        accept_by=answer_until(place, batch.now) if asked else None,
        leaves_on=clock.local_day(batch.now) + timedelta(days=package.leaves_in),
        transit_days=max(0, package.days - package.leaves_in),
        created_at=batch.now,
        changed_at=batch.now,
    )


def _way(wish: Demand, place: LocationFacts) -> str:
    if place.kind == "merchant":
        return Way.MERCHANT
    return Way.PICKUP if place.location_id == wish.pickup_location_id else Way.SHIP


def answer_until(place: LocationFacts, now: datetime) -> datetime:
    """Its minutes to answer begin now, or when it opens next."""
    minutes = timedelta(minutes=place.accept_minutes)
    if place.opens_at is None or place.closes_at is None:
        return now + minutes
    local = now.astimezone(clock.SHANGHAI)
    opens = local.replace(hour=place.opens_at.hour, minute=place.opens_at.minute, second=0, microsecond=0)
    if local.time() >= place.closes_at:
        opens += timedelta(days=1)
    return max(now, opens) + minutes


def _lines(batch: Batch, fo: FulfillmentOrder) -> list[FulfillmentLine]:
    accounts = {wish.line_id: wish for wish in batch.wish.accounts}
    lines = []
    for share in batch.shares_at(fo.location_id):
        account, facts = accounts.get(share.line_id), batch.situation.facts.get(share.sku)
        lines.append(
            FulfillmentLine(
                fulfillment=fo,
                line_id=share.line_id,
                sku=share.sku,
                quantity=share.units,
                serial_kind=facts.serial_kind if facts else "",
                msisdn=account.msisdn if account else "",
                plan_sku=account.plan_sku if account else "",
                identity_id=account.identity_id if account else None,
            )
        )
    return lines
