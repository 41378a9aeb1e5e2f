"""Text messages with the link by which a parcel can be followed without signing in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override

from fulfillment.models import Delivery, FulfillmentOrder
from fulfillment.queries import told
from fulfillment.queries.tracking import link_of
from members.services import messages


@transaction.atomic
def tell(*, fulfillment_id: int, now: datetime) -> None:
    """It left: one message to each phone that waits for it; an order without a phone gets none."""
    rows = Delivery.objects.select_related("fulfillment__demand", "courier")
    found = rows.filter(fulfillment_id=fulfillment_id).first()
    if found is None:
        return
    with override("zh-hans"):
        text = gettext("Parcel %(parcel)s is with %(courier)s. Follow it: %(link)s") % {
            "parcel": found.fulfillment.code,
            "courier": found.courier.name,
            "link": link_of(found.fulfillment.code),
        }
    for phone in told.of_way(found.fulfillment):
        messages.send(phone=phone, kind="order", text=text, now=now)


def tell_accepted(fo: FulfillmentOrder, *, now: datetime) -> None:
    """The sender of a posted parcel has its number and its link at once."""
    with override("zh-hans"):
        text = gettext("We have accepted your parcel %(parcel)s. Follow it: %(link)s") % {
            "parcel": fo.code,
            "link": link_of(fo.code),
        }
    messages.send(phone=fo.demand.wish["contact_phone"], kind="order", text=text, now=now)
