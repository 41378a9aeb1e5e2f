"""Which courier company takes a location's parcels."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fulfillment.models import CourierChoice
from members.queries import institutions_of_kind
from omnichannel.kernel.errors import DomainError


class NoCourier(DomainError):
    code = "no_courier"
    message = _("No courier company serves this location. An operator must name one.")


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
