"""Parcels, and units of parcels, that come back from the door."""

from datetime import datetime

from django.db import transaction

from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState, RefusedUnits
from fulfillment.models.demands import WrongState
from fulfillment.services import stock, tracking_news
from fulfillment.services.steps import advance
from fulfillment.services.workplaces import parcel
from members.actors import Actor


@transaction.atomic
def receive_back(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """What was not taken is back where it left: goods to the shelf, used SIM cards to quarantine.

    A refused parcel is then returned; of one delivered in part the units not taken are back. The sender of
    a posted one hears of it. Raises ParcelNotHere, WrongState for a parcel that was not refused or is back
    already; one that was given up as lost is an operator's to find.
    """
    fo = parcel(actor, code, location_id=location_id)
    if fo.state == FulfillmentState.LOST:
        raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))
    out = RefusedUnits.objects.filter(delivery__fulfillment=fo, returned_at=None)
    if fo.state != FulfillmentState.DELIVERED or not out.exists():
        advance(fo, FulfillmentState.RETURNED, now=now, actor=actor)
    stock.receive_back(fulfillment=fo, now=now)
    out.update(returned_at=now)
    Delivery.objects.filter(fulfillment=fo).update(returned_at=now)
    if fo.is_posted:
        tracking_news.tell_back(fo, now=now)
    return fo
