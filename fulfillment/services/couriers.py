"""Which courier company takes a location's parcels, and what it calls them."""

import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import CourierChoice, Delivery
from fulfillment.services.workplaces import ParcelNotHere, parcel
from members.actors import Actor
from members.queries import institutions_of_kind
from omnichannel.kernel.errors import DomainError, Invalid

WAYBILL = re.compile(r"[A-Z0-9-]{4,40}")


class NoCourier(DomainError):
    code = "no_courier"
    message = _("No courier company serves this location. An operator must name one.")


class WaybillInvalid(Invalid):
    code = "waybill_invalid"
    message = _("A waybill number has 4 to 40 letters, digits or hyphens.")


class WaybillTaken(DomainError):
    code = "waybill_taken"
    message = _("This waybill number belongs to another parcel of the courier.")


@transaction.atomic
def name_waybill(*, actor: Actor, location_id: int, code: str, waybill: str) -> Delivery:
    """The courier's own number of a parcel posted at the counter: news and customers may use it.

    Raises ParcelNotHere (also before the hand-over), WaybillInvalid, WaybillTaken.
    """
    number = waybill.strip().upper()
    if not WAYBILL.fullmatch(number):
        raise WaybillInvalid(field="waybill")
    fo = parcel(actor, code, location_id=location_id)
    found = Delivery.objects.select_for_update().filter(fulfillment=fo).first()
    if found is None:
        raise ParcelNotHere(parcel=fo.code)
    found.waybill = number
    try:
        with transaction.atomic():
            found.save(update_fields=["waybill"])
    except IntegrityError:
        raise WaybillTaken(field="waybill")
    return found


def couriers_for(*, location_id: int, provinces: Iterable[str]) -> dict[str, int]:
    """The courier's id for each destination province, in one or two statements. Raises NoCourier.

    A rule for location and province beats the location's rule, which beats the first courier by code.
    """
    rules = CourierChoice.objects.filter(location_id=location_id)
    named = dict(rules.values_list("to_province", "courier_id"))
    wanted = set(provinces)
    if "" not in named and not wanted <= named.keys():
        active = institutions_of_kind("courier")
        if not active:
            raise NoCourier()
        named[""] = min(active, key=lambda card: card.code).id
    return {province: named.get(province) or named[""] for province in wanted}
