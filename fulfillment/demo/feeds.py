"""The couriers' feeds of the demo, with secrets that anybody may know, and a day's scans at their hubs."""

import hashlib
from datetime import datetime, timedelta

from fulfillment.models import CourierEvent, CourierFeed, Delivery, EventKind, EventOutcome
from fulfillment.services import feed_signatures
from members.places import PlaceUnknown, place
from members.queries import institutions_of_kind

HUB = "分拨中心"
TOLD_A_DAY = 12


def load_feeds(*, now: datetime) -> None:
    """A feed per courier company; one that is there keeps its secret."""
    for courier in institutions_of_kind("courier"):
        if not CourierFeed.objects.filter(courier_id=courier.id).exists():
            feed_signatures.new_secret(courier_code=courier.code, now=now, secret=f"htw_{courier.code}_demo")


def scan_at_hubs(deliveries: list[Delivery], *, now: datetime) -> int:
    """The first parcels of a round as their courier scanned them on the way, in one statement; how many."""
    events = [
        _scan(row, city, now - timedelta(minutes=minutes))
        for row in deliveries[:TOLD_A_DAY]
        for city, minutes in _hubs(row)
    ]
    CourierEvent.objects.bulk_create(events, ignore_conflicts=True)
    return len(events)


def _hubs(row: Delivery) -> list[tuple[tuple[str, str], int]]:
    """The cities between source and door with minutes before the round; one scan where both are the same."""
    source, goal = row.fulfillment.location, row.fulfillment.demand.wish["destination"]
    if not goal:
        return []
    ends = [((source.province, source.city), 95), ((goal["province"], goal["city"]), 40)]
    return ends if ends[0][0] != ends[1][0] else ends[1:]


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
