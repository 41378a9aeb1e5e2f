"""Postage for customers' own parcels: an article of the counter, in no shop, without a price of its own."""

from catalog.kinds import Kind
from catalog.models import Offering, Product, ProductClass

CODE = "postage"
SKU = "POSTAGE"


def load_postage(*, seller_id: int) -> None:
    """Twice changes nothing."""
    if Product.objects.filter(code=CODE).exists():
        return
    product = Product.objects.create(
        structure=Product.STANDALONE,
        title="门店寄递邮费",
        slug=CODE,
        code=CODE,
        upc=SKU,
        product_class=ProductClass.objects.get(slug=Kind.POSTAGE),
        is_public=False,
        is_discountable=False,
    )
    Offering.objects.create(
        product=product,
        sku=SKU,
        kind=Kind.POSTAGE,
        seller_id=seller_id,
        brand="华通",
        brand_en="Huatong",
        title_en="Postage for a parcel",
    )
