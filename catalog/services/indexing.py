"""The search documents: rebuilt from the products, in bulk."""

from collections.abc import Iterable

from django.db import connection, transaction
from oscar.core.loading import get_model

from catalog import words
from catalog.models import Category, SearchDocument

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
    cards = cards.distinct().prefetch_related("children__offering", "categories")
    names = _category_names()
    rows = [_row(card, names) for card in cards]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)
    if product_ids is None:
        SearchDocument.objects.exclude(pk__in=[row[0] for row in rows]).delete()
    return len(rows)


def _category_names() -> dict[str, tuple[str, str]]:
    """By path: the category's own names and those of the categories above it."""
    found = Category.objects.values_list("path", "name", "text__name_en")
    own = {path: f"{name} {english or ''}" for path, name, english in found}
    return {
        path: (name, " ".join(own[above] for above in own if above != path and path.startswith(above)))
        for path, name in own.items()
    }


def _row(card, names: dict[str, tuple[str, str]]) -> list:
    """Title, brand and own category weigh A, variants and kind B, categories above and texts C, pairs D."""
    titles = _titles(card)
    groups = [names[category.path] for category in card.categories.all()]
    parts = (
        " ".join([*titles, *(own for own, _above in groups)]),
        _variants(card),
        " ".join([_text(card), *(above for _own, above in groups)]),
    )
    found = [words.index_words(part) for part in parts]
    pairs = [pair for _words, part_pairs in found for pair in part_pairs]
    return [card.pk, _vector([*(part for part, _pairs in found), pairs]), words.normal(" | ".join(titles))]


def _vector(groups: list[list[str]]) -> str:
    """Groups of words, A to D, as PostgreSQL writes a tsvector; a word counts in its best group only.

    Words hold letters, digits, dot, plus and minus, so that nothing needs escaping.
    """
    best: dict[str, str] = {}
    for weight, group in zip("ABCD", groups, strict=True):
        for word in group:
            best.setdefault(word, weight)
    return " ".join(f"'{word}':1{weight}" for word, weight in sorted(best.items()))


def _titles(card) -> list[str]:
    own = card.offering
    return [card.title, own.title_en, own.brand, own.brand_en, *([own.sku] if own.sku else [])]


def _variants(card) -> str:
    variants = [child.offering for child in card.children.all()]
    return " ".join(f"{v.colour} {v.colour_en} {v.storage} {v.sku}" for v in variants)


def _text(card) -> str:
    own = card.offering
    specs = " ".join(str(value) for row in own.specs for value in row)
    return " ".join([own.subtitle, own.subtitle_en, card.description, own.description_en, specs])
