"""The one statement behind lists, facets and product pages: every variant with its price in this channel.

Prices are computed when they are asked for, so that a page never shows one that has ended.
"""

from dataclasses import dataclass, field
from datetime import datetime

from catalog import words

# Upper bounds of the price bands, in fen.
BANDS = (10_000, 50_000, 200_000, 500_000)

# A special price that counts for everybody in this channel, now.
IN_FORCE = """starts <= %(now)s AND (ends IS NULL OR ends > %(now)s)
     AND institution_id IS NULL AND channel IN (%(channel)s, '')"""

_PRICE = f"""
price AS (
  SELECT DISTINCT ON (product_id) product_id, amount, reason, reason_en, reason_code, ends
    FROM catalogue_channelprice
   WHERE {IN_FORCE}
   ORDER BY product_id, channel DESC
)"""

# Narrow on purpose: a thousand of these rows are grouped, sorted and counted; words are joined later.
_LEAF = """
leaf AS (
  SELECT p.id, coalesce(p.parent_id, p.id) AS card_id, o.kind, o.brand, o.brand_en, o.storage,
         (sr.price * 100)::bigint AS base, a.amount, width_bucket(a.amount, %(bands)s::bigint[]) AS band
    FROM catalogue_product p
    JOIN catalogue_offering o ON o.product_id = p.id AND o.sku IS NOT NULL
    JOIN partner_stockrecord sr ON sr.product_id = p.id AND sr.price IS NOT NULL
    LEFT JOIN price ON price.product_id = p.id
   CROSS JOIN LATERAL (SELECT coalesce(price.amount, sr.price * 100)::bigint AS amount) a
    LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
   WHERE p.is_public AND coalesce(parent.is_public, TRUE) {where}
)"""

# Why a variant costs what it costs, and what it costs.
REASON = """coalesce(price.reason, '') AS reason, coalesce(price.reason_en, '') AS reason_en,
         coalesce(price.reason_code, 'base') AS reason_code, price.ends AS until"""
PRICED = f"""
         (sr.price * 100)::bigint AS base, coalesce(price.amount, sr.price * 100)::bigint AS amount,
         {REASON}"""

# Facet and the column of `leaf` that it filters.
FACET_COLUMNS = {"kind": "kind", "brand": "brand", "storage": "storage", "price": "band"}
FACETS = tuple(FACET_COLUMNS)


@dataclass(frozen=True)
class Selection:
    """What is asked for. `facets` maps kind, brand, storage and price (band number) to chosen values."""

    channel: str
    now: datetime
    category_ids: tuple[int, ...] = ()
    query: str = ""
    kinds: tuple[str, ...] = ()
    facets: dict = field(default_factory=dict)

    @property
    def chosen(self) -> list[str]:
        return [name for name in FACETS if any(self.facets.get(name, ()))]

    def params(self) -> dict:
        values = {
            "now": self.now,
            "channel": self.channel,
            "bands": list(BANDS),
            "categories": list(self.category_ids),
            "kinds": list(self.kinds),
            "tsquery": words.tsquery(self.query) if self.query else "",
            "text": words.normal(self.query)[: words.LONGEST],
        }
        return values | {f"f_{name}": _typed(name, self.facets[name]) for name in self.chosen}

    def ctes(self) -> str:
        """WITH …, ready for a statement over `leaf`."""
        found = f", {_found()}" if self.query else ""
        return f"WITH {_PRICE.strip()}{found}, {_LEAF.format(where=self._where()).strip()}"

    def _where(self) -> str:
        parts = []
        if self.category_ids:
            parts.append(
                "coalesce(p.parent_id, p.id) IN (SELECT product_id FROM catalogue_productcategory"
                " WHERE category_id = ANY(%(categories)s))"
            )
        if self.kinds:
            parts.append("o.kind = ANY(%(kinds)s)")
        if self.query:
            parts.append("coalesce(p.parent_id, p.id) IN (SELECT product_id FROM found)")
        return "".join(f" AND {part}" for part in parts)

    def filters(self, *, but: str = "", alias: str = "") -> str:
        """The chosen facets as a condition, without one of them for that facet's own counts."""
        names = [name for name in self.chosen if name != but]
        parts = [f"{alias}{FACET_COLUMNS[name]} = ANY(%(f_{name})s)" for name in names]
        return " AND ".join(parts) or "TRUE"


def _found() -> str:
    """Products by words; where no product has them all, by likeness of the name (a typing error)."""
    return """
exact AS (
  SELECT product_id, ts_rank(tokens, %(tsquery)s::tsquery) AS rank
    FROM catalogue_searchdocument WHERE %(tsquery)s <> '' AND tokens @@ %(tsquery)s::tsquery
), found AS (
  SELECT product_id, rank FROM exact
  UNION ALL
  SELECT product_id, word_similarity(%(text)s, names) FROM catalogue_searchdocument
   WHERE NOT EXISTS (SELECT 1 FROM exact) AND length(%(text)s) > 2 AND %(text)s <%% names
)""".strip()


def _typed(name: str, values) -> list:
    """Values from an address: a price band that is not a number selects nothing."""
    if name != "price":
        return [str(value).replace("\x00", "") for value in values]
    return [int(value) for value in values if str(value).isascii() and str(value).isdigit()]
