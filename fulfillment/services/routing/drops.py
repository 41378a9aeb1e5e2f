"""Which locations may serve an order, and for what reason the others may not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from members.values import distance_km

from ...leaving import hour_of, last_hour, leaves_in
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
CUTOFF_PASSED = "cutoff_passed"
TOO_LATE = "later_than_promised"
NO_SIM = "no_sim_writing"
HOME_PROVINCE = "other_home_province"
NO_STOCK = "no_stock"
# What only stands against today or the day that was told. Where nobody else is left, the next day will do;
# and where nobody else is left then, who opens again is asked then.
LATE = frozenset({NO_CAPACITY, CUTOFF_PASSED, TOO_LATE})
PASSING = LATE | {CLOSED}


def sift(
    need: Need,
    locations: Iterable[LocationFacts],
    policy: Policy,
    *,
    overlook: frozenset[str] = frozenset(),
) -> tuple[list[Source], list[Dropped]]:
    """Sources for the planner and the dropped locations with their reasons, in the order given.

    overlook: reasons that drop nobody this time; with any, ways that break the promise are kept too.
    """
    sources, dropped = [], []
    for location in locations:
        reason = _objection(need, location)
        reason = "" if reason in overlook else reason
        stock = {} if reason else _usable(need, location)
        ways = _ways(need, location, stock, policy) if stock else []
        timely = ways if overlook else [way for way in ways if not _breaks_promise(need, way.days)]
        if timely:
            sources += timely
        else:
            reason = reason or (_why_late(need, ways) if ways else _why_nothing(need, location))
            dropped.append(Dropped(location.location_id, location.code, reason))
    return sources, dropped


def _breaks_promise(need: Need, days: int) -> bool:
    if need.promised_on is None or need.way != "ship":
        return False
    return need.local_now.date() + timedelta(days=days) > need.promised_on


def _why_late(need: Need, ways: list[Source]) -> str:
    """Whether one of them would have been in time, had it left today."""
    in_time = any(not _breaks_promise(need, way.days - way.leaves_in) for way in ways)
    return CUTOFF_PASSED if in_time else TOO_LATE


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
    if _is_full(location) and hour_of(need.local_now) < _last_hour(need, location):
        return NO_CAPACITY
    return ""


def _last_hour(need: Need, location: LocationFacts) -> float:
    """Until when anything leaves for this customer today."""
    return max(
        _courier_until(location) if location.rate is not None else 0,
        *(last_hour(location.cutoff_hour, trunk.departs_hour) for trunk in _trunks(need, location)),
        0,
    )


def _courier_until(location: LocationFacts) -> float:
    return last_hour(location.cutoff_hour, location.courier_hour)


def _is_full(location: LocationFacts) -> bool:
    return location.capacity is not None and location.packages_today >= location.capacity


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
        at_once = replace(location, closed_today=False, capacity=None)
        return [_source(need, at_once, stock, policy, NO_FREIGHT, hour=24)]
    ways = []
    if location.rate is not None:
        ways.append(_source(need, location, stock, policy, location.rate, hour=_courier_until(location)))
    for trunk in _trunks(need, location):
        hour = last_hour(location.cutoff_hour, trunk.departs_hour)
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


def _source(need, location, stock, policy, rate: Rate, *, hour: float, via: Trunk | None = None) -> Source:
    """`hour`: what is routed at or after it leaves on a later day."""
    leaves = leaves_in(
        hour=hour,
        now_hour=hour_of(need.local_now),
        today=not location.closed_today and not _is_full(location),
        later=location.later,
    )
    days = rate.days + leaves
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
        leaves_in=leaves,
        unit_prices=location.unit_prices,
        via_id=via.hub_id if via else None,
        via=via.hub if via else "",
    )


def _distance(need: Need, location: LocationFacts) -> float:
    known = (need.latitude, need.longitude, location.latitude, location.longitude)
    return 0.0 if None in known else round(distance_km(*known), 1)
