"""Which unit goes to which line: a serial scanned at a shelf or taken from the free ones."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zlib import crc32

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    SerialClaim,
    SerialState,
    SerialUnit,
)
from members.actors import NotYours
from omnichannel.kernel.errors import DomainError


class SerialNotHere(NotYours):
    """Unknown, or at another location: both look the same from here."""

    code = "serial_not_here"
    message = _("%(serial)s does not belong to this location. Put it aside.")


class LabelScanned(DomainError):
    code = "label_scanned"
    message = _("%(serial)s is the label of a parcel. Scan what is asked for.")


class SerialOfOther(DomainError):
    code = "serial_wrong_product"
    message = _("%(serial)s is another product (%(sku)s). Take one of %(wanted)s.")


class SerialTaken(DomainError):
    code = "serial_taken"
    message = _("%(serial)s was used before (%(state)s). Take another one.")


class SerialsShort(DomainError):
    code = "serials_short"
    message = _("%(wanted)s units of %(sku)s are needed, %(free)s are free here.")


def claim(line: FulfillmentLine, serial: str, *, location_id: int, now: datetime) -> SerialClaim:
    """Bind a scanned unit to a line. Raises SerialNotHere, LabelScanned, SerialOfOther, SerialTaken."""
    unit = free_unit(line, serial, location_id=location_id)
    unit.state, unit.changed_at = SerialState.CLAIMED, now
    unit.save(update_fields=["state", "changed_at"])
    return SerialClaim.objects.create(
        serial=unit, line=line, state=ClaimState.LIVE, claimed_at=now, changed_at=now
    )


def free_unit(line: FulfillmentLine, serial: str, *, location_id: int) -> SerialUnit:
    """The scanned unit, locked, when it could be the line's. Raises as claim does."""
    serial = serial.strip().upper()
    unit = SerialUnit.objects.select_for_update().filter(serial=serial, location_id=location_id).first()
    if unit is None:
        is_label = FulfillmentOrder.objects.filter(code=serial, location_id=location_id).exists()
        raise (LabelScanned if is_label else SerialNotHere)(serial=serial)
    if unit.sku != line.sku:
        raise SerialOfOther(serial=serial, sku=unit.sku, wanted=line.sku)
    if unit.state != SerialState.FREE:
        raise SerialTaken(serial=serial, state=str(unit.get_state_display()))
    return unit


def claim_free(lines: Iterable[FulfillmentLine], *, location_id: int, now: datetime) -> int:
    """Bind free units of the location to lines, as an automatic warehouse does; returns how many.

    Units that somebody has in hand are passed over. Two statements and two or three per SKU. Raises
    SerialsShort.
    """
    lines = list(lines)
    missing = _missing(lines)
    wanted = defaultdict(list)
    for line in lines:
        wanted[line.sku] += [line] * missing[line.pk]
    claims = [
        SerialClaim(serial=unit, line=line, state=ClaimState.LIVE, claimed_at=now, changed_at=now)
        for sku, slots in wanted.items()
        if slots
        for unit, line in zip(_free(sku, slots, location_id), slots, strict=True)
    ]
    SerialUnit.objects.filter(pk__in=[claim.serial_id for claim in claims]).update(
        state=SerialState.CLAIMED, changed_at=now
    )
    SerialClaim.objects.bulk_create(claims)
    return len(claims)


def _missing(lines: list[FulfillmentLine]) -> dict[int, int]:
    missing = {line.pk: line.quantity for line in lines}
    live = SerialClaim.objects.filter(line__in=missing, state=ClaimState.LIVE)
    for line_pk in live.values_list("line_id", flat=True):
        missing[line_pk] -= 1
    return missing


def _free(sku: str, slots: list[FulfillmentLine], location_id: int) -> list[SerialUnit]:
    """Locked free units, those from a point of one's own on first: who comes at once meets elsewhere.

    The point follows from the first line, so that the same day takes the same units.
    """
    here = SerialUnit.objects.filter(sku=sku, location_id=location_id, state=SerialState.FREE)
    span = here.aggregate(first=Min("pk"), last=Max("pk"))
    if span["first"] is None:
        raise SerialsShort(sku=sku, wanted=len(slots), free=0)
    start = span["first"] + crc32(str(slots[0].pk).encode()) % (span["last"] - span["first"] + 1)
    units = here.select_for_update(skip_locked=True).order_by("pk")
    free = list(units.filter(pk__gte=start)[: len(slots)])
    if len(free) < len(slots):
        free += units.filter(pk__lt=start)[: len(slots) - len(free)]
    if len(free) < len(slots):
        raise SerialsShort(sku=sku, wanted=len(slots), free=len(free))
    return free


def let_go(lines: Iterable[FulfillmentLine], *, now: datetime, serial: str | None = None) -> None:
    """Free the lines' units (or the one named) again: they go back to their shelf."""
    live = SerialClaim.objects.filter(line__in=lines, state=ClaimState.LIVE)
    if serial is not None:
        live = live.filter(serial__serial=serial)
    units = list(live.values_list("serial_id", flat=True))
    live.update(state=ClaimState.RELEASED, changed_at=now)
    claimed = SerialUnit.objects.filter(pk__in=units, state=SerialState.CLAIMED)
    claimed.update(state=SerialState.FREE, changed_at=now)
