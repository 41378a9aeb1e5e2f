"""What was sent from where to where: three set-based statements over the period, whatever its parcels.

Looked at are parcels to customers that were routed for good (not given up), from our own places; merchants'
goods and dealers' supplies are not a centre's. The covered parcels of an order (all of their articles among
those the centre would hold) count as one parcel from there: its weight classed so finely that every tariff in
force bills the class like the parcel. Rows read: the period's parcels, their lines and demands, through the
block index fulfillment_period; rows brought here: cities × sources × classes.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from catalog.queries import offerings
from members.channels import SUPPLY
from omnichannel.kernel import clock

from ...models.demands import GIVEN_UP

# `since` and `until` are instants.
_LOOKED_AT = """o.created_at >= %(since)s AND o.created_at < %(until)s AND o.way = 'ship'
    AND o.state <> ALL(%(given_up)s)"""
# A dealer's supply is told by its demand's channel.
_TO_CUSTOMERS = """fulfillment_fulfillmentorder o
JOIN fulfillment_fulfillmentdemand d ON d.id = o.demand_id AND d.channel <> %(supply)s"""
# Days on which customers' goods were sent: neither dealers' supplies nor parcels of the customers' own.
_DAYS = f"""
SELECT count(DISTINCT (o.created_at AT TIME ZONE 'Asia/Shanghai')::date)
FROM {_TO_CUSTOMERS}
WHERE {_LOOKED_AT} AND EXISTS (SELECT FROM fulfillment_fulfillmentline l WHERE l.fulfillment_id = o.id)
"""
_ARTICLES = f"""
SELECT l.sku, sum(l.quantity)::bigint AS units
FROM {_TO_CUSTOMERS}
JOIN fulfillment_fulfillmentline l ON l.fulfillment_id = o.id
WHERE {_LOOKED_AT} GROUP BY l.sku ORDER BY units DESC, l.sku
"""
# Sums stay integers as long as they can: numeric costs time. An order that several places sent is told of
# the one whose parcel held most units, with all of its cost.
_FLOWS = f"""
WITH articles AS MATERIALIZED (
    SELECT * FROM unnest(%(skus)s::varchar[], %(volumes)s::int[], %(held)s::bool[]) a(sku, volume_ml, held)
), contents AS (
    SELECT o.id, o.demand_id, o.location_id, o.freight_fen + o.trunk_fen AS freight, o.weight_g,
        o.transit_days, sum(l.quantity) AS units, sum(l.quantity * a.volume_ml) AS volume_ml,
        bool_and(a.held) AS covered
    FROM fulfillment_fulfillmentorder o
    JOIN fulfillment_fulfillmentline l ON l.fulfillment_id = o.id
    JOIN articles a ON a.sku = l.sku
    WHERE {_LOOKED_AT}
    GROUP BY o.id
), orders AS (
    SELECT c.demand_id, c.covered, (max(ARRAY[c.units, c.location_id]))[2] AS source_id, count(*) AS parcels,
        sum(c.freight)::bigint AS freight, sum(coalesce(f.handling_fen + f.load_fen, 0)) AS handling,
        sum(c.units)::bigint AS units, max(c.transit_days) AS days,
        greatest(sum(c.weight_g),
            (sum(c.volume_ml)::bigint * 1000 + %(divisor)s - 1) / %(divisor)s) AS billed_g
    FROM contents c LEFT JOIN fulfillment_locationprofile f ON f.location_id = c.location_id
    GROUP BY c.demand_id, c.covered
), placed AS (
    SELECT o.*, d.wish #>> '{{destination,province}}' AS province, d.wish #>> '{{destination,city}}' AS city,
        greatest(1, (o.billed_g + %(grain)s - 1) / %(grain)s) * %(grain)s AS class_g
    FROM orders o JOIN fulfillment_fulfillmentdemand d ON d.id = o.demand_id
    WHERE d.channel <> %(supply)s
)
SELECT p.province, p.city, i.province, i.city,
    CASE WHEN i.kind = 'warehouse' THEN i.id END AS centre_id, p.covered, p.class_g,
    count(*), sum(p.parcels)::bigint, sum(p.freight)::bigint, sum(p.handling)::bigint, sum(p.units)::bigint,
    sum(p.days)::bigint
FROM placed p JOIN members_institution i ON i.id = p.source_id
WHERE p.city IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """Orders of one city, from one source, of one weight; sums over the period, amounts in fen.

    An order of which a centre could send some parcels only counts once for these and once for the others.
    centre_id: the warehouse they left from, None for stores and dealers. days: until all of an order was
    there. grams: billed, of one order's parcels together.
    """

    province: str
    city: str
    from_province: str
    from_city: str
    centre_id: int | None
    covered: bool
    grams: int
    orders: int
    parcels: int
    freight: int
    handling: int
    units: int
    days: int

    @property
    def cost(self) -> int:
        return self.freight + self.handling


@dataclass(frozen=True)
class History:
    """begins, ends: the first and last day looked at; days: of these with parcels."""

    begins: date
    ends: date
    days: int
    flows: tuple[Flow, ...]
    articles: int = 0

    @property
    def orders(self) -> int:
        return sum(flow.orders for flow in self.flows)

    @property
    def covered_share(self) -> float:
        """Of all orders' parcels those that a centre could send, by orders; 0 to 1."""
        return sum(flow.orders for flow in self.flows if flow.covered) / (self.orders or 1)


@dataclass(frozen=True)
class Period:
    """Whole days before today: a day that is not over would look like a weak one."""

    begins: date
    ends: date

    @classmethod
    def before(cls, now: datetime, *, days: int) -> "Period":
        today = clock.local_day(now)
        return cls(today - timedelta(days=days), today - timedelta(days=1))

    @property
    def values(self) -> dict:
        return {
            "since": _midnight(self.begins),
            "until": _midnight(self.ends + timedelta(days=1)),
            "given_up": list(GIVEN_UP),
            "supply": SUPPLY,
        }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=clock.SHANGHAI)


def articles_sold(period: Period) -> list[tuple[str, int]]:
    """SKU and units, the best selling first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLES, period.values)
        return cursor.fetchall()


def history(
    period: Period, *, sold: list[tuple[str, int]], assortment: int, grain: int, divisor: int
) -> History:
    """The period's flows, when a centre holds the `assortment` best selling articles. Three statements.

    grain: grams of a weight class; divisor: millilitres per kilogram of volume.
    """
    skus = [sku for sku, _units in sold]
    facts = offerings.by_sku(skus)
    values = period.values | {
        "skus": skus,
        "volumes": [facts[sku].volume_ml if sku in facts else 0 for sku in skus],
        "held": [place < assortment for place in range(len(skus))],
        "grain": grain,
        "divisor": divisor,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, values)
        (days,) = cursor.fetchone()
        cursor.execute(_FLOWS, values)
        flows = tuple(Flow(*row) for row in cursor.fetchall())
    return History(period.begins, period.ends, days, flows, min(assortment, len(skus)))


def as_rows(flows: Iterable[Flow]) -> list[list]:
    """As JSON."""
    return [list(astuple(flow)) for flow in flows]


def of_rows(rows: Iterable[list]) -> tuple[Flow, ...]:
    return tuple(Flow(*row) for row in rows)
