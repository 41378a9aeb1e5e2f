"""A portion of a file of mobile numbers: rows judged one by one, good ones put into the catalogue's pool."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from catalog.queries.numbers import block_places
from catalog.services import number_pool
from catalog.services.number_pool import Entry

from ..models import NumberReceipt, SerialImport, SerialImportReject
from . import serial_rules
from .serial_file import Row
from .serial_portion import digits_of, reject, repeated

LENGTH = 11


@dataclass(frozen=True)
class NumberReading:
    """A file as it is judged: its rows, lines of numbers seen before, homes of blocks (province, city)."""

    rows: list[Row]
    repeated: frozenset[int]
    places: dict[str, tuple[str, str]]


def local_digits(text: str) -> str:
    """Eleven digits of what is written with or without +86, blanks and hyphens."""
    digits = digits_of(text).replace("-", "").removeprefix("+")
    return digits[2:] if len(digits) == LENGTH + 2 and digits.startswith("86") else digits


def reading(rows: list[Row]) -> NumberReading:
    """A block that is new is at home where its first complete row says."""
    places: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.province and row.city:
            places.setdefault(local_digits(row.serial)[:7], (row.province, row.city))
    places |= block_places({local_digits(row.serial)[:7] for row in rows})
    return NumberReading(rows, repeated(rows, lambda row: local_digits(row.serial)), places)


def judge(
    batch: SerialImport, rows: list[Row], reading: NumberReading
) -> tuple[list[tuple[Row, Entry]], list[SerialImportReject]]:
    good, rejects = [], []
    for row in rows:
        digits = local_digits(row.serial)
        code = _fault(digits) or _fault_in_file(row, digits, reading)
        if code:
            detail = (
                " ".join(reading.places.get(digits[:7], ())) if code == serial_rules.PLACE_DIFFERS else ""
            )
            rejects.append(reject(batch, row, code, detail))
        else:
            good.append((row, Entry(digits, *reading.places[digits[:7]])))
    return good, rejects


def _fault(digits: str) -> str:
    if not digits:
        return serial_rules.MISSING
    if not (digits.isascii() and digits.isdigit()):
        return serial_rules.NOT_DIGITS
    if len(digits) != LENGTH:
        return serial_rules.LENGTH
    return "" if digits[:3] in settings.NUMBER_SEGMENTS else serial_rules.SEGMENT


def _fault_in_file(row: Row, digits: str, reading: NumberReading) -> str:
    if row.line in reading.repeated:
        return serial_rules.TWICE
    home = reading.places.get(digits[:7])
    if home is None:
        return serial_rules.PLACE_MISSING
    said = (row.province or home[0], row.city or home[1])
    return "" if said == home else serial_rules.PLACE_DIFFERS


def receive(
    batch: SerialImport,
    good: list[tuple[Row, Entry]],
    rejects: list[SerialImportReject],
    now: datetime,
) -> int:
    """Into the pool, each with its receipt; numbers known before become rejects, or are counted if ours."""
    fresh = set(number_pool.take_in([entry for _row, entry in good]))
    NumberReceipt.objects.bulk_create(
        NumberReceipt(msisdn=msisdn, batch=batch, received_at=now) for msisdn in sorted(fresh)
    )
    doubles = [(row, f"86{entry.digits}") for row, entry in good if f"86{entry.digits}" not in fresh]
    ours = NumberReceipt.objects.filter(
        msisdn__in=[msisdn for _row, msisdn in doubles], batch__delivery_note=batch.delivery_note
    )
    known = set(ours.values_list("msisdn", flat=True))
    rejects += [reject(batch, row, serial_rules.KNOWN) for row, msisdn in doubles if msisdn not in known]
    return len(known)


def finish(batch: SerialImport, _reading: NumberReading, _now: datetime) -> None:
    """Nobody waits for numbers: they can be chosen since their portion was taken in."""
