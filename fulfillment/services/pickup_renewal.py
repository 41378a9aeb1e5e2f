"""A new pick-up code for a parcel that waits: the message was lost, or wrong codes have locked it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentEvent, FulfillmentOrder, FulfillmentState
from fulfillment.services import pickup, steps
from fulfillment.services.workplaces import must_lead, parcel
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, TooMany

NOTE = "new_pickup_code"
DAY = timedelta(days=1)


class NewCodesUsed(TooMany):
    code = "pickup_new_codes_used"
    message = _("%(most)s new codes were sent for this parcel today. Wait until it unlocks by itself.")


class NotWaiting(DomainError):
    code = "pickup_not_waiting"
    message = _("This parcel does not wait for its customer.")


@transaction.atomic
def send_new_code(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """The customer gets other digits, and the parcel is open for tries again.

    For leads of the location, who thereby answer for the customer before them; so many a day, so that the
    limit on guesses stays one. Raises NotALead, ParcelNotHere, NotWaiting, NewCodesUsed.
    """
    must_lead(actor, location_id)
    fo = parcel(actor, code, location_id=location_id)
    if fo.state != FulfillmentState.READY_FOR_PICKUP:
        raise NotWaiting()
    sent = FulfillmentEvent.objects.filter(fulfillment=fo, note=NOTE, at__gt=now - DAY).count()
    if sent >= settings.PICKUP_NEW_CODES_PER_DAY:
        raise NewCodesUsed(most=settings.PICKUP_NEW_CODES_PER_DAY, retry_after=int(DAY.total_seconds()))
    pickup.issue(fo, now=now)
    steps.remark(fo, NOTE, who=actor.label, now=now)
    return fo
