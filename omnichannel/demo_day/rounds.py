"""From the ramp to the customer: couriers' rounds, and who comes to a counter."""

import base64
import io
from datetime import datetime, timedelta
from functools import cache

from PIL import Image, ImageDraw

from fulfillment.demo.draws import draw
from fulfillment.demo.feeds import scan_at_hubs
from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState
from fulfillment.queries.carriers import COURIER, HUB_ROLES, hub_ids
from fulfillment.services import cod, delivery, pickup, round_trip
from fulfillment.services.round_trip import Stop
from members.actors import SYSTEM, Actor, actor_of
from members.queries import institutions_by_ids, institutions_of_kind
from members.queries.staff import first_of_staff
from members.services import identity
from members.values import InstitutionCard

from .turns import When

# Seconds that a courier stands at a door.
AT_THE_DOOR = (50, 260)


class NobodyCarries(LookupError):
    """A company that got parcels has no people: the demo would have to invent them."""


def courier_actor(courier_id: int) -> Actor:
    """Somebody of the courier company, or of the dealer who is a hub, with the rights they really have."""
    user = first_of_staff(courier_id, (COURIER, *HUB_ROLES))
    if user is None:
        raise NobodyCarries(courier_id)
    return actor_of(user)


def _carriers() -> list[InstitutionCard]:
    """Courier companies, and the hubs of trunk lines."""
    hubs = institutions_by_ids(hub_ids()).values()
    return sorted([*institutions_of_kind(COURIER), *hubs], key=lambda each: each.code)


def go_out(when: When) -> None:
    """Carriers scan onto their vans what was handed over, though it is due on a later day: a played day ends
    at the doors. Couriers scanned some of it at their sorting centres on the way; a trunk run has none."""
    for company in _carriers():
        at = when.moment("load", company.code)
        codes = _handed_over(company.id)
        if not codes:
            continue
        delivery.load(actor=courier_actor(company.id), courier_id=company.id, codes=codes, now=at)
        if company.kind == COURIER:
            scan_at_hubs([row for row in _on_round(company.id) if row.loaded_at == at])


def deliver(when: When, *, refusing: set[str]) -> tuple[int, int]:
    """What is on the vans reaches its door; orders in `refusing` are refused there: (done, refused)."""
    done = refused = 0
    for company in _carriers():
        rows, left = _on_round(company.id), []
        if not rows:
            continue
        actor = courier_actor(company.id)
        for row in rows:
            if row.fulfillment.demand.order_number not in refusing:
                left.append(row)
                continue
            code = row.fulfillment.code
            delivery.refuse(actor=actor, code=code, reason=_reason(), now=when.moment("door", code))
            refused += 1
        done += len(_round(actor, company.id, left, when))
    return done, refused


def _handed_over(courier_id: int) -> list[str]:
    rows = Delivery.objects.under_way().filter(courier_id=courier_id, loaded_at=None)
    return list(rows.order_by("fulfillment_id").values_list("fulfillment__code", flat=True))


def _on_round(courier_id: int) -> list[Delivery]:
    rows = Delivery.objects.under_way().filter(courier_id=courier_id).exclude(loaded_at=None)
    rows = rows.select_related("fulfillment__demand", "fulfillment__location", "manifest")
    return list(rows.order_by("fulfillment__demand__order_number", "fulfillment__code"))


def _round(actor: Actor, courier_id: int, rows: list[Delivery], when: When) -> list[str]:
    """One company's parcels: cards shown where an account was opened, all signed, cash taken exactly."""
    if not rows:
        return []
    stops = {row.fulfillment.code: _stop(row.fulfillment.code, when) for row in rows}
    shown = {
        row.fulfillment.code: _card(
            row.identity_id, "demo day at the door", stops[row.fulfillment.code].arrived_at
        )
        for row in rows
        if row.identity_id
    }
    return round_trip.deliver_all(
        actor=actor,
        courier_id=courier_id,
        signature=signature(),
        identities=shown,
        now=when.now,
        codes=set(stops),
        stops=stops,
    )


def _stop(code: str, when: When) -> Stop:
    done_at = when.moment("door", code)
    return Stop(done_at - timedelta(seconds=draw(*AT_THE_DOOR, "stop", code)), done_at)


def _card(identity_id: int, purpose: str, now: datetime) -> tuple[str, str]:
    """(name, last four of the ID number) as the card shows them; the reading is logged."""
    name, number = identity.read_plain(identity_id=identity_id, actor=SYSTEM, purpose=purpose, now=now)
    return name, number[-4:]


@cache
def _reason() -> str:
    return delivery.RefusalReason.values[0]


def collect_at_counters(when: When) -> int:
    """Customers come for what waits at the counters, with their codes."""
    ready = FulfillmentOrder.objects.filter(state=FulfillmentState.READY_FOR_PICKUP)
    rows = list(when.ripe(ready).prefetch_related("lines").order_by("code"))
    for fo in rows:
        at = when.moment("collect", fo.code)
        with_account = next((line.identity_id for line in fo.lines.all() if line.identity_id), None)
        name, tail = _card(with_account, "demo day at the counter", at) if with_account else ("", "")
        pickup.hand_over(
            actor=SYSTEM,
            location_id=fo.location_id,
            code=fo.code,
            pickup_code=pickup.code_of(fo.pk),
            now=at,
            paid_fen=fo.cod_fen,
            name=name,
            id_tail=tail,
        )
    return len(rows)


def pay_in_cash(*, now: datetime) -> int:
    """Carriers pay in what they collected, fen."""
    total = 0
    for company in _carriers():
        if Delivery.objects.cod_outstanding().filter(courier_id=company.id).exists():
            total += cod.remit(courier_id=company.id, now=now).amount_fen
    return total


@cache
def signature() -> str:
    """A drawn line as a PNG data URL, as the courier's screen sends it."""
    picture = Image.new("RGBA", (320, 120), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    points = [(20 + 14 * i, 60 + (38 if i % 2 else -30) * (1 - i / 24)) for i in range(20)]
    pen.line(points, fill=(20, 30, 60, 255), width=4, joint="curve")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
