"""A product page's facts: the product, its variants with prices, its categories."""

import json
from dataclasses import dataclass
from datetime import datetime

from catalog.queries.cards import tag_of
from catalog.queries.offerings import variant_words
from catalog.queries.sellable import IN_FORCE, PRICED
from catalog.values import PriceTag, worded
from omnichannel.kernel import prepared

# Of one article only: the special price is looked up per variant, which plans and runs in a millisecond.
_DETAIL = f"""
WITH card AS MATERIALIZED (
  SELECT p.id, p.slug, p.title, p.description, o.kind, o.tier, o.brand, o.brand_en, o.seller_id, o.title_en,
         o.subtitle, o.subtitle_en, o.description_en, o.specs::text AS specs, o.picture,
         o.pictures::text AS pictures,
         ARRAY(SELECT pc.category_id FROM catalogue_productcategory pc JOIN catalogue_category c
                 ON c.id = pc.category_id WHERE pc.product_id = p.id ORDER BY c.path) AS category_ids
    FROM catalogue_product p JOIN catalogue_offering o ON o.product_id = p.id
   WHERE p.id = %(id)s AND p.parent_id IS NULL AND p.is_public
), variant AS (
  SELECT o.product_id, o.sku, o.colour, o.colour_en, o.colour_hex, o.storage,
         o.picture AS variant_picture, {PRICED}
    FROM catalogue_product p
    JOIN catalogue_offering o ON o.product_id = p.id AND o.sku IS NOT NULL
    JOIN partner_stockrecord sr ON sr.product_id = p.id AND sr.price IS NOT NULL
    LEFT JOIN LATERAL (
      SELECT amount, reason, reason_en, reason_code, ends FROM catalogue_channelprice
       WHERE product_id = p.id AND {IN_FORCE} ORDER BY channel DESC LIMIT 1
    ) price ON true
   WHERE p.is_public AND (p.id = %(id)s OR p.parent_id = %(id)s)
)
SELECT * FROM card LEFT JOIN variant ON true ORDER BY product_id
"""


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
    """A public product or parent with everything its page says; one query. None when there is none."""
    rows = prepared.rows(_DETAIL, {"id": product_id, "channel": channel, "now": now})
    return _detail(rows) if rows else None


def _detail(rows: list[dict]) -> ProductDetail:
    card, variants = rows[0], tuple(_variant(row) for row in rows if row["product_id"])
    pictures = [card["picture"], *json.loads(card["pictures"]), *(variant.picture for variant in variants)]
    return ProductDetail(
        product_id=card["id"],
        slug=card["slug"],
        title=worded(card["title"], card["title_en"]),
        subtitle=worded(card["subtitle"], card["subtitle_en"]),
        description=worded(card["description"], card["description_en"]),
        kind=card["kind"],
        tier=card["tier"],
        brand=worded(card["brand"], card["brand_en"]),
        seller_id=card["seller_id"],
        specs=tuple((worded(*row[:2]), worded(*row[2:4])) for row in json.loads(card["specs"])),
        pictures=tuple(dict.fromkeys(name for name in pictures if name)),
        category_ids=tuple(card["category_ids"]),
        variants=variants,
    )


def _variant(row: dict) -> Variant:
    return Variant(
        product_id=row["product_id"],
        sku=row["sku"],
        colour=worded(row["colour"], row["colour_en"]),
        colour_hex=row["colour_hex"],
        storage=row["storage"],
        picture=row["variant_picture"],
        tag=tag_of(row, product_id=row["product_id"]),
    )
