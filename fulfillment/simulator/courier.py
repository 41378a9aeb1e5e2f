"""An outside courier that signs its news: the other side of POST /api/v1/courier-events."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib import request as http
from urllib.error import HTTPError

from django.conf import settings

from fulfillment.models import CourierFeed, Delivery, EventKind
from fulfillment.services.feed_signatures import sign
from members.places import PlaceUnknown, place
from members.queries import institution

TIMEOUT = 10  # seconds
HUB = "分拨中心"


@dataclass(frozen=True)
class Message:
    """One signed web hook, ready to be sent any number of times."""

    headers: dict[str, str]
    body: bytes


def message(event: dict, *, now: datetime, event_id: str = "", secret: str | None = None) -> Message:
    """Sign an event as its courier would; `secret` overrules the real one, for forgeries."""
    body = json.dumps(event, ensure_ascii=False).encode()
    event_id, stamp = event_id or f"evt_{secrets.token_hex(8)}", str(int(now.timestamp()))
    if secret is None:
        secret = CourierFeed.objects.get(courier__code=event["courier"]).secret
    headers = {
        "Content-Type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(secret, event_id=event_id, stamp=stamp, body=body),
    }
    return Message(headers, body)


def route_of(delivery: Delivery, *, until: datetime) -> list[dict]:
    """A whole way in the order in which it happens, ending at `until`: scans at two hubs, out, delivered."""
    goal = delivery.fulfillment.demand.wish["destination"]
    source = institution(delivery.fulfillment.location_id)
    steps = [
        (EventKind.PICKED_UP, 26, {"place": _place(source.province, source.city, source.city)}),
        (EventKind.IN_TRANSIT, 20, {"place": _place(source.province, source.city, source.city + HUB)}),
        (EventKind.IN_TRANSIT, 9, {"place": _place(goal["province"], goal["city"], goal["city"] + HUB)}),
        (EventKind.OUT_FOR_DELIVERY, 2, {}),
        (EventKind.DELIVERED, 0, _at_door(delivery, goal)),
    ]
    return [
        _event(delivery, kind, until - timedelta(hours=hours, minutes=3), **more)
        for kind, hours, more in steps
    ]


def _at_door(delivery: Delivery, goal: dict) -> dict:
    return {
        "signed_by": goal["name"],
        "cod_fen": delivery.cod_fen,
        "identity_checked": delivery.identity_id is not None,
    }


def _event(delivery: Delivery, kind: str, at: datetime, **more) -> dict:
    return {
        "courier": delivery.courier.code,
        "parcel": delivery.waybill or delivery.fulfillment.code,
        "kind": str(kind),
        "occurred_at": at.isoformat(),
        **more,
    }


def _place(province: str, city: str, name: str) -> dict | None:
    try:
        found = place(province, city)
    except PlaceUnknown:
        return {"name": name} if name else None
    return {"name": name, "latitude": found.latitude, "longitude": found.longitude}


def send(wanted: Message) -> tuple[int, dict]:
    """Post over HTTP to this installation; the status and the answer."""
    address = f"{settings.PUBLIC_URL}/api/v1/courier-events"
    call = http.Request(address, data=wanted.body, method="POST", headers=wanted.headers)
    try:
        with http.urlopen(call, timeout=TIMEOUT) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as answer:
        return answer.code, json.loads(answer.read() or b"{}")
