"""What it costs to post a parcel at a counter, and which parcels may be posted at all."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.place_names import place_name
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.money import display

from ..models import PostageRate, TariffRate
from ..queries.tariffs import zone_of
from ..values import Measures, Postage

SIDES = ("length_cm", "width_cm", "height_cm")
CONTENTS_LENGTH = 120


class WeightInvalid(Invalid):
    code = "posting_weight_invalid"
    message = _("A parcel weighs from 1 g to %(most)s g. Couriers take nothing heavier.")


class SizeInvalid(Invalid):
    code = "posting_size_invalid"
    message = _("Each side measures from 1 cm to %(most)s cm. Couriers take nothing longer.")


class ValueInvalid(Invalid):
    code = "posting_value_invalid"
    message = _("A declared value is at most %(most)s.")


class ContentsMissing(Invalid):
    code = "posting_contents_missing"
    message = _("Write in a few words what is in the parcel, as the sender says and shows it.")


class NotServed(DomainError):
    code = "posting_not_served"
    message = _("No courier takes parcels from here to %(province)s, or nobody has set the postage.")


def check(*, contents: str, declared_fen: int) -> None:
    """Raise ContentsMissing or ValueInvalid for what is not accepted; price() looks at the measures."""
    if not 0 < len(contents.strip()) <= CONTENTS_LENGTH:
        raise ContentsMissing(field="contents")
    if not 0 <= declared_fen <= settings.POSTING_MOST_DECLARED_FEN:
        raise ValueInvalid(field="declared", most=display(settings.POSTING_MOST_DECLARED_FEN))


def _check_measures(measures: Measures) -> None:
    """Raise WeightInvalid or SizeInvalid."""
    if not 0 < measures.weight_g <= settings.POSTING_MOST_G:
        raise WeightInvalid(field="weight_g", most=f"{settings.POSTING_MOST_G:,}")
    for side in SIDES:
        if not 0 < getattr(measures, side) <= settings.POSTING_LONGEST_CM:
            raise SizeInvalid(field=side, most=settings.POSTING_LONGEST_CM)


def price(measures: Measures, *, from_province: str, to_province: str, day: date) -> Postage:
    """The postage of a parcel handed in on a day, and its courier's freight; three queries.

    Both go by the same zones; each has its own rates. Raises WeightInvalid, SizeInvalid, NotServed.
    """
    _check_measures(measures)
    zone = zone_of(from_province=from_province, to_province=to_province)
    rate = PostageRate.objects.on(day).filter(zone=zone).first()
    tariff = TariffRate.objects.on(day).filter(zone=zone).first()
    if rate is None or tariff is None:
        raise NotServed(province=place_name(to_province))
    weighed = {"weight_g": measures.weight_g, "volume_ml": measures.volume_ml}
    billed = rate.billed_g(**weighed)
    return Postage(
        rate_id=rate.pk,
        zone=zone,
        billed_g=billed,
        postage_fen=rate.amount_fen(billed),
        days=rate.days,
        freight_fen=tariff.amount_fen(tariff.billed_g(**weighed)),
        transit_days=tariff.days,
    )
