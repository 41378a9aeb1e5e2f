"""The search documents: rebuilt from the products, in bulk."""

from collections.abc import Iterable

from django.db import connection, transaction
from oscar.core.loading import get_model

from catalog import words
from catalog.models import SearchDocument

Product = get_model("catalogue", "Product")

_UPSERT = """
INSERT INTO catalogue_searchdocument (product_id, tokens, names) VALUES (%s, %s::tsvector, %s)
    ON CONFLICT (product_id) DO UPDATE SET tokens = EXCLUDED.tokens, names = EXCLUDED.names
"""


@transaction.atomic
def reindex(product_ids: Iterable[int] | None = None) -> int:
    """Rebuild the documents of these products (variants count as their parent), of all without ids."""
    cards = Product.objects.filter(parent=None).select_related("offering").exclude(offering=None)
    if product_ids is not None:
        wanted = set(product_ids)
        cards = cards.filter(pk__in=wanted) | cards.filter(children__in=wanted)
    cards = cards.distinct().prefetch_related("children__offering", "categories__text")
    rows = [_row(card) for card in cards]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)
    if product_ids is None:
        SearchDocument.objects.exclude(pk__in=[row[0] for row in rows]).delete()
    return len(rows)


def _row(card) -> list:
    titles = _titles(card)
    title_words, title_pairs = words.index_words(" ".join(titles))
    group_words, group_pairs = words.index_words(_group(card))
    text_words, text_pairs = words.index_words(_text(card))
    names = words.normal(" | ".join(titles))
    pairs = title_pairs + group_pairs + text_pairs
    weighted = zip("ABCD", (title_words, group_words, text_words, pairs), strict=True)
    return [card.pk, " ".join(_vector(found, weight) for weight, found in weighted), names]


def _vector(found: list[str], weight: str) -> str:
    """Words as PostgreSQL writes a tsvector; they hold letters, digits, dot, plus and minus only."""
    return " ".join(f"'{word}':{place}{weight}" for place, word in enumerate(sorted(set(found)), start=1))


def _titles(card) -> list[str]:
    own = card.offering
    return [card.title, own.title_en, own.brand, own.brand_en, *([own.sku] if own.sku else [])]


def _group(card) -> str:
    categories = list(card.categories.all())
    texts = [category.name for category in categories]
    texts += [category.text.name_en for category in categories if hasattr(category, "text")]
    variants = [child.offering for child in card.children.all()]
    return " ".join([*texts, *(f"{v.colour} {v.colour_en} {v.storage} {v.sku}" for v in variants)])


def _text(card) -> str:
    own = card.offering
    specs = " ".join(str(value) for row in own.specs for value in row)
    return " ".join([own.subtitle, own.subtitle_en, card.description, own.description_en, specs])
