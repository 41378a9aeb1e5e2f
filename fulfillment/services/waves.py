"""Waves: accepted parcels of a location, worked on together until they leave with their courier."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
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
from fulfillment.services.couriers import couriers_for
from fulfillment.services.steps import advance_many
from fulfillment.services.workplaces import workplace
from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError

WAVE_SIZE = 200
# In a wave, these still need hands there; all others have left it, one way or the other.
BEFORE_PACKED = (
    FulfillmentState.IN_WAVE,
    FulfillmentState.PICKED,
    FulfillmentState.SIM_TAKEN,
    FulfillmentState.ACCOUNT_OPEN,
)


class NothingToBuild(DomainError):
    code = "no_parcels_waiting"
    message = _("No accepted parcels are waiting here.")


@transaction.atomic
def build(
    *, location_id: int, cut_off: datetime, now: datetime, actor: Actor = SYSTEM, size: int = WAVE_SIZE
) -> list[Wave]:
    """Put the oldest accepted parcels of a location into one wave per courier, pick tasks by bin.

    A parcel of SIM cards alone has nothing to pick and waits at the SIM station at once. A dozen
    statements for any number of parcels. Raises NothingToBuild, NoCourier, NotAllowed.
    """
    workplace(actor, location_id)
    fos = _waiting(location_id, size)
    if not fos:
        raise NothingToBuild()
    waves = _waves_by_courier(fos, location_id, cut_off, now, actor)
    advance_many(fos, FulfillmentState.IN_WAVE, now=now, actor=actor)
    with_tasks = _write_tasks(waves, location_id)
    nothing_to_pick = [fo for fo in fos if fo.pk not in with_tasks]
    if nothing_to_pick:
        advance_many(nothing_to_pick, FulfillmentState.PICKED, now=now, actor=actor)
    return list(waves)


def _waiting(location_id: int, size: int) -> list[FulfillmentOrder]:
    """Oldest first; parcels that another station has in hand this moment are left to it."""
    rows = FulfillmentOrder.objects.select_for_update(of=("self",), skip_locked=True)
    accepted = rows.filter(location_id=location_id, state=FulfillmentState.ACCEPTED, way=Way.SHIP)
    return list(accepted.select_related("demand").order_by("pk")[:size])


def _waves_by_courier(fos, location_id, cut_off, now, actor) -> dict[Wave, list[FulfillmentOrder]]:
    couriers = couriers_for(location_id=location_id, provinces={province_of(fo) for fo in fos})
    groups = defaultdict(list)
    for fo in fos:
        groups[couriers[province_of(fo)]].append(fo)
    waves = Wave.objects.bulk_create(
        Wave(
            location_id=location_id,
            courier_id=courier_id,
            cut_off=cut_off,
            built_at=now,
            built_by=actor.label[:80],
        )
        for courier_id in sorted(groups)
    )
    members = {wave: groups[wave.courier_id] for wave in waves}
    WaveEntry.objects.filter(fulfillment__in=fos).delete()  # from a wave that had to let it go
    WaveEntry.objects.bulk_create(
        WaveEntry(wave=wave, fulfillment=fo, slot=slot)
        for wave, inside in members.items()
        for slot, fo in enumerate(inside, start=1)
    )
    return members


def province_of(fo: FulfillmentOrder) -> str:
    destination = fo.demand.wish["destination"]
    return destination["province"] if destination else ""


def _write_tasks(waves: dict[Wave, list[FulfillmentOrder]], location_id: int) -> set[int]:
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
