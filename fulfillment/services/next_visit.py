"""The receiver says on which day the courier comes again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import Delivery
from fulfillment.queries import next_visit, tracking
from fulfillment.reasons import NEXT_VISIT, RECEIVER
from fulfillment.services import doors, steps
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid


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
        found = tracking.code_for(code, phone_tail, of_receiver=True)
    except tracking.ParcelUntraceable:
        raise ReceiverUnproven(field="phone") from None
    return _choose(found, day, RECEIVER, now)


@transaction.atomic
def choose_for_order(
    *, order_number: str, code: str, day: date | None, actor: Actor, now: datetime, phone_tail: str = ""
) -> Delivery:
    """By the order's customer; whether the actor is, the caller has asked.

    The customer of a posted parcel is its sender, who proves as by choose() to speak for the receiver.
    Raises tracking.ParcelUntraceable, ReceiverUnproven, VisitNotOpen, VisitDayInvalid.
    """
    rows = Delivery.objects.filter(fulfillment__code=code, fulfillment__demand__order_number=order_number)
    found = rows.select_related("fulfillment__demand").first()
    if found is None:
        raise tracking.ParcelUntraceable()
    if found.fulfillment.is_posted:
        return choose(code=code, phone_tail=phone_tail, day=day, now=now)
    return _choose(code, day, actor.label, now)


def _choose(code: str, day: date | None, who: str, now: datetime) -> Delivery:
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
        steps.remark(found.fulfillment, f"{NEXT_VISIT}{day.isoformat()}", who=who, now=now)
    return found
