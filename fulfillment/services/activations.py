"""The network tells when it first saw a device or card: the proof that it was sold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from omnichannel.kernel.errors import DomainError

from ..models import (
    Place,
    SerialActivation,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
)
from . import stock
from .serials import SerialUnknown
from .shelf_locks import Shelf, UnitMoved, lock_shelves

DEALER = "dealer"


@dataclass(frozen=True)
class Sighting:
    """The network saw a serial (digits only) for the first time then."""

    serial: str
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """Serials recorded, known before, and refused with the reason."""

    recorded: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    refused: dict[str, DomainError] = field(default_factory=dict)


@transaction.atomic
def record(*, sightings: Iterable[Sighting], reference: str, now: datetime) -> Outcome:
    """Keep first activations, each serial once; what was kept before is passed over.

    A unit that the books still have free on a dealer's shelf was sold by that dealer without telling: it
    leaves the shelf and counts as its sell-out of that day. `reference` names the list and part of it, and
    keeps the movements apart. Refused: serials.SerialUnknown, shelf_locks.UnitMoved, and
    stock.StockPromised when the shelf's units are all promised to orders.
    """
    seen = {each.serial: each.at for each in sightings}
    outcome = Outcome()
    units = _locked(set(seen), outcome)
    kept = SerialActivation.objects.filter(unit__in=units).values_list("unit__serial", flat=True)
    outcome.known.update(kept)
    fresh = [unit for unit in units if unit.serial not in outcome.known]
    left = _leave_shelves([unit for unit in fresh if _sold_here(unit)], reference, outcome, now)
    good = [unit for unit in fresh if unit.serial not in outcome.refused]
    _write(good, left, seen, reference)
    outcome.recorded.update(unit.serial for unit in good)
    return outcome


def _locked(serials: set[str], outcome: Outcome) -> list[SerialUnit]:
    """The units by key, locked after the levels of those that stand at dealers."""
    rows = SerialUnit.objects.filter(serial__in=serials)
    places = {
        serial: (shelf, kind)
        for serial, *shelf, kind in rows.values_list("serial", "sku", "location_id", "location__kind")
    }
    lock_shelves({tuple(shelf) for shelf, kind in places.values() if kind == DEALER})
    units = []
    for unit in rows.select_for_update(of=("self",)).select_related("location").order_by("pk"):
        if [unit.sku, unit.location_id] == places.get(unit.serial, ([], ""))[0]:
            units.append(unit)
        else:
            outcome.refused[unit.serial] = UnitMoved(serial=unit.serial)
    for serial in serials - {unit.serial for unit in units} - outcome.refused.keys():
        outcome.refused[serial] = SerialUnknown(serial=serial[:32])
    return units


def _sold_here(unit: SerialUnit) -> bool:
    return unit.state == SerialState.FREE and unit.location.kind == DEALER


def _leave_shelves(units: list[SerialUnit], reference: str, outcome: Outcome, now: datetime) -> set[int]:
    """Units off their dealers' shelves, a movement per shelf; the keys of those that left."""
    shelves: dict[Shelf, list[SerialUnit]] = {}
    for unit in units:
        shelves.setdefault((unit.sku, unit.location_id), []).append(unit)
    left = [unit for shelf in sorted(shelves) for unit in _leave(shelves[shelf], reference, outcome, now)]
    keys = {unit.pk for unit in left}
    SerialUnit.objects.filter(pk__in=keys).update(state=SerialState.SOLD, changed_at=now)
    return keys


def _leave(units: list[SerialUnit], reference: str, outcome: Outcome, now: datetime) -> list[SerialUnit]:
    """All of one shelf together; where some are promised, one by one as many as are not."""
    try:
        _book(units, reference, now)
        return units
    except stock.StockPromised:
        left = []
    for unit in units:
        try:
            _book([unit], unit.serial, now)
            left.append(unit)
        except stock.StockPromised as refusal:
            outcome.refused[unit.serial] = refusal
    return left


def _book(units: list[SerialUnit], reference: str, now: datetime) -> None:
    stock.book(
        sku=units[0].sku,
        location_id=units[0].location_id,
        units=-len(units),
        place=Place.CUSTOMER,
        reason="activated",
        reference=reference,
        now=now,
    )


def _write(units: list[SerialUnit], left: set[int], seen: dict[str, datetime], reference: str) -> None:
    SerialActivation.objects.bulk_create(
        SerialActivation(
            unit=unit,
            activated_at=seen[unit.serial],
            dealer_id=unit.location_id if unit.pk in left else None,
        )
        for unit in units
    )
    SerialEvent.objects.bulk_create(
        SerialEvent(
            unit=unit,
            kind=SerialEventKind.ACTIVATED,
            location_id=unit.location_id,
            reference=reference,
            who="network",
            at=seen[unit.serial],
        )
        for unit in units
    )
