"""The receiver says on which day the courier comes again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import Delivery, FulfillmentEvent
from fulfillment.queries import next_visit, tracking
from fulfillment.services import doors
from omnichannel.kernel.errors import DomainError, Invalid

RECEIVER = "receiver"


class VisitNotOpen(DomainError):
    code = "visit_not_open"
    message = _("The day cannot be changed any more: look where the parcel is now.")


class VisitDayInvalid(Invalid):
    code = "visit_day_invalid"
    message = _("Choose one of the days that are shown.")


class ReceiverUnproven(Invalid):
    code = "receiver_unproven"
    message = _("These are not the last four digits of the receiver's phone.")


@transaction.atomic
def choose(*, code: str, phone_tail: str, day: date | None, now: datetime) -> Delivery:
    """By whoever has the parcel's link and knows the last four digits of its receiver's phone.

    Raises ReceiverUnproven, VisitNotOpen, VisitDayInvalid. The same day again changes nothing.
    """
    try:
        return _choose(tracking.code_for(code, phone_tail, of_receiver=True), day, now)
    except tracking.ParcelUntraceable:
        raise ReceiverUnproven(field="phone") from None


@transaction.atomic
def choose_for_order(*, order_number: str, code: str, day: date | None, now: datetime) -> Delivery:
    """By the order's customer; whether the caller is, the caller has asked.

    Raises tracking.ParcelUntraceable, VisitNotOpen, VisitDayInvalid.
    """
    parcel = Delivery.objects.filter(fulfillment__code=code, fulfillment__demand__order_number=order_number)
    if not parcel.exists():
        raise tracking.ParcelUntraceable()
    return _choose(code, day, now)


def _choose(code: str, day: date | None, now: datetime) -> Delivery:
    found = doors.locked(Delivery.objects.filter(fulfillment__code=code)).first()
    if found is None:
        raise VisitNotOpen()
    offered = next_visit.days(found, next_visit.in_vain(found), now=now)
    if not offered:
        raise VisitNotOpen()
    if day not in offered:
        raise VisitDayInvalid(field="day")
    if day != found.due_on:
        found.due_on = day
        found.save(update_fields=["due_on"])
        _note(found, now)
    return found


def _note(found: Delivery, now: datetime) -> None:
    FulfillmentEvent.objects.create(
        fulfillment=found.fulfillment,
        state=found.fulfillment.state,
        who=RECEIVER,
        note=f"next visit {found.due_on.isoformat()}",
        at=now,
    )
