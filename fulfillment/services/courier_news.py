"""Where a parcel stands by what its courier told, computed anew in the order in which it happened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
from fulfillment.services import completion, delivery
from fulfillment.services.steps import advance
from members.actors import Actor
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.secrets import mask_name

BEHIND = timedelta(days=3)  # assumed: a scanner whose clock is wrong by more is out of order


class EventBeforeParcel(DomainError):
    code = "event_before_parcel"
    message = _("This is dated before the parcel existed. The event was kept for a look.")


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


def apply(found: Delivery, event: CourierEvent, news: News) -> str:
    """What became of the event (EventOutcome) at this locked delivery.

    Raises EventBeforeParcel, ParcelEnded, CodDiffers, IdentityMissing and the refusals of delivery's steps.
    """
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
