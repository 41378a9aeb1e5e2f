"""A product as a card in a list. One statement for a page of them."""

from dataclasses import dataclass
from datetime import datetime

from catalog.queries.sellable import REASON, Selection
from catalog.values import PriceTag, worded
from omnichannel.kernel import prepared

SORTS = {
    "best": "c.priority DESC, co.sold DESC, card.card_id",
    "price": "card.amount, card.card_id",
    "-price": "card.amount DESC, card.card_id",
    "new": "c.date_created DESC, card.card_id DESC",
    "relevance": "found.rank DESC, co.sold DESC, card.card_id",
}

# The page is cut out first, then its twenty cards get their words.
_CARDS = """
card AS (
  SELECT card_id, min(amount) AS amount, max(amount) AS highest, count(*) AS variants
    FROM leaf WHERE {filters} GROUP BY card_id
), page AS (
  SELECT card.*, row_number() OVER (ORDER BY {order}) AS place
    FROM card
    JOIN catalogue_product c ON c.id = card.card_id
    JOIN catalogue_offering co ON co.product_id = card.card_id
    {found}
   ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
), variant AS (
  SELECT l.card_id, (array_agg(l.id ORDER BY l.amount, l.id))[1] AS lead_id,
         (array_agg(l.base ORDER BY l.amount, l.id))[1] AS base,
         array_agg(o.sku ORDER BY l.amount, l.id) AS skus, array_agg(o.colour_hex ORDER BY l.id) AS hexes
    FROM leaf l JOIN page USING (card_id) JOIN catalogue_offering o ON o.product_id = l.id
   WHERE {filters_of_l} GROUP BY l.card_id
), shown AS (
  SELECT page.*, variant.lead_id, variant.base, variant.skus, variant.hexes, c.title, c.slug,
         co.title_en, co.subtitle, co.subtitle_en, co.picture AS card_picture, o.kind, o.brand, o.brand_en,
         o.picture, {reason}
    FROM page JOIN variant USING (card_id)
    JOIN catalogue_product c ON c.id = page.card_id
    JOIN catalogue_offering co ON co.product_id = page.card_id
    JOIN catalogue_offering o ON o.product_id = variant.lead_id
    LEFT JOIN price ON price.product_id = variant.lead_id
)"""


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


def cards_cte(selection: Selection, *, sort: str) -> str:
    """Named statements after those of the selection; `shown` holds the page's cards in their `place`."""
    found = "JOIN found ON found.product_id = card.card_id" if selection.query else ""
    order = SORTS["best"] if sort == "relevance" and not found else SORTS.get(sort, SORTS["best"])
    return _CARDS.format(
        filters=selection.filters(),
        filters_of_l=selection.filters(alias="l."),
        found=found,
        order=order,
        reason=REASON,
    ).strip()


def select_cards(selection: Selection, *, sort: str = "best", offset: int = 0, limit: int = 20) -> list[Card]:
    """Cards in their order; one statement."""
    sql = f"{selection.ctes()}, {cards_cte(selection, sort=sort)} SELECT * FROM shown ORDER BY place"
    return [
        card_of(row) for row in prepared.rows(sql, selection.params() | {"limit": limit, "offset": offset})
    ]


def shelf(
    *, kinds: tuple[str, ...], channel: str, now: datetime, limit: int, sort: str = "best"
) -> list[Card]:
    """The first few of some kinds, for the home page."""
    return select_cards(Selection(channel=channel, now=now, kinds=kinds), sort=sort, limit=limit)


def tag_of(row: dict, *, product_id: int) -> PriceTag:
    return PriceTag(
        product_id=product_id,
        amount=row["amount"],
        base=row["base"],
        reason=worded(row["reason"], row["reason_en"]),
        reason_code=row["reason_code"],
        until=row["until"],
    )


def card_of(row: dict) -> Card:
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
