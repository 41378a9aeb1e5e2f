"""A dealer counts what arrived: units on its shelf, differences on record, and the invoice that follows."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import DealerGoodsReceived
from ..models import (
    DealerOrder,
    DealerOrderLine,
    DealerReceipt,
    DealerReceiptLine,
    FulfillmentOrder,
    FulfillmentState,
    Place,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
)
from . import dealer_invoices, dealer_progress, dealer_surplus, stock
from .dealer_counting import Counted, CountWrong, NotInParcel, ScannedTwice, count
from .dealer_order_steps import locked_order
from .dealer_surplus import Report

__all__ = [
    "CountWrong",
    "CountedBefore",
    "NotArrived",
    "NotInParcel",
    "ParcelNotYours",
    "ScannedTwice",
    "readable_parcel",
    "receive",
]

RECEIVERS = ("partner",)


class ParcelNotYours(NotYours):
    code = "dealer_parcel_unknown"
    message = _("There is no parcel %(parcel)s for you.")


class NotArrived(DomainError):
    code = "parcel_not_delivered"
    message = _("Parcel %(parcel)s is not delivered yet: let the courier finish first.")


class CountedBefore(DomainError):
    code = "parcel_counted_before"
    message = _("Parcel %(parcel)s was received before.")


@transaction.atomic
def receive(
    *,
    actor: Actor,
    code: str,
    now: datetime,
    by_note: bool = False,
    scanned: Iterable[str] = (),
    counts: Mapping[str, int] | None = None,
    note: str = "",
    surplus: Report | None = None,
) -> DealerReceipt:
    """Take a delivered parcel in: all of the delivery note, or what was scanned and counted.

    scanned: serials of devices and cards; counts: units by SKU of what has none. What is short is on
    record, is not invoiced and frees its credit; what is too much waits for the branch (dealer_surplus), with
    what the dealer says in `surplus`. Raises ParcelNotYours, NotArrived, CountedBefore, ScannedTwice,
    NotInParcel, CountWrong, WishMissing, StockPromised (try again); nothing is taken in then.
    """
    order, fo = _locked_order(actor, code)
    counted = count(fo, by_note=by_note, scanned=scanned, counts=counts or {})
    extras = [each.extra for each in counted if each.extra]
    claims = dealer_surplus.lock(fo, order.dealer_id, [each.line.sku for each in counted], extras)
    receipt = _write(order, fo, counted, by_note, note, actor, now)
    for each in sorted(counted, key=lambda each: each.line.sku):
        _put_away(order, fo, each, actor, now)
    dealer_surplus.record(receipt, extras, surplus or Report(), claims, actor=actor, now=now)
    _tell(receipt, order, counted, now)
    dealer_invoices.issue(receipt, now=now)
    dealer_progress.reckon(number=order.number, now=now)
    return receipt


def readable_parcel(actor: Actor, code: str) -> tuple[DealerOrder, FulfillmentOrder]:
    """The order and the parcel of the actor's own dealer. Raises ParcelNotYours."""
    rows = FulfillmentOrder.objects.select_related("demand", "location")
    fo = rows.filter(code=code.strip().upper()).first()
    orders = DealerOrder.objects.select_related("dealer", "branch")
    order = orders.filter(number=fo.demand.order_number).first() if fo else None
    if order is None or not any(actor.can(role, order.dealer.path) for role in RECEIVERS):
        raise ParcelNotYours(parcel=code.strip()[:40])
    return order, fo


def _locked_order(actor: Actor, code: str) -> tuple[DealerOrder, FulfillmentOrder]:
    """The dealer's order, locked: it is received by one person at a time, and its parcel stays as it is.

    The parcel is locked when it is known what else is (dealer_surplus.lock).
    """
    order, _seen = readable_parcel(actor, code)
    order = locked_order(order.number)
    fo = FulfillmentOrder.objects.get(code=code.strip().upper())
    if DealerReceipt.objects.filter(fulfillment=fo).exists():
        raise CountedBefore(parcel=fo.code)
    if fo.state != FulfillmentState.DELIVERED:
        raise NotArrived(parcel=fo.code)
    return order, fo


def _write(order: DealerOrder, fo: FulfillmentOrder, counted, by_note, note, actor, now) -> DealerReceipt:
    receipt = DealerReceipt.objects.create(
        order=order,
        fulfillment=fo,
        by_note=by_note,
        received_by=actor.label[:80],
        at=now,
        note=note.strip()[:160],
    )
    DealerReceiptLine.objects.bulk_create(
        DealerReceiptLine(
            receipt=receipt,
            line_id=each.line.line_id,
            sent=each.sent,
            received=each.received,
            missing_serials=[unit.serial for unit in each.gone],
        )
        for each in counted
    )
    lines = {line.pk: line for line in DealerOrderLine.objects.filter(order=order)}
    for each in counted:
        lines[each.line.line_id].received += each.received
    DealerOrderLine.objects.bulk_update(lines.values(), ["received"])
    return receipt


def _put_away(order: DealerOrder, fo: FulfillmentOrder, each: Counted, actor: Actor, now: datetime) -> None:
    """Units and their levels move together: counted ones to the dealer's shelf, the others to loss."""
    sku, missing = each.line.sku, each.sent - each.received
    if each.received:
        stock.book(
            sku=sku,
            location_id=order.dealer_id,
            units=each.received,
            place=Place.TRANSIT,
            reason="dealer_received",
            reference=fo.code,
            now=now,
        )
    stock.lose(sku=sku, units=missing, reason="dealer_missing", reference=fo.code, now=now)
    _turn(each.units, SerialState.FREE, order.dealer_id, now)
    _turn(each.gone, SerialState.QUARANTINE, None, now)
    SerialEvent.objects.bulk_create(
        [_event(unit, SerialEventKind.AT_DEALER, fo, order.dealer_id, actor, now) for unit in each.units]
        + [_event(unit, SerialEventKind.MISSING, fo, order.dealer_id, actor, now) for unit in each.gone]
    )


def _turn(units: tuple[SerialUnit, ...], state: str, location_id: int | None, now: datetime) -> None:
    """Missing units stay with the location that sent them."""
    changes = {"state": state, "changed_at": now} | ({"location_id": location_id} if location_id else {})
    SerialUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(**changes)


def _event(unit: SerialUnit, kind: str, fo: FulfillmentOrder, dealer_id: int, actor: Actor, now: datetime):
    return SerialEvent(
        unit=unit, kind=kind, location_id=dealer_id, reference=fo.code, who=actor.label[:80], at=now
    )


def _tell(receipt: DealerReceipt, order: DealerOrder, counted: list[Counted], now: datetime) -> None:
    outbox.publish(
        DealerGoodsReceived(
            receipt_id=receipt.pk,
            order_number=order.number,
            dealer_id=order.dealer_id,
            location_id=receipt.fulfillment.location_id,
            lines=[[c.line.sku, c.received, c.sent - c.received] for c in counted],
            occurred_at=now.isoformat(),
        )
    )
