"""Until when couriers still leave a location in a day, beside the hour until which the house itself works."""

from dataclasses import dataclass
from datetime import time

from django.db.models import Max

from members.queries import institutions_by_ids

from ..leaving import hour_of
from ..models import CourierCutOff, LocationProfile


@dataclass(frozen=True)
class LastDeparture:
    """leaves_at: Shanghai's clock. is_first: it ends the day for its parcels before the house does."""

    courier: str
    leaves_at: time
    house_hour: int

    @property
    def is_first(self) -> bool:
        return hour_of(self.leaves_at) < self.house_hour


def last_departures(location_id: int, *, house_hour: int | None = None) -> list[LastDeparture]:
    """Of each courier with a timetable there, the earliest first; two statements, or three.

    house_hour: the cut-off to compare with, where it is not that of the location's profile.
    """
    hour = _profile_hour(location_id) if house_hour is None else house_hour
    rows = CourierCutOff.objects.filter(location_id=location_id).order_by()
    last = dict(rows.values("courier_id").annotate(last=Max("leaves_at")).values_list("courier_id", "last"))
    names = institutions_by_ids(last)
    found = [LastDeparture(names[courier_id].label, at, hour) for courier_id, at in last.items()]
    return sorted(found, key=lambda each: (each.leaves_at, each.courier))


def _profile_hour(location_id: int) -> int:
    """24 for a location that routing does not know: nothing is promised from there."""
    hour = LocationProfile.objects.filter(pk=location_id).values_list("cutoff_hour", flat=True).first()
    return 24 if hour is None else hour
