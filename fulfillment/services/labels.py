"""Labels: each print is counted, and a copy says which one it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, FulfillmentState, LabelPrint, Way
from fulfillment.services.couriers import NoCourier
from fulfillment.services.waves import by_courier
from fulfillment.services.workplaces import parcel
from members.actors import Actor
from omnichannel.kernel.errors import DomainError

PRINTABLE = (
    FulfillmentState.PACKED,
    FulfillmentState.READY_FOR_PICKUP,
    FulfillmentState.HANDED_OVER,
    FulfillmentState.OUT_FOR_DELIVERY,
)


class LabelCancelled(DomainError):
    code = "label_of_cancelled_parcel"
    message = _("Parcel %(parcel)s was cancelled. Nothing is printed for it; take off its old label.")


class LabelNotNow(DomainError):
    code = "label_not_now"
    message = _(
        "Parcel %(parcel)s is “%(state)s”. A label is printed when it is packed and until it is there."
    )


def planned_courier(fo: FulfillmentOrder) -> int | None:
    """Who takes the parcel by plan: its hub's run, or the courier of its location for that province.

    None while no courier serves the location; a label printed again after the hand-over names who took it.
    """
    if fo.way == Way.PICKUP:
        return None
    try:
        return next(iter(by_courier(fo.location_id, [fo])))
    except NoCourier:
        return None


@transaction.atomic
def print_label(*, actor: Actor, code: str, now: datetime) -> tuple[FulfillmentOrder, int]:
    """The parcel whose label is printed now, and which print of it this is.

    Raises ParcelNotHere, LabelCancelled, LabelNotNow.
    """
    fo = parcel(actor, code)
    if fo.state == FulfillmentState.CANCELLED:
        raise LabelCancelled(parcel=fo.code)
    if fo.state not in PRINTABLE:
        raise LabelNotNow(parcel=fo.code, state=str(fo.get_state_display()))
    number = LabelPrint.objects.filter(fulfillment=fo).count() + 1
    LabelPrint.objects.create(fulfillment=fo, number=number, printed_at=now, printed_by=actor.label[:80])
    return fo, number
