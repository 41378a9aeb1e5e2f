"""How long stock lasts: what runs out, what lies too long, and from where it could come.

Cover = unpromised units ÷ demand per day of the rule's window (or of as many days as there are movements).
What nobody bought counts as too much only when a whole window has passed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from members.queries import institutions_by_ids

from .owners import owner_ids
from .sql_rows import SqlRows
from .stock_lists import skus_of

# Locations that keep goods for sale.
KINDS = ("warehouse", "store", "dealer")
SHORT, OVER = "short", "over"
# Demand by door: parcels and pick-ups that left (the clerk's sales too), units that the network saw on a
# dealer's shelf, and what a snapshot of a store's own system has fewer than our books: sold there. What came
# back does not count. A movement that happens again for a parcel is numbered.
SOLD = r"^(shipped|activated|sync_down)(_\d+)?$"
BACK = r"^(returned|handover_undone)(_\d+)?$"

_COVER = """
WITH rule AS (
    SELECT i.id AS place, r.* FROM members_institution i
    JOIN LATERAL (
        SELECT * FROM fulfillment_coverrule r WHERE r.kind IN ('', i.kind) ORDER BY r.kind DESC LIMIT 1
    ) r ON true
    WHERE i.kind = ANY(%(kinds)s) AND i.is_active
        AND EXISTS (SELECT 1 FROM unnest(%(paths)s::text[]) p WHERE starts_with(i.path, p))
        AND (%(province)s = '' OR i.province = %(province)s)
        AND (%(kind)s = '' OR i.kind = %(kind)s)
), history AS (
    SELECT greatest(1, ceil(extract(epoch FROM %(now)s - at) / 86400))::int AS days
    FROM fulfillment_stockmovement ORDER BY id LIMIT 1
), moved AS (
    SELECT m.sku, rule.place, m.quantity AS units
    FROM fulfillment_stockmovement m JOIN rule ON rule.place = m.from_location_id
    WHERE m.reason ~ %(sold)s AND m.at > %(now)s - make_interval(days => rule.window_days)
        AND (%(skus)s::text[] IS NULL OR m.sku = ANY(%(skus)s))
    UNION ALL
    SELECT m.sku, rule.place, -m.quantity
    FROM fulfillment_stockmovement m JOIN rule ON rule.place = m.to_location_id
    WHERE m.reason ~ %(back)s AND m.at > %(now)s - make_interval(days => rule.window_days)
        AND (%(skus)s::text[] IS NULL OR m.sku = ANY(%(skus)s))
), sold AS (
    SELECT sku, place, greatest(0, sum(units))::int AS units FROM moved GROUP BY sku, place
), planned AS (
    SELECT l.sku, t.from_location_id AS giver, t.to_location_id AS taker,
        CASE WHEN t.state = 'under_way' THEN 0 ELSE l.wanted END AS leaving,
        coalesce(l.sent, l.wanted) AS coming
    FROM fulfillment_stocktransfer t JOIN fulfillment_transferline l ON l.transfer_id = t.id
    WHERE t.state IN ('requested', 'agreed', 'under_way')
), shelves AS (
    SELECT s.sku, s.location_id, s.on_hand - s.reserved AS free,
        coalesce(sold.units, 0)::float / least(rule.window_days, coalesce(history.days, 1)) AS per_day,
        coalesce((
            SELECT sum(coming) FROM planned WHERE taker = s.location_id AND sku = s.sku
        ), 0)::int AS coming,
        coalesce((
            SELECT sum(leaving) FROM planned WHERE giver = s.location_id AND sku = s.sku
        ), 0)::int AS leaving,
        rule.low_days, rule.target_days, rule.high_days, rule.least_units,
        coalesce(sold.units, 0) > 0 OR history.days >= rule.window_days AS is_known
    FROM fulfillment_stock s JOIN rule ON rule.place = s.location_id LEFT JOIN history ON true
    LEFT JOIN sold ON sold.sku = s.sku AND sold.place = s.location_id
    WHERE %(skus)s::text[] IS NULL OR s.sku = ANY(%(skus)s)
), judged AS (
    SELECT sku, location_id, free, per_day, coming, leaving,
        greatest(least_units, ceil(per_day * low_days))::int AS low,
        greatest(least_units, ceil(per_day * target_days))::int AS target,
        greatest(least_units * 2, ceil(per_day * high_days))::int AS high, is_known
    FROM shelves
)
SELECT sku, location_id, free, per_day, coming, leaving, low, target, high,
    is_known AND free - leaving > high AS too_much
FROM judged
WHERE CASE %(state)s
    WHEN 'short' THEN free + coming < low
    WHEN 'over' THEN is_known AND free - leaving > high
    ELSE true END
ORDER BY
    CASE WHEN %(state)s = 'over' THEN (high - free)::float ELSE (free + coming)::float / greatest(low, 1) END,
    per_day DESC, sku, location_id
"""


@dataclass(frozen=True)
class Cover:
    """Units of a SKU at a location; per_day: demand. coming and leaving: in open transfers."""

    sku: str
    location_id: int
    free: int
    per_day: float
    coming: int
    leaving: int
    low: int
    target: int
    high: int
    too_much: bool

    @property
    def days(self) -> int | None:
        """Whole days that the free units last; None without demand."""
        return int(max(0, self.free) / self.per_day) if self.per_day else None

    @property
    def lacks(self) -> int:
        return max(0, self.target - self.free - self.coming)

    @property
    def spare(self) -> int:
        return max(0, self.free - self.leaving - self.target)


@dataclass(frozen=True)
class Proposal:
    """Units that would go from one location to another. distance_km None: one of them has no coordinates."""

    sku: str
    from_id: int
    to_id: int
    units: int
    distance_km: float | None


def cover(
    paths: Iterable[str],
    *,
    state: str,
    now: datetime,
    text: str = "",
    kind: str = "",
    province: str = "",
    skus: Iterable[str] | None = None,
) -> SqlRows:
    """What is SHORT, the most pressing first, or OVER, the largest first, at and below `paths`."""
    wanted = list(skus) if skus is not None else skus_of(text)
    values = {
        "paths": list(paths),
        "kinds": list(KINDS),
        "sold": SOLD,
        "back": BACK,
        "state": state,
        "now": now,
        "skus": wanted,
        "kind": kind,
        "province": province,
    }
    return SqlRows(_COVER, values, Cover)


def proposals(rows: Iterable[Cover], *, now: datetime) -> dict[tuple[str, int], Proposal]:
    """From where each short shelf of `rows` could be filled, by (SKU, location id).

    The most pressing shelf is served first, by a location of the same owner that has more than its own
    target: warehouses and those with too much before others, then the nearest; a location without
    coordinates comes last. Four statements.
    """
    wanted = {(row.sku, row.location_id) for row in rows}
    every = list(cover([""], state="", now=now, skus={sku for sku, _place in wanted}))
    places = institutions_by_ids({row.location_id for row in every})
    owners = owner_ids(places)
    by_sku = defaultdict(list)
    for row in every:
        by_sku[row.sku].append(row)
    found = {}
    for rows_of_sku in by_sku.values():
        found |= _of_sku(rows_of_sku, places, owners)
    return {key: proposal for key, proposal in found.items() if key in wanted}


def _of_sku(rows: list[Cover], places: dict, owners: dict) -> dict[tuple[str, int], Proposal]:
    spare = {row.location_id: row.spare for row in rows}
    rich = {row.location_id for row in rows if row.too_much}
    rich |= {pk for pk in spare if places[pk].kind == "warehouse"}
    found = {}
    for row in sorted(rows, key=lambda row: ((row.free + row.coming) / max(row.low, 1), row.location_id)):
        if row.free + row.coming >= row.low:
            continue
        givers = [
            (other not in rich, _far(places[other], places[row.location_id]), other)
            for other, units in spare.items()
            if units > 0 and other != row.location_id and owners[other] == owners[row.location_id]
        ]
        if givers:
            _poor, (distance, _code), giver = min(givers)
            units = min(row.lacks, spare[giver])
            spare[giver] -= units
            km = None if distance == float("inf") else round(distance, 1)
            found[row.sku, row.location_id] = Proposal(row.sku, giver, row.location_id, units, km)
    return found


def _far(place, other) -> tuple[float, str]:
    if other.latitude is None or other.longitude is None:
        return (float("inf"), place.code)
    distance = place.distance_km(other.latitude, other.longitude)
    return (float("inf") if distance is None else distance, place.code)
