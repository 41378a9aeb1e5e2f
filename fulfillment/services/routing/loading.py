"""Read what the planner needs: one statement for stock, safety, profiles, tariffs and prices together."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.conf import settings
from django.db import connection

from catalog.queries import offerings
from catalog.values import OfferingFacts
from members.queries.institutions import institutions_by_ids
from members.values import InstitutionCard
from omnichannel.kernel import clock, prepared

from ...leaving import days_ahead
from ...queries.location_terms import TERMS
from ...queries.near_places import KEPT
from ...values import Demand, Wanted
from .inputs import Item, LocationFacts, Need, Policy, Rate, Trunk
from .weights import policy_of

# One row per location and SKU; profile, tariff and the day's weights repeat. Own: units this demand already
# holds there.
_SOURCES = f"""
WITH kept AS MATERIALIZED (
{KEPT}
), places AS MATERIALIZED (
{TERMS}
WHERE p.location_id IN (SELECT location_id FROM kept)
)
SELECT l.id, l.sku, l.on_hand - l.reserved AS free, coalesce(safety.units, 0) AS safety,
    coalesce(own.units, 0) AS own, p.location_id, p.handling_fen, p.load_fen,
    coalesce(answered.percent, p.acceptance_percent) AS acceptance_percent,
    p.must_accept, p.accept_minutes, p.writes_sim, p.ships, p.capacity, p.daily_capacity,
    p.cutoff, p.courier_hour, p.closed_today, p.special, p.loads, p.home_province, p.delivers_to, p.is_open,
    p.first_g, p.first_fen, p.step_g, p.step_fen, p.volumetric_divisor, p.days, p.trunks, price.fen AS price,
    w.extra_package_fen, w.late_day_fen, w.refusal_fen, w.scarcity_fen,
    (SELECT count(DISTINCT location_id) FROM fulfillment_stocklevel
        WHERE sku = ANY(%(skus)s) AND location_id NOT IN (SELECT location_id FROM kept)) AS passed_over
FROM fulfillment_stock l
JOIN places p ON p.location_id = l.location_id
LEFT JOIN LATERAL (
    SELECT max(s.quantity) AS units FROM fulfillment_safetystock s
    WHERE s.sku IN ('', l.sku) AND s.channel IN ('', %(channel)s)
        AND (s.location_id IS NULL OR s.location_id = l.location_id)
) safety ON true
LEFT JOIN LATERAL (
    SELECT sum(o.quantity) AS units FROM fulfillment_reservation o
    WHERE o.level_id = l.id AND o.demand_id = %(demand_id)s AND o.fulfillment_id IS NULL
        AND o.state IN ('held', 'confirmed')
) own ON true
LEFT JOIN fulfillment_acceptancerate answered ON answered.location_id = p.location_id
LEFT JOIN fulfillment_shadowprice price
    ON price.location_id = l.location_id AND price.sku = l.sku AND %(priced)s
        AND coalesce((SELECT is_on FROM fulfillment_optimiserswitch WHERE kind = 'prices'), %(priced_else)s)
LEFT JOIN fulfillment_routingweights w
    ON w.starts <= %(day)s::date AND (w.ends IS NULL OR w.ends > %(day)s::date)
WHERE l.sku = ANY(%(skus)s)
ORDER BY l.location_id, l.sku
"""


@dataclass(frozen=True)
class Shelf:
    """A stock level that a reservation may use. safety: units that stay for the other channels."""

    level_id: int
    safety: int
    free: int


@dataclass(frozen=True)
class Situation:
    """Everything one routing looks at. shelves by (location id, SKU). passed_over: places not asked."""

    need: Need
    locations: tuple[LocationFacts, ...]
    shelves: dict[tuple[int, str], Shelf]
    facts: dict[str, OfferingFacts]
    institutions: dict[int, InstitutionCard]
    weights: Policy = field(default_factory=Policy)
    passed_over: int = 0

    @property
    def policy(self) -> Policy:
        """The day's weights; where shadow prices speak for the stock, rarity does not."""
        return replace(self.weights, scarcity=0) if self.is_priced else self.weights

    @property
    def is_priced(self) -> bool:
        """Shadow prices speak for this stock."""
        return any(location.unit_prices for location in self.locations)

    def salable(self, sku: str) -> int:
        return sum(location.stock.get(sku, 0) for location in self.locations)


def load(
    demand: Demand,
    *,
    now: datetime,
    lines: Iterable[Wanted] | None = None,
    demand_id: int = 0,
    excluded: frozenset[int] = frozenset(),
    facts: Mapping[str, OfferingFacts] | None = None,
    priced: bool = False,
    also: Iterable[int] = (),
    widely: bool = False,
) -> Situation:
    """Three statements, however many lines and locations; two with `facts` by SKU at hand.

    `lines`: what is still to be routed. `priced`: with last night's shadow prices of the stock,
    where they are switched on. Of places that only sell, the nearest with each article are asked, those
    with an id in `also`, and `widely` all.
    """
    wanted = demand.lines if lines is None else tuple(lines)
    skus = sorted({line.sku for line in wanted})
    facts = offerings.of_skus(skus) if facts is None else dict(facts)
    asked = {
        "nearest": None if widely else settings.ROUTING_NEAREST,
        "also": [*also, *excluded, *_named(demand)],
    }
    rows = _rows(demand, skus, now, asked | {"demand_id": demand_id, "priced": priced})
    hubs = {trunk["hub_id"] for row in rows for trunk in row["trunks"]}
    institutions = institutions_by_ids({row["location_id"] for row in rows} | hubs)
    locations = tuple(_locations(rows, institutions))
    merchants = {place.location_id for place in locations if place.kind == "merchant"}
    return Situation(
        need=_need(demand, wanted, facts, merchants, excluded, now),
        locations=locations,
        shelves={
            (row["location_id"], row["sku"]): Shelf(row["id"], row["safety"], row["free"]) for row in rows
        },
        facts=facts,
        institutions=institutions,
        weights=policy_of(rows[0] if rows else {}),
        passed_over=rows[0]["passed_over"] if rows else 0,
    )


def _named(demand: Demand) -> list[int]:
    """The places that the order names itself, by id."""
    return [place for place in (demand.pickup_location_id, demand.source_hint) if place is not None]


def _rows(demand: Demand, skus: list[str], now: datetime, asked: dict) -> list[dict]:
    place = demand.destination
    values = asked | {
        "day": clock.local_day(now),
        "province": place.province if place else "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "channel": demand.channel,
        "skus": skus,
        "priced_else": settings.ROUTING_SHADOW_PRICES,
    }
    with connection.cursor() as cursor:
        prepared.execute(cursor, _SOURCES, values)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"trunks": json.loads(row["trunks"] or "[]")} for row in rows]


def _locations(rows: list[dict], institutions: dict[int, InstitutionCard]):
    """One LocationFacts per location; rows come sorted by location."""
    by_place: dict[int, list[dict]] = {}
    for row in rows:
        by_place.setdefault(row["location_id"], []).append(row)
    for location_id, shelf_rows in by_place.items():
        card = institutions[location_id]
        if card.is_active:
            yield _location(card, shelf_rows, institutions)


def _location(card: InstitutionCard, rows: list[dict], institutions: dict) -> LocationFacts:
    row = rows[0]
    loads = json.loads(row["loads"] or "[]")
    return LocationFacts(
        location_id=card.id,
        code=card.code,
        kind=card.kind,
        province=card.province,
        latitude=card.latitude,
        longitude=card.longitude,
        opens_at=card.opens_at,
        closes_at=card.closes_at,
        stock={r["sku"]: max(0, r["free"] - r["safety"]) + r["own"] for r in rows},
        rate=_rate(row),
        handling=row["handling_fen"],
        load=row["load_fen"],
        acceptance_percent=row["acceptance_percent"],
        must_accept=row["must_accept"],
        accept_minutes=row["accept_minutes"],
        writes_sim=row["writes_sim"],
        ships=row["ships"],
        capacity=row["capacity"],
        packages_today=dict(loads).get(0, 0),
        usual_capacity=row["daily_capacity"],
        later=days_ahead(row["daily_capacity"], json.loads(row["special"] or "[]"), loads),
        cutoff_hour=row["cutoff"],
        courier_hour=row["courier_hour"],
        home_province=row["home_province"],
        delivers_to=tuple(row["delivers_to"]),
        is_open=row["is_open"],
        closed_today=row["closed_today"],
        unit_prices={r["sku"]: r["price"] for r in rows if r["price"]},
        trunks=tuple(_trunks(row["trunks"], institutions)),
    )


def _trunks(rows: list[dict], institutions: dict[int, InstitutionCard]):
    """The lines whose hub is known, active and somewhere."""
    for row in rows:
        hub = institutions.get(row["hub_id"])
        if hub is None or not hub.is_active or hub.latitude is None or hub.longitude is None:
            continue
        rate = Rate(
            first_g=0,
            first_fen=row["last_km_fen"],
            step_g=1000,
            step_fen=row["run_fen"] / row["run_kg"],
            days=row["days"],
        )
        place = (hub.latitude, hub.longitude)
        yield Trunk(hub.id, hub.code, *place, row["reach_km"], row["departs_hour"], rate)


def _rate(row: dict) -> Rate | None:
    if row["first_fen"] is None:
        return None
    names = ("first_g", "first_fen", "step_g", "step_fen", "volumetric_divisor", "days")
    return Rate(**{name: row[name] for name in names})


def _need(demand, wanted, facts, merchants, excluded, now) -> Need:
    units: dict[str, int] = {}
    for line in wanted:
        units[line.sku] = units.get(line.sku, 0) + line.quantity
    account_lines = {wish.line_id for wish in demand.accounts}
    place = demand.destination
    return Need(
        way=demand.way,
        items=tuple(_item(sku, count, facts.get(sku)) for sku, count in units.items()),
        local_now=now.astimezone(clock.SHANGHAI),
        province=place.province if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        pickup_location_id=demand.pickup_location_id,
        excluded=excluded,
        sim_skus=frozenset(line.sku for line in wanted if line.line_id in account_lines),
        number_provinces=frozenset(wish.number_province for wish in demand.accounts) - {""},
        merchant_of={sku: fact.seller_id for sku, fact in facts.items() if fact.seller_id in merchants},
        prefer=demand.source_hint,
        cod=bool(demand.cod_fen),
        source_kinds=demand.source_kinds,
        promised_on=date.fromisoformat(demand.promised_on) if demand.promised_on else None,
    )


def _item(sku: str, quantity: int, facts: OfferingFacts | None) -> Item:
    weight, volume = (facts.weight_g, facts.volume_ml) if facts else (0, 0)
    return Item(sku, quantity, weight, volume)
