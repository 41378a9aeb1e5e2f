"""Goods of a transfer on their way: out of the giver's books into transit, and in at the taker's.

What does not arrive goes from transit to loss, what arrives too much comes from there, so each SKU sums
to zero. Serial units travel one by one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import (
    Place,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StockTransfer,
    TransferLine,
    TransferState,
    TransferUnit,
    UnitOutcome,
)
from . import serial_story, stock
from .claims import SerialNotHere, SerialOfOther, SerialTaken
from .shelf_locks import lock_shelves
from .transfers import MOST_UNITS, TAKERS, locked, step
from .wrong_input import UnitsInvalid

OUT, IN, LOST, DAMAGED, SURPLUS = (
    "transfer_out",
    "transfer_in",
    "transfer_lost",
    "transfer_damaged",
    "transfer_surplus",
)


class NothingSent(Invalid):
    code = "transfer_nothing_sent"
    message = _("Send at least one unit, or call the transfer off.")


class TooManySent(Invalid):
    code = "transfer_too_many"
    message = _("%(wanted)s units of %(sku)s were agreed.")


class SerialsNeeded(Invalid):
    code = "transfer_serials"
    message = _("Scan the serial number of each unit of %(sku)s.")


class SerialNotSent(DomainError):
    code = "transfer_serial_not_sent"
    message = _("%(serial)s was not sent with this transfer. Put it aside.")


@dataclass(frozen=True)
class Arrival:
    """What was found of one SKU: units, or serial numbers where units have them."""

    good: int = 0
    damaged: int = 0
    serials: tuple[str, ...] = field(default=())
    damaged_serials: tuple[str, ...] = field(default=())


@transaction.atomic
def send(
    *,
    actor: Actor,
    code: str,
    units: Mapping[str, int] | None = None,
    serials: Mapping[str, Iterable[str]] | None = None,
    now: datetime,
) -> StockTransfer:
    """The goods leave for the other location. `units` by SKU may be fewer than agreed, absent means all;
    for articles with serial numbers the scanned ones count.

    Raises TransferUnknown, NotAllowed, TransferWrongState, TooManySent, NothingSent, SerialsNeeded,
    SerialNotHere, SerialOfOther, SerialTaken, stock.StockPromised.
    """
    transfer = locked(actor, code)
    actor.must_have(*TAKERS, path=transfer.from_location.path)
    step(transfer, TransferState.UNDER_WAY, actor=actor, now=now)
    lines = list(transfer.lines.order_by("sku"))
    scanned = {sku: _clean(numbers) for sku, numbers in (serials or {}).items()}
    lock_shelves((line.sku, transfer.from_location_id) for line in lines)
    for line in lines:
        line.sent = _sent(line, units or {}, scanned)
        if line.sent:
            _book(transfer, line, -line.sent, transfer.from_location_id, Place.TRANSIT, OUT, now)
    if not any(line.sent for line in lines):
        raise NothingSent(field="units")
    for line in lines:
        _take(transfer, line, scanned.get(line.sku, ()), actor, now)
    TransferLine.objects.bulk_update(lines, ["sent"])
    return transfer


def _clean(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))


def _sent(line: TransferLine, units: Mapping[str, int], scanned: Mapping[str, tuple[str, ...]]) -> int:
    if line.serial_kind:
        count = len(scanned.get(line.sku, ()))
        if units.get(line.sku, count) != count or (not count and line.sku not in units):
            raise SerialsNeeded(sku=line.sku)
    else:
        count = units.get(line.sku, line.wanted)
    if not 0 <= count <= line.wanted:
        raise TooManySent(field="units", sku=line.sku, wanted=line.wanted)
    return count


def _take(
    transfer: StockTransfer, line: TransferLine, numbers: tuple[str, ...], actor: Actor, now: datetime
) -> None:
    """Bind the scanned units to the line; they are in transit, and each one's story says so."""
    if not line.serial_kind or not numbers:
        return
    here = transfer.from_location_id
    found = SerialUnit.objects.select_for_update().filter(serial__in=numbers, location_id=here)
    known = {unit.serial: unit for unit in found.order_by("pk")}
    for number in numbers:
        _must_travel(known.get(number), number, line)
    SerialUnit.objects.filter(serial__in=numbers).update(state=SerialState.IN_TRANSIT, changed_at=now)
    TransferUnit.objects.bulk_create(TransferUnit(line=line, serial=known[number]) for number in numbers)
    serial_story.tell(
        [known[number].pk for number in numbers],
        SerialEventKind.SENT_AWAY,
        location_id=here,
        reference=f"{transfer.code} → {transfer.to_location.code}",
        who=actor.label,
        reason=transfer.note,
        now=now,
    )


def _must_travel(unit: SerialUnit | None, number: str, line: TransferLine) -> None:
    if unit is None:
        raise SerialNotHere(serial=number)
    if unit.sku != line.sku:
        raise SerialOfOther(serial=number, sku=unit.sku, wanted=line.sku)
    if unit.state != SerialState.FREE:
        raise SerialTaken(serial=number, state=str(unit.get_state_display()))


@transaction.atomic
def receive(
    *, actor: Actor, code: str, found: Mapping[str, Arrival] | None = None, now: datetime
) -> StockTransfer:
    """The goods are counted where they arrived; what is not named arrived as sent.

    Raises TransferUnknown, NotAllowed, TransferWrongState, UnitsInvalid, SerialsNeeded, SerialNotSent.
    """
    transfer = locked(actor, code)
    actor.must_have(*TAKERS, path=transfer.to_location.path)
    transfer.must_reach(TransferState.RECEIVED)
    lines = list(transfer.lines.filter(sent__gt=0).order_by("sku"))
    lock_shelves((line.sku, transfer.to_location_id) for line in lines)
    for line in lines:
        _arrive(transfer, line, _arrival(line, (found or {}).get(line.sku)), actor, now)
    TransferLine.objects.bulk_update(lines, ["arrived", "damaged"])
    step(transfer, TransferState.RECEIVED, actor=actor, now=now, note=_difference(lines))
    return transfer


def _arrival(line: TransferLine, said: Arrival | None) -> Arrival:
    """What arrived, its serial numbers checked against those that left."""
    if not line.serial_kind:
        said = said or Arrival(good=line.sent)
        if not (0 <= said.good <= MOST_UNITS and 0 <= said.damaged <= MOST_UNITS):
            raise UnitsInvalid(field="quantity")
        return said
    if said is None:
        raise SerialsNeeded(sku=line.sku)
    good, damaged = _clean(said.serials), _clean(said.damaged_serials)
    sent = set(line.units.values_list("serial__serial", flat=True))
    stranger = next((number for number in (*good, *damaged) if number not in sent), None)
    if stranger:
        raise SerialNotSent(serial=stranger)
    good = tuple(number for number in good if number not in damaged)
    return Arrival(len(good), len(damaged), good, damaged)


def _arrive(transfer: StockTransfer, line: TransferLine, said: Arrival, actor: Actor, now: datetime) -> None:
    line.arrived, line.damaged = said.good, said.damaged
    goal, good = transfer.to_location_id, min(said.good, line.sent)
    broken = min(said.damaged, line.sent - good)
    _book(transfer, line, good, goal, Place.TRANSIT, IN, now)
    _book(transfer, line, said.good - good, goal, Place.LOSS, SURPLUS, now)
    for units, reason in ((broken, DAMAGED), (line.sent - good - broken, LOST)):
        stock.lose(sku=line.sku, units=units, reason=reason, reference=transfer.code, now=now)
    if line.serial_kind:
        _settle_units(transfer, line, said, actor, now)


def _book(transfer, line: TransferLine, units: int, location_id: int, place: str, reason: str, now) -> None:
    if units:
        stock.book(
            sku=line.sku,
            location_id=location_id,
            units=units,
            place=place,
            reason=reason,
            reference=transfer.code,
            now=now,
        )


# outcome of a unit → (its state, what its story says)
_ENDS = {
    UnitOutcome.ARRIVED: (SerialState.FREE, SerialEventKind.ARRIVED),
    UnitOutcome.DAMAGED: (SerialState.QUARANTINE, SerialEventKind.DAMAGED),
    UnitOutcome.MISSING: (SerialState.QUARANTINE, SerialEventKind.LOST),
}


def _settle_units(
    transfer: StockTransfer, line: TransferLine, said: Arrival, actor: Actor, now: datetime
) -> None:
    """Arrived units are free at their goal; damaged and missing ones are in quarantine.

    A missing unit stays at the place it left from; its story says where it was missed, and by whom.
    """
    goal, travelled = transfer.to_location_id, dict(line.units.values_list("serial__serial", "serial_id"))
    arrived = [travelled[number] for number in said.serials]
    damaged = [travelled[number] for number in said.damaged_serials]
    missing = sorted({*travelled.values()} - {*arrived, *damaged})
    for outcome, keys in (
        (UnitOutcome.ARRIVED, arrived),
        (UnitOutcome.DAMAGED, damaged),
        (UnitOutcome.MISSING, missing),
    ):
        state, told = _ENDS[outcome]
        line.units.filter(serial__in=keys).update(outcome=outcome)
        moved = {} if outcome == UnitOutcome.MISSING else {"location_id": goal}
        SerialUnit.objects.filter(pk__in=keys).update(state=state, changed_at=now, **moved)
        serial_story.tell(
            keys, told, location_id=goal, reference=transfer.code, who=actor.label, now=now
        )  # fmt: skip


def _difference(lines: list[TransferLine]) -> str:
    """For the history: article, units sent → fit units that arrived."""
    return "; ".join(f"{line.sku} {line.sent} → {line.arrived}" for line in lines if line.differs)
