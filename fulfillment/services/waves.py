"""Waves: accepted parcels of a location, worked on together until they leave with their courier."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    CentreProfile,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    PickTask,
    SerialKind,
    StockLevel,
    Wave,
    WaveEntry,
    Way,
)
from fulfillment.queries.stations import BEFORE_PACKED
from fulfillment.services import automation, timetable
from fulfillment.services.couriers import couriers_for
from fulfillment.services.steps import advance_many
from fulfillment.services.workplaces import workplace
from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError

WAVE_SIZE = 200
Groups = dict[Wave, list[FulfillmentOrder]]


class NothingToBuild(DomainError):
    code = "no_parcels_waiting"
    message = _("No accepted parcels are waiting here.")


@transaction.atomic
def build(
    *,
    location_id: int,
    now: datetime,
    cut_off: datetime | None = None,
    actor: Actor = SYSTEM,
    size: int | None = None,
) -> list[Wave]:
    """Put the oldest accepted parcels of a location into one wave per courier, pick tasks by bin.

    Without `cut_off` each courier's own next one counts, and its open wave for it takes the parcels while
    it has room; `size`: parcels at most, the location's own number by default. A parcel of SIM cards alone
    has nothing to pick and waits at the SIM station at once. A dozen statements for any number of parcels.
    Raises NothingToBuild, NoCourier, NotAllowed.
    """
    workplace(actor, location_id)
    size = size or size_at(location_id)
    groups = by_courier(location_id, waiting(location_id, size))
    if not groups:
        raise NothingToBuild()
    cut_offs = timetable.next_cut_offs(location_id, groups, now=now) if cut_off is None else {}
    times = {courier_id: cut_offs.get(courier_id, cut_off) for courier_id in groups}
    return fill(location_id, groups, times, size=size, actor=actor, now=now)


def size_at(location_id: int) -> int:
    """How many parcels a wave of this location holds."""
    found = CentreProfile.objects.filter(pk=location_id).values_list("wave_size", flat=True).first()
    return found or WAVE_SIZE


def waiting(location_id: int, size: int) -> list[FulfillmentOrder]:
    """Oldest first, locked; parcels that another station has in hand this moment are left to it."""
    rows = FulfillmentOrder.objects.select_for_update(of=("self",), skip_locked=True)
    accepted = rows.filter(location_id=location_id, state=FulfillmentState.ACCEPTED, way=Way.SHIP)
    return list(accepted.select_related("demand").order_by("pk")[:size])


def by_courier(location_id: int, fos: Iterable[FulfillmentOrder]) -> dict[int, list[FulfillmentOrder]]:
    """The parcels by the courier that takes them, lowest id first; a trunk run goes to its hub.

    Raises NoCourier.
    """
    fos = list(fos)
    provinces = {province_of(fo) for fo in fos if fo.via_id is None}
    couriers = couriers_for(location_id=location_id, provinces=provinces) if provinces else {}
    groups = defaultdict(list)
    for fo in fos:
        groups[fo.via_id or couriers[province_of(fo)]].append(fo)
    return {courier_id: groups[courier_id] for courier_id in sorted(groups)}


def province_of(fo: FulfillmentOrder) -> str:
    destination = fo.demand.wish["destination"]
    return destination["province"] if destination else ""


def fill(
    location_id: int,
    groups: dict[int, list[FulfillmentOrder]],
    cut_offs: dict[int, datetime],
    *,
    size: int,
    actor: Actor,
    now: datetime,
) -> list[Wave]:
    """Each courier's locked parcels into its wave for its cut-off: the open one with room, or a new one."""
    fos = [fo for inside in groups.values() for fo in inside]
    WaveEntry.objects.filter(fulfillment__in=fos).delete()  # from a wave that had to let it go
    members = {}
    for courier_id, inside in groups.items():
        wave, first = _wave(location_id, courier_id, cut_offs[courier_id], len(inside), size, actor, now)
        members[wave] = inside
        WaveEntry.objects.bulk_create(
            WaveEntry(wave=wave, fulfillment=fo, slot=slot) for slot, fo in enumerate(inside, start=first)
        )
    advance_many(fos, FulfillmentState.IN_WAVE, now=now, actor=actor)
    with_tasks = _write_tasks(members, location_id)
    nothing_to_pick = [fo for fo in fos if fo.pk not in with_tasks]
    if nothing_to_pick:
        advance_many(nothing_to_pick, FulfillmentState.PICKED, now=now, actor=actor)
    if automation.is_automated(location_id):
        for wave in members:
            automation.give(wave, now=now)
    return list(members)


def _wave(
    location_id: int, courier_id: int, cut_off: datetime, more: int, size: int, actor: Actor, now: datetime
) -> tuple[Wave, int]:
    """The wave for these parcels and their first place in it."""
    rows = Wave.objects.open().filter(location_id=location_id, courier_id=courier_id, cut_off=cut_off)
    if automation.is_automated(location_id):
        rows = rows.none()  # what a machine has does not grow
    joined = rows.filter(automation=None).select_for_update(of=("self",)).order_by("-pk").first()
    if joined is not None and joined.entries.count() + more <= size:
        last = joined.entries.aggregate(last=Max("slot"))["last"] or 0
        return joined, last + 1
    values = {"location_id": location_id, "courier_id": courier_id, "cut_off": cut_off}
    return Wave.objects.create(built_at=now, built_by=actor.label[:80], **values), 1


def _write_tasks(waves: Groups, location_id: int) -> set[int]:
    """One task per line that is picked by hand; returns the parcels that have one."""
    wave_of = {fo.pk: wave for wave, inside in waves.items() for fo in inside}
    lines = FulfillmentLine.objects.filter(fulfillment__in=wave_of)
    lines = list(lines.exclude(serial_kind=SerialKind.ICCID, msisdn__gt=""))
    levels = StockLevel.objects.filter(location_id=location_id, sku__in={line.sku for line in lines})
    bins = dict(levels.values_list("sku", "bin"))
    PickTask.objects.filter(line__in=lines).delete()
    PickTask.objects.bulk_create(
        PickTask(wave=wave_of[line.fulfillment_id], line=line, bin=bins.get(line.sku, "")) for line in lines
    )
    return {line.fulfillment_id for line in lines}


@transaction.atomic
def close_finished(*, location_id: int, now: datetime) -> int:
    """Close the waves in which every parcel is packed, short or cancelled; returns how many."""
    busy = WaveEntry.objects.filter(fulfillment__state__in=BEFORE_PACKED).values("wave")
    open_waves = Wave.objects.open().filter(location_id=location_id).exclude(pk__in=busy)
    finished = list(open_waves.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return Wave.objects.filter(pk__in=finished).update(closed_at=now)
