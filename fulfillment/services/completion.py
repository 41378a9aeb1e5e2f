"""The end of a parcel's way: delivered, whole or in part, or refused; evidence bound, news published."""

from collections.abc import Mapping
from datetime import datetime

from fulfillment.events import Delivered, RefusedAtDoor
from fulfillment.models import (
    FulfillmentDemand,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    Posting,
    RefusedUnits,
)
from fulfillment.models.demands import ARRIVED
from fulfillment.services import evidence, stock, tracking_news
from fulfillment.services.steps import advance, advance_many
from members.actors import Actor
from omnichannel.kernel import outbox


def deliver(
    fo: FulfillmentOrder,
    *,
    courier_id: int | None,
    proof: dict,
    actor: Actor,
    now: datetime,
    cash_fen: int | None = None,
) -> None:
    """As deliver_many, for one parcel; cash_fen None: all that its hand-over said."""
    cash = {} if cash_fen is None else {fo.pk: cash_fen}
    deliver_many([fo], courier_id=courier_id, proofs={fo.pk: proof}, cash=cash, actor=actor, now=now)


def deliver_many(
    fos: list[FulfillmentOrder],
    *,
    courier_id: int | None,
    proofs: dict[int, dict],
    actor: Actor,
    now: datetime,
    cash: Mapping[int, int] | None = None,
    times: Mapping[int, datetime] | None = None,
) -> None:
    """Parcels locked in the order of their ids are with their customers; about fifteen statements.

    times: when each was delivered, by its id, where a round is told of as a whole. cash: fen that the courier
    took, by parcel id, where that is not the parcel's own cod_fen (a part was refused, or it was paid by QR).
    Units in RefusedUnits were not taken: they are told as refused.
    """
    advance_many(fos, FulfillmentState.DELIVERED, now=now, actor=actor, times=times)
    refused = _refused(fos)
    kept_back = [serial for row in refused for serial in row.serials]
    stock.deliver_many(fulfillments=fos, kept_back=kept_back, now=now)
    evidence.bind_many(fos, proofs=proofs)
    lines, last, cash = _lines(fos, refused), _finish_demands(fos, now), cash or {}
    outbox.publish(
        *(
            Delivered(
                fulfillment_id=fo.pk,
                order_number=fo.demand.order_number,
                location_id=fo.location_id,
                courier_id=courier_id,
                cod_fen=cash.get(fo.pk, fo.cod_fen),
                lines=lines[fo.pk],
                all_done=fo.pk in last,
                occurred_at=fo.changed_at.isoformat(),
            )
            for fo in fos
        )
    )
    _tell_refused(fos, refused, courier_id, now)


def _refused(fos: list[FulfillmentOrder]) -> list[RefusedUnits]:
    rows = RefusedUnits.objects.filter(delivery__fulfillment__in=fos).select_related("line")
    return list(rows.order_by("line__line_id"))


def _tell_refused(fos, refused: list[RefusedUnits], courier_id: int | None, now: datetime) -> None:
    by_parcel: dict[int, list[RefusedUnits]] = {}
    for row in refused:
        by_parcel.setdefault(row.line.fulfillment_id, []).append(row)
    outbox.publish(
        *(
            RefusedAtDoor(
                fulfillment_id=fo.pk,
                order_number=fo.demand.order_number,
                courier_id=courier_id,
                reason=by_parcel[fo.pk][0].reason,
                lines=[[row.line.line_id, row.quantity] for row in by_parcel[fo.pk]],
                occurred_at=now.isoformat(),
            )
            for fo in fos
            if fo.pk in by_parcel
        )
    )


def refuse(
    fo: FulfillmentOrder,
    *,
    courier_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    state: str = FulfillmentState.REFUSED,
) -> None:
    """The customer did not take the parcel, or (`state`) it came back or was lost; what was paid goes back.

    The caller holds fo's lock.
    """
    advance(fo, state, now=now, actor=actor, note=reason)
    if fo.is_posted and state == FulfillmentState.REFUSED:
        tracking_news.tell_refused(fo, now=now)
    _finish_demands([fo], now)
    outbox.publish(
        RefusedAtDoor(
            fulfillment_id=fo.pk,
            order_number=fo.demand.order_number,
            courier_id=courier_id,
            reason=reason,
            lines=_lines([fo], [])[fo.pk],
            occurred_at=now.isoformat(),
        )
    )


def _lines(fos: list[FulfillmentOrder], refused: list[RefusedUnits]) -> dict[int, list[list[int]]]:
    """[[line id, units], …] of each parcel, without what was not taken; of a posted one its postage."""
    lines: dict[int, list[list[int]]] = {fo.pk: [] for fo in fos}
    back = {row.line_id: row.quantity for row in refused}
    rows = FulfillmentLine.objects.filter(fulfillment__in=fos).order_by("line_id")
    for pk, fo_pk, line_id, quantity in rows.values_list("pk", "fulfillment_id", "line_id", "quantity"):
        kept = quantity - back.get(pk, 0)
        if kept:
            lines[fo_pk].append([line_id, kept])
    posted = {fo.demand_id: fo.pk for fo in fos if fo.is_posted}
    if posted:
        rows = Posting.objects.filter(demand__in=posted).values_list("demand_id", "line_id")
        lines |= {posted[demand_id]: [[line_id, 1]] for demand_id, line_id in rows}
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
