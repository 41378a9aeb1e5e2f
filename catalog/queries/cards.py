"""A product as a card in a list. One statement for a page of them."""

from dataclasses import dataclass
from datetime import datetime

from catalog.queries.sellable import Selection, rows
from catalog.values import PriceTag, worded

SORTS = {
    "best": "c.priority DESC, co.sold DESC, card.card_id",
    "price": "card.amount, card.card_id",
    "-price": "card.amount DESC, card.card_id",
    "new": "c.date_created DESC, card.card_id DESC",
    "relevance": "rank DESC, co.sold DESC, card.card_id",
}

_CARDS = """
{ctes}, card AS (
  SELECT card_id, min(amount) AS amount, max(amount) AS highest, count(*) AS variants,
         (array_agg(id ORDER BY amount, id))[1] AS lead_id, array_agg(sku ORDER BY amount, id) AS skus,
         array_agg(colour_hex ORDER BY id) AS hexes, count(*) OVER () AS total
    FROM leaf WHERE {filters} GROUP BY card_id
)
SELECT card.*, c.title, c.slug, co.title_en, co.subtitle, co.subtitle_en, co.picture AS card_picture,
       lead.base, lead.reason, lead.reason_en, lead.reason_code, lead.until, lead.kind, lead.brand,
       lead.brand_en, lead.picture, {rank} AS rank
  FROM card
  JOIN leaf AS lead ON lead.id = card.lead_id
  JOIN catalogue_product c ON c.id = card.card_id AND c.is_public
  JOIN catalogue_offering co ON co.product_id = card.card_id
 ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True)
class Card:
    """`tag` is of the cheapest variant, which leads `skus`; `is_from` where variants differ in price."""

    product_id: int
    slug: str
    title: str
    subtitle: str
    picture: str
    kind: str
    brand: str
    tag: PriceTag
    is_from: bool
    variants: int
    colours: tuple[str, ...]
    skus: tuple[str, ...]


def select_cards(
    selection: Selection, *, sort: str = "best", offset: int = 0, limit: int = 20
) -> tuple[list[Card], int]:
    """Cards and the number of all that fit; one statement."""
    rank = "(SELECT max(f.rank) FROM found f WHERE f.product_id = card.card_id)" if selection.query else "0"
    sql = _CARDS.format(
        ctes=selection.ctes(),
        filters=selection.filters(),
        rank=rank,
        order=SORTS.get(sort, SORTS["best"]),
    )
    found = rows(sql, selection.params() | {"limit": limit, "offset": offset})
    return [_card(row) for row in found], found[0]["total"] if found else 0


def shelf(
    *, kinds: tuple[str, ...], channel: str, now: datetime, limit: int, sort: str = "best"
) -> list[Card]:
    """The first few of some kinds, for the home page."""
    return select_cards(Selection(channel=channel, now=now, kinds=kinds), sort=sort, limit=limit)[0]


def tag_of(row: dict, *, product_id: int) -> PriceTag:
    return PriceTag(
        product_id=product_id,
        amount=row["amount"],
        base=row["base"],
        reason=worded(row["reason"], row["reason_en"]),
        reason_code=row["reason_code"],
        until=row["until"],
    )


def _card(row: dict) -> Card:
    return Card(
        product_id=row["card_id"],
        slug=row["slug"],
        title=worded(row["title"], row["title_en"]),
        subtitle=worded(row["subtitle"], row["subtitle_en"]),
        picture=row["card_picture"] or row["picture"],
        kind=row["kind"],
        brand=worded(row["brand"], row["brand_en"]),
        tag=tag_of(row, product_id=row["lead_id"]),
        is_from=row["highest"] != row["amount"],
        variants=row["variants"],
        colours=tuple(dict.fromkeys(value for value in row["hexes"] if value)),
        skus=tuple(row["skus"]),
    )
