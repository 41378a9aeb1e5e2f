"""When couriers and trunk runs leave a location: the clock by which waves are built."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from fulfillment.models import CourierCutOff, FulfillmentOrder, TrunkLine
from fulfillment.models.demands import IN_HOUSE
from members.queries import institutions_by_ids
from members.values import InstitutionCard
from omnichannel.kernel import clock

# A courier without a timetable is expected so long after its wave is built.
WITHOUT_TIMETABLE = timedelta(hours=2)


@dataclass(frozen=True)
class Departure:
    """A courier's next departure; its wave is due from `build_from` on, or with `full_at` parcels."""

    courier_id: int
    leaves_at: datetime
    build_from: datetime
    full_at: int


@dataclass(frozen=True)
class Run:
    """Parcels that are made ready at a warehouse for its next run to a hub."""

    origin: InstitutionCard
    parcels: int
    leaves_at: datetime


def runs_to(hub_id: int, *, now: datetime) -> list[Run]:
    """What trunk runs will bring to a hub, the next one first. Parcels on the road are not among them."""
    rows = FulfillmentOrder.objects.filter(via_id=hub_id, state__in=IN_HOUSE)
    parcels = dict(rows.values_list("location_id").annotate(Count("pk")))
    origins = institutions_by_ids(parcels)
    runs = [
        Run(card, parcels[card.id], next_cut_offs(card.id, [hub_id], now=now)[hub_id])
        for card in origins.values()
    ]
    return sorted(runs, key=lambda run: (run.leaves_at, run.origin.code))


def departures(location_id: int, *, now: datetime) -> dict[int, Departure]:
    """The next departure of every courier with a timetable here, and of every trunk run to its hub."""
    found: dict[int, Departure] = {}
    for each in (*_of_couriers(location_id, now), *_of_trunks(location_id, now)):
        known = found.get(each.courier_id)
        if known is None or each.leaves_at < known.leaves_at:
            found[each.courier_id] = each
    return found


def _of_couriers(location_id: int, now: datetime) -> Iterator[Departure]:
    for row in CourierCutOff.objects.filter(location_id=location_id):
        leaves_at = _next(row.leaves_at.hour, row.leaves_at.minute, now)
        build_from = leaves_at - timedelta(minutes=row.lead_minutes)
        yield Departure(row.courier_id, leaves_at, build_from, row.full_at)


def _of_trunks(location_id: int, now: datetime) -> Iterator[Departure]:
    """A line that does not run any more still takes what was routed by it."""
    for row in TrunkLine.objects.filter(origin_id=location_id):
        leaves_at = _next(row.departs_hour, 0, now)
        build_from = leaves_at - timedelta(minutes=row.lead_minutes)
        yield Departure(row.hub_id, leaves_at, build_from, row.full_at)


def next_cut_offs(location_id: int, couriers: Iterable[int], *, now: datetime) -> dict[int, datetime]:
    """When each of the couriers leaves next; two hours from now for one without a timetable."""
    known = departures(location_id, now=now)
    return {
        courier_id: known[courier_id].leaves_at if courier_id in known else now + WITHOUT_TIMETABLE
        for courier_id in couriers
    }


def _next(hour: int, minute: int, now: datetime) -> datetime:
    """Today's departure in Shanghai while it lies ahead, else tomorrow's; hour 24 is midnight."""
    local = now.astimezone(clock.SHANGHAI)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    today = midnight + timedelta(hours=hour, minutes=minute)
    return today if today > local else today + timedelta(days=1)
