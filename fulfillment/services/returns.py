"""Parcels that come back from the door."""

from datetime import datetime

from django.db import transaction

from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState
from fulfillment.services import stock
from fulfillment.services.steps import advance
from fulfillment.services.workplaces import parcel
from members.actors import Actor


@transaction.atomic
def receive_back(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """A refused parcel is back where it left: goods to the shelf, used SIM cards to quarantine.

    Raises ParcelNotHere, WrongState for a parcel that was not refused.
    """
    fo = parcel(actor, code, location_id=location_id)
    advance(fo, FulfillmentState.RETURNED, now=now, actor=actor)
    stock.receive_back(fulfillment=fo, now=now)
    Delivery.objects.filter(fulfillment=fo).update(returned_at=now)
    return fo
