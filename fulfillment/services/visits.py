"""Visits at a door: who came when and from where, and how each visit ended."""

from dataclasses import dataclass
from datetime import datetime

from fulfillment.models import Delivery, DoorVisit, FulfillmentState, PositionNote, VisitEnd
from fulfillment.services.steps import advance
from members.actors import Actor
from members.values import distance_km

WORST_ACCURACY_M = 100_000


@dataclass(frozen=True)
class Fix:
    """What a device said of its place: a PositionNote, and degrees and metres where it is "fixed"."""

    note: str = PositionNote.NOT_ASKED
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: int | None = None

    @classmethod
    def of(cls, *, latitude: float, longitude: float, accuracy_m: float) -> "Fix":
        """A fix, or "unavailable" where the numbers cannot be a place on earth."""
        sane = -90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy_m <= WORST_ACCURACY_M
        if not sane:
            return cls(PositionNote.UNAVAILABLE)
        return cls(PositionNote.FIXED, round(latitude, 6), round(longitude, 6), round(accuracy_m))


NO_FIX = Fix()


def begin(
    delivery: Delivery, *, actor: Actor, now: datetime, fix: Fix = NO_FIX, recorded_at: datetime | None = None
) -> DoorVisit:
    """The courier stands at the door of a locked delivery. `recorded_at`: when we heard of it."""
    fo = delivery.fulfillment
    if fo.state == FulfillmentState.HANDED_OVER:
        advance(fo, FulfillmentState.OUT_FOR_DELIVERY, now=now, actor=actor)
    delivery.arrived_at, delivery.loaded_at = now, delivery.loaded_at or now
    delivery.courier_name, delivery.courier_user_id = actor.label[:80], actor.user_id
    delivery.save(update_fields=["arrived_at", "loaded_at", "courier_name", "courier_user_id"])
    return DoorVisit.objects.create(
        delivery=delivery,
        number=delivery.visit,
        by=actor.label[:80],
        arrived_at=now,
        recorded_at=recorded_at or now,
        position=fix.note,
        latitude=fix.latitude,
        longitude=fix.longitude,
        accuracy_m=fix.accuracy_m,
        distance_m=distance_from_address_m(delivery, fix),
    )


def end(delivery: Delivery, how: str, *, now: datetime, reason: str = "", next_on=None) -> None:
    """How the present visit ended; `now` is never before it began."""
    visit = DoorVisit.objects.filter(delivery=delivery, number=delivery.visit, end=VisitEnd.OPEN)
    visit.update(end=how, ended_at=max(now, delivery.arrived_at or now), reason=reason, next_on=next_on)


def whole_visits(deliveries: list[Delivery]) -> None:
    """Visits of finished deliveries that are told of with one message, without a position; two statements."""
    open_ones = DoorVisit.objects.filter(delivery__in=deliveries, end=VisitEnd.OPEN)
    done_at = {row.pk: row.finished_at for row in deliveries}
    begun = list(open_ones)
    for visit in begun:
        visit.end, visit.ended_at = VisitEnd.DELIVERED, done_at[visit.delivery_id]
    DoorVisit.objects.bulk_update(begun, ["end", "ended_at"], batch_size=500)
    known = {visit.delivery_id for visit in begun}
    DoorVisit.objects.bulk_create(
        DoorVisit(
            delivery=row,
            number=row.visit,
            by=row.courier_name,
            arrived_at=row.arrived_at,
            recorded_at=row.finished_at,
            end=VisitEnd.DELIVERED,
            ended_at=row.finished_at,
        )
        for row in deliveries
        if row.pk not in known
    )


def distance_from_address_m(delivery: Delivery, fix: Fix) -> int | None:
    """Metres between the fix and the address; None where either is not known."""
    address = delivery.fulfillment.demand.wish.get("destination") or {}
    if fix.latitude is None or address.get("latitude") is None:
        return None
    return round(1000 * distance_km(fix.latitude, fix.longitude, address["latitude"], address["longitude"]))
