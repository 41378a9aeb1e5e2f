"""When goods of a location could be had: at its counter, or at the customer's door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from omnichannel.kernel import clock

COUNTERS = ("store", "dealer")
# Reasons why a location does not send; words stand in reasons.py.
NO_SHIPPING, NO_TARIFF, NO_PLACE = "does_not_ship", "no_tariff", "no_coordinates"

_TERMS = """
SELECT i.id, i.kind, i.opens_at, i.closes_at, i.latitude IS NOT NULL AND i.longitude IS NOT NULL,
    p.ships, coalesce(d.cutoff_hour, p.cutoff_hour), coalesce(d.is_closed, false),
    CASE WHEN p.must_accept THEN p.accept_minutes ELSE 0 END, r.days
FROM fulfillment_locationprofile p
JOIN members_institution i ON i.id = p.location_id
LEFT JOIN fulfillment_locationday d ON d.location_id = p.location_id AND d.day = %(day)s
LEFT JOIN LATERAL (
    SELECT z.zone FROM fulfillment_tariffzone z
    WHERE z.from_province IN ('', p.origin_province) AND z.to_province IN ('', %(province)s)
    ORDER BY z.from_province = p.origin_province DESC, z.to_province = %(province)s DESC, z.id
    LIMIT 1
) z ON true
LEFT JOIN LATERAL (
    SELECT r.days FROM fulfillment_tariffrate r
    WHERE r.zone = z.zone AND r.starts <= %(day)s AND (r.ends IS NULL OR r.ends > %(day)s)
    ORDER BY r.starts DESC LIMIT 1
) r ON true
WHERE p.location_id = ANY(%(ids)s)
"""


@dataclass(frozen=True)
class Promised:
    """ready_at: at the counter, None where nothing is collected. arrives_on: at the door, or why not."""

    ready_at: datetime | None = None
    arrives_on: date | None = None
    why_not: str = ""


@dataclass(frozen=True)
class _Terms:
    location_id: int
    kind: str
    opens_at: time | None
    closes_at: time | None
    has_place: bool
    ships: bool
    cutoff_hour: int
    is_closed: bool
    minutes: int
    days: int | None


def promised(location_ids: Iterable[int], *, province: str, now: datetime) -> dict[int, Promised]:
    """By location id, for an order placed now that goes to `province`; as routing reckons. One statement."""
    values = {"day": clock.local_day(now), "province": province, "ids": sorted(set(location_ids))}
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, values)
        rows = [_Terms(*row) for row in cursor.fetchall()]
    return {terms.location_id: _promise(terms, now) for terms in rows}


def _promise(terms: _Terms, now: datetime) -> Promised:
    ready_at = _ready_at(terms, now) if terms.kind in COUNTERS else None
    why_not = _why_not(terms)
    if why_not:
        return Promised(ready_at, None, why_not)
    late = terms.is_closed or now.astimezone(clock.SHANGHAI).hour >= terms.cutoff_hour
    return Promised(ready_at, clock.local_day(now) + timedelta(days=terms.days + late))


def _why_not(terms: _Terms) -> str:
    if not terms.ships:
        return NO_SHIPPING
    if not terms.has_place:
        return NO_PLACE
    return NO_TARIFF if terms.days is None else ""


def _ready_at(terms: _Terms, now: datetime) -> datetime:
    """When the location has answered: from now while it is open, else from its next opening."""
    local, wait = now.astimezone(clock.SHANGHAI), timedelta(minutes=terms.minutes)
    opens, closes = terms.opens_at or time(0), terms.closes_at or time(23, 59)
    if not terms.is_closed and opens <= local.time() and (local + wait).time() < closes:
        return now + wait
    tomorrow = terms.is_closed or local.time() >= opens
    day = local.date() + timedelta(days=1 if tomorrow else 0)
    return datetime.combine(day, opens, clock.SHANGHAI) + wait
