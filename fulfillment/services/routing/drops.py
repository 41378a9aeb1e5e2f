"""Which locations may serve an order, and for what reason the others may not."""

from collections.abc import Iterable
from dataclasses import replace

from members.values import distance_km

from .inputs import Dropped, LocationFacts, Need, Policy, Rate, Source, Trunk

NO_FREIGHT = Rate(first_g=1, first_fen=0, days=0)

PICKUP_PLACE_ONLY = "not_the_pickup_place"
EXCLUDED = "declined_before"
NO_SUPPLIER = "does_not_supply_dealers"
NOT_TAKING_PART = "not_taking_part"
NO_SHIPPING = "does_not_ship"
CLOSED = "closed"
NO_PLACE = "no_coordinates"
NO_TARIFF = "no_tariff"
FRANCHISE = "outside_franchise_region"
NO_CAPACITY = "capacity_used"
NO_SIM = "no_sim_writing"
HOME_PROVINCE = "other_home_province"
NO_STOCK = "no_stock"


def sift(
    need: Need, locations: Iterable[LocationFacts], policy: Policy
) -> tuple[list[Source], list[Dropped]]:
    """Sources for the planner and the dropped locations with their reasons, in the order given."""
    sources, dropped = [], []
    for location in locations:
        reason = _objection(need, location)
        stock = {} if reason else _usable(need, location)
        if reason or not stock:
            reason = reason or _why_nothing(need, location)
            dropped.append(Dropped(location.location_id, location.code, reason))
        else:
            sources += _ways(need, location, stock, policy)
    return sources, dropped


def willing(location: LocationFacts) -> LocationFacts:
    """The location without what a person may overrule: hours, capacity, region, taking part at all."""
    return replace(any_day(location), is_open=True, ships=True, opens_at=None, delivers_to=())


def any_day(location: LocationFacts) -> LocationFacts:
    """The location without what holds for today only."""
    return replace(location, closed_today=False, capacity=None)


def _objection(need: Need, location: LocationFacts) -> str:
    """The first reason against the location as a whole, or empty."""
    is_merchant = location.kind == "merchant"
    if location.location_id in need.excluded:
        return EXCLUDED
    if need.source_kinds and location.kind not in need.source_kinds:
        return NO_SUPPLIER
    if not location.is_open:
        return NOT_TAKING_PART
    if need.way == "pickup" and not is_merchant:
        return "" if location.location_id == need.pickup_location_id else PICKUP_PLACE_ONLY
    return _shipping_objection(need, location)


def _shipping_objection(need: Need, location: LocationFacts) -> str:
    if not location.ships:
        return NO_SHIPPING
    if location.latitude is None or location.longitude is None:
        return NO_PLACE
    if location.rate is None and not _trunks(need, location):
        return NO_TARIFF
    if location.delivers_to and need.province not in location.delivers_to:
        return FRANCHISE
    if location.closed_today or (location.must_accept and not _is_open(location, need)):
        return CLOSED
    if location.capacity is not None and location.packages_today >= location.capacity:
        return NO_CAPACITY
    return ""


def _is_open(location: LocationFacts, need: Need) -> bool:
    if location.opens_at is None or location.closes_at is None:
        return True
    return location.opens_at <= need.local_now.time() < location.closes_at


def _writes_sims(need: Need, location: LocationFacts) -> bool:
    return location.writes_sim and not _foreign_numbers(need, location)


def _foreign_numbers(need: Need, location: LocationFacts) -> bool:
    return bool(location.home_province) and bool(need.number_provinces - {location.home_province})


def _usable(need: Need, location: LocationFacts) -> dict[str, int]:
    """Units by SKU that this location may give: no other seller's goods, cards only where written."""
    sims = _writes_sims(need, location) or not need.sim_skus
    is_merchant = location.kind == "merchant"
    usable = {}
    for item in need.items:
        seller = need.merchant_of.get(item.sku)
        own = seller == location.location_id if seller or is_merchant else True
        units = location.stock.get(item.sku, 0)
        if units > 0 and own and (sims or item.sku not in need.sim_skus):
            usable[item.sku] = units
    return usable


def _why_nothing(need: Need, location: LocationFacts) -> str:
    has_cards = any(location.stock.get(sku, 0) > 0 for sku in need.sim_skus)
    if has_cards and not _writes_sims(need, location):
        return HOME_PROVINCE if location.writes_sim else NO_SIM
    return NO_STOCK


def _ways(need: Need, location: LocationFacts, stock: dict[str, int], policy: Policy) -> list[Source]:
    """The direct way, and one through each hub that is near enough to the customer."""
    if location.location_id == need.pickup_location_id:
        return [_source(need, location, stock, policy, NO_FREIGHT, hour=24)]
    ways = []
    if location.rate is not None:
        ways.append(_source(need, location, stock, policy, location.rate, hour=location.cutoff_hour))
    for trunk in _trunks(need, location):
        hour = min(location.cutoff_hour, trunk.departs_hour)
        ways.append(_source(need, location, stock, policy, trunk.rate, hour=hour, via=trunk))
    return ways


def _trunks(need: Need, location: LocationFacts) -> list[Trunk]:
    """Those whose hub reaches the customer's door. A hub collects no cash."""
    if need.cod or need.latitude is None or need.longitude is None:
        return []
    here = (need.latitude, need.longitude)
    return [
        trunk
        for trunk in location.trunks
        if distance_km(*here, trunk.latitude, trunk.longitude) <= trunk.reach_km
    ]


def _source(need, location, stock, policy, rate: Rate, *, hour: int, via: Trunk | None = None) -> Source:
    """`hour`: what is routed at or after it leaves a day later."""
    days = rate.days + (1 if hour <= need.local_now.hour else 0)
    fixed = location.handling + location.load + policy.late_day * days
    if location.must_accept:
        fixed += policy.refusal * 100 / location.acceptance_percent
    return Source(
        location_id=location.location_id,
        code=location.code,
        distance_km=_distance(need, location),
        stock=stock,
        rate=rate,
        fixed=fixed,
        days=days,
        unit_prices=location.unit_prices,
        via_id=via.hub_id if via else None,
        via=via.hub if via else "",
    )


def _distance(need: Need, location: LocationFacts) -> float:
    known = (need.latitude, need.longitude, location.latitude, location.longitude)
    return 0.0 if None in known else round(distance_km(*known), 1)
