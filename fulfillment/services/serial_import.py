"""Serial numbers of a delivery note come in from a file: good rows are received, the others reported.

The file is accepted by a page and read by a worker, in portions: each receives its units together with
their movements and says how far it came, so a worker that dies is followed by another at that row.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.queries.taken import serial_kinds
from members.actors import Actor
from members.queries import institution
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.secrets import decrypt, encrypt

from ..events import SerialImportRequested
from ..models import (
    ImportKind,
    ImportState,
    SerialImport,
    SerialImportReject,
    SerialKind,
)
from . import activation_portion, number_portion, serial_portion
from .serial_file import check_head, read
from .serial_portion import Reading, digits_of, repeated, sku_fault

ROLES = ("warehouse", "warehouse_lead", "operator")
PORTION = 2000
CONTEXT = "serial_import"
NOTE_LENGTH = 40
# Who judges and keeps the rows of what kind of file.
DESKS = {ImportKind.NUMBER: number_portion, ImportKind.ACTIVATION: activation_portion}


class KindUnknown(Invalid):
    code = "serial_kind_unknown"
    message = _("Choose what the file holds: IMEI, ICCID or recharge cards.")


class NoteMissing(Invalid):
    code = "delivery_note_missing"
    message = _("Type the number of the delivery note, at most 40 characters.")


class SkuUnsuitable(Invalid):
    code = "serial_sku_unsuitable"
    message = _("%(sku)s is unknown or does not carry such serial numbers.")


def submit(
    *,
    actor: Actor,
    location_id: int,
    kind: str,
    sku: str,
    delivery_note: str,
    file_name: str,
    content: bytes,
    now: datetime,
) -> SerialImport:
    """Accept a file to be read by a worker. The same file of a delivery note is the same import, unless it
    comes with another kind or SKU, or was taken back.

    sku: for rows that name none; may be blank. Raises NotAllowed, InstitutionUnknown, KindUnknown,
    NoteMissing, SkuUnsuitable, and what serial_file.read raises.
    """
    actor.must_have(*ROLES, path=institution(location_id).path)
    note, sku = delivery_note.strip(), sku.strip()
    _check(kind, sku, note)
    return accept(
        actor=actor,
        location_id=location_id,
        kind=kind,
        sku=sku,
        delivery_note=note,
        file_name=file_name,
        content=content,
        now=now,
    )


def accept(
    *,
    actor: Actor,
    location_id: int,
    kind: str,
    sku: str,
    delivery_note: str,
    file_name: str,
    content: bytes,
    now: datetime,
) -> SerialImport:
    """Keep a file that may come in until a worker reads it; who may, and what of, was asked before."""
    check_head(content, file_name=file_name, kind=kind)
    values = {
        "file_name": file_name[-120:],
        "content": encrypt(base64.b64encode(content).decode(), context=CONTEXT),
        "state": ImportState.WAITING,
        "uploaded_by": actor.label[:80],
        "created_at": now,
    }
    with transaction.atomic():
        batch, _made = SerialImport.objects.exclude(state=ImportState.REVERSED).get_or_create(
            location_id=location_id,
            delivery_note=delivery_note,
            digest=hashlib.sha256(content).hexdigest(),
            kind=kind,
            sku=sku,
            defaults=values,
        )
        outbox.publish(SerialImportRequested(import_id=batch.pk))
    return batch


def _check(kind: str, sku: str, note: str) -> None:
    if kind not in SerialKind.values:
        raise KindUnknown(field="kind")
    check_note(note)
    if sku and sku_fault(kind, serial_kinds([sku]).get(sku)):
        raise SkuUnsuitable(field="sku", sku=sku)


def check_note(note: str) -> None:
    """Raise NoteMissing."""
    if not 0 < len(note) <= NOTE_LENGTH:
        raise NoteMissing(field="delivery_note")


def run(*, import_id: int, done: Callable[[], None], now: datetime) -> None:
    """Read an accepted file to its end; `done` is called in the transaction of the last portion.

    Several workers may run the same import: each portion is taken under the import's lock, where the
    last one ended. A damaged file fails as a whole, before anything is received.
    """
    batch = SerialImport.objects.get(pk=import_id)
    if batch.is_over:
        done()
        return
    try:
        reading = _reading(batch)
    except Invalid as refusal:
        _fail(import_id, refusal.code, done, now)
        return
    while not _portion(import_id, reading, done, now):
        pass


def _reading(batch: SerialImport) -> Reading:
    content = base64.b64decode(decrypt(batch.content, context=CONTEXT))
    with_pin = batch.kind == SerialKind.CARD
    rows = read(content, file_name=batch.file_name, kind=batch.kind)
    if batch.kind in DESKS:
        return DESKS[batch.kind].reading(rows)
    skus = {row.sku or batch.sku for row in rows} - {""}
    return Reading(
        rows=rows,
        kinds=serial_kinds(skus),
        repeated=repeated(rows, lambda row: digits_of(row.serial)),
        pins_repeated=repeated(rows, lambda row: digits_of(row.pin)) if with_pin else frozenset(),
    )


@transaction.atomic
def _fail(import_id: int, code: str, done: Callable[[], None], now: datetime) -> None:
    SerialImport.objects.filter(pk=import_id).update(
        state=ImportState.FAILED, failure=code, content="", finished_at=now
    )
    done()


@transaction.atomic
def _portion(import_id: int, reading: Reading, done: Callable[[], None], now: datetime) -> bool:
    """Receive the next rows; True when there are none left."""
    batch = SerialImport.objects.select_for_update().get(pk=import_id)
    if batch.is_over:
        done()
        return True
    rows = reading.rows[batch.rows_done : batch.rows_done + PORTION]
    desk = DESKS.get(batch.kind, serial_portion)
    good, rejects = desk.judge(batch, rows, reading)
    known = desk.receive(batch, good, rejects, now)
    SerialImportReject.objects.bulk_create(rejects)
    batch.rows_total, batch.state = len(reading.rows), ImportState.RUNNING
    batch.rows_done += len(rows)
    batch.rows_known += known
    batch.rows_rejected += len(rejects)
    batch.rows_good += len(rows) - known - len(rejects)
    over = batch.rows_done == batch.rows_total
    if over:
        batch.state, batch.content, batch.finished_at = ImportState.DONE, "", now
        desk.finish(batch, reading, now)
        done()
    batch.save()
    return over
