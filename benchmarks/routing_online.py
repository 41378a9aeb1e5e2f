"""The online benchmark: orders come one by one and are planned as they come; cost ÷ the linear program.

After Jasin and Sinha (2015) and Ma (2023): twenty items; five kinds of order for each size of one to
five; ten cities by their population, five centres. How likely a size is (none at all among them), and a
kind within its size, is drawn uniformly. A centre stocks an item with probability 0.75; its stock is what
the cities need that have it as their nearest holder, with half a standard deviation. What nobody sends
costs 2 × a box, and per item 2 × the unit cost from the farthest centre. The plans are the product's: its
planner, its linear program. The instance is a function of its number, the arrivals of number and run.
"""

import random
from dataclasses import dataclass, replace

from fulfillment.services.optimiser.prices_lp import Option, Want, solve
from fulfillment.services.routing.inputs import Item, Policy, Rate, Source
from fulfillment.services.routing.planner import plan
from members.values import distance_km

# Census of 2020: people, latitude, longitude.
CITIES = {
    "New York": (8_804_190, 40.7128, -74.0060),
    "Los Angeles": (3_898_747, 34.0522, -118.2437),
    "Chicago": (2_746_388, 41.8781, -87.6298),
    "Houston": (2_304_580, 29.7604, -95.3698),
    "Phoenix": (1_608_139, 33.4484, -112.0740),
    "Philadelphia": (1_603_797, 39.9526, -75.1652),
    "San Antonio": (1_434_625, 29.4241, -98.4936),
    "San Diego": (1_386_932, 32.7157, -117.1611),
    "Dallas": (1_304_379, 32.7767, -96.7970),
    "San Jose": (1_013_240, 37.3382, -121.8863),
}
CENTRES = {
    "Oakland": (37.8044, -122.2712),
    "Indianapolis": (39.7684, -86.1581),
    "Wilkes-Barre": (41.2459, -75.8813),
    "Columbia": (34.0007, -81.0348),
    "Dallas": (32.7767, -96.7970),
}
ITEMS, SIZES, KINDS_PER_SIZE, ARRIVALS, STOCKED = 20, (1, 2, 3, 4, 5), 5, 10_000, 0.75
BOX, PER_ITEM, PER_MILE, KM_PER_MILE = 8.759, 0.423, 0.000541, 1.609344
RESOLVES = 10
EXACT = Policy(extra_package=0, late_day=0, refusal=0)
MYOPIC = replace(EXACT, scarcity=BOX / 3)  # rarity may cost what a third of a box does
BOX_RATE = Rate(first_g=1, first_fen=BOX)
NOWHERE = len(CENTRES)  # the location that stands for an unfilled item

UNIT = {
    city: [
        PER_ITEM + PER_MILE * distance_km(latitude, longitude, *place) / KM_PER_MILE
        for place in CENTRES.values()
    ]
    for city, (_people, latitude, longitude) in CITIES.items()
}
UNFILLED = {city: 2 * max(costs) for city, costs in UNIT.items()}
SHARE = {city: row[0] / sum(r[0] for r in CITIES.values()) for city, row in CITIES.items()}


@dataclass(frozen=True)
class Instance:
    """kinds: items of each kind of order and its probability; stock: units by centre and item."""

    kinds: dict[tuple[str, ...], float]
    stock: dict[tuple[int, str], int]

    @property
    def cells(self) -> list[tuple[tuple[str, ...], str, float]]:
        """Kind, city and the probability that an arrival is one of them."""
        return [(kind, city, p * SHARE[city]) for kind, p in self.kinds.items() if kind for city in CITIES]


def instance(number: int) -> Instance:
    draw = random.Random(f"routing-{number}")
    items = [f"i{n:02d}" for n in range(ITEMS)]
    kinds = _kinds(draw, items)
    stocked = {item: [c for c in range(NOWHERE) if draw.random() < STOCKED] for item in items}
    return Instance(kinds, _stock(kinds, stocked))


def _kinds(draw: random.Random, items: list[str]) -> dict[tuple[str, ...], float]:
    """The empty order is one of them: an arrival that wants nothing."""
    sizes = [draw.random() for _size in (0, *SIZES)]
    kinds = {(): sizes[0] / sum(sizes)}
    for size, weight in zip(SIZES, sizes[1:], strict=True):
        parts = [draw.random() for _kind in range(KINDS_PER_SIZE)]
        for part in parts:
            kind = tuple(sorted(draw.sample(items, size)))
            kinds[kind] = kinds.get(kind, 0) + weight / sum(sizes) * part / sum(parts)
    return kinds


def _stock(kinds, stocked: dict[str, list[int]]) -> dict[tuple[int, str], int]:
    """round(T·d + 0.5·√(T·d·(1 − d))), d: chance that an arrival wants the item from its nearest holder."""
    units = {}
    for item, centres in stocked.items():
        wanted = sum(p for kind, p in kinds.items() if item in kind)
        for centre in centres:
            near = [city for city in CITIES if min(centres, key=lambda c: UNIT[city][c]) == centre]
            d = wanted * sum(SHARE[city] for city in near)
            units[centre, item] = round(ARRIVALS * d + 0.5 * (ARRIVALS * d * (1 - d)) ** 0.5)
    return units


def arrivals(number: int, run: int, found: Instance) -> list[tuple[tuple[str, ...], str]]:
    draw = random.Random(f"routing-{number}-{run}")
    cities, weights = list(CITIES), [SHARE[city] for city in CITIES]
    kinds = draw.choices(list(found.kinds), list(found.kinds.values()), k=ARRIVALS)
    return list(zip(kinds, draw.choices(cities, weights, k=ARRIVALS), strict=True))


def program(found: Instance, stock: dict[tuple[int, str], int], left: int):
    """The product's linear program for `left` arrivals: value and shadow prices."""
    wants = [
        Want(left * chance, tuple((item, 1) for item in kind), _options(kind, city, stock))
        for kind, city, chance in found.cells
    ]
    return solve(wants, stock)


def _options(kind, city: str, stock) -> tuple[Option, ...]:
    unfilled = Option(NOWHERE, 2 * BOX, dict.fromkeys(kind, UNFILLED[city]), is_limited=False)
    centres = (
        Option(centre, BOX, dict.fromkeys(kind, UNIT[city][centre]))
        for centre in range(NOWHERE)
        if any((centre, item) in stock for item in kind)
    )
    return (*centres, unfilled)


class Planned:
    """Plans by the product's planner. Where only what is there counts, not how much, equal questions have
    equal answers and are asked once."""

    def __init__(self, policy: Policy):
        self.policy, self.prices = policy, {}
        self._known: dict = {}

    def use(self, prices) -> None:
        self.prices, self._known = prices, {}

    def __call__(self, kind: tuple[str, ...], city: str, stock) -> list[tuple[int, tuple[str, ...]]]:
        """Who sends which items; centre NOWHERE sends none."""
        if self.policy.scarcity:
            return self._ask(kind, city, stock)
        there = tuple(stock.get((centre, item), 0) > 0 for centre in range(NOWHERE) for item in kind)
        if (kind, city, there) not in self._known:
            self._known[kind, city, there] = self._ask(kind, city, stock)
        return self._known[kind, city, there]

    def _ask(self, kind, city: str, stock):
        sources = [_source(centre, kind, city, stock, self.prices) for centre in range(NOWHERE)]
        sources = [source for source in sources if source.stock]
        chosen = plan([Item(item, 1) for item in kind], [*sources, _nowhere(kind, city)], self.policy).chosen
        return [(p.location_id, tuple(item for item, _one in p.units)) for p in chosen.packages]


def _source(centre: int, kind, city: str, stock, prices) -> Source:
    return Source(
        location_id=centre,
        code=str(centre),
        distance_km=0,
        stock={item: stock[centre, item] for item in kind if stock.get((centre, item), 0)},
        rate=BOX_RATE,
        unit_prices={item: UNIT[city][centre] + prices.get((centre, item), 0) for item in kind},
    )


def _nowhere(kind, city: str) -> Source:
    return Source(
        location_id=NOWHERE,
        code="nowhere",
        distance_km=0,
        stock=dict.fromkeys(kind, 1),
        rate=Rate(first_g=1, first_fen=2 * BOX),
        unit_prices=dict.fromkeys(kind, UNFILLED[city]),
    )


def nearest(kind, city: str, stock) -> list[tuple[int, tuple[str, ...]]]:
    """For comparison: each item from the nearest centre that still has it."""
    parts: dict[int, list[str]] = {}
    for item in kind:
        having = [centre for centre in range(NOWHERE) if stock.get((centre, item), 0)]
        parts.setdefault(min(having, key=lambda c: UNIT[city][c], default=NOWHERE), []).append(item)
    return [(centre, tuple(items)) for centre, items in parts.items()]


def play(orders, stock: dict[tuple[int, str], int], decide, *, between=lambda n, stock: None) -> float:
    """The cost of serving `orders` in turn; `between` hears before each how many came and what is left."""
    stock, cost = dict(stock), 0.0
    for n, (kind, city) in enumerate(orders):
        between(n, stock)
        for centre, items in decide(kind, city, stock) if kind else ():
            if centre == NOWHERE:
                cost += 2 * BOX + UNFILLED[city] * len(items)
                continue
            cost += BOX + UNIT[city][centre] * len(items)
            for item in items:
                stock[centre, item] -= 1
    return cost


def ratios(number: int, run: int) -> dict[str, float]:
    """Cost ÷ bound of the ways, over the same arrivals."""
    found = instance(number)
    orders = arrivals(number, run, found)
    whole = program(found, found.stock, ARRIVALS)
    static, resolved = Planned(EXACT), Planned(EXACT)
    static.use(whole.units)

    def again(n: int, stock) -> None:
        if n % (ARRIVALS // RESOLVES) == 0:
            resolved.use(program(found, stock, ARRIVALS - n).units)

    costs = {
        "nearest": play(orders, found.stock, nearest),
        "exact": play(orders, found.stock, Planned(EXACT)),
        "myopic": play(orders, found.stock, Planned(MYOPIC)),
        "static": play(orders, found.stock, static),
        "resolved": play(orders, found.stock, resolved, between=again),
    }
    return {name: cost / whole.value for name, cost in costs.items()}
