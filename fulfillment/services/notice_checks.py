"""Our receiving checks a delivery against its dispatch notice: what differs is asked about and stays.

Devices and cards come in by file and are compared by serial number; the rest is counted here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import Invalid

from ..models import NoticeLine, SupplierNotice, SupplierOrder, SupplierOrderState
from . import notice_counts
from .dealer_sourcing import (
    RECEIVERS,
    PurchaseOver,
    PurchaseUnknown,
    count_up,
    finish,
    locked_purchase,
    take_in,
)
from .supplier_notices import locked_notice
from .wrong_input import ReasonMissing


@dataclass(frozen=True)
class Difference:
    """Of a line of a notice: units announced and found, and announced serial numbers that are not here."""

    sku: str
    announced: int
    found: int
    missing: tuple[str, ...] = ()


class NoticeDiffers(Invalid):
    """`differences` names them; said to be so, with a note, they are accepted."""

    code = "notice_differs"
    message = _("What came differs from notice %(notice)s. Look again, or confirm it and say what you found.")

    def __init__(self, notice: str, differences: list[Difference]):
        self.differences = differences
        super().__init__(field="sure", notice=notice)


@transaction.atomic
def check_in(
    *,
    actor: Actor,
    number: str,
    notice: str,
    counts: Mapping[str, int],
    sure: bool = False,
    note: str = "",
    now: datetime,
) -> SupplierNotice:
    """Count a delivery in against its notice: counted units go on the shelf, differences on record.

    counts: units by SKU of what has no serial numbers. Raises PurchaseUnknown, NoticeUnknown, NoticeOver,
    NoticeDiffers until `sure`, then ReasonMissing without a note; MoreThanOrdered, PurchaseOver,
    notice_counts.FileBeingRead.
    """
    purchase = locked_purchase(number)
    if not any(actor.can(role, purchase.location.path) for role in RECEIVERS):
        raise PurchaseUnknown(number=number.strip()[:32])
    found = locked_notice(purchase, notice)
    lines = list(found.lines.select_related("line").order_by("line__sku"))
    came = _came(purchase, lines, counts)
    count_up(purchase)
    different = differences(purchase, lines, came)
    if different and not sure:
        raise NoticeDiffers(found.number, different)
    if different and not note.strip():
        raise ReasonMissing(field="note")
    _take_in(purchase, lines, counts, now)
    notice_counts.close(found, came, who=actor.label, note=note if different else "", now=now)
    if purchase.state == SupplierOrderState.OPEN:
        finish(purchase, now=now)
    return found


def _came(purchase: SupplierOrder, lines: list[NoticeLine], counts: Mapping[str, int]) -> dict[int, int]:
    """Units found by notice line; of counted articles there may be more than announced."""
    by_file, by_serial = notice_counts.serial_skus(purchase), notice_counts.came_by_line(purchase)
    return {
        row.pk: by_serial.get(row.pk, 0) if row.line.sku in by_file else counts.get(row.line.sku, 0)
        for row in lines
    }


def differences(
    purchase: SupplierOrder, lines: list[NoticeLine], came: Mapping[int, int]
) -> list[Difference]:
    """Of the lines of a notice those of which more or fewer units were found than announced."""
    wrong = [row for row in lines if came[row.pk] != row.quantity]
    if not wrong:
        return []
    gone = notice_counts.announced_of(purchase).filter(has_come=False, notice_line__in=wrong)
    missing: dict[int, list[str]] = {}
    for line, serial in gone.order_by("serial").values_list("notice_line", "serial"):
        missing.setdefault(line, []).append(serial)
    return [
        Difference(row.line.sku, row.quantity, came[row.pk], tuple(missing.get(row.pk, ()))) for row in wrong
    ]


def _take_in(
    purchase: SupplierOrder, lines: list[NoticeLine], counts: Mapping[str, int], now: datetime
) -> None:
    by_file = notice_counts.serial_skus(purchase)
    counted = [(row.line, counts.get(row.line.sku, 0)) for row in lines if row.line.sku not in by_file]
    counted = [(line, units) for line, units in counted if units]
    if counted and purchase.state != SupplierOrderState.OPEN:
        raise PurchaseOver(number=purchase.number)
    take_in(purchase, counted, now=now)
