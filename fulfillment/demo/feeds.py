"""The couriers' feeds of the demo, with secrets that anybody may know, and a day's scans at their hubs."""

import hashlib
from datetime import datetime

from fulfillment.models import CourierEvent, CourierFeed, Delivery, EventKind, EventOutcome
from fulfillment.services import feed_signatures
from members.places import PlaceUnknown, place
from members.queries import institutions_of_kind

from .draws import draw

HUB = "分拨中心"
TOLD_A_DAY = 12
# Of the time between the ramp and the van, when a parcel passes the hub of its source and of its goal.
FIRST_HUB, LAST_HUB = 0.25, 0.8


def load_feeds(*, now: datetime) -> None:
    """A feed per courier company; one that is there keeps its secret."""
    for courier in institutions_of_kind("courier"):
        if not CourierFeed.objects.filter(courier_id=courier.id).exists():
            feed_signatures.new_secret(courier_code=courier.code, now=now, secret=f"htw_{courier.code}_demo")


def scan_at_hubs(deliveries: list[Delivery]) -> int:
    """The first parcels of a round as their courier scanned them on the way to the van, in one statement.

    Returns how many scans. The manifests and the vans' times must be known.
    """
    events = [
        _scan(row, city, at) for row in deliveries[:TOLD_A_DAY] for city, at in _hubs(row) if row.loaded_at
    ]
    CourierEvent.objects.bulk_create(events, ignore_conflicts=True)
    return len(events)


def _hubs(row: Delivery) -> list[tuple[tuple[str, str], datetime]]:
    """The cities between source and door and when; one scan where both are the same."""
    source, goal = row.fulfillment.location, row.fulfillment.demand.wish["destination"]
    if not goal:
        return []
    ends = [((source.province, source.city), FIRST_HUB), ((goal["province"], goal["city"]), LAST_HUB)]
    passed = ends if ends[0][0] != ends[1][0] else ends[1:]
    left_at = row.manifest.closed_at or row.manifest.opened_at
    late = draw(0, 90, "hub", row.fulfillment.code) / 1000
    return [(city, left_at + (row.loaded_at - left_at) * (share + late)) for city, share in passed]


def _scan(row: Delivery, city: tuple[str, str], at: datetime) -> CourierEvent:
    code = row.fulfillment.code
    try:
        where = place(*city)
        spot = {"latitude": where.latitude, "longitude": where.longitude}
    except PlaceUnknown:
        spot = {}
    return CourierEvent(
        courier_id=row.courier_id,
        event_id=f"scan-{code}-{city[1]}",
        body_hash=hashlib.sha256(f"{code}{city[1]}".encode()).hexdigest(),
        kind=EventKind.IN_TRANSIT,
        parcel=code,
        fulfillment_id=row.fulfillment_id,
        occurred_at=at,
        received_at=at,
        place=city[1] + HUB,
        outcome=EventOutcome.NOTED,
        **spot,
    )
