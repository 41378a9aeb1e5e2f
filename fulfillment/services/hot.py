"""SKUs that run hot: noticed without asking anybody, planned once a moment, divided into buckets, made whole.

Each process counts for itself how often it reserved a SKU within this second and how often the database
made it wait. Beyond the thresholds (settings HOT_…), or where another process had the level divided, the SKU
is hot here for a few seconds: the plan of a moment ago is used again, as many orders as measured best go to
its row at a time, and its level is divided. All of this may be wrong or missing in any process without harm:
the database promises, and only it.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from ..models import StockHeat
from ..values import Demand
from .allocation import Allocation, Share

STAYS_HOT = 5.0  # seconds after the last busy one
ASK_AGAIN = 5.0  # seconds until a level that could not be divided is asked again
MOST_PLANS = 500  # of one SKU
MOST_SKUS = 5000  # remembered by a process
_DIVIDE = """
SELECT fulfillment_divide(id, %(parts)s, %(least)s, %(now)s) FROM fulfillment_stocklevel
WHERE id = %(level_id)s AND (buckets = 0) = (%(parts)s > 0)
"""
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


class Remembered(NamedTuple):
    """A provisional plan, good until `until` on the monotonic clock; 0: made just now."""

    allocation: Allocation
    packages: tuple
    until: float = 0.0


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
_divided_into: dict[int, int] = {}  # by level: buckets when last seen; a level of one row is not in it
_long_way: dict[str, float] = {}  # by SKU of a flash sale: until when the short way is not tried


def recall(demand: Demand) -> Remembered | None:
    """The plan that a like order got a moment ago, if its only SKU is hot here."""
    warmth = _warmth_of(demand)
    found = warmth.plans.get(_likeness(demand)) if warmth else None
    if found is None or found.until < time.monotonic():
        return None
    line_id = demand.lines[0].line_id
    if found.allocation.shares[0].line_id == line_id:
        return found
    shares = tuple(share._replace(line_id=line_id) for share in found.allocation.shares)
    return found._replace(allocation=Allocation(shares))


def mistaken(demand: Demand) -> None:
    """The remembered plan did not hold: plan anew."""
    warmth = _warm.get(demand.lines[0].sku)
    if warmth:
        warmth.plans.clear()


def slots(demand: Demand) -> int:
    """How many orders may work at the row of this order's hot SKU at a time; 0: no limit is needed."""
    warmth = _warmth_of(demand)
    return settings.HOT_CONCURRENCY if warmth and not warmth.parts else 0


def parts_of(level_id: int) -> int:
    """Into how many buckets the level was divided when this process last reserved from it."""
    return _divided_into.get(level_id, 0)


def short_way(sku: str) -> bool:
    """Whether the short way is worth a try: it did not fail a moment ago where the long one served."""
    return not _long_way or _long_way.get(sku, 0.0) < time.monotonic()


def go_the_long_way(sku: str) -> None:
    """For a few seconds, in this process."""
    if len(_long_way) >= MOST_SKUS:
        _long_way.clear()
    _long_way[sku] = time.monotonic() + ASK_AGAIN


def note(demand: Demand, plan: Remembered, *, waited_ms: int, parts: int, now: datetime) -> None:
    """Count a reservation; remember its plan and have its level divided when that makes its SKU hot."""
    clock = time.monotonic()
    if len(_warm) >= MOST_SKUS:
        _let_cool(clock)
    if len(demand.lines) != 1:
        _note_each(plan.allocation, clock, now)
        return
    sku = demand.lines[0].sku
    warmth = _warm.get(sku) or _warm.setdefault(sku, Warmth())
    warmth.parts = parts
    _remember_parts(plan.allocation.shares, parts)
    if not _keeps_hot(warmth, clock, waited_ms):
        return
    if not plan.until and not demand.accounts:
        if len(warmth.plans) >= MOST_PLANS:
            warmth.plans.clear()
        warmth.plans[_likeness(demand)] = plan._replace(until=clock + settings.HOT_PLAN_SECONDS)
    if not parts:
        _ask_to_divide(warmth, {share.level_id for share in plan.allocation.shares}, clock, now)


def _note_each(allocation: Allocation, clock: float, now: datetime) -> None:
    """Several lines: each SKU is counted, and divided when hot; how long which level took is not known."""
    levels: dict[str, set[int]] = {}
    for share in allocation.shares:
        levels.setdefault(share.sku, set()).add(share.level_id)
    for sku, level_ids in levels.items():
        warmth = _warm.get(sku) or _warm.setdefault(sku, Warmth())
        if _keeps_hot(warmth, clock, 0):
            _ask_to_divide(warmth, level_ids - _divided_into.keys(), clock, now)


def _ask_to_divide(warmth: Warmth, level_ids: set[int], clock: float, now: datetime) -> None:
    """Once in a while, when the order is committed."""
    if level_ids and settings.HOT_BUCKETS and warmth.asked_at < clock - ASK_AGAIN:
        warmth.asked_at = clock
        for level_id in sorted(level_ids):
            transaction.on_commit(partial(divide, level_id=level_id, now=now), robust=True)


def forget() -> None:
    """Nothing is hot in this process any more."""
    _warm.clear()
    _divided_into.clear()
    _long_way.clear()


def divide(*, level_id: int, now: datetime) -> bool:
    """Divide a level into buckets; False when it has too little for that, or is divided."""
    done = _divided(level_id, settings.HOT_BUCKETS, now)
    if done:
        _divided_into[level_id] = settings.HOT_BUCKETS
    return done


def make_whole(*, level_id: int, now: datetime) -> None:
    """Make a divided level one row again."""
    _divided(level_id, 0, now)
    _divided_into.pop(level_id, None)


def _divided(level_id: int, parts: int, now: datetime) -> bool:
    values = {"level_id": level_id, "parts": parts, "least": settings.HOT_BUCKET_LEAST, "now": now}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DIVIDE, values)
        row = cursor.fetchone()
    return bool(row and row[0])


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


def _remember_parts(shares: tuple[Share, ...], parts: int) -> None:
    if len(shares) == 1 and parts:
        _divided_into[shares[0].level_id] = parts
    else:
        for share in shares:
            _divided_into.pop(share.level_id, None)


def _keeps_hot(warmth: Warmth, clock: float, waited_ms: int) -> bool:
    """Whether the SKU is hot here: divided, busy within this second, or busy a moment ago."""
    if warmth.parts:
        warmth.hot_until = clock + STAYS_HOT
        return True
    if warmth.second != int(clock):
        warmth.second, warmth.count, warmth.waits = int(clock), 0, 0
    warmth.count += 1
    warmth.waits += waited_ms >= settings.HOT_WAIT_MS
    if warmth.count >= settings.HOT_PER_SECOND or warmth.waits >= settings.HOT_WAITS_PER_SECOND:
        warmth.hot_until = clock + STAYS_HOT
    return warmth.hot_until >= clock


def _let_cool(clock: float) -> None:
    for sku, warmth in list(_warm.items()):
        if warmth.hot_until < clock:
            _warm.pop(sku, None)


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
        demand.source_kinds,
        bool(demand.accounts),
    )
