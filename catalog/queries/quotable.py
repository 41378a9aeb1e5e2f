"""All that a quote needs to know of what is wished, in one statement: facts, base price, channel price."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.queries.offerings import facts_of
from catalog.values import OfferingFacts, PriceTag, worded
from omnichannel.kernel import prepared

# The nearest special price wins: the institution's, then the channel's, then the latest.
_QUOTABLE = """
SELECT o.product_id, o.sku, o.kind, o.serial_kind, o.weight_g, o.volume_ml, o.seller_id, o.brand, o.tier,
       o.picture, o.title_en, o.colour, o.colour_en, o.storage, p.title AS product__title,
       p.slug AS product__slug, p.parent_id AS product__parent_id, p.is_discountable,
       parent.title AS product__parent__title, parent.slug AS product__parent__slug,
       card.title_en AS product__parent__offering__title_en,
       record.id AS stockrecord_id, (record.price * 100)::bigint AS base,
       price.amount, price.reason, price.reason_en, price.reason_code, price.ends
  FROM catalogue_offering o
  JOIN catalogue_product p ON p.id = o.product_id AND p.is_public
  LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
  LEFT JOIN catalogue_offering card ON card.product_id = p.parent_id
  LEFT JOIN LATERAL (
    SELECT id, price FROM partner_stockrecord
     WHERE product_id = p.id AND price IS NOT NULL ORDER BY id LIMIT 1
  ) record ON true
  LEFT JOIN LATERAL (
    SELECT amount, reason, reason_en, reason_code, ends FROM catalogue_channelprice
     WHERE product_id = p.id AND starts <= %(now)s AND (ends IS NULL OR ends > %(now)s)
       AND (institution_id IS NULL OR institution_id = %(institution)s) AND channel IN (%(channel)s, '')
     ORDER BY institution_id IS NOT NULL DESC, channel DESC, starts DESC, id DESC LIMIT 1
  ) price ON true
 WHERE o.sku = ANY(%(skus)s)
"""


@dataclass(frozen=True)
class Quotable:
    """`tag` and `stockrecord_id` are None for what is not for sale."""

    facts: OfferingFacts
    tag: PriceTag | None
    stockrecord_id: int | None
    is_discountable: bool


def quotables(
    *, skus: Iterable[str], channel: str, institution_id: int | None = None, now: datetime
) -> dict[str, Quotable]:
    """By SKU; what is unknown or not public is absent."""
    params = {"skus": list(set(skus)), "channel": channel, "institution": institution_id, "now": now}
    return {row["sku"]: _quotable(row) for row in prepared.rows(_QUOTABLE, params)}


def _quotable(row: dict) -> Quotable:
    known = row["stockrecord_id"] is not None
    return Quotable(
        facts_of(row), _tag(row) if known else None, row["stockrecord_id"], row["is_discountable"]
    )


def _tag(row: dict) -> PriceTag:
    if row["amount"] is None:
        return PriceTag(product_id=row["product_id"], amount=row["base"], base=row["base"])
    return PriceTag(
        product_id=row["product_id"],
        amount=row["amount"],
        base=row["base"],
        reason=worded(row["reason"], row["reason_en"]),
        reason_code=row["reason_code"],
        until=row["ends"],
    )
