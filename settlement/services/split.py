"""Allocation by weights, asked from the same SQL that clears the night's trades."""

from collections.abc import Sequence

from django.db import connection

from .clearing_sql import ALLOCATED

_ONE = f"""
WITH asked AS (
    SELECT n AS key, total, seq, weight FROM unnest(%s::bigint[]) WITH ORDINALITY AS t(total, n)
    CROSS JOIN unnest(%s::bigint[]) WITH ORDINALITY AS w(weight, seq)
)
SELECT key, array_agg(part ORDER BY seq) FROM ({ALLOCATED}) parts GROUP BY key ORDER BY key
"""


def allocate_each(*, totals: Sequence[int], weights: Sequence[int]) -> list[list[int]]:
    """Each total (fen, not negative) shared by the weights with the largest remainder."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [list(totals), list(weights)])
        return [parts for _key, parts in cursor.fetchall()]
