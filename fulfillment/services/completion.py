"""The end of a parcel's way: delivered or refused, its evidence bound, the news published."""

from datetime import datetime

from fulfillment.events import Delivered, RefusedAtDoor
from fulfillment.models import FulfillmentDemand, FulfillmentLine, FulfillmentOrder, FulfillmentState
from fulfillment.services import evidence, stock
from fulfillment.services.steps import advance, advance_many
from members.actors import Actor
from omnichannel.kernel import outbox

ARRIVED = (FulfillmentState.DELIVERED, FulfillmentState.REFUSED, FulfillmentState.RETURNED)


def deliver(
    fo: FulfillmentOrder, *, courier_id: int | None, proof: dict, actor: Actor, now: datetime
) -> None:
    """The goods are with the customer, `fo.cod_fen` was collected. The caller holds fo's lock."""
    deliver_many([fo], courier_id=courier_id, proofs={fo.pk: proof}, actor=actor, now=now)


def deliver_many(
    fos: list[FulfillmentOrder],
    *,
    courier_id: int | None,
    proofs: dict[int, dict],
    actor: Actor,
    now: datetime,
) -> None:
    """As deliver, for parcels of one courier locked in the order of their ids; a dozen statements."""
    advance_many(fos, FulfillmentState.DELIVERED, now=now, actor=actor)
    stock.deliver_many(fulfillments=fos, now=now)
    evidence.bind_many(fos, proofs=proofs, now=now)
    lines, last = _lines(fos), _finish_demands(fos, now)
    outbox.publish(
        *(
            Delivered(
                fulfillment_id=fo.pk,
                order_number=fo.demand.order_number,
                location_id=fo.location_id,
                courier_id=courier_id,
                cod_fen=fo.cod_fen,
                lines=lines[fo.pk],
                all_done=fo.pk in last,
                occurred_at=now.isoformat(),
            )
            for fo in fos
        )
    )


def refuse(fo: FulfillmentOrder, *, courier_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """The customer did not take the parcel. The caller holds fo's lock."""
    advance(fo, FulfillmentState.REFUSED, now=now, actor=actor, note=reason)
    _finish_demands([fo], now)
    outbox.publish(
        RefusedAtDoor(
            fulfillment_id=fo.pk,
            order_number=fo.demand.order_number,
            courier_id=courier_id,
            reason=reason,
            lines=_lines([fo])[fo.pk],
            occurred_at=now.isoformat(),
        )
    )


def _lines(fos: list[FulfillmentOrder]) -> dict[int, list[list[int]]]:
    """[[line id, units], …] of each parcel."""
    lines: dict[int, list[list[int]]] = {fo.pk: [] for fo in fos}
    rows = FulfillmentLine.objects.filter(fulfillment__in=fos).order_by("line_id")
    for fo_pk, line_id, quantity in rows.values_list("fulfillment_id", "line_id", "quantity"):
        lines[fo_pk].append([line_id, quantity])
    return lines


def _finish_demands(fos: list[FulfillmentOrder], now: datetime) -> set[int]:
    """The parcels after which nothing of their order is under way any more.

    The demands are locked, so that of two last parcels arriving together one sees the other.
    """
    demands = FulfillmentDemand.objects.select_for_update().filter(pk__in={fo.demand_id for fo in fos})
    routed = [row.pk for row in demands.order_by("pk") if row.state == FulfillmentDemand.State.ROUTED]
    open_parcels = FulfillmentOrder.objects.live().filter(demand__in=routed).exclude(state__in=ARRIVED)
    finished = set(routed) - set(open_parcels.values_list("demand_id", flat=True))
    FulfillmentDemand.objects.filter(pk__in=finished).update(
        state=FulfillmentDemand.State.DONE, changed_at=now
    )
    last_of = {fo.demand_id: fo.pk for fo in fos}
    return {last_of[demand_id] for demand_id in finished}
