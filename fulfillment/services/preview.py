"""How an order would be routed now; nothing is reserved."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from members.queries import institution_by_code, locate
from members.values import Destination

from ..values import Demand, Wanted
from .reservation import check
from .route import decide


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
    return decide(wish, now=now).story


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
