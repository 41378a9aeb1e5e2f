"""Levels are locked in order of their key, by a statement of its own, before another one changes them.

One statement that does both sees, when it comes to changing, the rows as they were before it waited for
their locks. While somebody refers to such an old version (an order being recorded does), it waits for the
version's lock once more, and that one the next in the queue holds, who waits for the new version: a deadlock.
"""

from django.db.models import Q, QuerySet

from ..models import StockLevel


def lock_levels_of(reservations: QuerySet, *others: int) -> None:
    """Lock the levels of these reservations, and `others` by their keys, until the transaction ends."""
    levels = StockLevel.objects.filter(Q(pk__in=reservations.values("level_id")) | Q(pk__in=others))
    list(levels.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
