"""Whose goods lie at a location: a dealer, merchant, supplier or chain owns its own, the company the rest."""

from collections.abc import Iterable

from django.db import connection

from members.queries import institutions_by_ids
from members.values import InstitutionCard

# The innermost institution of the path that buys for itself, else the root of the tree.
_OWNERS = """
SELECT l.id, (
    SELECT o.id FROM members_institution o
    WHERE l.path LIKE o.path || '%%'
        AND (o.kind IN ('dealer', 'merchant', 'supplier', 'chain') OR o.parent_id IS NULL)
    ORDER BY length(o.path) DESC LIMIT 1
)
FROM members_institution l WHERE l.id = ANY(%s)
"""


def owner_ids(location_ids: Iterable[int]) -> dict[int, int]:
    """The owner of the goods by location; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS, [sorted(set(location_ids))])
        return dict(cursor.fetchall())


def owners(location_ids: Iterable[int]) -> dict[int, InstitutionCard]:
    """The same as cards; two statements."""
    ids = owner_ids(location_ids)
    cards = institutions_by_ids(ids.values())
    return {location: cards[owner] for location, owner in ids.items()}
