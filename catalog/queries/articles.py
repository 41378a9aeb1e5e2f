"""Articles by what a clerk scans or types: a SKU, or words that name a product."""

from django.db.models import Q

from catalog.models import Offering
from catalog.queries import listing, offerings
from catalog.values import OfferingFacts


def matching(text: str, *, limit: int = 8) -> dict[str, OfferingFacts]:
    """SKU → facts, the exact SKU alone, else the variants of what the words find; three queries."""
    text = text.strip()
    exact = offerings.by_sku([text]) if text else {}
    if exact or not text:
        return exact
    products = [hit.product_id for hit in listing.suggest(text, limit)]
    of_these = Q(product_id__in=products) | Q(product__parent_id__in=products)
    rows = Offering.objects.sellable().filter(of_these).values_list("sku", flat=True)
    return offerings.by_sku(list(rows[: limit * 2]))
