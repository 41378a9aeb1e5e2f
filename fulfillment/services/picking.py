"""Picking: go to the bin, take the goods, scan them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
    SerialClaim,
    SerialKind,
    StockLevel,
    Wave,
)
from fulfillment.models.demands import GIVEN_UP
from fulfillment.services import claims, found_again, hands, losses, shortage, waves
from fulfillment.services.serials import quarantine
from fulfillment.services.steps import advance, advance_many
from fulfillment.services.undo import remember, undoes
from fulfillment.services.workplaces import parcel, workplace
from members.actors import SYSTEM, Actor, NotYours
from omnichannel.kernel.errors import DomainError, Invalid

STATION = "pick"


class TaskUnknown(NotYours):
    code = "pick_task_unknown"
    message = _("This is not to be picked here any more. What comes next is shown below.")


class PickGivenUp(TaskUnknown):
    code = "pick_given_up"
    message = _("Parcel %(parcel)s was cancelled or sent elsewhere. Leave its goods on the shelf and go on.")


class SortedAlready(DomainError):
    code = "already_sorted"
    message = _("It lies on the sorting wall. Take it back there first.")


class ScanMissing(Invalid):
    code = "serials_not_scanned"
    message = _("Scan the serial number of each %(sku)s: %(wanted)s wanted, %(given)s scanned.")


class WrongGoods(DomainError):
    code = "wrong_goods"
    message = _("%(scanned)s is not what is wanted. Take %(wanted)s.")


@transaction.atomic
def task_here(task_id: int, *, location_id: int, state: str = PickState.OPEN) -> PickTask:
    """The task with its parcel, both locked.

    Raises TaskUnknown for another location's or a finished one, PickGivenUp for a cancelled parcel's.
    """
    rows = PickTask.objects.select_for_update(of=("self", "line__fulfillment"))
    rows = rows.select_related("line__fulfillment", "wave")
    task = rows.filter(pk=task_id, wave__location_id=location_id, state=state).first()
    if task is not None and task.line.fulfillment.state in GIVEN_UP:
        raise PickGivenUp(parcel=task.line.fulfillment.code)
    if task is None or task.line.fulfillment.state not in (FulfillmentState.IN_WAVE, FulfillmentState.PICKED):
        raise TaskUnknown()
    return task


@transaction.atomic
def pick(*, actor: Actor, location_id: int, task_id: int, scanned: str, now: datetime) -> PickTask:
    """Confirm what was taken from the bin: the SKU once for all units, or each device's serial.

    The wave is in the picker's hands from the first scan on. Raises StationClosed, TaskUnknown,
    InColleaguesHands, WrongGoods, and claims.SerialNotHere, SerialOfOther, SerialTaken.
    """
    workplace(actor, location_id, station=STATION)
    task = task_here(task_id, location_id=location_id)
    hands.take(STATION, task.wave, actor=actor, now=now)
    line, facts = task.line, {"task": task.pk}
    if line.serial_kind:
        if scanned.strip().upper() == line.sku.upper():
            raise WrongGoods(scanned=scanned.strip(), wanted=str(_("the serial number on the box")))
        facts["serial"] = claims.claim(line, scanned, location_id=location_id, now=now).serial.serial
        complete = _claimed(line) == line.quantity
    else:
        complete = _is_sku(line, scanned)
    if complete:
        _finish(task, actor, now)
    remember(STATION, line.fulfillment, actor=actor, now=now, what=f"{line.quantity} × {line.sku}", **facts)
    return task


@transaction.atomic
def report_short(
    *,
    actor: Actor,
    location_id: int,
    task_id: int,
    now: datetime,
    there: int = 0,
    reason: str = shortage.MISSING,
    serials: Iterable[str] = (),
) -> shortage.Report:
    """The bin holds fewer good pieces than are wanted: what lacks is routed elsewhere by itself.

    there: good pieces of the line, those that were scanned included. serials: damaged ones, named. Raises
    StationClosed, TaskUnknown, InColleaguesHands, and as shortage.report_units does.
    """
    workplace(actor, location_id, station=STATION)
    task = task_here(task_id, location_id=location_id)
    hands.take(STATION, task.wave, actor=actor, now=now)
    line, least = task.line, _claimed(task.line)
    if not least <= there <= line.quantity:
        raise shortage.UnitsWrong(field="units", sku=line.sku, least=least, most=line.quantity)
    lacking = {line.pk: line.quantity - there}
    told = shortage.report_units(
        fulfillment_id=line.fulfillment_id,
        actor=actor,
        now=now,
        lacking=lacking,
        reason=reason,
        serials={line.pk: list(serials)},
    )
    what = f"− {lacking[line.pk]} × {line.sku}"
    remember(STATION, told.parcel, actor=actor, now=now, what=what, task=task.pk, **told.facts)
    _put_down_finished(task.wave, now)
    waves.close_finished(location_id=location_id, now=now)
    return told


@transaction.atomic
def set_damaged_aside(
    *, actor: Actor, location_id: int, task_id: int, serial: str, now: datetime
) -> shortage.Report | None:
    """A damaged device goes to quarantine; None where the shelf has another one for the line.

    Else the line is short by it. Raises as claims.free_unit and report_short do.
    """
    workplace(actor, location_id, station=STATION)
    task = task_here(task_id, location_id=location_id)
    hands.take(STATION, task.wave, actor=actor, now=now)
    losses.lock(task.line.fulfillment)
    unit = claims.free_unit(task.line, serial, location_id=location_id)
    level = StockLevel.objects.get(sku=unit.sku, location_id=location_id)
    if level.on_hand > level.reserved:
        reference = task.line.fulfillment.code
        quarantine(serial=unit.serial, reason=shortage.DAMAGED, reference=reference, now=now)
        return None
    there = task.line.quantity - 1
    named = {"reason": shortage.DAMAGED, "serials": [unit.serial]}
    return report_short(actor=actor, location_id=location_id, task_id=task_id, there=there, now=now, **named)


def _is_sku(line: FulfillmentLine, scanned: str) -> bool:
    if scanned.strip().upper() != line.sku.upper():
        raise WrongGoods(scanned=scanned.strip(), wanted=line.sku)
    return True


def _claimed(line: FulfillmentLine) -> int:
    return SerialClaim.objects.filter(line=line, state=ClaimState.LIVE).count()


def _finish(task: PickTask, actor: Actor, now: datetime) -> None:
    task.state, task.done_at, task.done_by = PickState.PICKED, now, actor.label[:80]
    task.save(update_fields=["state", "done_at", "done_by"])
    fo = task.line.fulfillment
    if not PickTask.objects.filter(line__fulfillment=fo, state=PickState.OPEN).exists():
        advance(fo, FulfillmentState.PICKED, now=now, actor=actor)
        _put_down_finished(task.wave, now)


def _put_down_finished(wave: Wave, now: datetime) -> None:
    left = PickTask.objects.filter(wave=wave, state=PickState.OPEN)
    if not left.filter(line__fulfillment__state=FulfillmentState.IN_WAVE).exists():
        hands.put_down(STATION, wave, now=now)


@transaction.atomic
def pick_wave(*, wave_id: int, now: datetime, actor: Actor = SYSTEM) -> int:
    """Pick everything of a wave, as an automatic warehouse does; returns how many parcels are picked.

    A handful of statements for any number of parcels. Raises SerialsShort, NotAllowed.
    """
    wave = Wave.objects.select_for_update().get(pk=wave_id)
    workplace(actor, wave.location_id)
    rows = FulfillmentOrder.objects.select_for_update()
    fos = list(rows.filter(wave_entry__wave=wave, state=FulfillmentState.IN_WAVE).order_by("pk"))
    todo = PickTask.objects.filter(wave=wave, state=PickState.OPEN, line__fulfillment__in=fos)
    lines = [task.line for task in todo.select_related("line") if task.line.serial_kind]
    claims.claim_free(lines, location_id=wave.location_id, now=now)
    todo.update(state=PickState.PICKED, done_at=now, done_by=actor.label[:80], sorted_at=now)
    advance_many(fos, FulfillmentState.PICKED, now=now, actor=actor)
    return len(fos)


@transaction.atomic
def pick_at_counter(
    *, actor: Actor, location_id: int, code: str, now: datetime, serials: dict[int, list[str]] | None = None
) -> FulfillmentOrder:
    """A store takes a parcel's goods from its own shelf, without a wave.

    `serials` are the devices' serials by fulfillment line: box and books must not differ, so a person scans
    each of them; the system binds free ones of the store. Raises ParcelNotHere, ScanMissing, WrongState,
    SerialsShort, and the refusals of claims.claim.
    """
    fo = parcel(actor, code, location_id=location_id)
    lines = [
        line
        for line in fo.lines.all()
        if line.serial_kind and not (line.serial_kind == SerialKind.ICCID and line.msisdn)
    ]
    scanned = []
    for line in lines:
        given = list((serials or {}).get(line.pk, ()))
        if actor.user_id is not None and len(given) != line.quantity:
            raise ScanMissing(
                field=f"serials-{line.pk}", wanted=line.quantity, sku=line.sku, given=len(given)
            )
        scanned += [
            claims.claim(line, serial, location_id=location_id, now=now).serial.serial for serial in given
        ]
    claims.claim_free(lines, location_id=location_id, now=now)
    advance(fo, FulfillmentState.PICKED, now=now, actor=actor)
    remember(STATION, fo, actor=actor, now=now, what=fo.code, counter=scanned)
    return fo


@undoes(STATION)
def _put_back(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    if "short" in facts:
        found_again.take_back(fo, facts, now=now, actor=actor)
        return
    if "counter" in facts:
        advance(fo, FulfillmentState.ACCEPTED, now=now, actor=actor)
        claims.let_go(fo.lines.all(), now=now)
        return
    task = PickTask.objects.select_related("line").get(pk=facts["task"])
    if task.line.fulfillment_id != fo.pk:
        raise TaskUnknown()
    if task.sorted_at or facts.get("serial") in task.sorted_serials:
        raise SortedAlready()
    if fo.state == FulfillmentState.PICKED:
        advance(fo, FulfillmentState.IN_WAVE, now=now, actor=actor)
    fo.must_reach(FulfillmentState.PICKED)
    if "serial" in facts:
        claims.let_go([task.line], now=now, serial=facts["serial"])
    PickTask.objects.filter(pk=task.pk).update(state=PickState.OPEN, done_at=None, done_by="")
