"""What the simulated machine reports: every parcel of a wave, one signed call-back each. Demo and tests."""

import json
from datetime import datetime

from django.conf import settings

from fulfillment.gateways.webhooks import headers_for
from fulfillment.models import AutomationJob, FulfillmentOrder, FulfillmentState, PickTask, SerialUnit
from fulfillment.services import automation


def work(job: AutomationJob, *, now: datetime, missing: frozenset[str] = frozenset()) -> int:
    """Report all parcels that wait; what is named in `missing` (SKUs) is not there. Returns how many."""
    waiting = FulfillmentOrder.objects.filter(wave_entry__wave=job.wave, state=FulfillmentState.IN_WAVE)
    codes = list(waiting.order_by("pk").values_list("code", flat=True))
    for code in codes:
        message = report(job, code, missing=missing)
        body = json.dumps(message, sort_keys=True).encode()
        signed = headers_for(settings.AUTOMATION_SECRET, message_id=f"{job.key}-{code}", body=body, now=now)
        notice_id = automation.must_be_signed(signed, body, now=now)
        automation.receive(notice_id=notice_id, now=now, **message)
    return len(codes)


def report(job: AutomationJob, code: str, *, missing: frozenset[str] = frozenset()) -> dict:
    """The body of a parcel's call-back."""
    tasks = PickTask.objects.filter(line__fulfillment__code=code, state="todo").select_related("line")
    lines = [task.line for task in tasks]
    gone = {line.sku: line.quantity for line in lines if line.sku in missing}
    picked = {} if gone else {line.sku: _serials(line, job.wave.location_id) for line in lines}
    return {"key": job.key, "parcel": code, "picked": picked, "missing": gone}


def _serials(line, location_id: int) -> list[str]:
    if not line.serial_kind:
        return []
    free = SerialUnit.objects.filter(sku=line.sku, location_id=location_id, state="free").order_by("pk")
    return list(free.values_list("serial", flat=True)[: line.quantity])
