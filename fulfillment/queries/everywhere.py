"""Stock across all locations by city, distance and promised time: for clerk, customer and channels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from members.place_names import place_name
from omnichannel.kernel import clock

from .promised import Promised, promised
from .stock import LocationStock, availability

PICKUP, SHIP = "pickup", "ship"


@dataclass(frozen=True)
class Spot:
    """Where somebody is, or where goods should go. Without coordinates there are no distances."""

    province: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Found:
    """Salable units at a location and when they could be had."""

    stock: LocationStock
    promised: Promised

    @property
    def earliest(self) -> datetime | None:
        """The sooner of counter and door; a day at the door counts until its end."""
        at_door = self.promised.arrives_on and clock.day_bounds(self.promised.arrives_on)[1]
        times = [time for time in (self.promised.ready_at, at_door) if time]
        return min(times, default=None)


def everywhere(
    *,
    skus: Iterable[str],
    channel: str,
    spot: Spot,
    now: datetime,
    city: str = "",
    within_km: float | None = None,
    by: datetime | None = None,
    way: str = "",
    own: list[str] | None = None,
) -> dict[str, list[Found]]:
    """Locations that have something to promise, by SKU, nearest first; two statements.

    own: sight.own_paths() of whoever asks; other dealers' shelves are then left out.
    Only those of `city`, within so many kilometres (a location without coordinates is not), and from which
    it can be had until `by`, in `way` (PICKUP, SHIP) where one is named.
    """
    have = availability(skus=skus, channel=channel, latitude=spot.latitude, longitude=spot.longitude, own=own)
    places = {each.location_id for rows in have.values() for each in rows}
    terms = promised(places, province=spot.province, now=now)
    found = {
        sku: [Found(each, terms.get(each.location_id, Promised())) for each in rows]
        for sku, rows in have.items()
    }
    return {
        sku: [each for each in rows if _fits(each, city, within_km) and _in_time(each, by, way)]
        for sku, rows in found.items()
    }


def _fits(found: Found, city: str, within_km: float | None) -> bool:
    distance = found.stock.distance_km
    near = within_km is None or (distance is not None and distance <= within_km)
    return near and (not city or city.casefold() in _names(found.stock.city))


def _names(city: str) -> set[str]:
    """As it is written, and as this page shows it."""
    return {city.casefold(), place_name(city).casefold()}


def _in_time(found: Found, by: datetime | None, way: str) -> bool:
    ready, arrives = found.promised.ready_at, found.promised.arrives_on
    at_door = clock.day_bounds(arrives)[1] if arrives else None
    times = [time for name, time in ((PICKUP, ready), (SHIP, at_door)) if time and way in ("", name)]
    return any(by is None or time <= by for time in times) or (by is None and not way)
