"""A dealer's order drives our own: what is missing is bought from a supplier, and traced to both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _

from catalog.queries.taken import serial_kinds
from members.actors import Actor, NotYours
from members.queries import institutions_of_kind
from members.values import InstitutionCard
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import SupplierGoodsReceived
from ..models import (
    DealerOrder,
    NoticeState,
    Place,
    SerialImport,
    SupplierOrder,
    SupplierOrderKind,
    SupplierOrderLine,
    SupplierOrderState,
)
from . import notice_counts, stock, supply_contracts
from .shelf_locks import lock_shelves
from .supply_contracts import Offer

RECEIVERS = ("warehouse", "warehouse_lead", "operator")
NUMBERS = {SupplierOrderKind.PURCHASE: "MP", SupplierOrderKind.PRODUCTION: "PR"}


class NoSupplier(DomainError):
    code = "no_supplier"
    message = _(
        "%(units)s of %(sku)s are missing and no supplier delivers it. Name one, or reject the order."
    )


class PurchaseUnknown(NotYours):
    code = "supplier_order_unknown"
    message = _("There is no supplier order %(number)s at a location of yours.")


class PurchaseOver(DomainError):
    code = "supplier_order_over"
    message = _("Supplier order %(number)s was received or cancelled before.")


class ByFile(DomainError):
    code = "serials_by_file"
    message = _("%(sku)s has serial numbers: load the delivery note's file under the number %(number)s.")


class ByNotice(DomainError):
    code = "supplier_by_notice"
    message = _("%(sku)s is announced by notice %(notice)s: count it there, so that differences are seen.")


class MoreThanOrdered(Invalid):
    code = "more_than_ordered"
    message = _("Only %(open)s of %(sku)s are still expected.")


def order_missing(order: DealerOrder, missing: Mapping[str, int], *, actor: Actor, now: datetime) -> None:
    """An order per supplier and kind, by supply_contracts.best(); less what is under way for this order.

    The dealer's order is locked. Raises NoSupplier, and then nothing is ordered. By itself (the system's
    actor) the house does not ask a supplier again that declined.
    """
    wanted = _not_under_way(order, missing)
    chosen: dict[tuple[int, str], list[tuple[Offer, int]]] = defaultdict(list)
    best = supply_contracts.best(order, wanted, today=clock.local_day(now), asks_again=not actor.is_system)
    for sku, units in sorted(wanted.items()):
        if sku not in best:
            raise NoSupplier(sku=sku, units=units)
        offer = best[sku]
        chosen[offer.supplier_id, offer.kind].append((offer, offer.lots(units)))
    place = nearest_warehouse(order) if chosen else None
    for supplier_id, kind in sorted(chosen):
        _write(order, supplier_id, kind, chosen[supplier_id, kind], place, actor, now)


def _not_under_way(order: DealerOrder, missing: Mapping[str, int]) -> dict[str, int]:
    lines = SupplierOrderLine.objects.filter(order__dealer_order=order, order__state=SupplierOrderState.OPEN)
    coming: dict[str, int] = defaultdict(int)
    for line in lines:
        coming[line.sku] += line.open_units
    return {sku: units - coming[sku] for sku, units in missing.items() if units > coming[sku]}


def nearest_warehouse(order: DealerOrder) -> InstitutionCard:
    """Where the goods come in: the warehouse nearest to the dealer; one without a place comes last."""
    dealer = order.dealer

    def far(card: InstitutionCard) -> tuple[float, str]:
        kilometres = card.distance_km(dealer.latitude, dealer.longitude)
        return (float("inf") if kilometres is None else kilometres, card.code)

    return min(institutions_of_kind("warehouse"), key=far)


def _write(
    order: DealerOrder,
    supplier_id: int,
    kind: str,
    lots: list[tuple[Offer, int]],
    place: InstitutionCard,
    actor: Actor,
    now: datetime,
) -> None:
    """Expected when the slowest line is there."""
    lines = {line.sku: line for line in order.lines.all()}
    purchase = SupplierOrder.objects.create(
        kind=kind,
        supplier_id=supplier_id,
        location_id=place.id,
        dealer_order=order,
        state=SupplierOrderState.OPEN,
        amount_fen=sum(units * offer.cost_fen for offer, units in lots),
        created_by=actor.label[:80],
        created_at=now,
        expected_on=_expected(max(offer.lead_days for offer, _units in lots), now),
        changed_at=now,
    )
    purchase.number = f"{NUMBERS[kind]}{clock.local_day(now):%y%m%d}{purchase.pk:06d}"
    purchase.save(update_fields=["number"])
    SupplierOrderLine.objects.bulk_create(
        SupplierOrderLine(
            order=purchase,
            dealer_line=lines[offer.sku],
            contract=offer.contract,
            sku=offer.sku,
            quantity=units,
            cost_fen=offer.cost_fen,
        )
        for offer, units in lots
    )
    for offer, units in lots:
        supply_contracts.call_off(offer, units)


def _expected(days: int, now: datetime) -> date:
    return clock.local_day(now) + timedelta(days=days)


@transaction.atomic
def receive(*, actor: Actor, number: str, counts: Mapping[str, int], now: datetime) -> SupplierOrder:
    """Units without serial numbers came in: they go on the shelf.

    Raises PurchaseUnknown, PurchaseOver, ByFile (devices and cards come by the delivery note's file),
    ByNotice (what a notice announces is counted against it: notice_checks), MoreThanOrdered.
    """
    purchase = locked_purchase(number)
    if not any(actor.can(role, purchase.location.path) for role in RECEIVERS):
        raise PurchaseUnknown(number=number)
    if purchase.state != SupplierOrderState.OPEN:
        raise PurchaseOver(number=number)
    lines = [line for line in purchase.lines.filter(sku__in=counts).order_by("sku") if counts[line.sku]]
    for line in lines:
        _must_not_be_announced(line)
    take_in(purchase, [(line, counts[line.sku]) for line in lines], now=now)
    finish(purchase, now=now)
    return purchase


def _must_not_be_announced(line: SupplierOrderLine) -> None:
    announced = line.notice_lines.filter(notice__state=NoticeState.ANNOUNCED).select_related("notice").first()
    if announced:
        raise ByNotice(sku=line.sku, notice=announced.notice.number)


def take_in(
    purchase: SupplierOrder, counted: Iterable[tuple[SupplierOrderLine, int]], *, now: datetime
) -> None:
    """Counted units of a locked purchase go on the shelf, its levels locked together.

    Raises ByFile, MoreThanOrdered.
    """
    counted = list(counted)
    kinds = serial_kinds(line.sku for line, _units in counted)
    lock_shelves((line.sku, purchase.location_id) for line, _units in counted)
    for line, units in counted:
        if kinds.get(line.sku):
            raise ByFile(sku=line.sku, number=purchase.number)
        _shelve(purchase, line, units, now)


def _shelve(purchase: SupplierOrder, line: SupplierOrderLine, units: int, now: datetime) -> None:
    if not 0 < units <= line.open_units:
        raise MoreThanOrdered(field="units", sku=line.sku, open=line.open_units)
    stock.book(
        sku=line.sku,
        location_id=purchase.location_id,
        units=units,
        place=Place.SUPPLIER,
        reason="received",
        reference=f"{purchase.number}:{line.received + units}",
        now=now,
    )
    line.received += units
    line.save(update_fields=["received"])


def locked_purchase(number: str) -> SupplierOrder:
    """Supplier orders are locked before dealers' orders. Raises PurchaseUnknown."""
    rows = SupplierOrder.objects.select_for_update(of=("self",)).select_related("location", "supplier")
    purchase = rows.filter(number=number.strip().upper()).first()
    if purchase is None:
        raise PurchaseUnknown(number=number.strip()[:32])
    return purchase


@transaction.atomic
def note_supplies(*, import_id: int, now: datetime) -> SupplierOrder | None:
    """A file of serials was received; units under a supplier order's number count as its delivery.

    None when the delivery note is no supplier order of that location. Twice changes nothing.
    """
    batch = SerialImport.objects.only("delivery_note", "location_id").get(pk=import_id)
    wanted = SupplierOrder.objects.filter(
        number=batch.delivery_note, location_id=batch.location_id, state=SupplierOrderState.OPEN
    )
    if not wanted.exists():
        return None
    purchase = locked_purchase(batch.delivery_note)
    came = notice_counts.came_by_line(purchase)
    count_units(purchase)
    notice_counts.close_exact(purchase, came, now=now)
    finish(purchase, now=now)
    return purchase


def count_units(purchase: SupplierOrder) -> None:
    """What came of a locked supplier order by file; a receipt that was taken back does not count.

    Notices are looked at first: while files are read, none brings more than its order received.
    """
    by_line = notice_counts.came_by_line(purchase)
    came = dict(notice_counts.units_of(purchase).order_by().values_list("sku").annotate(Count("pk")))
    for line in purchase.lines.filter(sku__in=notice_counts.serial_skus(purchase)):
        line.received = min(line.quantity, came.get(line.sku, 0))
        line.save(update_fields=["received"])
    notice_counts.recount(purchase, by_line)


def count_up(purchase: SupplierOrder) -> None:
    """Before somebody judges a locked supplier order by what came: files count at once, not when told.

    Raises notice_counts.FileBeingRead.
    """
    notice_counts.must_be_read(purchase)
    if purchase.state == SupplierOrderState.OPEN:
        count_units(purchase)


def finish(purchase: SupplierOrder, *, now: datetime) -> None:
    """Close a locked supplier order once everything came; the fact lets the dealer's order go on."""
    purchase.changed_at = now
    over = not purchase.lines.filter(received__lt=F("quantity")).exists()
    if over and purchase.state == SupplierOrderState.OPEN:
        purchase.state = SupplierOrderState.RECEIVED
        tell_delivered(purchase, now=now)
    purchase.save(update_fields=["state", "changed_at"])


def tell_delivered(purchase: SupplierOrder, *, now: datetime) -> None:
    """The fact of what came, at its cost: all of it, or what there was when the purchase was closed."""
    came = purchase.lines.aggregate(fen=Sum(F("received") * F("cost_fen")))["fen"] or 0
    outbox.publish(
        SupplierGoodsReceived(
            supplier_order=purchase.number,
            supplier_id=purchase.supplier_id,
            location_id=purchase.location_id,
            dealer_order=purchase.dealer_order.number,
            cost_fen=int(came),
            occurred_at=now.isoformat(),
        )
    )
