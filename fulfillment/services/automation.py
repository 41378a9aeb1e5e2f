"""Waves for an automated warehouse: given to the machine, its reports taken, taken back by people."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.events import WaveGiven
from fulfillment.gateways.automation import Refused, automated_warehouse
from fulfillment.gateways.webhooks import is_signed
from fulfillment.models import (
    AutomationJob,
    AutomationNotice,
    AutomationState,
    CentreProfile,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
    Wave,
)
from fulfillment.services import claims, shortage
from fulfillment.services.steps import advance
from fulfillment.services.workplaces import must_lead
from members.actors import SYSTEM, Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid, NotFound

WORKING = (AutomationState.WAITING, AutomationState.SENT)
MACHINE = "machine"


class NoticeUnsigned(DomainError):
    code = "signature_invalid"
    status = 401
    message = _("The message is not signed by the machine, or was signed more than five minutes ago.")


class WaveUnknown(NotFound):
    code = "automation_wave_unknown"
    message = _("No wave was given to the machine under %(key)s.")


class ParcelNotInWave(NotFound):
    code = "automation_parcel_unknown"
    message = _("Parcel %(parcel)s is not in this wave.")


class WaveTakenBack(DomainError):
    code = "automation_wave_taken_back"
    message = _("Wave %(wave)s was taken back: people pick it.")


class NoticeReused(DomainError):
    code = "automation_notice_reused"
    message = _("A report with this id said something else before.")


class NoticeIncomplete(Invalid):
    code = "automation_serials_differ"
    message = _("%(sku)s needs %(wanted)s serial numbers, %(given)s were reported.")


def is_automated(location_id: int) -> bool:
    return CentreProfile.objects.filter(pk=location_id, automated=True).exists()


def give(wave: Wave, *, now: datetime) -> AutomationJob | None:
    """Ask the machine to pick a new wave, in the caller's transaction; None when nothing is to pick."""
    if not PickTask.objects.filter(wave=wave, state=PickState.OPEN).exists():
        return None
    job = AutomationJob.objects.create(wave=wave, key=f"wave-{wave.pk}", asked_at=now)
    outbox.publish(WaveGiven(job_id=job.pk))
    return job


def send(*, job_id: int, done: Callable[[], None], now: datetime) -> None:
    """Call the machine outside of any transaction; a refusal leaves the wave to people.

    Raises gateways.automation.Unreachable when there is no answer: the outbox repeats with the same key.
    """
    job = AutomationJob.objects.select_related("wave__location").get(pk=job_id)
    refused = ""
    if job.state == AutomationState.WAITING:
        try:
            automated_warehouse().take(key=job.key, wave=_order(job.wave), now=now)
        except Refused as error:
            refused = str(error)
    with transaction.atomic():
        waiting = AutomationJob.objects.filter(pk=job_id, state=AutomationState.WAITING)
        if refused:
            waiting.update(state=AutomationState.FAILED, reason=refused[:160], finished_at=now)
        else:
            waiting.update(state=AutomationState.SENT, sent_at=now)
        done()


def _order(wave: Wave) -> dict:
    """What the machine is told: each parcel's lines with their bins."""
    tasks = PickTask.objects.filter(wave=wave, state=PickState.OPEN).select_related("line__fulfillment")
    parcels: dict[str, list[dict]] = {}
    for task in tasks.order_by("line__fulfillment_id", "pk"):
        line = {"sku": task.line.sku, "units": task.line.quantity, "bin": task.bin}
        parcels.setdefault(task.line.fulfillment.code, []).append(line | {"serials": task.line.serial_kind})
    lines = [{"parcel": code, "lines": inside} for code, inside in parcels.items()]
    return {"wave": wave.code, "location": wave.location.code, "parcels": lines}


def must_be_signed(headers: Mapping[str, str], body: bytes, *, now: datetime) -> str:
    """The call-back's id. Raises NoticeUnsigned."""
    if not is_signed(settings.AUTOMATION_SECRET, headers, body, now=now):
        raise NoticeUnsigned()
    return headers["webhook-id"][:80]


@transaction.atomic
def receive(
    *,
    notice_id: str,
    key: str,
    parcel: str,
    picked: dict[str, list[str]],
    missing: dict[str, int],
    now: datetime,
) -> AutomationNotice:
    """A parcel's report: serials by SKU of what was picked, or units by SKU that are not there.

    Anything missing makes the parcel short: it is routed elsewhere by itself. The same id again changes
    nothing; a parcel that was cancelled meanwhile is left alone. Raises NoticeReused, WaveUnknown,
    WaveTakenBack, ParcelNotInWave, NoticeIncomplete and the refusals of claims.claim: then nothing of it is
    booked.
    """
    body = {"parcel": parcel, "picked": picked, "missing": missing}
    known = AutomationNotice.objects.filter(notice_id=notice_id).first()
    if known is not None:
        return _same(known, body)
    fo = _parcel(key, parcel)
    job = AutomationJob.objects.select_for_update(of=("self",)).select_related("wave").get(key=key)
    if job.state not in WORKING:
        raise WaveTakenBack(wave=job.wave.code)
    notice, created = AutomationNotice.objects.get_or_create(
        notice_id=notice_id, defaults={"job": job, "body": body, "received_at": now}
    )
    if created and fo.state == FulfillmentState.IN_WAVE:
        _book(fo, picked, missing, now)
        _finish(job, now)
    return notice if created else _same(notice, body)


def _same(notice: AutomationNotice, body: dict) -> AutomationNotice:
    if notice.body != body:
        raise NoticeReused()
    return notice


def _parcel(key: str, code: str) -> FulfillmentOrder:
    if not AutomationJob.objects.filter(key=key).exists():
        raise WaveUnknown(key=key)
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    fo = rows.filter(code=code, wave_entry__wave__automation__key=key).first()
    if fo is None:
        raise ParcelNotInWave(parcel=code)
    return fo


def _book(fo: FulfillmentOrder, picked: dict, missing: dict, now: datetime) -> None:
    tasks = PickTask.objects.filter(line__fulfillment=fo, state=PickState.OPEN)
    found = list(tasks.select_related("line"))
    done = {"done_at": now, "done_by": MACHINE}
    if any(missing.values()):
        lost = {task.line_id: min(missing.get(task.line.sku, 0), task.line.quantity) for task in found}
        tasks.update(state=PickState.SHORT, **done)
        shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, now=now, missing=lost)
        return
    left = {sku: list(serials) for sku, serials in picked.items()}
    for task in found:
        _claim(task, left, now)
    tasks.update(state=PickState.PICKED, sorted_at=now, **done)
    advance(fo, FulfillmentState.PICKED, now=now, note=MACHINE)


def _claim(task: PickTask, left: dict[str, list[str]], now: datetime) -> None:
    """Bind as many of the reported serials to the line as it has units."""
    line = task.line
    if not line.serial_kind:
        return
    given = left.get(line.sku, [])
    if len(given) < line.quantity:
        raise NoticeIncomplete(field="picked", sku=line.sku, wanted=line.quantity, given=len(given))
    for _unit in range(line.quantity):
        claims.claim(line, given.pop(0), location_id=line.fulfillment.location_id, now=now)


def _finish(job: AutomationJob, now: datetime) -> None:
    waiting = job.wave.entries.filter(fulfillment__state=FulfillmentState.IN_WAVE)
    if not waiting.exists():
        job.state, job.finished_at = AutomationState.DONE, now
        job.save(update_fields=["state", "finished_at"])


@transaction.atomic
def take_back(*, job_id: int, actor: Actor, now: datetime) -> AutomationJob:
    """The machine stands still: people pick what it has not reported. Raises NotALead, WaveTakenBack."""
    rows = AutomationJob.objects.select_for_update(of=("self",)).select_related("wave")
    job = rows.get(pk=job_id)
    must_lead(actor, job.wave.location_id)
    if job.state not in WORKING:
        raise WaveTakenBack(wave=job.wave.code)
    job.state, job.finished_at = AutomationState.FAILED, now
    job.reason = f"taken back by {actor.label}"[:160]
    job.save(update_fields=["state", "finished_at", "reason"])
    return job
