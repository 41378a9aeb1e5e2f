"""What the simulated machine reports: every parcel of a wave, one signed call-back each. Demo and tests."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from fulfillment.gateways.webhooks import headers_for
from fulfillment.models import (
    AutomationJob,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
    SerialUnit,
)
from fulfillment.services import machine_reports


def work(
    job: AutomationJob,
    *,
    now: datetime,
    missing: frozenset[str] = frozenset(),
    lacking: Mapping[str, int] | None = None,
) -> int:
    """Report all parcels that wait. Returns how many.

    missing: SKUs that are not there, whose parcels it leaves. lacking: units by SKU that are not there, whose
    parcels it picks without them, the first ones first.
    """
    left = Counter(lacking or {})
    waiting = FulfillmentOrder.objects.filter(wave_entry__wave=job.wave, state=FulfillmentState.IN_WAVE)
    codes = list(waiting.order_by("pk").values_list("code", flat=True))
    for code in codes:
        message = report(job, code, missing=missing, lacking=left)
        left -= Counter({each["sku"]: each["units"] for each in message.get("lacking", ())})
        body = json.dumps(message, sort_keys=True).encode()
        signed = headers_for(settings.AUTOMATION_SECRET, message_id=f"{job.key}-{code}", body=body, now=now)
        notice_id = machine_reports.must_be_signed(signed, body, now=now)
        machine_reports.receive(notice_id=notice_id, now=now, **message)
    return len(codes)


def first_article(job: AutomationJob, *, units: int) -> dict[str, int]:
    """So many units of the first article that is still to be picked for this wave; none of nothing."""
    tasks = PickTask.objects.filter(line__fulfillment__wave_entry__wave=job.wave, state=PickState.OPEN)
    first = tasks.order_by("line__sku").values_list("line__sku", flat=True).first()
    return {first: units} if first and units else {}


def report(
    job: AutomationJob,
    code: str,
    *,
    missing: frozenset[str] = frozenset(),
    lacking: Mapping[str, int] | None = None,
) -> dict:
    """The body of a parcel's call-back."""
    tasks = PickTask.objects.filter(line__fulfillment__code=code, state=PickState.OPEN).select_related("line")
    lines = [task.line for task in tasks]
    gone = {line.sku: line.quantity for line in lines if line.sku in missing}
    told = {"key": job.key, "parcel": code, "missing": gone}
    if gone:
        return told | {"picked": {}}
    short = {line.sku: min((lacking or {}).get(line.sku, 0), line.quantity) for line in lines}
    here = job.wave.location_id
    told["picked"] = {line.sku: _serials(line, line.quantity - short[line.sku], here) for line in lines}
    lacks = [{"sku": sku, "units": units, "serials": []} for sku, units in short.items() if units]
    return told | ({"lacking": lacks, "reason": "missing"} if lacks else {})


def _serials(line, units: int, location_id: int) -> list[str]:
    if not line.serial_kind:
        return []
    free = SerialUnit.objects.filter(sku=line.sku, location_id=location_id, state="free").order_by("pk")
    return list(free.values_list("serial", flat=True)[:units])
