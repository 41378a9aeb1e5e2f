"""How fast a location works: what waits at each station, how old it is, what an hour brings, the targets."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncHour

from fulfillment.models import (
    FulfillmentEvent,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
    StationName,
    StationStep,
    StationTarget,
)
from fulfillment.queries import stations
from omnichannel.kernel import clock

# A parcel was through a station when it reached this state.
DONE_AT = {
    StationName.PICK: FulfillmentState.PICKED,
    StationName.SIM: FulfillmentState.SIM_TAKEN,
    StationName.ACCOUNT: FulfillmentState.ACCOUNT_OPEN,
    StationName.PACK: FulfillmentState.PACKED,
    StationName.HANDOVER: FulfillmentState.HANDED_OVER,
}


@dataclass(frozen=True)
class StationPace:
    """Minutes and parcels; a target of None was never set."""

    station: str
    label: str
    waiting: int
    oldest_minutes: int | None
    last_hour: int
    per_hour: int | None
    longest_minutes: int | None

    @property
    def is_slow(self) -> bool:
        """Below its target although there was enough work to reach it."""
        enough = self.per_hour and self.last_hour + self.waiting >= self.per_hour
        return bool(enough and self.last_hour < self.per_hour)

    @property
    def is_old(self) -> bool:
        return bool(self.longest_minutes and (self.oldest_minutes or 0) > self.longest_minutes)


@dataclass(frozen=True)
class Hour:
    """An hour of the day in Shanghai and how many parcels each station did in it."""

    hour: int
    done: tuple[int, ...]


@dataclass(frozen=True)
class Pace:
    stations: tuple[StationPace, ...]
    hours: tuple[Hour, ...]
    labels: tuple[str, ...]
    target: int | None  # parcels packed in an hour


def pace(location_id: int, *, now: datetime) -> Pace:
    """A row per station and a column per hour of today, in ten queries."""
    targets = {row.station: row for row in StationTarget.objects.filter(location_id=location_id)}
    hours = _hours(location_id, now)
    waiting = _waiting(location_id)
    last = _last_hour(location_id, now)
    rows = tuple(_row(name, waiting[name], last.get(name, 0), targets.get(name), now) for name in waiting)
    pack = targets.get(StationName.PACK)
    labels = tuple(str(name.label) for name in DONE_AT)
    return Pace(rows, hours, labels, pack.per_hour if pack else None)


def _waiting(location_id: int) -> dict[StationName, tuple[int, datetime | None]]:
    """How many wait at each station and since when the first one does."""
    parcels = FulfillmentOrder.objects.filter(location_id=location_id)
    to_sort = PickTask.objects.filter(
        wave__location_id=location_id,
        state=PickState.PICKED,
        sorted_at=None,
        line__fulfillment__state__in=stations.BEFORE_PACKED,
    )
    found = {StationName.PICK: _since(parcels.filter(state=FulfillmentState.IN_WAVE))}
    if stations.has_wall(location_id):
        found[StationName.SORT] = _since(to_sort, "done_at")
    cards = FulfillmentOrder.objects.filter(pk__in=stations.needing_cards(location_id).values("pk"))
    found |= {
        StationName.SIM: _since(cards),
        StationName.ACCOUNT: _since(parcels.filter(state=FulfillmentState.SIM_TAKEN)),
        StationName.PACK: _since(stations.ready_to_pack(location_id)),
        StationName.HANDOVER: _since(stations.ready_to_leave(location_id)),
    }
    return found


def _since(rows: QuerySet, field: str = "changed_at") -> tuple[int, datetime | None]:
    found = rows.aggregate(count=Count("pk"), first=Min(field))
    return found["count"], found["first"]


def _row(
    name: StationName,
    waiting: tuple[int, datetime | None],
    last_hour: int,
    target: StationTarget | None,
    now: datetime,
) -> StationPace:
    count, first = waiting
    return StationPace(
        station=name.value,
        label=str(name.label),
        waiting=count,
        oldest_minutes=int((now - first).total_seconds() // 60) if first else None,
        last_hour=last_hour,
        per_hour=target.per_hour if target else None,
        longest_minutes=target.oldest_minutes if target else None,
    )


def _last_hour(location_id: int, now: datetime) -> dict[StationName, int]:
    since = now - timedelta(hours=1)
    rows = FulfillmentEvent.objects.filter(
        fulfillment__location_id=location_id, at__gt=since, at__lte=now, is_step=True
    )
    by_state = dict(rows.values_list("state").annotate(Count("fulfillment", distinct=True)).order_by())
    found = {name: by_state.get(state, 0) for name, state in DONE_AT.items()}
    sorting = StationStep.objects.filter(location_id=location_id, station=StationName.SORT)
    found[StationName.SORT] = sorting.filter(at__gt=since, at__lte=now, undone_at=None).count()
    return found


def _hours(location_id: int, now: datetime) -> tuple[Hour, ...]:
    """From the first hour of today in which anything was done until now."""
    begin, _end = clock.day_bounds(clock.local_day(now))
    rows = FulfillmentEvent.objects.filter(
        fulfillment__location_id=location_id,
        at__gte=begin,
        at__lte=now,
        state__in=DONE_AT.values(),
        is_step=True,
    )
    done = Count("fulfillment", distinct=True)
    rows = rows.annotate(hour=TruncHour("at", tzinfo=clock.SHANGHAI)).values_list("hour", "state")
    counts = {(hour.hour, state): count for hour, state, count in rows.annotate(done).order_by()}
    if not counts:
        return ()
    until = now.astimezone(clock.SHANGHAI).hour
    states = list(DONE_AT.values())
    return tuple(
        Hour(hour, tuple(counts.get((hour, state), 0) for state in states))
        for hour in range(min(hour for hour, _state in counts), until + 1)
    )
