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
        text = gettext("We have accepted your parcel %(parcel)s. Follow it: %(link)s")
        _tell_sender(fo, text, now)


def tell_refused(fo: FulfillmentOrder, *, now: datetime) -> None:
    """The sender hears that the receiver did not take it."""
    with override("zh-hans"):
        text = gettext(
            "The receiver did not take your parcel %(parcel)s. It comes back to %(store)s; we tell you when"
            " it is there. Follow it: %(link)s"
        )
        _tell_sender(fo, text, now)


def tell_back(fo: FulfillmentOrder, *, now: datetime) -> None:
    """It lies in its store, where its sender collects it."""
    with override("zh-hans"):
        text = gettext(
            "Your parcel %(parcel)s is back at %(store)s. Bring your ID card to collect it. %(link)s"
        )
        _tell_sender(fo, text, now)


def _tell_sender(fo: FulfillmentOrder, text: str, now: datetime) -> None:
    told = {"parcel": fo.code, "store": fo.location.name, "link": link_of(fo.code)}
    messages.send(phone=fo.demand.wish["contact_phone"], kind="order", text=text % told, now=now)
