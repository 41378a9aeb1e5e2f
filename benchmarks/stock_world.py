"""Goods of the stock measurement, and what its clients do with them."""

from itertools import count
from random import Random

from django.db import connection, transaction

from catalog.queries import offerings
from fulfillment.models import StockLevel
from fulfillment.services import reservation, stock
from fulfillment.services.reservation import OutOfStock
from fulfillment.values import Demand
from omnichannel.kernel import clock
from tests.support.goods import Company

PLENTY = 10_000_000
COLD_SKUS = 10_000
GIVES_UP_AFTER = 20  # refusals in a row; some of what was refused may be too much, or come back
_MANY = """
INSERT INTO fulfillment_stocklevel (sku, location_id, on_hand, reserved, bin)
SELECT 'cold-' || n, %s, %s, 0, 'A-01-1' FROM generate_series(1, %s) n
"""


class World:
    """A small company; every storm gets a SKU of its own."""

    def __init__(self):
        self.company = Company()
        self.numbers = count(1)

    def sku(self, units: int = PLENTY, place: str = "wh") -> str:
        sku = f"hot-{next(self.numbers)}"
        self.company.goods(sku, weight_g=300)
        self.company.put(place, **{sku: units})
        return sku

    def level_id(self, sku: str) -> int:
        return StockLevel.objects.values_list("pk", flat=True).get(sku=sku)

    def buyer(self, *skus: str):
        """make() for a storm: orders of one unit of each SKU, each its own order and transaction."""
        facts = offerings.by_sku(skus)

        def make(client: int):
            orders = count(1)
            like = vars(self.company.wish("", dict.fromkeys(skus, 1)))
            now = clock.now()

            def buy() -> str:
                demand = Demand(**like | {"order_number": f"{skus[0]}-{client}-{next(orders)}"})
                try:
                    reservation.reserve(demand=demand, expires_at=None, facts=facts, now=now)
                except OutOfStock:
                    return "out_of_stock"
                return "done"

            return buy

        return make

    def cold(self, seed: int):
        """make() for a storm over ten thousand SKUs, a random one per order."""
        with connection.cursor() as cursor:
            cursor.execute(_MANY, [self.company.places["wh"].pk, 1_000_000, COLD_SKUS])
        sample = offerings.by_sku([self.sku()])
        facts = next(iter(sample.values()))

        def make(client: int):
            chance, orders, now = Random(seed * 1000 + client), count(1), clock.now()

            def buy() -> str:
                sku = f"cold-{chance.randint(1, COLD_SKUS)}"
                demand = self.company.wish(f"cold-{client}-{next(orders)}", {sku: 1})
                reservation.reserve(demand=demand, expires_at=None, facts={sku: facts}, now=now)
                return "done"

            return buy

        return make

    def mixed(self, skus: list[str], seed: int):
        """make() for a storm of everything that touches a level at once, until the goods are gone."""

        def make(client: int):
            chance, orders, now = Random(seed * 1000 + client), count(1), clock.now()
            refused = 0

            def one() -> str | None:
                nonlocal refused
                if refused == GIVES_UP_AFTER:
                    return None
                wanted = chance.sample(skus, chance.randint(1, len(skus)))
                number = f"mixed-{skus[0]}-{client}-{next(orders)}"
                try:
                    with transaction.atomic():
                        demand = self.company.wish(number, {sku: chance.randint(1, 3) for sku in wanted})
                        reservation.reserve(demand=demand, expires_at=None, now=now)
                except OutOfStock:
                    refused += 1
                    return "out_of_stock"
                refused = 0
                if chance.random() < 0.3:
                    reservation.release(order_number=number, reason="unpaid", now=now)
                    return "released"
                if chance.random() < 0.1:
                    self._take_one(chance.choice(skus), number, now)
                return "done"

            return one

        return make

    def _take_one(self, sku: str, reference: str, now) -> None:
        """A unit leaves by another door than an order's."""
        place = self.company.places["wh"].pk
        try:
            stock.book(sku=sku, location_id=place, units=-1, place="loss", reason="lost",
                       reference=reference, now=now)  # fmt: skip
        except stock.StockPromised:
            return
