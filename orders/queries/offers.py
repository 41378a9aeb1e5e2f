"""The offers that may take something off an order, for the apps above."""

from django.db import connection
from django.utils.translation import get_language

_OFFERS = """
SELECT o.slug, o.name, t.name_en FROM offer_conditionaloffer o
LEFT JOIN catalogue_offertext t ON t.offer_id = o.id
WHERE o.offer_type = 'Site' ORDER BY o.slug
"""


def offer_names() -> list[tuple[str, str]]:
    """(slug, name in the language of the page) of every site offer."""
    english = (get_language() or "").startswith("en")
    with connection.cursor() as cursor:
        cursor.execute(_OFFERS)
        return [(slug, name_en if english and name_en else name) for slug, name, name_en in cursor.fetchall()]
