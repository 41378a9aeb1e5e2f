"""Which parcels carry what of an order, for the sharing of its money."""

from collections import Counter
from dataclasses import dataclass

from fulfillment.models import FulfillmentDemand, FulfillmentOrder
from fulfillment.models.demands import ARRIVED, DemandState, FulfillmentState

# Routing may still send something of these.
WAITING = (DemandState.HELD, DemandState.REQUESTED, DemandState.EXCEPTION)


@dataclass(frozen=True)
class Carried:
    """Units by order line in each parcel that left or will; `unsent`: ordered, in none, and not given up.

    is_over: nothing is under way and nothing more will be sent. goods: the order lines that are goods.
    """

    parcels: dict[int, dict[int, int]]
    unsent: dict[int, int]
    is_over: bool
    goods: frozenset[int]


def carried(order_number: str) -> Carried:
    """Three queries; an order without goods carries nothing."""
    demand = FulfillmentDemand.objects.filter(order_number=order_number).first()
    if demand is None:
        return Carried({}, {}, True, frozenset())
    rows = FulfillmentOrder.objects.filter(demand=demand).prefetch_related("lines").order_by("pk")
    rows = rows.exclude(state__in=(FulfillmentState.DECLINED, FulfillmentState.SHORT, FulfillmentState.MOVED))
    units = {row.pk: {line.line_id: line.quantity for line in row.lines.all()} for row in rows}
    live = {row.pk: row.state for row in rows if row.state != FulfillmentState.CANCELLED}
    unsent = Counter({line["line_id"]: line["quantity"] for line in demand.wish["lines"]})
    for lines in units.values():
        unsent.subtract(lines)
    is_over = demand.state not in WAITING and all(state in ARRIVED for state in live.values())
    goods = frozenset(line["line_id"] for line in demand.wish["lines"])
    return Carried({pk: units[pk] for pk in live}, +unsent, is_over, goods)
