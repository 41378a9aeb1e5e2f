"""What an outside courier tells about a parcel, in any order and any number of times.

Every message is kept. Where the parcel stands is computed anew from all that was told of it, in the order in
which it happened, so that the order of arrival does not matter. Only the first end of a parcel moves goods
and money; a second, other end is kept for people.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    CashMeans,
    CourierEvent,
    Delivery,
    EventKind,
    EventOutcome,
    FulfillmentState,
    IdentityCheck,
    IdentityOutcome,
    RefusalReason,
)
from fulfillment.services import completion, delivery, doors
from fulfillment.services.feed_signatures import Signed
from fulfillment.services.steps import advance
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.secrets import mask_name

AHEAD = timedelta(minutes=5)
BEHIND = timedelta(days=3)  # assumed: a scanner whose clock is wrong by more is out of order


class EventReused(DomainError):
    code = "event_id_reused"
    status = 422
    message = _("This event id came before with another body.")


class EventInFuture(Invalid):
    code = "event_in_future"
    message = _("The event has not happened yet.")


class EventBeforeParcel(DomainError):
    code = "event_before_parcel"
    message = _("This is dated before the parcel existed. The event was kept for a look.")


class ParcelNotYours(DomainError):
    """Unknown, or another courier's: both look the same from outside. The event is kept for a look."""

    code = "parcel_unknown"
    status = 404
    message = _("You have no parcel %(parcel)s. The event was kept; send it again when it should be known.")


class ParcelEnded(DomainError):
    code = "parcel_ended"
    message = _("The parcel has ended differently. The event was kept for a look.")


class CodDiffers(DomainError):
    code = "cod_differs"
    message = _("%(wanted)s fen were to be collected. The event was kept for a look.")


class IdentityMissing(DomainError):
    code = "identity_missing"
    message = _("This parcel is for its account holder only: the identity check is missing.")


@dataclass(frozen=True)
class News:
    """One event of a courier. place, degrees, reason, signed_by: as far as it says so. cod_fen in fen."""

    parcel: str
    kind: str
    occurred_at: datetime
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reason: str = ""
    next_on: date | None = None
    signed_by: str = ""
    cod_fen: int = 0
    identity_checked: bool = False

    def details(self) -> dict:
        found = {
            "reason": self.reason,
            "next_on": self.next_on.isoformat() if self.next_on else "",
            "signed_by": mask_name(self.signed_by),
            "cod_fen": self.cod_fen,
            "identity_checked": self.identity_checked,
        }
        return {name: value for name, value in found.items() if value}


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
                event.outcome = _apply(found, event, news)
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


def _apply(found: Delivery, event: CourierEvent, news: News) -> str:
    if news.occurred_at < found.fulfillment.created_at - BEHIND:
        raise EventBeforeParcel()
    if event.kind == EventKind.DELIVERED:
        return _deliver(found, event, news)
    if event.kind == EventKind.REFUSED:
        return _refuse(found, news)
    if event.kind in (EventKind.OUT_FOR_DELIVERY, EventKind.ATTEMPT_FAILED):
        return _follow(found, event)
    return EventOutcome.NOTED


def _follow(found: Delivery, event: CourierEvent) -> str:
    """Visits, day and state as all rounds told so far say, in the order in which they happened."""
    told = CourierEvent.objects.filter(
        fulfillment=found.fulfillment, kind__in=(EventKind.OUT_FOR_DELIVERY, EventKind.ATTEMPT_FAILED)
    ).exclude(outcome=EventOutcome.CONFLICT)
    rounds = sorted({event, *told}, key=lambda each: (each.occurred_at, each.event_id))
    failed = [each for each in rounds if each.kind == EventKind.ATTEMPT_FAILED]
    found.visit = 1 + len(failed)
    days = [each.details["next_on"] for each in failed if each.details.get("next_on")]
    if days:
        found.due_on = date.fromisoformat(days[-1])
    found.save(update_fields=["visit", "due_on"])
    if found.finished_at:
        return EventOutcome.NOTED
    is_out = rounds[-1].kind == EventKind.OUT_FOR_DELIVERY
    wanted = FulfillmentState.OUT_FOR_DELIVERY if is_out else FulfillmentState.HANDED_OVER
    if found.fulfillment.state == wanted:
        return EventOutcome.NOTED
    advance(found.fulfillment, wanted, now=rounds[-1].occurred_at, actor=_actor(found))
    return EventOutcome.APPLIED


def _deliver(found: Delivery, event: CourierEvent, news: News) -> str:
    if found.finished_at:
        if found.refused_reason:
            raise ParcelEnded()
        return EventOutcome.NOTED
    if news.cod_fen != found.cod_fen:
        raise CodDiffers(wanted=found.cod_fen)
    if found.identity_id and not news.identity_checked:
        raise IdentityMissing()
    if found.identity_id:
        _believe_identity(found, event)
    at, actor = news.occurred_at, _actor(found)
    found.loaded_at, found.arrived_at, found.finished_at = found.loaded_at or at, found.arrived_at or at, at
    found.cod_collected_fen, found.cod_means = found.cod_fen, CashMeans.CASH if found.cod_fen else ""
    found.courier_name = actor.label[:80]
    found.save()
    completion.deliver(
        found.fulfillment,
        courier_id=found.courier_id,
        proof=delivery.proof_of(found)
        | {"courier_event": event.event_id, "signed_by": mask_name(news.signed_by)},
        cash_fen=found.cod_collected_fen,
        actor=actor,
        now=at,
    )
    return EventOutcome.APPLIED


def _believe_identity(found: Delivery, event: CourierEvent) -> None:
    """The courier answers for having seen the card; no values of it come to us."""
    found.identity_passed_at = event.occurred_at
    IdentityCheck.objects.create(
        fulfillment=found.fulfillment,
        name_masked="",
        passed=True,
        outcome=IdentityOutcome.PASSED,
        at=event.occurred_at,
        by=found.courier.name[:80],
    )


def _refuse(found: Delivery, news: News) -> str:
    if found.finished_at:
        if not found.refused_reason:
            raise ParcelEnded()
        return EventOutcome.NOTED
    reason = news.reason if news.reason in RefusalReason.values else RefusalReason.CHANGED_MIND
    found.arrived_at = found.arrived_at or news.occurred_at
    found.save(update_fields=["arrived_at"])
    delivery.give_back(found, reason=reason, actor=_actor(found), now=news.occurred_at)
    return EventOutcome.APPLIED


def _actor(found: Delivery) -> Actor:
    """For histories: the company's own system."""
    return Actor(name=found.courier.name)


@transaction.atomic
def mark_handled(*, ids: list[int], actor: Actor, now: datetime) -> int:
    """An operator has dealt with events that did not fit; returns how many. Raises NotAllowed."""
    actor.must_have("operator")
    return (
        CourierEvent.objects.to_look_at()
        .filter(pk__in=ids)
        .update(handled_at=now, handled_by=actor.label[:80])
    )
