"""What an outside courier tells about a parcel, in any order and any number of times.

Every message is kept. Where the parcel stands is computed anew from all that was told of it, in the order in
which it happened, so that the order of arrival does not matter. Only the first end of a parcel moves goods
and money; a second, other end is kept for people.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    CourierEvent,
    Delivery,
    EventOutcome,
)
from fulfillment.services import doors
from fulfillment.services.feed_signatures import Signed
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid

from .courier_news import News, apply

AHEAD = timedelta(minutes=5)


class EventReused(DomainError):
    code = "event_id_reused"
    status = 422
    message = _("This event id came before with another body.")


class EventInFuture(Invalid):
    code = "event_in_future"
    message = _("The event has not happened yet.")


class ParcelNotYours(DomainError):
    """Unknown, or another courier's: both look the same from outside. The event is kept for a look."""

    code = "parcel_unknown"
    status = 404
    message = _("You have no parcel %(parcel)s. The event was kept; send it again when it should be known.")


def take(message: Signed, news: News, *, now: datetime) -> CourierEvent:
    """Keep the event and let the parcel follow; a repeated one gives its first answer.

    One that was not understood before (unknown parcel, conflict) is tried again. Raises EventInFuture,
    EventReused, ParcelNotYours, EventBeforeParcel, ParcelEnded, CodDiffers, IdentityMissing; the last five
    are kept.
    """
    if news.occurred_at > now + AHEAD:
        raise EventInFuture(field="occurred_at")
    with transaction.atomic():
        event, is_new = _kept(message, news, now)
        refusal = None
        if is_new or event.outcome in (EventOutcome.UNKNOWN, EventOutcome.CONFLICT):
            refusal = _work(event, news)
    if refusal is not None:
        raise refusal
    return event


def _kept(message: Signed, news: News, now: datetime) -> tuple[CourierEvent, bool]:
    """The event's row, locked, and whether it is new; a repeated delivery is counted."""
    row = CourierEvent(
        courier_id=message.courier_id,
        event_id=message.event_id,
        body_hash=message.body_hash,
        kind=news.kind,
        parcel=news.parcel,
        occurred_at=news.occurred_at,
        received_at=now,
        place=news.place,
        latitude=news.latitude,
        longitude=news.longitude,
        details=news.details(),
        outcome=EventOutcome.UNKNOWN,
        deliveries=0,
    )
    CourierEvent.objects.bulk_create([row], ignore_conflicts=True)
    event = CourierEvent.objects.select_for_update().get(
        courier_id=message.courier_id, event_id=message.event_id
    )
    if event.body_hash != message.body_hash:
        raise EventReused()
    event.deliveries += 1
    event.save(update_fields=["deliveries"])
    return event, event.deliveries == 1


def _work(event: CourierEvent, news: News) -> DomainError | None:
    """Let the parcel follow; returns the refusal, with which the event stays for people to look at."""
    found = _parcel(event)
    refusal: DomainError | None = None
    if found is None:
        refusal = ParcelNotYours(parcel=news.parcel)
        event.outcome = EventOutcome.UNKNOWN
    else:
        event.fulfillment = found.fulfillment
        try:
            with transaction.atomic():
                event.outcome = apply(found, event, news)
        except DomainError as error:
            event.outcome, refusal = EventOutcome.CONFLICT, error
    event.refusal = refusal.code if refusal else ""
    event.save(update_fields=["outcome", "refusal", "fulfillment"])
    return refusal


def _parcel(event: CourierEvent) -> Delivery | None:
    """The delivery with this code, or with this waybill, of this courier; locked."""
    rows, wanted = Delivery.objects.filter(courier_id=event.courier_id), event.parcel.strip().upper()
    return (
        doors.locked(rows.filter(fulfillment__code=wanted)).first()
        or doors.locked(rows.filter(waybill=wanted).exclude(waybill="")).first()
    )


@transaction.atomic
def mark_handled(*, ids: list[int], actor: Actor, now: datetime) -> int:
    """An operator has dealt with events that did not fit; returns how many. Raises NotAllowed."""
    actor.must_have("operator")
    return (
        CourierEvent.objects.to_look_at()
        .filter(pk__in=ids)
        .update(handled_at=now, handled_by=actor.label[:80])
    )
