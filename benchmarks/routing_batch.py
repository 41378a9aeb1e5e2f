"""The batch benchmark: orders planned one after the other, and together, against the same stock.

After Xu, Allgor and Graves ("Benefits of reevaluating real-time order fulfillment decisions", M&SOM 11,
2009): 150 orders over 60 SKUs (popularity by Zipf's law with exponent 0.8), two regional centres and six
stores, stock of 1.1 to 1.6 times the demand. A package costs one, nothing else costs anything: what is
counted are packages. Extra packages are those beyond one for each order. The plans are the product's. One
by one, equal plans are told apart by the rarity of what they take, as in the product, which is a harder
opponent than the first by name (`plain`).
"""

import random
import time
from dataclasses import dataclass, replace

from fulfillment.services.optimiser.joint_plan import JointOrder, solve
from fulfillment.services.routing.inputs import Item, Policy, Rate, Source
from fulfillment.services.routing.planner import plan

ORDERS, SKUS, ZIPF = 150, 60, 0.8
CENTRES, STORES = 2, 6
LINES = ((1, 0.45), (2, 0.3), (3, 0.15), (4, 0.1))  # lines of an order, share of the orders
CENTRE_SHARE = 0.3  # of a SKU's units in each regional centre, the rest lies in the stores
STOCK_FACTORS = (1.1, 1.2, 1.4, 1.6)
FREE = Rate(first_g=1, first_fen=0)
PLAIN = Policy(extra_package=0, late_day=0, refusal=0, keep=CENTRES + STORES)
POLICY = replace(PLAIN, scarcity=0.1)
SECONDS = 60.0


@dataclass(frozen=True)
class Batch:
    """Packages of each way, the program's bound, whether its answer was proven, and seconds it took."""

    plain: int
    one_by_one: int
    together: int
    bound: float
    proven: bool
    seconds: float

    @property
    def removed(self) -> float:
        """The share of the extra packages that the program removes."""
        return (self.one_by_one - self.together) / (self.one_by_one - ORDERS)

    @property
    def removed_of_plain(self) -> float:
        return (self.plain - self.together) / (self.plain - ORDERS)


def batch(seed: int, factor: float) -> Batch:
    draw = random.Random(f"batch-{seed}-{factor}")
    orders = [_order(draw) for _order_number in range(ORDERS)]
    stock = _stock(draw, orders, factor)
    plain, one_by_one = (_one_by_one(orders, dict(stock), policy) for policy in (PLAIN, POLICY))
    begun = time.perf_counter()
    joint = solve(
        [JointOrder(n, items, tuple(_sources(items, stock))) for n, items in enumerate(orders)],
        stock,
        PLAIN,
        seconds=SECONDS,
    )
    together = sum(len(found.packages) for found in joint.plans.values())
    return Batch(plain, one_by_one, together, joint.bound, joint.proven, time.perf_counter() - begun)


def _order(draw: random.Random) -> tuple[Item, ...]:
    size = draw.choices([n for n, _share in LINES], [share for _n, share in LINES])[0]
    weights = [1 / (rank + 1) ** ZIPF for rank in range(SKUS)]
    wanted: set[int] = set()
    while len(wanted) < size:
        wanted |= set(draw.choices(range(SKUS), weights))
    return tuple(Item(f"s{n:02d}", 1) for n in sorted(wanted))


def _stock(draw: random.Random, orders, factor: float) -> dict[tuple[int, str], int]:
    """Unit by unit to a centre or a store."""
    places = range(CENTRES + STORES)
    weights = [CENTRE_SHARE] * CENTRES + [(1 - CENTRES * CENTRE_SHARE) / STORES] * STORES
    demand: dict[str, int] = {}
    for items in orders:
        for item in items:
            demand[item.sku] = demand.get(item.sku, 0) + 1
    stock: dict[tuple[int, str], int] = {}
    for sku, units in sorted(demand.items()):
        for place in draw.choices(places, weights, k=max(units, round(units * factor))):
            stock[place, sku] = stock.get((place, sku), 0) + 1
    return stock


def _sources(items, stock: dict[tuple[int, str], int]) -> list[Source]:
    sources = []
    for place in range(CENTRES + STORES):
        held = {item.sku: stock[place, item.sku] for item in items if stock.get((place, item.sku), 0)}
        if held:
            sources.append(Source(place, f"p{place}", 0, held, FREE, fixed=1))
    return sources


def _one_by_one(orders, stock: dict[tuple[int, str], int], policy: Policy) -> int:
    """Each order by the product's planner, the fewest packages, from what the earlier ones left."""
    packages = 0
    for items in orders:
        chosen = plan(items, _sources(items, stock), policy).chosen
        packages += len(chosen.packages)
        for package in chosen.packages:
            for sku, units in package.units:
                stock[package.location_id, sku] -= units
    return packages
