"""Adjustments for show: what waits, what was decided, with their legs."""

from django.db.models import QuerySet

from settlement.models import Adjustment


def adjustments(*, state: str = "") -> QuerySet[Adjustment]:
    """Newest first, what waits before what is decided."""
    rows = Adjustment.objects.select_related("proposed_by", "decided_by", "reverses", "journal")
    if state in Adjustment.State.values:
        rows = rows.filter(state=state)
    return rows.prefetch_related("legs__institution").order_by("-pk")
