"""Whole orders through the product's routing: twelve places, real tables, one process, one order at a time.

Each of the orders is held and confirmed beforehand; measured is services.route alone, which looks, plans,
moves the units, writes parcels, trace and facts, and commits. A group of 4 n orders on tables without the
orders before is routed in portions: were an order dearer the more there are, the later ones would take longer
than the first n. Medians of portions, since the machine's own speed changes within seconds.
"""

import random
import statistics
import time
from datetime import UTC, datetime, timedelta

from django.db import connection

from fulfillment.models import FulfillmentOrder, LocationProfile
from fulfillment.services import reservation, route, stock
from fulfillment.services.routing.drops import sift
from fulfillment.services.routing.loading import load
from fulfillment.services.routing.planner import plan_need
from fulfillment.services.routing.weights import weights
from members.models import Institution
from members.places import all_places
from members.values import Destination
from tests.support.goods import Company

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
SKUS, PLACES = 60, 12
LINES = (1, 1, 2, 2, 3, 4, 5)
UNITS = 40_000  # of each SKU that a place has: nothing runs out while speed is measured
HAS = 0.75
PORTIONS = 6  # of n orders


class Ground:
    """A company with twelve places that ship and sixty articles; orders from all over the country."""

    def __init__(self, seed: int):
        self.draw = random.Random(f"orders-{seed}")
        self.company = Company()
        self.skus = [f"s{n:02d}" for n in range(SKUS)]
        self.company.goods(*self.skus, weight_g=400)
        self.cities = [place for place in all_places() if place.city and not place.district]
        LocationProfile.objects.all().delete()
        for number, place in enumerate(self.draw.sample(self.cities, PLACES)):
            self._place(number, place)
        self.count = 0

    def _place(self, number: int, place) -> None:
        made = Institution.objects.create(
            code=f"w{number}", path=f"w{number}/", kind="warehouse", name=f"w{number}",
            province=place.province, city=place.city, latitude=place.latitude, longitude=place.longitude,
        )  # fmt: skip
        LocationProfile.objects.create(
            location=made, origin_province=place.province, handling_fen=self.draw.randint(150, 400),
            daily_capacity=100_000 if number % 3 == 0 else None,
        )  # fmt: skip
        for sku in self.skus:
            if number == 0 or self.draw.random() < HAS:
                self._put(made.pk, sku)

    def _put(self, location_id: int, sku: str) -> None:
        stock.book(
            sku=sku, location_id=location_id, units=UNITS, place="supplier", reason="received",
            reference=f"opening-{location_id}", now=NOW,
        )  # fmt: skip

    def wish(self):
        self.count += 1
        city = self.draw.choice(self.cities)
        skus = self.draw.sample(self.skus, self.draw.choice(LINES))
        where = Destination(
            "林晓", "13812345678", city.province, city.city, "", "1 号", city.latitude, city.longitude
        )
        return self.company.wish(f"B{self.count:06d}", dict.fromkeys(skus, 1), destination=where)

    def requested(self, count: int) -> list[str]:
        """Order numbers that wait for their route."""
        numbers = []
        for _order in range(count):
            wish = self.wish()
            reservation.reserve(demand=wish, expires_at=NOW + timedelta(minutes=30), now=NOW)
            reservation.confirm(order_number=wish.order_number, now=NOW)
            numbers.append(wish.order_number)
        return numbers


def routed(numbers: list[str]) -> float:
    """Seconds to route them all."""
    begun = time.perf_counter()
    for number in numbers:
        route.route(order_number=number, now=NOW)
    return time.perf_counter() - begun


def plan_times(ground: Ground, count: int) -> list[float]:
    """CPU milliseconds of one order's plan: reasons, candidates (all twelve places), comparison."""
    policy, times = weights(now=NOW), []
    while len(times) < count:
        situation = load(ground.wish(), now=NOW)
        begun = time.process_time()
        sources, _dropped = sift(situation.need, situation.locations, policy)
        plan_need(situation.need, sources, policy)
        times.append((time.process_time() - begun) * 1000)
    return times


def measure(seed: int, *, orders: int, rounds: int, plans: int) -> dict[str, float]:
    ground = Ground(seed)
    routed(ground.requested(50))  # warm
    times = sorted(plan_times(ground, plans))
    portion = orders // PORTIONS
    groups = [_group(ground, 4 * orders, portion) for _round in range(rounds)]
    first = statistics.median(time for group in groups for time in group[:PORTIONS])
    all_of_them = statistics.median(time for group in groups for time in group)
    return {
        "plan_ms_median": round(statistics.median(times), 2),
        "plan_ms_p95": round(times[int(len(times) * 0.95)], 2),
        "orders_per_s": round(portion / all_of_them, 1),
        "growth": round(4 * all_of_them / first, 2),
    }


def _group(ground: Ground, size: int, portion: int) -> list[float]:
    """Seconds of each portion."""
    _forget()
    numbers = ground.requested(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    times = [routed(numbers[begin : begin + portion]) for begin in range(0, size, portion)]
    assert FulfillmentOrder.objects.count() >= size
    return times


ROUND = ("reservation", "fulfillmentevent", "fulfillmentline", "routingtrace", "fulfillmentorder")


def _forget() -> None:
    """The orders of the round before are gone; their stock is so large that its movements do not matter."""
    tables = [
        *(f"fulfillment_{name}" for name in ROUND),
        "fulfillment_fulfillmentdemand",
        "kernel_outboxmessage",
    ]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("UPDATE fulfillment_stocklevel SET reserved = 0")
        for table in [*tables, "fulfillment_stocklevel"]:
            cursor.execute(f"VACUUM {table}")
