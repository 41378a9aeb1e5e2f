"""A portion of the network's list: rows judged one by one, good ones recorded together."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from omnichannel.kernel import clock

from ..models import SerialActivation, SerialImport, SerialImportReject
from . import activations, dealer_days, serial_rules
from .activations import Sighting
from .serial_file import Row
from .serial_portion import digits_of, reject, repeated

LONGEST = 32
ASKED = 5000  # serials in one statement


@dataclass(frozen=True)
class ActivationReading:
    """A list as it is judged: its rows, and the lines of serials that an earlier line had."""

    rows: list[Row]
    repeated: frozenset[int]


def reading(rows: list[Row]) -> ActivationReading:
    return ActivationReading(rows, repeated(rows, lambda row: digits_of(row.serial)))


def judge(
    batch: SerialImport, rows: list[Row], reading: ActivationReading
) -> tuple[list[tuple[Row, Sighting]], list[SerialImportReject]]:
    good, rejects = [], []
    for row in rows:
        serial, at = digits_of(row.serial), moment_of(row.at)
        code = _serial_fault(serial, row, reading) or _time_fault(at, batch.created_at)
        if code:
            rejects.append(reject(batch, row, code, row.at if at is None else ""))
        else:
            good.append((row, Sighting(serial, at)))
    return good, rejects


def moment_of(text: str) -> datetime | None:
    """The instant, of Shanghai where the text names no zone; None when it is no time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    local = moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)
    return local.astimezone(UTC)


def _serial_fault(serial: str, row: Row, reading: ActivationReading) -> str:
    if not serial:
        return serial_rules.MISSING
    if len(serial) > LONGEST:
        return serial_rules.LENGTH
    return serial_rules.TWICE if row.line in reading.repeated else ""


def _time_fault(at: datetime | None, loaded: datetime) -> str:
    if at is None:
        return serial_rules.TIME
    return serial_rules.FUTURE if at > loaded else ""


def receive(
    batch: SerialImport,
    good: list[tuple[Row, Sighting]],
    rejects: list[SerialImportReject],
    now: datetime,
) -> int:
    """Record them; what is refused becomes a reject with the refusal's code. How many were known before."""
    outcome = activations.record(
        sightings=[sighting for _row, sighting in good],
        reference=f"{batch.file_name[-40:]}#{batch.pk}-{batch.rows_done}",
        now=now,
    )
    rejects += [
        reject(batch, row, outcome.refused[sighting.serial].code)
        for row, sighting in good
        if sighting.serial in outcome.refused
    ]
    return len(outcome.known)


def finish(batch: SerialImport, reading: ActivationReading, now: datetime) -> None:
    """Sell-out of the days on which the list has sales of dealers, however long ago they were."""
    days: set[date] = set()
    for first in range(0, len(reading.rows), ASKED):
        days |= _days(reading.rows[first : first + ASKED])
    for day in sorted(days):
        dealer_days.reckon(day=day)


def _days(rows: list[Row]) -> set[date]:
    serials = [digits_of(row.serial) for row in rows]
    sold = SerialActivation.objects.filter(unit__serial__in=serials, dealer__isnull=False)
    return {clock.local_day(at) for at in sold.values_list("activated_at", flat=True)}
