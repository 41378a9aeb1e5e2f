"""From a dealer's order to the unit: purchases, contracts, dispatch notices, receipts and serial numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from ..models import (
    NoticeState,
    Place,
    SerialImport,
    SerialState,
    SerialUnit,
    StockMovement,
    SupplierNotice,
    SupplierOrder,
    SupplierOrderLine,
)

SHOWN_UNITS = 5


@dataclass(frozen=True)
class Receipt:
    """What came in for a purchase: a file of serial numbers (import_id), or counted units of a SKU."""

    at: datetime
    units: int
    sku: str = ""
    import_id: int | None = None


@dataclass(frozen=True)
class Thread:
    """One purchase with all that hangs on it; `units` with serial numbers, and the first of these."""

    order: SupplierOrder
    lines: list[SupplierOrderLine] = field(default_factory=list)
    notices: list[SupplierNotice] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    units: int = 0
    serials: list[str] = field(default_factory=list)

    @property
    def contracts(self) -> list[str]:
        return sorted({line.contract.number for line in self.lines if line.contract})

    @property
    def ordered(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def announced(self) -> int:
        return sum(line.announced for line in self.lines)

    @property
    def came(self) -> int:
        return sum(line.received for line in self.lines)

    @property
    def under_way(self) -> list[SupplierNotice]:
        return [notice for notice in self.notices if notice.state == NoticeState.ANNOUNCED]


def threads(orders: Iterable[SupplierOrder]) -> list[Thread]:
    """In the order given; a number of statements that does not grow with them."""
    orders = list(orders)
    ids, numbers = [order.pk for order in orders], [order.number for order in orders]
    found = {order.pk: Thread(order) for order in orders}
    by_number = {thread.order.number: thread for thread in found.values()}
    for line in SupplierOrderLine.objects.filter(order__in=ids).select_related("contract").order_by("pk"):
        found[line.order_id].lines.append(line)
    notices = SupplierNotice.objects.filter(order__in=ids).prefetch_related("lines__line").order_by("pk")
    for notice in notices:
        found[notice.order_id].notices.append(notice)
    for number, receipt in sorted(_receipts(numbers), key=lambda each: each[1].at):
        by_number[number].receipts.append(receipt)
    counted = _units(numbers)
    return [_with_units(thread, *counted.get(thread.order.number, (0, []))) for thread in found.values()]


def _with_units(thread: Thread, units: int, serials: list[str]) -> Thread:
    return Thread(thread.order, thread.lines, thread.notices, thread.receipts, units, serials)


def _receipts(numbers: list[str]) -> list[tuple[str, Receipt]]:
    files = SerialImport.objects.filter(delivery_note__in=numbers, rows_good__gt=0).exclude(state="reversed")
    columns = ("delivery_note", "finished_at", "created_at", "rows_good", "sku", "pk")
    rows = [
        (number, Receipt(ended or begun, units, sku, pk))
        for number, ended, begun, units, sku, pk in files.values_list(*columns)
    ]
    return rows + _counted(numbers)


def _counted(numbers: list[str]) -> list[tuple[str, Receipt]]:
    """Counted units came in under the purchase's number and a running sum; indexed by the reference."""
    ours = reduce(or_, (Q(reference__startswith=f"{number}:") for number in numbers), Q(pk__in=[]))
    moves = StockMovement.objects.filter(ours, reason="received", from_place=Place.SUPPLIER)
    return [
        (reference.partition(":")[0], Receipt(at, units, sku))
        for reference, at, units, sku in moves.values_list("reference", "at", "quantity", "sku")
    ]


def _units(numbers: list[str]) -> dict[str, tuple[int, list[str]]]:
    """By purchase how many units with serial numbers came in, and the first of their serial numbers."""
    came = SerialUnit.objects.filter(received_with__delivery_note__in=numbers)
    came = came.exclude(state=SerialState.WITHDRAWN).order_by()
    note = F("received_with__delivery_note")
    place = Window(RowNumber(), partition_by=note, order_by="serial")
    total = Window(Count("pk"), partition_by=note)
    rows = came.annotate(note=note, place=place, total=total).filter(place__lte=SHOWN_UNITS)
    counted: dict[str, tuple[int, list[str]]] = {}
    for number, units, serial in rows.order_by("serial").values_list("note", "total", "serial"):
        counted.setdefault(number, (units, []))[1].append(serial)
    return counted
