"""When goods of a location could be had: at its counter, or at the customer's door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from members.values import InstitutionCard
from omnichannel.kernel import clock

COUNTERS = ("store", "dealer")
# Reasons why a location does not send; words stand in reasons.py.
NO_SHIPPING, NO_TARIFF, NO_PLACE = "does_not_ship", "no_tariff", "no_coordinates"

_TERMS = """
SELECT p.location_id, p.ships, coalesce(d.cutoff_hour, p.cutoff_hour), coalesce(d.is_closed, false),
    CASE WHEN p.must_accept THEN p.accept_minutes ELSE 0 END, r.days
FROM fulfillment_locationprofile p
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


def promised(places: Iterable[InstitutionCard], *, province: str, now: datetime) -> dict[int, Promised]:
    """By location id, for an order placed now that goes to `province`; as routing reckons. One statement."""
    cards = {card.id: card for card in places}
    values = {"day": clock.local_day(now), "province": province, "ids": sorted(cards)}
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, values)
        rows = cursor.fetchall()
    return {row[0]: _promise(cards[row[0]], *row[1:], now=now) for row in rows}


def _promise(
    card, ships: bool, cutoff: int, closed: bool, minutes: int, days: int | None, *, now
) -> Promised:
    ready_at = _ready_at(card, closed, minutes, now) if card.kind in COUNTERS else None
    why_not = _why_not(card, ships, days)
    if why_not:
        return Promised(ready_at, None, why_not)
    late = closed or now.astimezone(clock.SHANGHAI).hour >= cutoff
    return Promised(ready_at, clock.local_day(now) + timedelta(days=days + late))


def _why_not(card: InstitutionCard, ships: bool, days: int | None) -> str:
    if not ships:
        return NO_SHIPPING
    if card.latitude is None or card.longitude is None:
        return NO_PLACE
    return NO_TARIFF if days is None else ""


def _ready_at(card: InstitutionCard, closed: bool, minutes: int, now: datetime) -> datetime:
    """When the location has answered: from now while it is open, else from its next opening."""
    local, wait = now.astimezone(clock.SHANGHAI), timedelta(minutes=minutes)
    opens, closes = card.opens_at or time(0), card.closes_at or time(23, 59)
    if not closed and opens <= local.time() and (local + wait).time() < closes:
        return now + wait
    tomorrow = closed or local.time() >= opens
    day = local.date() + timedelta(days=1 if tomorrow else 0)
    return datetime.combine(day, opens, clock.SHANGHAI) + wait
