"""Lists with facets, and type-ahead."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.text import capfirst

from catalog import words
from catalog.kinds import Kind
from catalog.queries.cards import Card, card_of, cards_cte
from catalog.queries.sellable import BANDS, FACET_COLUMNS, FACETS, Selection
from catalog.values import worded
from omnichannel.kernel import money, prepared

PAGE_SIZE = 20
DEEPEST_PAGE = 500


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class ListPage:
    cards: list[Card]
    total: int
    page: int
    pages: int
    facets: dict[str, list[FacetValue]]

    @property
    def has_facets_chosen(self) -> bool:
        return any(value.chosen for values in self.facets.values() for value in values)


def list_page(
    *,
    channel: str,
    now: datetime,
    category_ids: tuple[int, ...] = (),
    query: str = "",
    facets: dict | None = None,
    sort: str = "",
    page: int = 1,
) -> ListPage:
    """A page of 20 cards with facet counts; one statement. A page past the end is empty.

    Each facet counts as if it were not chosen itself, so that a second brand can be added.
    """
    selection = Selection(
        channel=channel, now=now, category_ids=category_ids, query=query.strip(), facets=facets or {}
    )
    page = max(1, min(page, DEEPEST_PAGE))
    order = sort or ("relevance" if selection.query else "best")
    cards, counts = _page(selection, sort=order, offset=(page - 1) * PAGE_SIZE)
    facets = {name: _values(name, counts, selection) for name in FACETS}
    total = sum(row["count"] for row in counts if row["facet"] == "total")
    return ListPage(cards, total, page, max(1, -(-total // PAGE_SIZE)), facets)


def _page(selection: Selection, *, sort: str, offset: int) -> tuple[list[Card], list[dict]]:
    """The cards and all facet counts from one pass over the variants: one statement.

    The counts come with the first card, or alone where the page has none.
    """
    sql = (
        f"{selection.ctes()}, {cards_cte(selection, sort=sort)}, counted AS ({_counts(selection)})"
        " SELECT shown.*, CASE WHEN place > %(offset)s + 1 THEN '' ELSE facets.counts END AS counts"
        " FROM (SELECT jsonb_agg(f)::text AS counts FROM counted f) facets"
        " LEFT JOIN shown ON true ORDER BY place"
    )
    found = prepared.rows(sql, selection.params() | {"limit": PAGE_SIZE, "offset": offset})
    cards = [card_of(row) for row in found if row["place"] is not None]
    return cards, json.loads(found[0]["counts"])


def _counts(selection: Selection) -> str:
    """Cards per value of every facet, each facet without its own choice, and the total."""
    parts = [
        f"SELECT '{name}' AS facet, value, max(english) AS english, count(*) AS count"
        f" FROM (SELECT DISTINCT {column}::text AS value, brand_en AS english, card_id"
        f" FROM leaf WHERE {selection.filters(but=name)}) one GROUP BY value"
        for name, column in FACET_COLUMNS.items()
    ]
    return " UNION ALL ".join([*parts, "SELECT 'total', '', '', count(*) FROM card"])


def _values(name: str, found: list[dict], selection: Selection) -> list[FacetValue]:
    chosen = {str(value) for value in selection.facets.get(name, ())}
    values = [
        FacetValue(row["value"], _label(name, row), row["count"], row["value"] in chosen)
        for row in found
        if row["facet"] == name and row["value"]
    ]
    if name == "price":
        return sorted(values, key=lambda value: int(value.value))
    if name == "storage":
        return sorted(values, key=lambda value: (len(value.value), value.value))
    return sorted(values, key=lambda value: (-value.count, value.label))


def _label(name: str, row: dict) -> str:
    if name == "kind":
        return capfirst(Kind(row["value"]).label)
    if name == "brand":
        return worded(row["value"], row["english"])
    return band_label(int(row["value"])) if name == "price" else row["value"]


def band_label(band: int) -> str:
    """¥100 – ¥500; the last one is open."""
    low = BANDS[band - 1] if band else 0
    high = BANDS[band] if band < len(BANDS) else None
    whole = [money.display(value).removesuffix(".00") for value in (low, high) if value is not None]
    return " – ".join(whole) if high is not None else f"{whole[0]} +"


@dataclass(frozen=True)
class Suggestion:
    product_id: int
    slug: str
    label: str
    picture: str


_SUGGEST = """
SELECT d.product_id, p.slug, p.title, o.title_en, o.picture
  FROM catalogue_searchdocument d
  JOIN catalogue_product p ON p.id = d.product_id AND p.is_public
  JOIN catalogue_offering o ON o.product_id = d.product_id
 WHERE (%(tsquery)s <> '' AND d.tokens @@ %(tsquery)s::tsquery)
    OR (length(%(text)s) > 2 AND d.names LIKE %(like)s)
    OR (length(%(text)s) > 2 AND %(text)s <%% d.names)
 ORDER BY d.names LIKE %(like)s DESC, o.sold DESC, d.product_id
 LIMIT %(limit)s
"""


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Products whose name contains or resembles the text, best sellers first; one query, none for no text."""
    text = words.normal(text)[: words.LONGEST]
    if not text:
        return []
    escaped = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    params = {
        "text": text,
        "tsquery": words.tsquery(text),
        "like": f"%{escaped}%",
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUGGEST, params)
        found = cursor.fetchall()
    return [Suggestion(pk, slug, worded(zh, en), picture) for pk, slug, zh, en, picture in found]
