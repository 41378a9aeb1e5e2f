"""The site offers that run now, for people to read. Oscar applies them to baskets."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from oscar.core.loading import get_model

from catalog.models import OfferText
from catalog.values import worded

ConditionalOffer = get_model("offer", "ConditionalOffer")


@dataclass(frozen=True)
class OfferCard:
    slug: str
    name: str
    description: str
    until: datetime | None


def running(*, now: datetime) -> list[OfferCard]:
    """Site offers in force, one query."""
    texts = OfferText.objects.filter(offer=OuterRef("pk"))
    offers = ConditionalOffer.objects.filter(
        Q(start_datetime=None) | Q(start_datetime__lte=now),
        Q(end_datetime=None) | Q(end_datetime__gt=now),
        status="Open",
        offer_type="Site",
    ).annotate(name_en=Subquery(texts.values("name_en")), text_en=Subquery(texts.values("description_en")))
    return [
        OfferCard(
            offer.slug,
            worded(offer.name, offer.name_en or ""),
            worded(offer.description, offer.text_en or ""),
            offer.end_datetime,
        )
        for offer in offers.order_by("-priority", "pk")
    ]
