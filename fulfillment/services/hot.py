"""SKUs that run hot: noticed without asking anybody, planned once a moment, divided into buckets, made whole.

Each process counts for itself how often it reserved a SKU within this second and how often the database
made it wait. Beyond the thresholds (settings HOT_…) the SKU is hot here for a few seconds: the plan of a
moment ago is used again, as many orders as measured best go to its row at a time, and its level is divided.
All of this may be wrong or missing in any process without harm: the database promises, and only it.
"""

import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from ..models import StockHeat
from ..values import Demand
from .allocation import Allocation

STAYS_HOT = 5.0  # seconds after the last busy one
ASK_AGAIN = 5.0  # seconds until a level that could not be divided is asked again
MOST_PLANS = 500  # of one SKU
_DIVIDE = "SELECT fulfillment_divide(%s, %s, %s, %s)"
_GATHER = "SELECT fulfillment_gather(%s)"
_WHERE = "SELECT id FROM fulfillment_stocklevel WHERE sku = %s AND location_id = %s AND buckets > 0"
# What was promised from each divided level since it was last looked at, and the verdict.
_TEND = """
WITH now AS (
    SELECT h.level_id, coalesce(sum(b.taken), 0) AS units,
        greatest(extract(epoch FROM %(now)s - h.seen_at), 0) AS seconds
    FROM fulfillment_stockheat h LEFT JOIN fulfillment_stockbucket b ON b.level_id = h.level_id
    GROUP BY h.level_id, h.seen_at
)
UPDATE fulfillment_stockheat h SET seen_at = %(now)s, seen_units = now.units,
    quiet_since = CASE WHEN now.units - h.seen_units > %(cold)s * now.seconds THEN NULL
        ELSE coalesce(h.quiet_since, %(now)s) END
FROM now WHERE now.level_id = h.level_id AND now.seconds > 0
"""


@dataclass(frozen=True)
class Remembered:
    """A provisional plan, good until `until` on the monotonic clock."""

    allocation: Allocation
    packages: tuple
    until: float


@dataclass
class Warmth:
    """One SKU in this process. parts: into how many buckets its level was divided when last seen."""

    second: int = 0
    count: int = 0
    waits: int = 0
    hot_until: float = 0.0
    asked_at: float = float("-inf")
    parts: int = 0
    plans: dict = field(default_factory=dict)


_warm: dict[str, Warmth] = {}


def recall(demand: Demand) -> Remembered | None:
    """The plan that a like order got a moment ago, if its only SKU is hot here."""
    warmth = _warmth_of(demand)
    found = warmth.plans.get(_likeness(demand)) if warmth else None
    if found is None or found.until < time.monotonic():
        return None
    line = demand.lines[0]
    shares = tuple(replace(share, line_id=line.line_id) for share in found.allocation.shares)
    return replace(found, allocation=Allocation(shares))


def slots(demand: Demand) -> int:
    """How many orders may work at the row of this order's hot SKU at a time; 0: no limit is needed."""
    warmth = _warmth_of(demand)
    return settings.HOT_CONCURRENCY if warmth and not warmth.parts else 0


def note(
    demand: Demand, allocation: Allocation, packages: tuple, *, waited_ms: int, parts: int, now: datetime
) -> None:
    """Count a reservation; remember its plan and have its level divided when that makes its SKU hot."""
    if len(demand.lines) != 1:
        return
    warmth = _warm.setdefault(demand.lines[0].sku, Warmth())
    warmth.parts = parts
    clock = time.monotonic()
    _count(warmth, clock, waited_ms)
    if warmth.hot_until < clock:
        return
    if not demand.accounts:
        if len(warmth.plans) >= MOST_PLANS:
            warmth.plans.clear()
        warmth.plans[_likeness(demand)] = Remembered(allocation, packages, clock + settings.HOT_PLAN_SECONDS)
    if settings.HOT_BUCKETS and not parts and warmth.asked_at < clock - ASK_AGAIN:
        warmth.asked_at = clock
        for level_id in {share.level_id for share in allocation.shares}:
            transaction.on_commit(partial(divide, level_id=level_id, now=now), robust=True)


def forget(sku: str | None = None) -> None:
    """Nothing is hot in this process any more, or this SKU is not."""
    if sku is None:
        _warm.clear()
    else:
        _warm.pop(sku, None)


def divide(*, level_id: int, now: datetime) -> bool:
    """Divide a level into buckets; False when it has too little for that. Dividing again evens them out."""
    with transaction.atomic(), connection.cursor() as cursor:
        values = [level_id, settings.HOT_BUCKETS, settings.HOT_BUCKET_LEAST, now]
        cursor.execute(_DIVIDE, values)
        return cursor.fetchone()[0]


def make_whole(*, level_id: int, now: datetime) -> None:
    """Make a level one row again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DIVIDE, [level_id, 0, 1, now])


def gather(level_ids: list[int]) -> None:
    """Bring buckets' units back to their levels, which stay locked until the caller's transaction ends.

    For whoever takes units from levels by another statement than a reservation. The next order divides what
    is left again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, [level_ids])


def gather_of(*, sku: str, location_id: int) -> bool:
    """gather() for a SKU at a location; False when its level is not divided."""
    with connection.cursor() as cursor:
        cursor.execute(_WHERE, [sku, location_id])
        found = cursor.fetchone()
    if found:
        gather([found[0]])
    return bool(found)


def tend(*, now: datetime) -> int:
    """Make levels whole again that have been quiet for HOT_COOL_SECONDS; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_TEND, {"now": now, "cold": settings.HOT_COLD_PER_SECOND})
    cool = now - timedelta(seconds=settings.HOT_COOL_SECONDS)
    quiet = StockHeat.objects.filter(quiet_since__lte=cool).order_by("level_id")
    cold = list(quiet.values_list("level_id", flat=True))
    for level_id in cold:
        make_whole(level_id=level_id, now=now)
    return len(cold)


def _count(warmth: Warmth, clock: float, waited_ms: int) -> None:
    if warmth.second != int(clock):
        warmth.second, warmth.count, warmth.waits = int(clock), 0, 0
    warmth.count += 1
    warmth.waits += waited_ms >= settings.HOT_WAIT_MS
    if warmth.count >= settings.HOT_PER_SECOND or warmth.waits >= settings.HOT_WAITS_PER_SECOND:
        warmth.hot_until = clock + STAYS_HOT


def _warmth_of(demand: Demand) -> Warmth | None:
    """The warmth of a one-line order's SKU while it is hot."""
    warmth = _warm.get(demand.lines[0].sku) if _warm and len(demand.lines) == 1 else None
    return warmth if warmth and warmth.hot_until >= time.monotonic() else None


def _likeness(demand: Demand) -> tuple:
    """What decides where a one-line order would come from, but for the stock; no line, no address."""
    place = demand.destination
    return (
        demand.channel,
        demand.way,
        demand.lines[0].quantity,
        (place.province, place.city) if place else None,
        demand.pickup_location_id,
        demand.source_hint,
        bool(demand.accounts),
    )
