"""The sorting wall: what was picked for many parcels is put into the slot of each.

A slot is taken by a parcel's first item and free again when the parcel is packed. A slot of a parcel that
was cancelled or re-routed holds goods that go back to the shelf; scanning the empty slot frees it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    ClaimState,
    FulfillmentOrder,
    PickState,
    PickTask,
    SerialClaim,
    WallSlot,
    WrongState,
)
from fulfillment.queries.stations import BEFORE_PACKED
from fulfillment.services import found_again
from fulfillment.services.undo import remember, undoes
from fulfillment.services.workplaces import workplace
from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError

STATION = "sort"


class NothingToSort(DomainError):
    code = "nothing_to_sort"
    message = _("No picked parcel here waits for %(scanned)s. Take it back to its shelf.")


class OnTheWall(DomainError):
    code = "already_on_the_wall"
    message = _("%(scanned)s lies in slot %(slot)s already.")


class WallFull(DomainError):
    code = "wall_full"
    message = _("No slot is free. Pack what is complete, or clear slots of cancelled parcels.")


class SlotUnknown(NotYours):
    code = "slot_unknown"
    message = _("This wall has no slot %(slot)s.")


class SlotInUse(DomainError):
    code = "slot_in_use"
    message = _("Slot %(slot)s holds parcel %(parcel)s, which is still being worked on.")


class NotSorted(DomainError):
    code = "not_sorted"
    message = _("Goods of parcel %(parcel)s are not on the wall yet (%(left)s left). Sort them first.")


@dataclass(frozen=True)
class Put:
    """What went where; complete: the parcel has all its goods now."""

    slot: str
    units: int
    sku: str
    parcel: str
    complete: bool


@transaction.atomic
def put(*, actor: Actor, location_id: int, scanned: str, now: datetime) -> Put:
    """Find the scanned goods' parcel and its slot: a device by its serial, else all units of a line by SKU.

    Raises StationClosed, NothingToSort, OnTheWall, WallFull.
    """
    workplace(actor, location_id, station=STATION)
    scanned = scanned.strip().upper()
    task, serial = _task(location_id, scanned)
    slot = _slot(task.line.fulfillment, now)
    if serial:
        task.sorted_serials = [*task.sorted_serials, serial]
    units = 1 if serial else task.line.quantity
    if not serial or len(task.sorted_serials) == task.line.quantity:
        task.sorted_at = now
    task.save(update_fields=["sorted_at", "sorted_serials"])
    fo = task.line.fulfillment
    what = f"{units} × {task.line.sku} → {slot.code}"
    remember(STATION, fo, actor=actor, now=now, what=what, task=task.pk, serial=serial)
    return Put(slot.code, units, task.line.sku, fo.code, complete=not unsorted(fo.pk))


def _task(location_id: int, scanned: str) -> tuple[PickTask, str]:
    """The task the goods belong to and the serial, if it is one. The parcel with a slot goes first."""
    tasks = PickTask.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "line__fulfillment"
    )
    here = tasks.filter(wave__location_id=location_id, line__fulfillment__state__in=BEFORE_PACKED)
    claim = SerialClaim.objects.filter(serial__serial=scanned, state=ClaimState.LIVE).first()
    if claim is not None:
        task = here.filter(line_id=claim.line_id).first()
        if task is not None and scanned in task.sorted_serials:
            raise OnTheWall(scanned=scanned, slot=", ".join(slots_of(task.line.fulfillment_id)))
    else:
        waits = here.filter(state=PickState.PICKED, sorted_at=None, line__sku__iexact=scanned)
        waits = waits.filter(line__serial_kind="")
        task = waits.order_by("wave__cut_off", "line__fulfillment_id", "pk").first()
    if task is None:
        raise NothingToSort(scanned=scanned)
    return task, scanned if claim is not None else ""


def _slot(fo: FulfillmentOrder, now: datetime) -> WallSlot:
    rows = WallSlot.objects.select_for_update().filter(location_id=fo.location_id)
    own = rows.filter(fulfillment=fo, full_at=None).first()
    if own is not None:
        return own
    free = rows.select_for_update(skip_locked=True).filter(fulfillment=None).order_by("position").first()
    if free is None:
        raise WallFull()
    free.fulfillment, free.taken_at = fo, now
    free.save(update_fields=["fulfillment", "taken_at"])
    return free


@transaction.atomic
def mark_full(*, actor: Actor, location_id: int, slot: str, now: datetime) -> WallSlot:
    """The slot takes no more: what else its parcel holds goes into another. Raises SlotUnknown."""
    workplace(actor, location_id, station=STATION)
    found = _named(location_id, slot)
    if found.fulfillment_id is not None and found.full_at is None:
        found.full_at = now
        found.save(update_fields=["full_at"])
    return found


@transaction.atomic
def clear(*, actor: Actor, location_id: int, slot: str) -> WallSlot:
    """The slot's goods went back to the shelf, or to the packer. Raises SlotUnknown, SlotInUse."""
    workplace(actor, location_id, station=STATION)
    found = _named(location_id, slot)
    if found.fulfillment is not None and found.fulfillment.state in BEFORE_PACKED:
        raise SlotInUse(slot=found.code, parcel=found.fulfillment.code)
    free_slots([found.fulfillment_id] if found.fulfillment_id else [], only=found.pk)
    return found


def _named(location_id: int, slot: str) -> WallSlot:
    rows = WallSlot.objects.select_for_update(of=("self",)).select_related("fulfillment")
    found = rows.filter(location_id=location_id, code=slot.strip().upper()).first()
    if found is None:
        raise SlotUnknown(slot=slot.strip())
    return found


def free_slots(fo_ids: list[int], *, only: int | None = None) -> None:
    """The slots of these parcels are empty again."""
    rows = WallSlot.objects.filter(fulfillment__in=fo_ids)
    rows = rows if only is None else rows.filter(pk=only)
    rows.update(fulfillment=None, taken_at=None, full_at=None)


def must_be_sorted(fo: FulfillmentOrder) -> None:
    """Where the location has a wall, a parcel is packed from it, complete. Raises NotSorted."""
    left = unsorted(fo.pk)
    if left and WallSlot.objects.filter(location_id=fo.location_id).exists():
        raise NotSorted(parcel=fo.code, left=left)


def unsorted(fo_id: int) -> int:
    """How many of the parcel's picks are not on the wall yet."""
    rows = PickTask.objects.filter(line__fulfillment=fo_id, sorted_at=None)
    return rows.exclude(state=PickState.SHORT).count()


def slots_of(fo_id: int) -> list[str]:
    rows = WallSlot.objects.filter(fulfillment=fo_id).order_by("position")
    return list(rows.values_list("code", flat=True))


@undoes(STATION)
def _take_out(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    if "short" in facts:
        found_again.take_back(fo, facts, now=now, actor=actor)
        return
    task = PickTask.objects.select_for_update(of=("self",)).select_related("line").get(pk=facts["task"])
    if fo.state not in BEFORE_PACKED or task.line.fulfillment_id != fo.pk:
        raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))
    task.sorted_at = None
    task.sorted_serials = [serial for serial in task.sorted_serials if serial != facts["serial"]]
    task.save(update_fields=["sorted_at", "sorted_serials"])
    on_wall = PickTask.objects.filter(line__fulfillment=fo)
    if not any(row.sorted_at or row.sorted_serials for row in on_wall):
        free_slots([fo.pk])
