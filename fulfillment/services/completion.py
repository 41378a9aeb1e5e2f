"""The end of a parcel's way: delivered or refused, its evidence bound, the news published."""

from datetime import datetime

from fulfillment.events import Delivered, RefusedAtDoor
from fulfillment.models import FulfillmentDemand, FulfillmentOrder, FulfillmentState
from fulfillment.services import evidence, stock
from fulfillment.services.steps import advance
from members.actors import Actor
from omnichannel.kernel import outbox

ARRIVED = (FulfillmentState.DELIVERED, FulfillmentState.REFUSED, FulfillmentState.RETURNED)


def deliver(
    fo: FulfillmentOrder, *, courier_id: int | None, proof: dict, actor: Actor, now: datetime, note: str = ""
) -> None:
    """The goods are with the customer, `fo.cod_fen` was collected. The caller holds fo's lock."""
    advance(fo, FulfillmentState.DELIVERED, now=now, actor=actor, note=note)
    stock.deliver(fulfillment=fo, now=now)
    evidence.bind(fo, proof=proof, now=now)
    outbox.publish(
        Delivered(
            fulfillment_id=fo.pk,
            order_number=fo.demand.order_number,
            location_id=fo.location_id,
            courier_id=courier_id,
            cod_fen=fo.cod_fen,
            lines=_lines(fo),
            all_done=_finish_demand(fo, now),
            occurred_at=now.isoformat(),
        )
    )


def refuse(fo: FulfillmentOrder, *, courier_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """The customer did not take the parcel. The caller holds fo's lock."""
    advance(fo, FulfillmentState.REFUSED, now=now, actor=actor, note=reason)
    _finish_demand(fo, now)
    outbox.publish(
        RefusedAtDoor(
            fulfillment_id=fo.pk,
            order_number=fo.demand.order_number,
            courier_id=courier_id,
            reason=reason,
            lines=_lines(fo),
            occurred_at=now.isoformat(),
        )
    )


def _lines(fo: FulfillmentOrder) -> list[list[int]]:
    return [list(pair) for pair in fo.lines.order_by("line_id").values_list("line_id", "quantity")]


def _finish_demand(fo: FulfillmentOrder, now: datetime) -> bool:
    """True when nothing of the order is under way any more.

    The demand is locked, so that of two last parcels arriving together one sees the other.
    """
    demand = FulfillmentDemand.objects.select_for_update().get(pk=fo.demand_id)
    if FulfillmentOrder.objects.filter(demand=demand).live().exclude(state__in=ARRIVED).exists():
        return False
    if demand.state != FulfillmentDemand.State.ROUTED:
        return False
    demand.state, demand.changed_at = FulfillmentDemand.State.DONE, now
    demand.save(update_fields=["state", "changed_at"])
    return True
