"""What an order still lacks."""

from collections import Counter

from django.db.models import Sum

from fulfillment.models import FulfillmentDemand, FulfillmentLine
from fulfillment.models.demands import GIVEN_UP
from fulfillment.values import Demand, Wanted


def open_lines(row: FulfillmentDemand, wish: Demand) -> tuple[Wanted, ...]:
    """The units of the order that no live parcel carries and that were not given up."""
    carried = FulfillmentLine.objects.filter(fulfillment__demand=row)
    carried = carried.exclude(fulfillment__state__in=GIVEN_UP).values_list("line_id")
    gone = Counter(dict(carried.annotate(units=Sum("quantity")))) + Counter(dict(wish.given_up))
    left = [(line, line.quantity - gone[line.line_id]) for line in wish.lines]
    return tuple(
        Wanted(line.line_id, line.sku, quantity, line.amount_fen) for line, quantity in left if quantity > 0
    )
