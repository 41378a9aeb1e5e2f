"""A portion of an import: rows judged one by one, units, secrets and movements written together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from omnichannel.kernel import outbox
from omnichannel.kernel.money import fen
from omnichannel.kernel.secrets import encrypt, lookup

from ..events import SuppliesReceived
from ..models import (
    Place,
    RechargeCard,
    SerialImport,
    SerialImportReject,
    SerialKind,
    SerialUnit,
    StockLevel,
)
from . import serial_rules, stock
from .serial_file import Row
from .serial_rules import card_fault, fault

PIN_CONTEXT = "recharge_card"

_INSERT = """
INSERT INTO fulfillment_serialunit
    (serial, kind, sku, location_id, state, received_with_id, received_at, changed_at)
SELECT s.serial, %(kind)s, s.sku, %(location)s, 'free', %(batch)s, %(now)s, %(now)s
FROM unnest(%(serials)s::text[], %(skus)s::text[]) AS s(serial, sku)
ON CONFLICT (serial) DO UPDATE SET kind = excluded.kind, sku = excluded.sku,
    location_id = excluded.location_id, state = 'free', received_with_id = excluded.received_with_id,
    received_at = excluded.received_at, changed_at = excluded.changed_at
    WHERE fulfillment_serialunit.state = 'withdrawn'
RETURNING serial, id
"""


@dataclass(frozen=True)
class Reading:
    """A file as it is judged: rows, kinds of serials by SKU, lines of serials and secrets seen before."""

    rows: list[Row]
    kinds: dict[str, str]
    repeated: frozenset[int]
    pins_repeated: frozenset[int]


def digits_of(text: str) -> str:
    return "".join(text.split())


def repeated(rows: list[Row], value_of: Callable[[Row], str]) -> frozenset[int]:
    """The lines whose value an earlier line had."""
    seen, lines = set(), set()
    for row in rows:
        value = value_of(row)
        if value and value in seen:
            lines.add(row.line)
        seen.add(value)
    return frozenset(lines)


def sku_fault(kind: str, kind_of_sku: str | None) -> str:
    """Devices, SIM cards and recharge cards say which serials they have; None: there is no such SKU."""
    if kind_of_sku is None:
        return serial_rules.SKU_UNKNOWN
    return "" if kind_of_sku == kind else serial_rules.SKU_KIND


def judge(batch: SerialImport, rows: list[Row], reading: Reading) -> tuple[list, list[SerialImportReject]]:
    """(good rows as (row, serial, SKU), rejects): what the row itself and the file say."""
    good, rejects = [], []
    pins = _pins_known(rows) if batch.kind == SerialKind.CARD else frozenset()
    for row in rows:
        serial, sku = digits_of(row.serial), row.sku or batch.sku
        code = (
            fault(batch.kind, serial)
            or (serial_rules.TWICE if row.line in reading.repeated else "")
            or (sku_fault(batch.kind, reading.kinds.get(sku)) if sku else serial_rules.SKU_MISSING)
            or (_secret_fault(row, reading, pins) if batch.kind == SerialKind.CARD else "")
        )
        if code:
            rejects.append(reject(batch, row, code))
        else:
            good.append((row, serial, sku))
    return good, rejects


def _secret_fault(row: Row, reading: Reading, known: frozenset[tuple[str, str]]) -> str:
    """`known`: (hash, serial) of secrets that cards have; a card's own one is no fault."""
    found = card_fault(row)
    if found:
        return found
    pin_hash = lookup(digits_of(row.pin), context=PIN_CONTEXT)
    of_other = any(each == pin_hash and serial != digits_of(row.serial) for each, serial in known)
    return serial_rules.PIN_TWICE if row.line in reading.pins_repeated or of_other else ""


def _pins_known(rows: list[Row]) -> frozenset[tuple[str, str]]:
    hashes = [lookup(digits_of(row.pin), context=PIN_CONTEXT) for row in rows]
    cards = RechargeCard.objects.filter(pin_hash__in=hashes)
    return frozenset(cards.values_list("pin_hash", "unit__serial"))


def reject(batch: SerialImport, row: Row, code: str, detail: str = "") -> SerialImportReject:
    return SerialImportReject(
        batch=batch, line_number=row.line, serial=row.serial[:40], code=code, detail=detail[:80]
    )


def receive(batch: SerialImport, good: list, rejects: list[SerialImportReject], now: datetime) -> int:
    """Write units, secrets and movements; serials known before become rejects, or are counted if ours.

    A unit whose receipt was taken back comes in again as itself, so its story goes on.
    """
    values = {
        "kind": batch.kind,
        "location": batch.location_id,
        "batch": batch.pk,
        "now": now,
        "serials": [serial for _row, serial, _sku in good],
        "skus": [sku for _row, _serial, sku in good],
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        fresh = dict(cursor.fetchall())
    known = _known_before(batch, [each for each in good if each[1] not in fresh], rejects)
    received = [each for each in good if each[1] in fresh]
    if batch.kind == SerialKind.CARD:
        RechargeCard.objects.bulk_create(
            (_card(row, fresh[serial]) for row, serial, _sku in received),
            update_conflicts=True,
            unique_fields=["unit"],
            update_fields=["pin_encrypted", "pin_hash", "face_fen", "expires_on"],
        )
    _book(batch, Counter(sku for _row, _serial, sku in received), now)
    return known


def finish(batch: SerialImport, _reading: Reading, _now: datetime) -> None:
    """Supplies came in; a purchase may wait for them."""
    outbox.publish(
        SuppliesReceived(import_id=batch.pk, location_id=batch.location_id, delivery_note=batch.delivery_note)
    )


def _known_before(batch: SerialImport, doubles: list, rejects: list[SerialImportReject]) -> int:
    """How many of the doubles came with this delivery note; the others are set aside."""
    units = SerialUnit.objects.filter(serial__in=[serial for _row, serial, _sku in doubles])
    places = {
        serial: row
        for serial, *row in units.values_list(
            "serial", "sku", "received_with__delivery_note", "received_with__location_id", "location__code"
        )
    }
    known = 0
    for row, serial, sku in doubles:
        sku_before, note, location, code = places[serial]
        if sku_before != sku:
            rejects.append(reject(batch, row, serial_rules.OTHER_SKU, detail=sku_before))
        elif (note, location) == (batch.delivery_note, batch.location_id):
            known += 1
        else:
            rejects.append(reject(batch, row, serial_rules.KNOWN, detail=code))
    return known


def _card(row: Row, unit_id: int) -> RechargeCard:
    pin = digits_of(row.pin)
    return RechargeCard(
        unit_id=unit_id,
        pin_encrypted=encrypt(pin, context=PIN_CONTEXT),
        pin_hash=lookup(pin, context=PIN_CONTEXT),
        face_fen=fen(Decimal(row.face)) if row.face else 0,
        expires_on=date.fromisoformat(row.expires[:10]) if row.expires else None,
    )


def _book(batch: SerialImport, units: Counter[str], now: datetime) -> None:
    """One movement per SKU and portion; levels in the order of their keys, new ones last."""
    levels = StockLevel.objects.filter(sku__in=units, location_id=batch.location_id)
    order = {sku: (0, pk) for sku, pk in levels.values_list("sku", "pk")}
    for sku in sorted(units, key=lambda sku: (order.get(sku, (1, 0)), sku)):
        stock.book(
            sku=sku,
            location_id=batch.location_id,
            units=units[sku],
            place=Place.SUPPLIER,
            reason="received",
            reference=f"{batch.delivery_note}#{batch.pk}-{batch.rows_done}",
            now=now,
        )
