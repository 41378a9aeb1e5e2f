"""When goods of a location could be had: at its counter, or at the customer's door."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from members.values import distance_km
from omnichannel.kernel import clock, prepared

from ..leaving import days_ahead, hour_of, last_hour, leaves_in
from .location_terms import TERMS

COUNTERS = ("store", "dealer")
# Reasons why a location does not send; words stand in reasons.py.
NO_SHIPPING, NO_TARIFF, NO_PLACE = "does_not_ship", "no_tariff", "no_coordinates"

_PLACES = f"""
WITH places AS (
{TERMS}
WHERE p.location_id = ANY(%(ids)s)
)
SELECT i.id, i.kind, i.opens_at, i.closes_at,
    i.latitude IS NOT NULL AND i.longitude IS NOT NULL AS has_place, p.ships, p.cutoff, p.courier_hour,
    CASE WHEN p.must_accept THEN p.accept_minutes ELSE 0 END AS minutes, p.days, p.daily_capacity,
    p.closed_today, p.capacity, p.special, p.loads, p.trunks
FROM places p JOIN members_institution i ON i.id = p.location_id
"""


@dataclass(frozen=True)
class Promised:
    """ready_at: at the counter, None where nothing is collected. arrives_on: at the door, or why not."""

    ready_at: datetime | None = None
    arrives_on: date | None = None
    why_not: str = ""


def promised(
    location_ids: Iterable[int],
    *,
    province: str,
    now: datetime,
    near: tuple[float | None, float | None] = (None, None),
) -> dict[int, Promised]:
    """By location id, for an order placed now that goes to `province`; as routing reckons. One statement.

    near: where the customer is, if known: hubs that reach there deliver what a trunk run brings.
    """
    values = {"day": clock.local_day(now), "province": province, "ids": sorted(set(location_ids))}
    return {row["id"]: _promise(row, near, now) for row in prepared.rows(_PLACES, values)}


def _promise(row: dict, near: tuple, now: datetime) -> Promised:
    ready_at = _ready_at(row, now) if row["kind"] in COUNTERS else None
    days = list(_days(row, near, hour_of(now.astimezone(clock.SHANGHAI))))
    if not row["ships"] or not row["has_place"]:
        return Promised(ready_at, None, NO_PLACE if row["ships"] else NO_SHIPPING)
    if not days:
        return Promised(ready_at, None, NO_TARIFF)
    return Promised(ready_at, clock.local_day(now) + timedelta(days=min(days)))


def _days(row: dict, near: tuple, hour: float) -> Iterator[int]:
    """Days until arrival by each way: the courier's, and each trunk run whose hub reaches the customer."""
    loads = json.loads(row["loads"] or "[]")
    room = row["capacity"] is None or dict(loads).get(0, 0) < row["capacity"]
    today = room and not row["closed_today"]
    later = days_ahead(row["daily_capacity"], json.loads(row["special"] or "[]"), loads)
    if row["days"] is not None:
        until = last_hour(row["cutoff"], row["courier_hour"])
        yield row["days"] + leaves_in(hour=until, now_hour=hour, today=today, later=later)
    for trunk in json.loads(row["trunks"] or "[]") if None not in near else ():
        if distance_km(*near, trunk["latitude"], trunk["longitude"]) <= trunk["reach_km"]:
            until = last_hour(row["cutoff"], trunk["departs_hour"])
            yield trunk["days"] + leaves_in(hour=until, now_hour=hour, today=today, later=later)


def _ready_at(row: dict, now: datetime) -> datetime:
    """When the location has answered: from now while it is open, else from its next opening."""
    local, wait = now.astimezone(clock.SHANGHAI), timedelta(minutes=row["minutes"])
    opens, closes = row["opens_at"] or time(0), row["closes_at"] or time(23, 59)
    if not row["closed_today"] and opens <= local.time() and (local + wait).time() < closes:
        return now + wait
    tomorrow = row["closed_today"] or local.time() >= opens
    day = local.date() + timedelta(days=1 if tomorrow else 0)
    return datetime.combine(day, opens, clock.SHANGHAI) + wait
