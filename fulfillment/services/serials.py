"""IMEI and ICCID units: received, put aside. Binding them to parcels is claims.py."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid, NotFound

from ..models import (
    ClaimState,
    Place,
    Reservation,
    ReservationState,
    SerialClaim,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StockLevel,
    StockMovement,
)
from . import hot, serial_rules, stock
from .shelf_locks import lock_unit


class SerialInvalid(Invalid):
    code = "serial_invalid"
    message = _("%(serial)s is not a valid serial number: check its length and its last digit.")


class SerialKnown(Invalid):
    code = "serial_known"
    message = _("%(serial)s was received before.")


class SerialUnknown(NotFound):
    code = "serial_unknown"
    message = _("We do not know %(serial)s.")


def check(kind: str, serial: str) -> str:
    """The serial without blanks; raises SerialInvalid for wrong length or check digit."""
    digits = "".join(serial.split())
    if serial_rules.fault(kind, digits):
        raise SerialInvalid(field="serial", serial=serial[:32])
    return digits


@transaction.atomic
def receive(
    *, kind: str, sku: str, location_id: int, serials: Iterable[str], reference: str, now: datetime
) -> int:
    """Take units into stock, all or none; returns how many. Raises SerialInvalid, SerialKnown."""
    checked = [check(kind, serial) for serial in serials]
    doubled = next((serial for serial in checked if checked.count(serial) > 1), None)
    known = SerialUnit.objects.filter(serial__in=checked).values_list("serial", flat=True).first()
    if doubled or known:
        raise SerialKnown(field="serial", serial=doubled or known)
    SerialUnit.objects.bulk_create(
        SerialUnit(
            serial=serial,
            kind=kind,
            sku=sku,
            location_id=location_id,
            state=SerialState.FREE,
            received_at=now,
            changed_at=now,
        )
        for serial in checked
    )
    stock.book(
        sku=sku,
        location_id=location_id,
        units=len(checked),
        place=Place.SUPPLIER,
        reason="received",
        reference=reference,
        now=now,
    )
    return len(checked)


@transaction.atomic
def quarantine(*, serial: str, reason: str, reference: str, now: datetime) -> bool:
    """Put a unit aside for good: it leaves its level, and the parcel that had it waits for another.

    False when the shelf has no unpromised unit left to replace it: then the parcel's reservation
    shrinks too, so that it cannot leave short. Raises SerialUnknown, UnitMoved. Repeating it does nothing.
    """
    unit = lock_unit(serial)
    if unit is None:
        raise SerialUnknown(serial=serial)
    if unit.state not in (SerialState.FREE, SerialState.CLAIMED):
        return True
    SerialEvent.objects.create(
        unit=unit,
        kind=SerialEventKind.QUARANTINED,
        reason=reason[:120],
        location_id=unit.location_id,
        reference=reference[:64],
        who="system",
        at=now,
    )
    claim = SerialClaim.objects.filter(serial=unit, state=ClaimState.LIVE).select_related("line").first()
    unit.state, unit.changed_at = SerialState.QUARANTINE, now
    unit.save(update_fields=["state", "changed_at"])
    SerialClaim.objects.filter(serial=unit, state=ClaimState.LIVE).update(
        state=ClaimState.RELEASED, changed_at=now
    )
    return _leave_level(unit, claim, reference, now)


def _leave_level(unit: SerialUnit, claim: SerialClaim | None, reference: str, now: datetime) -> bool:
    hot.gather_of(sku=unit.sku, location_id=unit.location_id)
    level = StockLevel.objects.select_for_update().get(sku=unit.sku, location_id=unit.location_id)
    spare = level.on_hand > level.reserved
    if not spare and not (claim and _shrink(claim, level, now)):
        raise stock.StockPromised(sku=unit.sku)
    StockLevel.objects.filter(pk=level.pk).update(
        on_hand=F("on_hand") - 1, reserved=F("reserved") - (0 if spare else 1)
    )
    StockMovement.objects.create(
        sku=unit.sku,
        quantity=1,
        from_place=Place.LOCATION,
        from_location_id=unit.location_id,
        to_place=Place.LOSS,
        reason="quarantine",
        reference=reference[:64],
        at=now,
    )
    return spare


def _shrink(claim: SerialClaim, level: StockLevel, now: datetime) -> bool:
    """One unit less promised to the parcel that had the unit."""
    rows = Reservation.objects.filter(
        fulfillment_id=claim.line.fulfillment_id,
        line_id=claim.line.line_id,
        level=level,
        state=ReservationState.CONFIRMED,
    )
    if rows.filter(quantity__gt=1).update(quantity=F("quantity") - 1, changed_at=now):
        return True
    return bool(rows.update(state=ReservationState.RELEASED, changed_at=now))
