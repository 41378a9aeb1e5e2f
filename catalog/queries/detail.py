"""A product page's facts: the product, its variants with prices, its categories."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from catalog.models import Product, ProductCategory
from catalog.queries.cards import tag_of
from catalog.queries.offerings import variant_words
from catalog.queries.sellable import Selection, rows
from catalog.values import PriceTag, worded

_VARIANTS = "{ctes} SELECT * FROM leaf ORDER BY id"


@dataclass(frozen=True)
class Address:
    """What a product's address is made of."""

    slug: str
    product_id: int


@dataclass(frozen=True)
class Variant:
    product_id: int
    sku: str
    colour: str
    colour_hex: str
    storage: str
    picture: str
    tag: PriceTag

    @property
    def label(self) -> str:
        return variant_words(self.colour, self.storage)


@dataclass(frozen=True)
class ProductDetail:
    """`variants` has one entry for a stand-alone product; it is empty when nothing is for sale."""

    product_id: int
    slug: str
    title: str
    subtitle: str
    description: str
    kind: str
    tier: str
    brand: str
    seller_id: int
    specs: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]
    category_ids: tuple[int, ...]
    variants: tuple[Variant, ...]

    def variant(self, sku: str | None) -> Variant | None:
        """The variant asked for, else the first."""
        chosen = next((variant for variant in self.variants if variant.sku == sku), None)
        return chosen or (self.variants[0] if self.variants else None)


def product_detail(*, product_id: int, channel: str, now: datetime) -> ProductDetail | None:
    """A public product or parent with everything its page says; two queries. None when there is none."""
    links = ProductCategory.objects.filter(product=OuterRef("pk")).order_by("category__path")
    cards = Product.objects.filter(pk=product_id, parent=None, is_public=True, offering__isnull=False)
    shown = cards.annotate(category_ids=ArraySubquery(links.values("category_id")))
    card = shown.select_related("offering").first()
    if card is None:
        return None
    selection = Selection(channel=channel, now=now, card_id=product_id)
    found = rows(_VARIANTS.format(ctes=selection.ctes()), selection.params())
    return _detail(card, found)


def _detail(card, found: list[dict]) -> ProductDetail:
    own, variants = card.offering, tuple(_variant(row) for row in found)
    pictures = [own.picture, *own.pictures, *(variant.picture for variant in variants)]
    return ProductDetail(
        product_id=card.pk,
        slug=card.slug,
        title=worded(card.title, own.title_en),
        subtitle=worded(own.subtitle, own.subtitle_en),
        description=worded(card.description, own.description_en),
        kind=own.kind,
        tier=own.tier,
        brand=worded(own.brand, own.brand_en),
        seller_id=own.seller_id,
        specs=tuple((worded(row[0], row[1]), worded(row[2], row[3])) for row in own.specs),
        pictures=tuple(dict.fromkeys(name for name in pictures if name)),
        category_ids=tuple(card.category_ids),
        variants=variants,
    )


def _variant(row: dict) -> Variant:
    return Variant(
        product_id=row["id"],
        sku=row["sku"],
        colour=worded(row["colour"], row["colour_en"]),
        colour_hex=row["colour_hex"],
        storage=row["storage"],
        picture=row["picture"],
        tag=tag_of(row, product_id=row["id"]),
    )
