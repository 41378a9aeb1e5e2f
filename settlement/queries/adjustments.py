"""Adjustments for show: what waits, what was decided, with their legs."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy

from settlement.models import Adjustment, AdjustmentLeg


def adjustments(*, state: str = "", day: date | None = None, text: str = "") -> QuerySet[Adjustment]:
    """What waits before what is decided, each the newest first.

    day: the one that is corrected; text: part of the reason, or of a party's code or name.
    """
    rows = Adjustment.objects.select_related("proposed_by", "decided_by", "reverses", "journal")
    if state in Adjustment.State.values:
        rows = rows.filter(state=state)
    if day:
        rows = rows.filter(original_date=day)
    if text:
        party = Q(institution__code__icontains=text) | Q(institution__name__icontains=text)
        legs = AdjustmentLeg.objects.filter(party).values("adjustment")
        rows = rows.filter(Q(reason__icontains=text) | Q(pk__in=legs))
    return rows.prefetch_related("legs__institution").order_by(
        OrderBy(Q(state=Adjustment.State.DRAFT), descending=True), "-pk"
    )
