"""Adjustments for show: what waits, what was decided, with their legs."""

from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy

from settlement.models import Adjustment


def adjustments(*, state: str = "") -> QuerySet[Adjustment]:
    """What waits before what is decided, each the newest first."""
    rows = Adjustment.objects.select_related("proposed_by", "decided_by", "reverses", "journal")
    if state in Adjustment.State.values:
        rows = rows.filter(state=state)
    return rows.prefetch_related("legs__institution").order_by(
        OrderBy(Q(state=Adjustment.State.DRAFT), descending=True), "-pk"
    )
