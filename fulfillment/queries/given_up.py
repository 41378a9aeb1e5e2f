"""What a cancelled parcel leaves of its order: which units, and whether anything else is under way."""

from collections import Counter
from dataclasses import dataclass

from fulfillment.models import FulfillmentDemand, FulfillmentLine, FulfillmentOrder
from fulfillment.models.demands import DemandState, FulfillmentState

WAITING = (DemandState.HELD, DemandState.REQUESTED, DemandState.EXCEPTION)


@dataclass(frozen=True)
class GivenUp:
    """Units by order line that nobody will send; nothing_left: no other parcel was or will be sent."""

    units: dict[int, int]
    nothing_left: bool


def of_parcel(order_number: str, fulfillment_id: int) -> GivenUp:
    """Of a cancelled parcel; id 0: of what never became one. Three queries."""
    demand = FulfillmentDemand.objects.filter(order_number=order_number).first()
    if demand is None:
        return GivenUp({}, True)
    rows = FulfillmentOrder.objects.filter(demand=demand).exclude(
        state__in=(FulfillmentState.DECLINED, FulfillmentState.SHORT, FulfillmentState.MOVED)
    )
    states = dict(rows.values_list("pk", "state"))
    live = any(state != FulfillmentState.CANCELLED for state in states.values())
    units = _units([fulfillment_id]) if fulfillment_id else _wished(demand) - _units(list(states))
    return GivenUp(dict(units), not live and demand.state not in WAITING)


def _units(parcels: list[int]) -> Counter:
    found: Counter = Counter()
    lines = FulfillmentLine.objects.filter(fulfillment__in=parcels)
    for line_id, quantity in lines.values_list("line_id", "quantity"):
        found[line_id] += quantity
    return found


def _wished(demand: FulfillmentDemand) -> Counter:
    return Counter({line["line_id"]: line["quantity"] for line in demand.wish["lines"]})
