"""When couriers leave a location: the clock by which waves are built."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fulfillment.models import CourierCutOff
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


def departures(location_id: int, *, now: datetime) -> dict[int, Departure]:
    """The next departure of every courier with a timetable here, by courier."""
    found: dict[int, Departure] = {}
    for row in CourierCutOff.objects.filter(location_id=location_id):
        leaves_at = _next(row, now)
        known = found.get(row.courier_id)
        if known is None or leaves_at < known.leaves_at:
            build_from = leaves_at - timedelta(minutes=row.lead_minutes)
            found[row.courier_id] = Departure(row.courier_id, leaves_at, build_from, row.full_at)
    return found


def next_cut_offs(location_id: int, couriers: Iterable[int], *, now: datetime) -> dict[int, datetime]:
    """When each of the couriers leaves next; two hours from now for one without a timetable."""
    known = departures(location_id, now=now)
    return {
        courier_id: known[courier_id].leaves_at if courier_id in known else now + WITHOUT_TIMETABLE
        for courier_id in couriers
    }


def _next(row: CourierCutOff, now: datetime) -> datetime:
    """Today's departure in Shanghai while it lies ahead, else tomorrow's."""
    local = now.astimezone(clock.SHANGHAI)
    today = local.replace(hour=row.leaves_at.hour, minute=row.leaves_at.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
