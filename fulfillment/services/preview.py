"""How an order would be routed now; nothing is reserved."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from members.queries import institution_by_code, locate
from members.values import Destination

from ..values import Demand, Wanted
from .promises import arrival
from .reservation import check
from .route import Decision, decide


def preview(
    *,
    lines: Iterable[Mapping],
    channel: str,
    destination: Mapping | None,
    pickup_code: str = "",
    prefer_code: str = "",
    now: datetime,
) -> dict:
    """The story of the routing (see services.routing.trace). `lines`: {"sku", "quantity"}.

    Raises InstitutionUnknown, PlaceUnknown, PlaceMissing, QuantityInvalid.
    """
    wish = Demand(
        order_number="",
        channel=channel,
        way="pickup" if pickup_code else "ship",
        destination=_destination(destination) if destination else None,
        pickup_location_id=institution_by_code(pickup_code).id if pickup_code else None,
        lines=tuple(Wanted(n, line["sku"], line["quantity"]) for n, line in enumerate(lines, start=1)),
        cod_fen=0,
        needs_identity=False,
        accounts=(),
        placed_at=now,
        source_hint=institution_by_code(prefer_code).id if prefer_code else None,
    )
    check(wish)
    decision = decide(wish, now=now)
    return decision.story | {"promised_on": _day(wish, decision, now)}


def expected_on(
    *, lines: Iterable[tuple[str, int]], channel: str, place: tuple[str, str, str], now: datetime
) -> date | None:
    """By which day (SKU, units) would all be at the door there: province, city, district. Three statements.

    None when nobody could send it all. Raises PlaceUnknown, QuantityInvalid.
    """
    province, city, district = place
    told = preview(
        lines=[{"sku": sku, "quantity": units} for sku, units in lines],
        channel=channel,
        destination={"province": province, "city": city, "district": district},
        now=now,
    )
    return told["promised_on"]


def _day(wish: Demand, decision: Decision, now: datetime) -> date | None:
    chosen = decision.outcome.chosen
    if chosen is None or wish.way != "ship":
        return None
    return arrival((package.days for package in chosen.packages), now=now)


def _destination(place: Mapping) -> Destination:
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        latitude, longitude = locate(place["province"], place["city"], place["district"])
    return Destination(
        name="",
        phone="",
        province=place["province"],
        city=place["city"],
        district=place["district"],
        street="",
        latitude=latitude,
        longitude=longitude,
    )
