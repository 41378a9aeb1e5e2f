"""A dealer counts what arrived: units on its shelf, differences on record, and the invoice that follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import DealerGoodsReceived
from ..models import (
    ClaimState,
    DealerOrder,
    DealerOrderLine,
    DealerReceipt,
    DealerReceiptLine,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    Place,
    RefusedUnits,
    SerialClaim,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StockMovement,
)
from . import dealer_invoices, dealer_progress, dealer_surplus, stock
from .dealer_orders import locked_order
from .dealer_surplus import Extra, Report

RECEIVERS = ("partner",)
MOST_EXTRA = 10_000  # as many as can be ordered of an article


class ParcelNotYours(NotYours):
    code = "dealer_parcel_unknown"
    message = _("There is no parcel %(parcel)s for you.")


class NotArrived(DomainError):
    code = "parcel_not_delivered"
    message = _("Parcel %(parcel)s is not delivered yet: let the courier finish first.")


class CountedBefore(DomainError):
    code = "parcel_counted_before"
    message = _("Parcel %(parcel)s was received before.")


class ScannedTwice(Invalid):
    code = "serial_scanned_twice"
    message = _("%(serial)s was scanned twice. Each unit is scanned once.")


class NotInParcel(Invalid):
    code = "serial_not_in_parcel"
    message = _("%(serial)s is neither of this parcel nor a unit that it could hold. Put it aside.")


class CountWrong(Invalid):
    code = "count_wrong"
    message = _("%(units)s of %(sku)s cannot be: count again.")


@dataclass(frozen=True)
class Counted:
    """One line of the parcel: units sent (refused at the door are not), and counted.

    units: the serial units that are there; gone: those that are not. extra: what is there beyond it.
    """

    line: FulfillmentLine
    sent: int
    received: int
    units: tuple[SerialUnit, ...] = ()
    gone: tuple[SerialUnit, ...] = ()
    extra: Extra | None = None


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
    sent = _sent(fo)
    claimed = _claimed([line for line, _units in sent])
    if by_note:
        counted = [Counted(line, n, n, tuple(claimed.get(line.pk, ()))) for line, n in sent]
    else:
        counted = _compare(fo, sent, claimed, _distinct(scanned), counts or {})
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


def _sent(fo: FulfillmentOrder) -> list[tuple[FulfillmentLine, int]]:
    """Each line with the units that were left at the door; what was not taken there is on its way back."""
    refused = dict(RefusedUnits.objects.filter(line__fulfillment=fo).values_list("line_id", "quantity"))
    left = [(line, line.quantity - refused.get(line.pk, 0)) for line in fo.lines.order_by("pk")]
    return [(line, units) for line, units in left if units]


def _claimed(lines: list[FulfillmentLine]) -> dict[int, list[SerialUnit]]:
    """The units that left with each line and were taken at the door."""
    back = RefusedUnits.objects.filter(line__in=lines).values_list("serials", flat=True)
    claims = SerialClaim.objects.filter(line__in=lines, state=ClaimState.SHIPPED).select_related("serial")
    claims = claims.exclude(serial__serial__in=[serial for serials in back for serial in serials])
    found: dict[int, list[SerialUnit]] = {}
    for claim in claims.order_by("pk"):
        found.setdefault(claim.line_id, []).append(claim.serial)
    return found


def _distinct(scanned: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for serial in ("".join(each.split()) for each in scanned):
        if serial in seen:
            raise ScannedTwice(field="serials", serial=serial[:32])
        if serial:
            seen.add(serial)
    return seen


def _compare(fo, sent, claimed, scanned: set[str], counts: Mapping[str, int]) -> list[Counted]:
    strange = scanned - {unit.serial for units in claimed.values() for unit in units}
    more = _units_too_many(fo, {line.sku for line, _units in sent if line.pk in claimed}, strange)
    return [
        _by_scan(line, units, claimed[line.pk], scanned, tuple(more.pop(line.sku, ())))
        if line.pk in claimed
        else _by_count(line, units, counts)
        for line, units in sent
    ]


def _units_too_many(fo, skus: set[str], strange: set[str]) -> dict[str, list[SerialUnit]]:
    """Units that lay beside those of the parcel and came along, by SKU. Raises NotInParcel."""
    rows = SerialUnit.objects.filter(serial__in=strange, sku__in=skus, location_id=fo.location_id)
    found: dict[str, list[SerialUnit]] = {}
    for unit in rows.filter(state=SerialState.FREE).order_by("pk"):
        found.setdefault(unit.sku, []).append(unit)
    unknown = strange - {unit.serial for units in found.values() for unit in units}
    if unknown:
        raise NotInParcel(field="serials", serial=min(unknown)[:32])
    return found


def _by_scan(line: FulfillmentLine, sent: int, units: list[SerialUnit], scanned: set[str], more) -> Counted:
    there = tuple(unit for unit in units if unit.serial in scanned)
    gone = tuple(unit for unit in units if unit.serial not in scanned)
    extra = Extra(line.line_id, line.sku, len(more), more) if more else None
    return Counted(line, sent, len(there), there, gone, extra)


def _by_count(line: FulfillmentLine, sent: int, counts: Mapping[str, int]) -> Counted:
    units = counts.get(line.sku, 0)
    if not 0 <= units <= sent + MOST_EXTRA:
        raise CountWrong(field="counts", sku=line.sku, units=units)
    extra = Extra(line.line_id, line.sku, units - sent) if units > sent else None
    return Counted(line, sent, min(units, sent), extra=extra)


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
    if missing:
        StockMovement.objects.create(
            sku=sku,
            quantity=missing,
            from_place=Place.TRANSIT,
            to_place=Place.LOSS,
            reason="dealer_missing",
            reference=fo.code,
            at=now,
        )
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
