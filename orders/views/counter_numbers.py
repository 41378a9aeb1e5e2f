"""Numbers to choose from at a counter: a dealer's own before the pool of the city, or of one nearby."""

from datetime import datetime

from catalog.queries import numbers
from members import queries as members
from members.values import InstitutionCard
from orders.services import counters


def offered(counter: InstitutionCard, *, city: str, tail: str, now: datetime) -> dict:
    """For the page. city: one of `cities`; without it the counter's own, else the nearest with a pool."""
    cities = [name for province, name in numbers.pool_cities() if province == counter.province]
    here = city if city in cities else _nearest(counter, cities)
    found = numbers.search_numbers(
        province=counter.province,
        city=here,
        tail=tail,
        seed=f"clerk:{counter.id}",
        dealer_id=counter.id if counter.kind == counters.DEALER else None,
        now=now,
    )
    return {"numbers": found, "cities": cities, "city": here}


def _nearest(counter: InstitutionCard, cities: list[str]) -> str:
    if counter.city in cities or not cities:
        return counter.city
    return min(cities, key=lambda city: _far(counter, city))


def _far(counter: InstitutionCard, city: str) -> float:
    """Kilometres; infinite where the counter has no place."""
    far = counter.distance_km(*members.locate(counter.province, city))
    return float("inf") if far is None else far
