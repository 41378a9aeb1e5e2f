"""Articles for a clerk: what was scanned, or what fits the words, as variants with their SKU."""

from django.db import connection

from catalog import words
from catalog.queries.offerings import by_sku
from catalog.values import OfferingFacts

_MATCHING = """
SELECT o.sku
  FROM catalogue_offering o
  JOIN catalogue_product p ON p.id = o.product_id AND p.is_public
  JOIN catalogue_searchdocument d ON d.product_id = coalesce(p.parent_id, p.id)
 WHERE o.sku IS NOT NULL
   AND (o.sku = upper(%(text)s) OR p.upc = %(text)s OR o.sku LIKE %(start)s
        OR (%(tsquery)s <> '' AND d.tokens @@ %(tsquery)s::tsquery)
        OR (length(%(text)s) > 2 AND %(text)s <%% d.names))
 ORDER BY o.sku = upper(%(text)s) DESC, o.sku LIKE %(start)s DESC,
          ts_rank(d.tokens, %(tsquery)s::tsquery) DESC, d.product_id, o.product_id
 LIMIT %(limit)s
"""


def matching(text: str, *, limit: int = 12) -> dict[str, OfferingFacts]:
    """Facts by SKU, the best hit first; two queries, none for no text.

    A whole SKU is the only hit, the beginning of one leaves out what only resembles it; else
    every variant of what fits the words.
    """
    text = words.normal(text)[: words.LONGEST]
    if not text:
        return {}
    escaped = text.upper().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    params = {"text": text, "start": f"{escaped}%", "tsquery": words.tsquery(text), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_MATCHING, params)
        skus = [row[0] for row in cursor.fetchall()]
    if "-" in text:
        skus = [sku for sku in skus if sku.startswith(text.upper())] or skus
    if text.upper() in skus:
        skus = [text.upper()]
    facts = by_sku(skus)
    return {sku: facts[sku] for sku in skus}
