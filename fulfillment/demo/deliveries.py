"""Delivery notes behind a part of the opening stock, so that units can be traced to them; one put aside."""

import hashlib
from datetime import datetime, timedelta

from members.actors import SYSTEM
from members.queries import institutions_of_kind
from members.values import InstitutionCard

from ..models import ImportState, SerialImport, SerialImportReject, SerialUnit, StockLevel
from ..services import serial_care, serial_rules

PEOPLE = {"wh-east": "周大勇", "wh-south": "何伟强"}
# Rows that a scanner read wrongly: line, serial, reason.
REJECTS = ((14, "86000000000001", serial_rules.LENGTH), (31, "860000000000019", serial_rules.CHECK_DIGIT))


def load_deliveries(*, now: datetime) -> None:
    """Two notes per warehouse, of devices and of cards. Twice changes nothing."""
    if SerialImport.objects.exists():
        return
    for place in institutions_of_kind("warehouse"):
        for kind, ago in (("imei", 9), ("iccid", 6)):
            _note(place, kind, now - timedelta(days=ago))
    _put_one_aside(now)


def _note(place: InstitutionCard, kind: str, at: datetime) -> None:
    skus = SerialUnit.objects.filter(location=place.id, kind=kind).order_by("sku")
    sku = skus.values_list("sku", flat=True).first()
    units = SerialUnit.objects.filter(location=place.id, sku=sku)
    count, rejects = units.count(), REJECTS if kind == "imei" else ()
    note = f"LS-{at:%y%m%d}-{place.code[-1].upper()}{len(rejects)}"
    batch = SerialImport.objects.create(
        kind=kind,
        sku=sku,
        location_id=place.id,
        delivery_note=note,
        file_name=f"{note}.csv",
        digest=hashlib.sha256(note.encode()).hexdigest(),
        state=ImportState.DONE,
        rows_total=count + len(rejects),
        rows_done=count + len(rejects),
        rows_good=count,
        rows_rejected=len(rejects),
        uploaded_by=PEOPLE.get(place.code, ""),
        created_at=at,
        finished_at=at,
    )
    SerialImportReject.objects.bulk_create(
        SerialImportReject(batch=batch, line_number=line, serial=serial, code=code)
        for line, serial, code in rejects
    )
    units.update(received_with=batch, received_at=at)


def _put_one_aside(now: datetime) -> None:
    """A device whose box arrived crushed, where plenty of it lies."""
    level = StockLevel.objects.filter(location__code="wh-south", on_hand__gt=50).order_by("-on_hand", "sku")
    skus = list(level.values_list("sku", flat=True)[:40])
    unit = (
        SerialUnit.objects.filter(location__code="wh-south", kind="imei", sku__in=skus)
        .order_by("-serial")
        .first()
    )
    if unit is not None:
        serial_care.quarantine(actor=SYSTEM, serial=unit.serial, reason="damaged", note="LS", now=now)
