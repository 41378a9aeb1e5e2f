"""Levels are locked in order of their key, by a statement of its own, before another one changes them.

One statement that does both sees, when it comes to changing, the rows as they were before it waited for
their locks: it goes back to the old version of a row, which the next in the queue keeps locked while that one
waits for the new version. With a few clients at one hot row the two wait for each other.
"""

from django.db.models import Q, QuerySet

from ..models import StockLevel


def lock_levels_of(reservations: QuerySet, *others: int) -> None:
    """Lock the levels of these reservations, and `others` by their keys, until the transaction ends."""
    levels = StockLevel.objects.filter(Q(pk__in=reservations.values("level_id")) | Q(pk__in=others))
    list(levels.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
