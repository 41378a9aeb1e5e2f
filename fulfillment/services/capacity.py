"""A day's capacity of a location is held like goods: under the lock of its row, or not at all.

Only locations with a limit have rows, so nobody waits where nothing is scarce. A row is made with the first
parcel of its day and begins with what is planned there already. Locked before stock levels, several in order
of location and day.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from omnichannel.kernel import clock

from ..models import FulfillmentOrder, LocationLoad
from ..models.demands import GIVEN_UP
from .routing.inputs import LocationFacts, Package

_OPEN = """
INSERT INTO fulfillment_locationload (location_id, day, packages)
SELECT w.location_id, w.day, (
    SELECT count(*) FROM fulfillment_fulfillmentorder f
    WHERE f.location_id = w.location_id AND f.leaves_on = w.day AND f.state <> ALL(%(given_up)s)
)
FROM unnest(%(locations)s::bigint[], %(days)s::date[]) AS w(location_id, day)
ORDER BY w.location_id, w.day
ON CONFLICT (location_id, day) DO NOTHING
"""


@dataclass(frozen=True)
class Slot:
    """A parcel's place in a location's day. most: packages of that day; None: counted, never refused."""

    location_id: int
    day: date
    most: int | None = None

    @property
    def key(self) -> tuple[int, date]:
        return (self.location_id, self.day)


def slots(
    packages: Iterable[Package], places: Iterable[LocationFacts], *, way: str, strict: bool, now: datetime
) -> list[Slot]:
    """Of a plan's packages from locations with a limit.

    What is collected at a counter is counted and not refused; so is, without `strict`, what a person sends.
    """
    by_id, today, found = {place.location_id: place for place in places}, clock.local_day(now), []
    for package in packages:
        place = by_id[package.location_id]
        if place.is_limited:
            most = place.capacity_in(package.leaves_in) if strict and way == "ship" else None
            found.append(Slot(place.location_id, today + timedelta(days=package.leaves_in), most))
    return found


def hold(wanted: Iterable[Slot]) -> bool:
    """Count the parcels in; False, and nothing is counted, where one of the days is full.

    No statement without a limited location; else three, and one for each day of a location.
    """
    wanted = list(wanted)
    if not wanted:
        return True
    units, most = Counter(slot.key for slot in wanted), {slot.key: slot.most for slot in wanted}
    _open(sorted(units))
    rows = lock(units)
    if any(most[row.key] is not None and row.packages + units[row.key] > most[row.key] for row in rows):
        return False
    for row in rows:
        LocationLoad.objects.filter(pk=row.pk).update(packages=F("packages") + units[row.key])
    return True


def give_back(parcels: Iterable[FulfillmentOrder]) -> None:
    """Parcels that are given up here are counted out of their days."""
    _count_out(Counter((fo.location_id, fo.leaves_on) for fo in parcels if fo.leaves_on))


def count_in(parcel: FulfillmentOrder) -> None:
    """A parcel that had been given up stands in its day again; what its place can do is not asked."""
    for row in lock([(parcel.location_id, parcel.leaves_on)] if parcel.leaves_on else ()):
        LocationLoad.objects.filter(pk=row.pk).update(packages=row.packages + 1)


def release(wanted: Iterable[Slot]) -> None:
    """What hold() counted in is not sent from there."""
    _count_out(Counter(slot.key for slot in wanted))


def _count_out(units: Counter[tuple[int, date]]) -> None:
    for row in lock(units):
        left = max(0, row.packages - units[row.key])
        LocationLoad.objects.filter(pk=row.pk).update(packages=left)


def lock(keys: Iterable[tuple[int, date]]) -> list[LocationLoad]:
    """The rows there are of these locations and days, locked in their order. One statement."""
    wanted = Q()
    for location_id, day in set(keys):
        wanted |= Q(location_id=location_id, day=day)
    if not wanted:
        return []
    rows = LocationLoad.objects.filter(wanted).order_by("location_id", "day")
    return list(rows.select_for_update(no_key=True))


def lock_of(parcels: Iterable[FulfillmentOrder], *more: Slot) -> None:
    """Before several parcels are given up one by one, or exchanged for others: their rows in order."""
    keys = {(fo.location_id, fo.leaves_on) for fo in parcels if fo.leaves_on}
    _open(sorted({slot.key for slot in more}))
    lock(keys | {slot.key for slot in more})


def _open(keys: list[tuple[int, date]]) -> None:
    if not keys:
        return
    values = {
        "locations": [location_id for location_id, _day in keys],
        "days": [day for _location_id, day in keys],
        "given_up": [str(state.value) for state in GIVEN_UP],
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, values)
