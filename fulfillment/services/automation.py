"""Waves for an automated warehouse: given to the machine, taken back by people. Reports: machine_reports."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.events import WaveGiven
from fulfillment.gateways.automation import Refused, automated_warehouse
from fulfillment.models import (
    AutomationJob,
    AutomationState,
    CentreProfile,
    PickState,
    PickTask,
    Wave,
)
from fulfillment.services.workplaces import must_lead
from members.actors import Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

WORKING = (AutomationState.WAITING, AutomationState.SENT)
MACHINE = "machine"


class WaveTakenBack(DomainError):
    code = "automation_wave_taken_back"
    message = _("Wave %(wave)s was taken back: people pick it.")


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
