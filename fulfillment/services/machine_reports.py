"""What an automated warehouse reports of a parcel: booked whole or not at all.

Each parcel is reported once, when the machine is done with it: the serials of what it picked, and what lacks.
What lacks is cut out as at the stations of people, and the rest goes on (shortage.py).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.gateways.webhooks import is_signed
from fulfillment.models import (
    AutomationJob,
    AutomationNotice,
    AutomationState,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
)
from fulfillment.services import claims, losses, shortage, waves
from fulfillment.services.automation import MACHINE, WORKING, WaveTakenBack
from fulfillment.services.steps import advance, lock_around
from members.actors import SYSTEM
from omnichannel.kernel.errors import DomainError, Invalid, NotFound


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


class NoticeReused(DomainError):
    code = "automation_notice_reused"
    message = _("A report with this id said something else before.")


class NoticeIncomplete(Invalid):
    code = "automation_serials_differ"
    message = _("%(sku)s needs %(wanted)s serial numbers, %(given)s were reported.")


class LackingUnknown(Invalid):
    code = "automation_lacking_unknown"
    message = _("The parcel has %(most)s units of %(sku)s to pick, %(given)s were reported as lacking.")


class NoticeContradicts(Invalid):
    code = "automation_report_contradicts"
    message = _("A report says either “missing” or “lacking”, and no serial number lacks and is picked.")


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
    lacking: list[dict] | None = None,
    reason: str = shortage.MISSING,
) -> AutomationNotice:
    """A parcel's report: serials by SKU of what was picked, and what is not there or not good.

    lacking: `sku`, `units` and, where known, `serials` of what lacks for this `reason`; it is cut out, and
    the rest of the parcel is picked. missing: units by SKU, of a machine that leaves the whole parcel; it is
    routed elsewhere. The same id again changes nothing; a parcel that was cancelled meanwhile is left alone.
    Raises NoticeReused, WaveUnknown, WaveTakenBack, ParcelNotInWave, NoticeIncomplete, LackingUnknown,
    NoticeContradicts and the refusals of claims.claim and shortage.report_units: then nothing is booked.
    """
    body = {"parcel": parcel, "picked": picked, "missing": missing}
    lacks = [dict(each) for each in lacking or ()]
    body |= {"lacking": lacks, "reason": reason} if lacks else {}
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
        _book(fo, picked, missing, lacks, reason, now)
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


def _book(
    fo: FulfillmentOrder, picked: dict, missing: dict, lacks: list[dict], reason: str, now: datetime
) -> None:
    tasks = PickTask.objects.filter(line__fulfillment=fo, state=PickState.OPEN).order_by("pk")
    found = list(tasks.select_related("line__fulfillment"))
    if any(missing.values()):
        if lacks:
            raise NoticeContradicts(field="missing")
        _leave_whole(fo, found, missing, now)
    elif lacks:
        _pick_the_rest(fo, found, picked, lacks, reason, now)
    else:
        _pick(found, picked, {}, now)
        advance(fo, FulfillmentState.PICKED, now=now, note=MACHINE)


def _leave_whole(fo: FulfillmentOrder, found: list[PickTask], missing: dict, now: datetime) -> None:
    lost = {task.line_id: min(missing.get(task.line.sku, 0), task.line.quantity) for task in found}
    _end(found, PickState.SHORT, now)
    shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, now=now, missing=lost)
    waves.close_finished(location_id=fo.location_id, now=now)


def _pick_the_rest(
    fo: FulfillmentOrder, found: list[PickTask], picked: dict, lacks: list[dict], reason: str, now: datetime
) -> None:
    """Take what is there, cut out what lacks. Levels are locked before serial units."""
    units, named = _by_line(found, lacks)
    serials = {serial.strip().upper() for each in picked.values() for serial in each}
    if serials & {serial.strip().upper() for each in named.values() for serial in each}:
        raise NoticeContradicts(field="lacking")
    lock_around(fo)
    losses.lock(fo)
    there = [task for task in found if units.get(task.line_id, 0) < task.line.quantity]
    _must_be_exact(there, picked, units)
    _pick(there, picked, units, now)
    shortage.report_units(
        fulfillment_id=fo.pk, actor=SYSTEM, now=now, lacking=units, reason=reason, serials=named
    )
    waves.close_finished(location_id=fo.location_id, now=now)


def _must_be_exact(there: list[PickTask], picked: dict, units: Mapping[int, int]) -> None:
    """No serial too many: a unit that left its place unbooked would be missed later."""
    wanted: dict[str, int] = defaultdict(int)
    for task in there:
        if task.line.serial_kind:
            wanted[task.line.sku] += task.line.quantity - units.get(task.line_id, 0)
    for sku, serials in picked.items():
        if serials and len(serials) != wanted[sku]:
            raise NoticeIncomplete(field="picked", sku=sku, wanted=wanted[sku], given=len(serials))


def _by_line(found: list[PickTask], lacks: list[dict]) -> tuple[dict[int, int], dict[int, list[str]]]:
    """Units and serials that lack by FulfillmentLine pk; of several lines of an article the first first."""
    units, named = defaultdict(int), defaultdict(list)
    for each in lacks:
        left, serials = each["units"], list(each.get("serials", ()))
        if len(serials) > left:
            raise shortage.SerialsWanted(field="lacking", units=left, sku=each["sku"])
        lines = [task.line for task in found if task.line.sku == each["sku"]]
        for line in lines:
            count = min(left, line.quantity - units[line.pk])
            units[line.pk] += count
            left -= count
            named[line.pk] += serials[:count]
            del serials[:count]
        if left:
            most = sum(line.quantity for line in lines)
            raise LackingUnknown(field="lacking", sku=each["sku"], most=most, given=each["units"])
    return units, named


def _pick(tasks: list[PickTask], picked: dict, lacking: Mapping[int, int], now: datetime) -> None:
    """Bind as many of the reported serials as each line has units that do not lack. Picked is sorted here."""
    left = {sku: list(serials) for sku, serials in picked.items()}
    for task in tasks:
        _claim(task, task.line.quantity - lacking.get(task.line_id, 0), left, now)
    _end(tasks, PickState.PICKED, now, sorted_at=now)


def _end(tasks: list[PickTask], state: str, now: datetime, **more) -> None:
    rows = PickTask.objects.filter(pk__in=[task.pk for task in tasks])
    rows.update(state=state, done_at=now, done_by=MACHINE, **more)


def _claim(task: PickTask, units: int, left: dict[str, list[str]], now: datetime) -> None:
    line = task.line
    if not line.serial_kind:
        return
    given = left.get(line.sku, [])
    if len(given) < units:
        raise NoticeIncomplete(field="picked", sku=line.sku, wanted=units, given=len(given))
    for _unit in range(units):
        claims.claim(line, given.pop(0), location_id=line.fulfillment.location_id, now=now)


def _finish(job: AutomationJob, now: datetime) -> None:
    waiting = job.wave.entries.filter(fulfillment__state=FulfillmentState.IN_WAVE)
    if not waiting.exists():
        job.state, job.finished_at = AutomationState.DONE, now
        job.save(update_fields=["state", "finished_at"])
