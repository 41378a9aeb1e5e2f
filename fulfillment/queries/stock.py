"""What can be had, where: for product pages, clerks and channels. Nothing is cached."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from members.queries.institutions import COLUMNS
from members.values import InstitutionCard
from omnichannel.kernel import prepared

from .sight import SEEN

# OFFSET 0: what is asked of the outcome is asked after it, else the safety stock is looked up twice a row.
_LEVELS = """
SELECT l.sku, l.location_id,
    greatest(0, l.on_hand - l.reserved - coalesce((
        SELECT max(s.quantity) FROM fulfillment_safetystock s
        WHERE s.sku IN ('', l.sku) AND s.channel IN ('', %(channel)s)
            AND (s.location_id IS NULL OR s.location_id = l.location_id)
    ), 0)) AS salable
FROM fulfillment_stock l
JOIN fulfillment_locationprofile p ON p.location_id = l.location_id AND p.is_open
WHERE l.sku = ANY(%(skus)s){there}
OFFSET 0
"""
SALABLE = _LEVELS.format(there="")
_SHELF = f"SELECT sku, salable FROM ({_LEVELS.format(there=' AND l.location_id = %(location_id)s')}) levels"
_PLACES = f"""
SELECT levels.sku, levels.salable, {", ".join(f"i.{name}" for name in COLUMNS)}
FROM ({SALABLE}) levels JOIN members_institution i ON i.id = levels.location_id AND i.is_active AND {SEEN}
WHERE levels.salable > 0
"""
_TOTAL = f"""
SELECT levels.sku, sum(levels.salable)::int
FROM ({SALABLE}) levels JOIN members_institution i ON i.id = levels.location_id AND i.is_active AND {SEEN}
GROUP BY levels.sku
"""


@dataclass(frozen=True)
class LocationStock:
    """Units that a channel may promise at a location. distance_km is None where no place was given."""

    location_id: int
    code: str
    label: str
    city: str
    distance_km: float | None
    salable: int
    closes_at: time | None
    kind: str


def salable_total(skus: Iterable[str], channel: str, *, own: list[str] | None = None) -> dict[str, int]:
    """Units that the channel may promise anywhere, by SKU, 0 where nothing is. One statement.

    own: sight.own_paths() of whoever asks; other dealers' shelves then do not count.
    """
    return _units(_TOTAL, skus, channel=channel, own=own)


def salable_at(location_id: int, *, skus: Iterable[str], channel: str) -> dict[str, int]:
    """Units that the channel may promise off one shelf, by SKU, 0 where nothing is. One statement."""
    return _units(_SHELF, skus, channel=channel, location_id=location_id)


def _units(sql: str, skus: Iterable[str], **asked) -> dict[str, int]:
    wanted = sorted(set(skus))
    found = prepared.tuples(sql, {"skus": wanted, **asked}) if wanted else ()
    return dict.fromkeys(wanted, 0) | dict(found)


def availability(
    *,
    skus: Iterable[str],
    channel: str,
    latitude: float | None = None,
    longitude: float | None = None,
    own: list[str] | None = None,
) -> dict[str, list[LocationStock]]:
    """Locations that have something to promise, by SKU; nearest first, else most first. One statement.

    own: sight.own_paths() of whoever asks; other dealers' shelves are then left out.
    """
    wanted = sorted(set(skus))
    if not wanted:
        return {}
    found = defaultdict(list)
    for sku, salable, *place in prepared.tuples(_PLACES, {"skus": wanted, "channel": channel, "own": own}):
        found[sku].append(_stock(InstitutionCard(*place), salable, latitude, longitude))
    return {sku: sorted(found[sku], key=_nearest) for sku in wanted}


def _stock(place: InstitutionCard, salable: int, latitude, longitude) -> LocationStock:
    known = latitude is not None and longitude is not None
    distance = place.distance_km(latitude, longitude) if known else None
    return LocationStock(
        location_id=place.id,
        code=place.code,
        label=place.label,
        city=place.city,
        distance_km=None if distance is None else round(distance, 1),
        salable=salable,
        closes_at=place.closes_at,
        kind=place.kind,
    )


def _nearest(stock: LocationStock):
    far = float("inf") if stock.distance_km is None else stock.distance_km
    return (far, -stock.salable, stock.code)
