"""What a dealer counted of a parcel against what was sent: units there, units missing, units too many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid

from ..models import (
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    RefusedUnits,
    SerialClaim,
    SerialState,
    SerialUnit,
)
from .dealer_surplus import Extra

MOST_EXTRA = 10_000  # as many as can be ordered of an article


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

    @property
    def missing(self) -> int:
        return self.sent - self.received


def count(
    fo: FulfillmentOrder, *, by_note: bool, scanned: Iterable[str], counts: Mapping[str, int]
) -> list[Counted]:
    """Each line as the delivery note says, or as it was scanned and counted.

    Raises ScannedTwice, NotInParcel, CountWrong.
    """
    sent = sent_of(fo)
    claimed = _claimed([line for line, _units in sent])
    if by_note:
        return [Counted(line, n, n, tuple(claimed.get(line.pk, ()))) for line, n in sent]
    return _compare(fo, sent, claimed, _distinct(scanned), counts)


def sent_of(fo: FulfillmentOrder) -> list[tuple[FulfillmentLine, int]]:
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
