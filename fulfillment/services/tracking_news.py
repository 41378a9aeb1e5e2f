"""The customer hears that a parcel left, with the link by which it can be followed without signing in."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from fulfillment.models import Delivery
from fulfillment.queries.tracking import seal_of
from members.services import messages


@transaction.atomic
def tell(*, fulfillment_id: int, now: datetime) -> None:
    """One message to the receiver's phone; an order without a phone gets none."""
    rows = Delivery.objects.select_related("fulfillment__demand", "courier")
    found = rows.filter(fulfillment_id=fulfillment_id).first()
    if found is None:
        return
    wish = found.fulfillment.demand.wish
    phone = wish.get("contact_phone") or (wish.get("destination") or {}).get("phone")
    if not phone:
        return
    code = found.fulfillment.code
    with override("zh-hans"):
        text = gettext("Parcel %(parcel)s is with %(courier)s. Follow it: %(link)s") % {
            "parcel": code,
            "courier": found.courier.name,
            "link": settings.PUBLIC_URL + reverse("orders:track-guest", args=[code, seal_of(code)]),
        }
    messages.send(phone=phone, kind="order", text=text, now=now)
