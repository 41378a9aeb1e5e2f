"""What there is under a SKU, shown in the shop or not: goods under way and on shelves outlive the shop."""

from collections.abc import Iterable

from catalog.models import Offering


def products_of(skus: Iterable[str]) -> dict[str, int]:
    """Product ids by SKU; of what is not public too."""
    return dict(Offering.objects.filter(sku__in=set(skus)).values_list("sku", "product_id"))


def with_serials() -> dict[str, str]:
    """The kind of their serial numbers by SKU, of all articles whose units have them."""
    return dict(Offering.objects.sellable().exclude(serial_kind="").values_list("sku", "serial_kind"))


def serial_kinds(skus: Iterable[str]) -> dict[str, str]:
    """The kind of its units' serial numbers by SKU, "" where they have none; of what is not public too."""
    return dict(Offering.objects.filter(sku__in=set(skus)).values_list("sku", "serial_kind"))
