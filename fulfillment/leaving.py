"""The day on which a parcel leaves a location: one reckoning for routing, for promises and for capacity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

HORIZON = 7  # days after today that are looked at; beyond them every day has room


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A coming day at a location. capacity: packages that may leave, None without a limit."""

    capacity: int | None = None
    packages: int = 0
    is_closed: bool = False

    @property
    def has_room(self) -> bool:
        return not self.is_closed and (self.capacity is None or self.packages < self.capacity)


def hour_of(local: datetime) -> float:
    """Hours since midnight of a local time, to the minute: half past four in the afternoon is 16.5."""
    return local.hour + local.minute / 60


def last_hour(cutoff: float, leaves_at: float | None) -> float:
    """Until when something leaves today: the house's own cut-off, or the vehicle, whichever is earlier.

    leaves_at: the last departure of the courier or trunk run, in hours; None without a timetable.
    """
    return cutoff if leaves_at is None else min(cutoff, leaves_at)


def leaves_in(*, hour: float, now_hour: float, today: bool, later: Sequence[DayAhead] = ()) -> int:
    """Days until a parcel leaves: none before the last `hour` of a day that has room (`today`).

    later: tomorrow and the days after it, as far as they are known to differ.
    """
    if today and now_hour < hour:
        return 0
    return next((n for n, day in enumerate(later, 1) if day.has_room), len(later) + 1)


def days_ahead(
    usual: int | None, special: Iterable[Sequence] = (), loads: Iterable[Sequence] = ()
) -> tuple[DayAhead, ...]:
    """Tomorrow and the days after it; empty when every one of them has room.

    usual: packages a day. special: [days from today, closed, capacity or None]; loads: [days from today,
    packages].
    """
    used = {offset: packages for offset, packages in loads if offset > 0}
    other = {offset: (closed, capacity) for offset, closed, capacity in special if offset > 0}
    if not other and (usual is None or not used):
        return ()
    found = []
    for offset in range(1, HORIZON + 1):
        closed, capacity = other.get(offset, (False, None))
        found.append(DayAhead(usual if capacity is None else capacity, used.get(offset, 0), closed))
    return tuple(found)
