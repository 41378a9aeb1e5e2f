"""Which SKUs have a product, shown in the shop or not."""

from collections.abc import Iterable

from catalog.models import Offering


def products_of(skus: Iterable[str]) -> dict[str, int]:
    """Product ids by SKU; of what is not public too."""
    return dict(Offering.objects.filter(sku__in=set(skus)).values_list("sku", "product_id"))


def titles_of(skus: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(Chinese, English) titles by SKU; of what is not public too."""
    rows = Offering.objects.filter(sku__in=set(skus)).values_list("sku", "product__title", "title_en")
    return {sku: (title, title_en) for sku, title, title_en in rows}
