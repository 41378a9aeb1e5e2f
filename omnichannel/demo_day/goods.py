"""The goods' way on the day: stores answer, warehouses pick and pack, couriers deliver."""

import base64
import io
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from random import Random

from PIL import Image, ImageDraw

from fulfillment.demo.feeds import scan_at_hubs
from fulfillment.models import Delivery, FulfillmentLine, FulfillmentOrder, FulfillmentState
from fulfillment.services import (
    acceptance,
    account_opening,
    cod,
    delivery,
    handover,
    packing,
    picking,
    pickup,
    round_trip,
    sim_take,
    waves,
)
from members.actors import SYSTEM, Actor, Grant
from members.queries import institutions_by_ids, institutions_of_kind
from members.services import identity
from members.values import InstitutionCard

S = FulfillmentState
# Of the routed orders that a store is asked for, so many are refused by it.
STORE_REFUSES = 0.06


def stores_answer(*, chance: Random, now: datetime) -> tuple[int, int]:
    """Every store answers what waits for it, in the order of order numbers: (accepted, refused)."""
    waiting = FulfillmentOrder.objects.filter(state=S.AWAITING_ACCEPTANCE).order_by(
        "demand__order_number", "code"
    )
    accepted = refused = 0
    for pk, way in list(waiting.values_list("pk", "way")):
        if way != "pickup" and chance.random() < STORE_REFUSES:
            acceptance.refuse(fulfillment_id=pk, actor=SYSTEM, reason="not_on_shelf", now=now)
            refused += 1
        else:
            acceptance.accept(fulfillment_id=pk, actor=SYSTEM, now=now)
            accepted += 1
    return accepted, refused


def locations_with(*states: str) -> list[int]:
    rows = FulfillmentOrder.objects.filter(state__in=states)
    return sorted(set(rows.values_list("location_id", flat=True)))


def pick_everything(*, now: datetime) -> None:
    """A wave per location and courier for what is shipped; pick-ups and merchants' parcels from the shelf."""
    for location_id in locations_with(S.ACCEPTED):
        accepted = FulfillmentOrder.objects.filter(location_id=location_id, state=S.ACCEPTED)
        while accepted.filter(way="ship").exists():
            for wave in waves.build(location_id=location_id, cut_off=now, now=now):
                picking.pick_wave(wave_id=wave.pk, now=now)
        for code in list(accepted.order_by("code").values_list("code", flat=True)):
            picking.pick_at_counter(actor=SYSTEM, location_id=location_id, code=code, now=now)


def take_cards(*, now: datetime) -> None:
    """SIM cards are bound to numbers and the network is asked for the accounts."""
    for location_id, ids in _parcels(S.PICKED):
        sim_take.take_many(location_id=location_id, ids=ids, now=now)
    for location_id, ids in _parcels(S.SIM_TAKEN):
        account_opening.request_many(location_id=location_id, ids=ids, now=now)


def pack_everything(*, now: datetime) -> None:
    """Parcels whose accounts are open, or that need none, are packed and leave or wait at the counter."""
    for location_id, ids in _ready_to_pack():
        packing.pack_many(location_id=location_id, ids=ids, now=now)
    for location_id, ids in _parcels(S.PACKED):
        collected = set(
            FulfillmentOrder.objects.filter(pk__in=ids, way="pickup").values_list("pk", flat=True)
        )
        leaving = [pk for pk in ids if pk not in collected]
        if leaving:
            handover.hand_over(location_id=location_id, ids=leaving, now=now)
        for code in (
            FulfillmentOrder.objects.filter(pk__in=collected).order_by("code").values_list("code", flat=True)
        ):
            pickup.make_ready(actor=SYSTEM, location_id=location_id, code=code, now=now)


def _ready_to_pack() -> Iterator[tuple[int, list[int]]]:
    """Parcels with every account open; one whose card failed waits for the next round."""
    without_account = set(FulfillmentLine.objects.exclude(msisdn="").values_list("fulfillment_id", flat=True))
    open_ones = set(FulfillmentOrder.objects.filter(state=S.ACCOUNT_OPEN).values_list("pk", flat=True))
    for location_id, ids in _parcels(S.PICKED, S.ACCOUNT_OPEN):
        ready = [pk for pk in ids if pk in open_ones or pk not in without_account]
        if ready:
            yield location_id, ready


def _parcels(*states: str) -> Iterator[tuple[int, list[int]]]:
    for location_id in locations_with(*states):
        rows = FulfillmentOrder.objects.filter(location_id=location_id, state__in=states).order_by("pk")
        yield location_id, list(rows.values_list("pk", flat=True))


def courier_actor(courier_id: int) -> Actor:
    company = institutions_by_ids([courier_id])[courier_id]
    return Actor(name=company.name, grants=frozenset({Grant("courier", company.id, company.path)}))


def _carriers() -> list[InstitutionCard]:
    """Courier companies, and the dealers who carry the last kilometres of a trunk line."""
    carriers = [*institutions_of_kind("courier"), *institutions_of_kind("dealer")]
    return sorted(carriers, key=lambda each: each.code)


def deliver_everything(*, refusing: set[str], now: datetime) -> tuple[int, int]:
    """Carriers load and deliver what was handed over; orders in `refusing` are refused: (done, refused)."""
    done = refused = 0
    for company in _carriers():
        actor = courier_actor(company.id)
        delivery.load(actor=actor, courier_id=company.id, now=now)
        rows = (
            Delivery.objects.under_way()
            .filter(courier_id=company.id)
            .select_related("fulfillment__demand", "fulfillment__location")
        )
        rows = list(rows.order_by("fulfillment__demand__order_number", "fulfillment__code"))
        scan_at_hubs(rows, now=now)
        for row in [each for each in rows if each.fulfillment.demand.order_number in refusing]:
            delivery.refuse(actor=actor, code=row.fulfillment.code, reason=_reason(), now=now)
            refused += 1
        left = [each for each in rows if each.fulfillment.demand.order_number not in refusing]
        done += len(_round(actor, company.id, left, now))
    return done, refused


def _round(actor: Actor, courier_id: int, rows: list[Delivery], now: datetime) -> list[str]:
    """One company's parcels: cards shown where an account was opened, all signed, cash taken exactly."""
    if not rows:
        return []
    shown = {
        row.fulfillment.code: _card(row.identity_id, "demo day at the door", now)
        for row in rows
        if row.identity_id
    }
    return round_trip.deliver_all(
        actor=actor,
        courier_id=courier_id,
        signature=signature(),
        identities=shown,
        now=now,
        codes={row.fulfillment.code for row in rows},
    )


def _card(identity_id: int, purpose: str, now: datetime) -> tuple[str, str]:
    """(name, last four of the ID number) as the card shows them; the reading is logged."""
    name, number = identity.read_plain(identity_id=identity_id, actor=SYSTEM, purpose=purpose, now=now)
    return name, number[-4:]


@cache
def _reason() -> str:
    return delivery.RefusalReason.values[0]


def collect_at_counters(*, now: datetime) -> int:
    """Customers come for what waits at the counters, with their codes."""
    rows = (
        FulfillmentOrder.objects.filter(state=S.READY_FOR_PICKUP).prefetch_related("lines").order_by("code")
    )
    for fo in rows:
        with_account = next((line.identity_id for line in fo.lines.all() if line.identity_id), None)
        name, tail = _card(with_account, "demo day at the counter", now) if with_account else ("", "")
        pickup.hand_over(
            actor=SYSTEM,
            location_id=fo.location_id,
            code=fo.code,
            pickup_code=pickup.code_of(fo.pk),
            now=now,
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
