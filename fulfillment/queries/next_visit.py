"""After a visit in vain: the days from which the receiver may choose the next one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings

from fulfillment.models import Delivery, DoorVisit, FulfillmentState, VisitEnd
from omnichannel.kernel import clock


def in_vain(delivery: Delivery) -> list[DoorVisit]:
    """The visits after which the courier comes again, the first one first; one query."""
    return list(DoorVisit.objects.filter(delivery=delivery, end=VisitEnd.AGAIN).order_by("number"))


def days(delivery: Delivery, visits: Sequence[DoorVisit], *, now: datetime) -> tuple[date, ...]:
    """Shanghai days from tomorrow until DELIVERY_AGAIN_WITHIN_DAYS after the last visit in vain.

    None before a visit, while the parcel is on the van, and when the delivery is over. A courier that tells
    of its visits by its own system (none of `visits` is ours) plans them there.
    """
    waits = delivery.fulfillment.state == FulfillmentState.HANDED_OVER and not delivery.loaded_at
    if not visits or delivery.finished_at or not waits:
        return ()
    tomorrow = clock.local_day(now) + timedelta(days=1)
    last = clock.local_day(visits[-1].ended_at) + timedelta(days=settings.DELIVERY_AGAIN_WITHIN_DAYS)
    return tuple(tomorrow + timedelta(days=n) for n in range((last - tomorrow).days + 1))
