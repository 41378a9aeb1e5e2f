"""Parcels that stand still: an operator ends it, with a reason that stays on record.

A parcel outside the house was lost or came back; one at its place goes elsewhere; for one that waits at a
counter see pickup_deadline, for a posted one that turned up or lies in its store posted_ends.
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.services import messages
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid, NotFound

from ..events import LostComingBack
from ..models import (
    ClaimState,
    Delivery,
    FulfillmentDemand,
    FulfillmentOrder,
    FulfillmentState,
    RefusalReason,
    RefusedUnits,
    Reservation,
    ReservationState,
    SerialClaim,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StandstillDecision,
    StandstillTool,
    VisitEnd,
)
from ..models.demands import IN_HOUSE
from ..values import is_supply
from . import account_closing, completion, part, reassignment, steps, tracking_news, visits
from .claims import let_go
from .route import ask_for_route
from .stock import receive_back

STOOD_STILL = "stood_still"
_S = FulfillmentState
ON_THE_WAY = (_S.HANDED_OVER, _S.OUT_FOR_DELIVERY)
AT_ITS_PLACE = tuple(state for state in IN_HOUSE if state != _S.READY_FOR_PICKUP)

# As stock.receive_back finds them: all of the parcel, or the units of it that were not taken.
_LOSE = """
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
SELECT l.sku, sum(CASE WHEN f.state = 'delivered' THEN r.quantity ELSE l.quantity END), 'transit', NULL,
    'loss', NULL, 'parcel_lost', f.code, %(now)s
FROM fulfillment_fulfillmentline l JOIN fulfillment_fulfillmentorder f ON f.id = l.fulfillment_id
LEFT JOIN fulfillment_refusedunits r ON r.line_id = l.id
WHERE f.id = %(id)s AND (f.state <> 'delivered' OR r.id IS NOT NULL)
GROUP BY l.sku, f.code ON CONFLICT DO NOTHING
"""


class ParcelUnknown(NotFound):
    code = "parcel_unknown"
    message = _("There is no parcel %(parcel)s.")


class WhyMissing(Invalid):
    code = "reason_missing"
    message = _("Say in a few words why.")


class NotThisTool(DomainError):
    code = "standstill_wrong_tool"
    message = _("Parcel %(parcel)s is “%(state)s” by now; this cannot be decided about it any more.")


class SupplyNotAgain(DomainError):
    code = "supply_not_sent_again"
    message = _("Goods for a dealer are not sent again by this: give them up, and the dealer orders anew.")


@transaction.atomic
def give_up_as_lost(
    *, code: str, reason: str, actor: Actor, now: datetime, send_again: bool = False
) -> FulfillmentOrder:
    """A parcel that left the house was lost, or did not get back: its goods are written off.

    send_again: what is in it is routed once more; else the customer gets the money back. A parcel that was
    refused, or units of it, were settled at the door: then only the goods are written off. Of a posted one
    the postage stayed, for its way there and back, and goes back now. Raises NotAllowed, WhyMissing,
    ParcelUnknown, NotThisTool, SupplyNotAgain, reassignment.PostedStays.
    """
    fo = taken_on(code, reason, actor)
    before = fo.state
    if send_again:
        reassignment.must_be_replaceable(fo)
    if send_again and is_supply(fo.code):
        raise SupplyNotAgain()
    if fo.state in ON_THE_WAY:
        _end_delivery(fo, RefusalReason.LOST, now)
        _send_again(fo, actor, now) if send_again else _leave(fo, _S.LOST, RefusalReason.LOST, actor, now)
        _tell_customer(fo, send_again, now)
    elif fo.state == _S.REFUSED and not send_again:
        steps.advance(fo, _S.LOST, now=now, actor=actor, note=RefusalReason.LOST)
        if fo.is_posted:
            outbox.publish(LostComingBack(fo.pk, fo.demand.order_number, now.isoformat()))
            _tell_customer(fo, send_again, now)
    elif not (_units_out(fo).exists() and fo.state == _S.DELIVERED and not send_again):
        raise wrong_tool(fo)
    _write_off(fo, actor, now)
    _units_out(fo).update(returned_at=now)
    return record(
        fo,
        StandstillTool.SENT_AGAIN if send_again else StandstillTool.LOST,
        before,
        reason,
        actor=actor,
        now=now,
    )


@transaction.atomic
def take_back(*, code: str, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """The parcel, or what was not taken of it, is in its house again though nobody said so.

    From a courier that never came to a door the customer gets the money back, as after a refusal. Raises as
    give_up_as_lost does.
    """
    fo = taken_on(code, reason, actor)
    before = fo.state
    if fo.state in ON_THE_WAY:
        _end_delivery(fo, RefusalReason.CAME_BACK, now)
        _leave(fo, _S.RETURNED, RefusalReason.CAME_BACK, actor, now)
    elif fo.state == _S.REFUSED:
        steps.advance(fo, _S.RETURNED, now=now, actor=actor)
    elif not (_units_out(fo).exists() and fo.state == _S.DELIVERED):
        raise wrong_tool(fo)
    receive_back(fulfillment=fo, now=now)
    _units_out(fo).update(returned_at=now)
    if fo.is_posted:
        tracking_news.tell_back(fo, now=now)
    Delivery.objects.filter(fulfillment=fo).update(returned_at=now)
    return record(fo, StandstillTool.CAME_BACK, before, reason, actor=actor, now=now)


@transaction.atomic
def re_route(*, code: str, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """A parcel that lies at its place is looked for elsewhere, without that place.

    A pick-up asks its customer. Opened accounts of it are closed. Raises as give_up_as_lost does.
    """
    fo = taken_on(code, reason, actor)
    before = fo.state
    if fo.state not in AT_ITS_PLACE:
        raise wrong_tool(fo)
    steps.locked_whole(fo.pk)
    steps.advance(fo, _S.MOVED, now=now, actor=actor, note=STOOD_STILL)
    account_closing.set_aside_used_cards([fo], now=now, reason=STOOD_STILL)
    account_closing.close_accounts(fo, now=now)
    let_go(fo.lines.all(), now=now)
    reassignment.reassign(fo, reason=STOOD_STILL, now=now)
    return record(fo, StandstillTool.RE_ROUTED, before, reason, actor=actor, now=now)


def taken_on(code: str, reason: str, actor: Actor) -> FulfillmentOrder:
    """The parcel, locked for an operator. Raises NotAllowed, WhyMissing, ParcelUnknown."""
    actor.must_have("operator")
    if not reason.strip():
        raise WhyMissing(field="reason")
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand", "location")
    found = rows.filter(code=code.strip().upper()).first()
    if found is None:
        raise ParcelUnknown(parcel=code.strip()[:40])
    return found


def record(
    fo: FulfillmentOrder, tool: str, before: str, reason: str, *, actor: Actor, now: datetime
) -> FulfillmentOrder:
    StandstillDecision.objects.create(
        fulfillment=fo,
        tool=tool,
        state=before,
        reason=reason.strip()[:160],
        by=actor.label[:80],
        user_id=actor.user_id,
        at=now,
    )
    return fo


def wrong_tool(fo: FulfillmentOrder) -> NotThisTool:
    return NotThisTool(parcel=fo.code, state=str(fo.get_state_display()))


def _units_out(fo: FulfillmentOrder):
    return RefusedUnits.objects.filter(delivery__fulfillment=fo, returned_at=None)


def _end_delivery(fo: FulfillmentOrder, why: str, now: datetime) -> None:
    """The courier has nothing more to do with it; what was begun at a door is forgotten."""
    delivery = Delivery.objects.select_for_update().get(fulfillment=fo)
    part.forget(delivery)
    delivery.finished_at, delivery.refused_reason = now, why
    delivery.save(update_fields=["finished_at", "refused_reason"])
    visits.end(delivery, VisitEnd.REFUSED, now=now, reason=why)


def _leave(fo: FulfillmentOrder, state: str, why: str, actor: Actor, now: datetime) -> None:
    """The customer does not get it; the news lets what was paid go back."""
    courier_id = Delivery.objects.values_list("courier_id", flat=True).get(fulfillment=fo)
    completion.refuse(fo, courier_id=courier_id, reason=why, actor=actor, now=now, state=state)
    account_closing.close_accounts(fo, now=now)


def _send_again(fo: FulfillmentOrder, actor: Actor, now: datetime) -> None:
    """Its units are open once more: the promise that left with it is gone, the order is routed anew."""
    steps.locked_whole(fo.pk)
    steps.advance(fo, _S.MOVED, now=now, actor=actor, note=RefusalReason.LOST)
    account_closing.close_accounts(fo, now=now)
    gone = Reservation.objects.filter(fulfillment=fo, state=ReservationState.SHIPPED)
    gone.update(state=ReservationState.RELEASED, changed_at=now)
    ask_for_route(FulfillmentDemand.objects.select_for_update().get(pk=fo.demand_id), now=now)


def _write_off(fo: FulfillmentOrder, actor: Actor, now: datetime) -> None:
    """From transit to loss; serial units are in quarantine, should they turn up after all."""
    with connection.cursor() as cursor:
        cursor.execute(_LOSE, {"id": fo.pk, "now": now})
    claims = SerialClaim.objects.filter(line__fulfillment=fo, state=ClaimState.SHIPPED)
    units = list(SerialUnit.objects.filter(claims__in=claims, state=SerialState.IN_TRANSIT).order_by("pk"))
    SerialUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(
        state=SerialState.QUARANTINE, changed_at=now
    )
    SerialEvent.objects.bulk_create(
        SerialEvent(
            unit=unit,
            kind=SerialEventKind.LOST,
            location_id=fo.location_id,
            reference=fo.code,
            who=actor.label[:80],
            at=now,
        )
        for unit in units
    )


def _tell_customer(fo: FulfillmentOrder, send_again: bool, now: datetime) -> None:
    wish = fo.demand.wish
    phone = wish.get("contact_phone") or (wish.get("destination") or {}).get("phone")
    if not phone:
        return
    with override("zh-hans"):
        if send_again:
            text = gettext("We are sorry: parcel %(parcel)s was lost on the way. We send its goods again.")
        else:
            text = gettext(
                "We are sorry: parcel %(parcel)s was lost on the way. What you paid for it goes back to you."
            )
        text = text % {"parcel": fo.code}
    messages.send(phone=phone, kind="order", text=text, now=now)
