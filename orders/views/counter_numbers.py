"""Numbers to choose from at a counter: a dealer's own before the pool of the city, or of one nearby."""

from datetime import datetime

from catalog.queries import numbers
from catalog.values import NumberCard
from members import queries as members
from members.values import InstitutionCard
from orders.services import counters


def offered(counter: InstitutionCard, *, city: str, tail: str, now: datetime) -> dict:
    """For the page. city: one of `cities`; without it the counter's own, else the nearest with a pool."""
    cities = [name for province, name in numbers.pool_cities() if province == counter.province]
    here = city if city in cities else _nearest(counter, cities)
    pages = {name: _page(counter, name, tail, now) for name in ({here} | _of_dealers(counter, cities))}
    own = [card for name in sorted(pages) for card in pages[name] if card.dealer_id]
    pool = [card for card in pages[here] if not card.dealer_id]
    return {"numbers": [*own, *pool][: numbers.PAGE], "cities": cities, "city": here}


def _nearest(counter: InstitutionCard, cities: list[str]) -> str:
    if counter.city in cities or not cities:
        return counter.city
    return min(cities, key=lambda city: _far(counter, city))


def _far(counter: InstitutionCard, city: str) -> float:
    """Kilometres; infinite where the counter has no place."""
    far = counter.distance_km(*members.locate(counter.province, city))
    return float("inf") if far is None else far


def _of_dealers(counter: InstitutionCard, cities: list[str]) -> set[str]:
    """Where a dealer may have got numbers of its own: anywhere in its province."""
    return set(cities) if counter.kind == counters.DEALER else set()


def _page(counter: InstitutionCard, city: str, tail: str, now: datetime) -> list[NumberCard]:
    return numbers.search_numbers(
        province=counter.province,
        city=city,
        tail=tail,
        seed=f"clerk:{counter.id}",
        dealer_id=counter.id if counter.kind == counters.DEALER else None,
        now=now,
    )
