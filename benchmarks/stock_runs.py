"""The runs of the stock measurement; imported when Django is set up on a scratch database."""

from django.conf import settings
from django.db import connection

from benchmarks.stock_clients import storm
from benchmarks.stock_orders import Shop
from benchmarks.stock_raw import raw_per_s
from benchmarks.stock_serials import Pool
from benchmarks.stock_world import COLD_SKUS, World
from benchmarks.support import QUICK
from fulfillment.models import StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.queries.stock import salable_total
from omnichannel.kernel import clock
from omnichannel.settled import settle

EIGHT, FIFTY, MANY = 8, 50, 64
RESERVED = ("reserved_within_on_hand", "reserved_equals_reservations")
LAST_UNITS = 300 if QUICK else 3000  # of each of two SKUs that eight clients sell out, then 64
MOST_SECONDS = 60  # of a run that ends when its goods are gone
BUCKETS = settings.HOT_BUCKETS


class Runs:
    """Every run has goods of its own; `oversold` adds up over all of them."""

    def __init__(self, *, seed: int, seconds: float, warm: float):
        self.seed, self.seconds, self.warm = seed, seconds, warm
        self.world, self.oversold = World(), 0
        self.raw_level = self.world.level_id(self.world.sku(2_000_000_000))
        self._deadlocks = self._counted_deadlocks()
        self._busy = _jiffies()
        settle()  # as every worker of ours does; the clients are forked from here

    def raw(self, clients: int) -> float:
        return raw_per_s(clients=clients, seconds=self.seconds, level_id=self.raw_level)

    def plain(self, clients: int) -> float:
        return self._hot(clients, buckets=0)

    def bucketed(self, clients: int) -> float:
        return self._hot(clients, buckets=BUCKETS)

    def _hot(self, clients: int, *, buckets: int) -> float:
        settings.HOT_BUCKETS = buckets
        sku = self.world.sku()
        done = storm(clients, self.seconds, self.world.buyer(sku), warm=self.warm)
        if buckets and clients > 1 and not StockLevel.objects.get(sku=sku).buckets:
            raise SystemExit("the hot level was not divided by itself")
        self._check(sku)
        return done.per_s

    def orders(self) -> dict:
        """Whole orders of one hot SKU: priced, recorded, held, with their fact in the outbox."""
        settings.HOT_BUCKETS = BUCKETS
        shop = Shop(self.world)
        done = storm(EIGHT, self.seconds, shop.buyer(), warm=self.warm)
        self._check(shop.sku)
        print(f"whole orders of the hot SKU {done.per_s:.0f}/s", flush=True)
        return {"place_hot_per_s": round(done.per_s)}

    def cold(self) -> dict:
        """A random one of ten thousand SKUs at a time."""
        done = storm(EIGHT, self.seconds, self.world.cold(self.seed), warm=self.warm)
        self._check("cold-%")
        divided = StockLevel.objects.filter(sku__startswith="cold-", buckets__gt=0).count()
        print(f"{COLD_SKUS} cold SKUs {done.per_s:.0f}/s, {divided} taken for hot", flush=True)
        return {"cold_skus": COLD_SKUS, "cold_per_s": round(done.per_s), "cold_divided": divided}

    def serials(self) -> dict:
        """Fifty clients take units from one pool until each has its share."""
        pool = Pool(self.world, clients=FIFTY)
        done = storm(FIFTY, MOST_SECONDS, pool.taker(), warm=0)
        figures = pool.result()
        print(f"serial units: {figures['serials_claimed']} claimed by {FIFTY} clients", flush=True)
        return figures | {"serials_per_s": round(done.per_s)}

    def mixed(self) -> dict:
        """Orders of one or two hot SKUs, lapsed holds and losses at once, until the last unit is gone."""
        settings.HOT_BUCKETS = BUCKETS
        left = sum(self._sold_out(clients) for clients in (EIGHT, MANY))
        broken = findings(now=clock.now())
        # The raw row is nobody's reservation; cold levels were filled without movements.
        return {
            "mixed_left": left,
            "broken_promises": sum(
                one.check in RESERVED and not one.subject.startswith("hot-1 @") for one in broken
            ),
        }

    def _sold_out(self, clients: int) -> int:
        """Two SKUs sold to their last unit; units that are left."""
        skus = [self.world.sku(LAST_UNITS) for _number in range(2)]
        done = storm(clients, MOST_SECONDS, self.world.mixed(skus, self.seed), warm=0)
        for sku in skus:
            self._check(sku)
        print(f"mixed, {clients} clients: {dict(sorted(done.outcomes.items()))}", flush=True)
        return sum(salable_total(skus, "web").values())

    def _check(self, like: str) -> None:
        """Add what was promised beyond what is there, by reservation rows, not by the level's own figure."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(sum(greatest(0, r.units - l.on_hand)), 0) FROM fulfillment_stocklevel l"
                " JOIN (SELECT level_id, sum(quantity) AS units FROM fulfillment_reservation"
                " WHERE state <> 'released' GROUP BY level_id) r ON r.level_id = l.id"
                " WHERE l.sku LIKE %s",
                [like],
            )
            self.oversold += int(cursor.fetchone()[0])

    def deadlocks(self) -> int:
        return self._counted_deadlocks() - self._deadlocks

    def _counted_deadlocks(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            return cursor.fetchone()[0]

    def foreign(self) -> str:
        """How busy the machine was in all, to judge the figures by."""
        busy, idle = (after - before for after, before in zip(_jiffies(), self._busy, strict=True))
        return f"\nthe machine was {100 * busy / (busy + idle):.0f} % busy over all runs"


def _jiffies() -> tuple[int, int]:
    """(busy, idle) of all cores since the machine started."""
    with open("/proc/stat") as source:
        figures = [int(word) for word in source.readline().split()[1:9]]
    idle = figures[3] + figures[4]
    return sum(figures) - idle, idle
