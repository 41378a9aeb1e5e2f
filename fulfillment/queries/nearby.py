"""The nearest place that has something, for a page of many articles. Nothing is cached."""

from collections.abc import Iterable

from django.db import connection

from fulfillment.queries.stock import SALABLE, LocationStock
from members.queries.institutions import institutions_by_ids
from omnichannel.kernel import prepared

STORE_WITHIN_KM = 60.0


def nearest(
    *, skus: Iterable[str], channel: str, latitude: float, longitude: float
) -> dict[str, LocationStock]:
    """The nearest store (within 60 km, else the nearest place of any kind) by SKU; two statements.

    A SKU that is nowhere is absent.
    """
    wanted = sorted(set(skus))
    if not wanted:
        return {}
    having = f"SELECT * FROM ({SALABLE}) levels WHERE salable > 0"
    sql = f"SELECT sku, array_agg(location_id), array_agg(salable) FROM ({having}) some_left GROUP BY sku"
    with connection.cursor() as cursor:
        prepared.execute(cursor, sql, {"skus": wanted, "channel": channel})
        rows = [(sku, dict(zip(ids, units, strict=True))) for sku, ids, units in cursor.fetchall()]
    order = _by_distance({pk for _sku, where in rows for pk in where}, latitude, longitude)
    found = {sku: next((place for place in order if place[1].id in where), None) for sku, where in rows}
    units = dict(rows)
    return {sku: _stock(place, units[sku][place[1].id]) for sku, place in found.items() if place is not None}


def _by_distance(ids: set[int], latitude: float, longitude: float) -> list[tuple[float, object]]:
    """(kilometres, place), stores within reach first, then by distance."""
    places = [place for place in institutions_by_ids(ids).values() if place.is_active]
    far = [(_kilometres(place, latitude, longitude), place) for place in places]
    return sorted(far, key=lambda pair: (_rank(*pair), pair[0], pair[1].code))


def _kilometres(place, latitude: float, longitude: float) -> float:
    """A place without coordinates is as far as can be."""
    distance = place.distance_km(latitude, longitude)
    return float("inf") if distance is None else distance


def _rank(distance: float, place) -> int:
    return 0 if place.kind == "store" and distance <= STORE_WITHIN_KM else 1


def _stock(pair, salable: int) -> LocationStock:
    distance, place = pair
    return LocationStock(
        location_id=place.id,
        code=place.code,
        label=place.label,
        city=place.city,
        distance_km=None if distance == float("inf") else round(distance, 1),
        salable=salable,
        closes_at=place.closes_at,
        kind=place.kind,
    )
