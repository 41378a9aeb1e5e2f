"""A file that was received wrongly is taken back whole, while all its units lie free where they came in."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError

from ..models import (
    ImportState,
    Place,
    SerialEventKind,
    SerialImport,
    SerialKind,
    SerialState,
    SerialUnit,
    SupplierOrder,
    SupplierOrderState,
)
from . import dealer_sourcing, serial_story, stock
from .shelf_locks import lock_shelves
from .wrong_input import ReasonMissing

ROLES = ("warehouse_lead", "operator")
REASON = "receipt_reversed"


class ImportUnknown(NotYours):
    code = "serial_import_unknown"
    message = _("There is no such receipt at a location of yours.")


class NothingToReverse(DomainError):
    code = "serial_import_nothing"
    message = _("This file brought nothing that could be taken back.")


class UnitsUsed(DomainError):
    code = "serial_import_used"
    message = _("%(units)s units of this file are not free on the shelf any more, %(serial)s for one.")


class PurchaseSettled(DomainError):
    code = "serial_import_settled"
    message = _("Supplier order %(number)s is closed and owed for. Send the goods back to the supplier.")


@transaction.atomic
def reverse(*, actor: Actor, import_id: int, reason: str, now: datetime) -> SerialImport:
    """Its units leave the books to the supplier and wait for the right file; their stories say why.

    Raises ImportUnknown, ReasonMissing, NothingToReverse, PurchaseSettled, UnitsUsed, stock.StockPromised.
    """
    batch = _locked(actor, import_id)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    purchase = _purchase(batch)
    units = _free_units(batch)
    for sku, count in sorted(Counter(unit.sku for unit in units).items()):
        stock.book(
            sku=sku,
            location_id=batch.location_id,
            units=-count,
            place=Place.SUPPLIER,
            reason=REASON,
            reference=f"{batch.delivery_note}#{batch.pk}",
            now=now,
        )
    _withdraw(batch, units, actor, reason.strip(), now)
    if purchase is not None:
        dealer_sourcing.count_units(purchase)
    return batch


def may_reverse(actor: Actor, batch: SerialImport) -> bool:
    """Whether the page offers it; reverse asks again."""
    brought = batch.state == ImportState.DONE and batch.rows_good and batch.kind in SerialKind.values
    return bool(brought) and any(actor.can(role, batch.location.path) for role in ROLES)


def _locked(actor: Actor, import_id: int) -> SerialImport:
    rows = SerialImport.objects.select_for_update(of=("self",)).select_related("location")
    batch = rows.filter(pk=import_id).first()
    if batch is None or not any(actor.can(role, batch.location.path) for role in ROLES):
        raise ImportUnknown()
    if batch.state != ImportState.DONE or batch.kind not in SerialKind.values or not batch.rows_good:
        raise NothingToReverse()
    return batch


def _purchase(batch: SerialImport) -> SupplierOrder | None:
    """The open supplier order that the file served, locked; one that is over was paid for what came."""
    wanted = SupplierOrder.objects.filter(number=batch.delivery_note, location_id=batch.location_id)
    if not wanted.exists():
        return None
    purchase = dealer_sourcing.locked_purchase(batch.delivery_note)
    if purchase.state != SupplierOrderState.OPEN:
        raise PurchaseSettled(number=purchase.number)
    return purchase


def _free_units(batch: SerialImport) -> list[SerialUnit]:
    """The units of the file, locked after their levels."""
    skus = sorted(set(batch.units.values_list("sku", flat=True)))
    lock_shelves((sku, batch.location_id) for sku in skus)
    units = list(batch.units.select_for_update().order_by("pk"))
    gone = [unit for unit in units if not _lies_as_it_came(unit, batch)]
    if gone:
        raise UnitsUsed(units=len(gone), serial=gone[0].serial)
    if not units:
        raise NothingToReverse()
    return units


def _lies_as_it_came(unit: SerialUnit, batch: SerialImport) -> bool:
    return unit.state == SerialState.FREE and unit.location_id == batch.location_id and not unit.grade


def _withdraw(batch: SerialImport, units: list[SerialUnit], actor: Actor, reason: str, now: datetime) -> None:
    keys = [unit.pk for unit in units]
    SerialUnit.objects.filter(pk__in=keys).update(state=SerialState.WITHDRAWN, changed_at=now)
    serial_story.tell(
        keys,
        SerialEventKind.WITHDRAWN,
        location_id=batch.location_id,
        reference=f"{batch.delivery_note} {batch.sku}".strip(),
        who=actor.label,
        reason=reason,
        now=now,
    )
    batch.state, batch.reversed_at = ImportState.REVERSED, now
    batch.reversed_by, batch.reversal_reason = actor.label[:80], reason[:120]
    batch.save(update_fields=["state", "reversed_at", "reversed_by", "reversal_reason"])
