"""Small reads for the frame of the shop's pages."""

from django.db.models import Sum
from oscar.core.loading import get_model

Line = get_model("basket", "Line")


def units_in_basket(basket_id: int | None) -> int:
    """How many units an open basket holds; no query without a basket."""
    if not basket_id:
        return 0
    lines = Line.objects.filter(basket_id=basket_id, basket__status="Open")
    return lines.aggregate(units=Sum("quantity"))["units"] or 0
