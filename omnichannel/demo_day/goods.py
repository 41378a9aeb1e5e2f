"""The goods' way on the day until they leave: stores answer and serve counters, warehouses pick and pack."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from django.db.models import Q, QuerySet

from fulfillment.demo.draws import draw
from fulfillment.models import FulfillmentLine, FulfillmentOrder, FulfillmentState, Wave
from fulfillment.services import (
    acceptance,
    account_opening,
    handover,
    packing,
    picking,
    pickup,
    shortage,
    sim_take,
    waves,
)
from members.actors import SYSTEM
from members.queries import institutions_by_ids
from members.values import InstitutionCard

from .turns import When

S = FulfillmentState
# Of the routed orders that a store is asked for, so many are refused by it.
STORE_REFUSES = 0.06
# Of a thousand parcels in a wave, so many find a piece missing on the shelf.
SHELF_GAPS = 8


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


def build_waves(*, now: datetime, cut_off: datetime) -> None:
    """A wave per location and courier of what is shipped."""
    shipped = FulfillmentOrder.objects.filter(state=S.ACCEPTED, way="ship")
    for location_id in sorted(set(shipped.values_list("location_id", flat=True))):
        while shipped.filter(location_id=location_id).exists():
            waves.build(location_id=location_id, cut_off=cut_off, now=now)


def find_gaps(when: When) -> None:
    """The day's pickers find a piece missing; the parcel is looked for elsewhere by itself."""
    parcels = when.ripe(FulfillmentOrder.objects.filter(state=S.IN_WAVE)).order_by("code")
    for pk, code in list(parcels.values_list("pk", "code")):
        if draw(1, 1000, "gap", code) <= SHELF_GAPS:
            first = FulfillmentLine.objects.filter(fulfillment_id=pk).order_by("line_id").first()
            at = when.moment("pick", f"gap {code}")
            shortage.report_short(fulfillment_id=pk, actor=SYSTEM, missing={first.pk: 1}, now=at)


def pick(when: When) -> None:
    """What is in waves; merchants' parcels straight from their shelves."""
    parcels = when.ripe(FulfillmentOrder.objects.filter(state=S.IN_WAVE))
    found = Wave.objects.filter(entries__fulfillment__in=parcels).distinct()
    for wave in found.select_related("location", "courier").order_by("pk"):
        at = when.moment("pick", f"{wave.location.code} {wave.courier.code}")
        picking.pick_wave(wave_id=wave.pk, now=at)
    _from_the_shelf("merchant", when, "pick")


def _from_the_shelf(way: str, when: When, work: str) -> None:
    rows = when.ripe(FulfillmentOrder.objects.filter(state=S.ACCEPTED, way=way)).order_by("code")
    for code, location_id in list(rows.values_list("code", "location_id")):
        at = when.moment(work, code)
        picking.pick_at_counter(actor=SYSTEM, location_id=location_id, code=code, now=at)


def take_cards(when: When) -> None:
    """SIM cards are bound to numbers and the network is asked for the accounts."""
    for place, ids in _by_place(FulfillmentOrder.objects.filter(state=S.PICKED)):
        sim_take.take_many(location_id=place.id, ids=ids, now=when.moment("card", place.code))
    for place, ids in _by_place(FulfillmentOrder.objects.filter(state=S.SIM_TAKEN)):
        account_opening.request_many(location_id=place.id, ids=ids, now=when.moment("ask", place.code))


def pack(when: When) -> None:
    """What is complete is packed and leaves with its courier."""
    rows = when.ripe(_complete().exclude(way="pickup"))
    for place, ids in _by_place(rows):
        packing.pack_many(location_id=place.id, ids=ids, now=when.moment("pack", place.code))
    packed = FulfillmentOrder.objects.filter(state=S.PACKED).exclude(way="pickup")
    for place, ids in _by_place(packed):
        handover.hand_over(location_id=place.id, ids=ids, now=when.moment("leave", place.code))


def serve_counters(when: When) -> None:
    """Stores take what is collected from their shelves, and say when it is ready."""
    _from_the_shelf("pickup", when, "counter")
    for place, ids in _by_place(_complete().filter(way="pickup")):
        at = when.moment("ready", place.code)
        packing.pack_many(location_id=place.id, ids=ids, now=at)
        rows = FulfillmentOrder.objects.filter(pk__in=ids).order_by("code")
        for code in list(rows.values_list("code", flat=True)):
            pickup.make_ready(actor=SYSTEM, location_id=place.id, code=code, now=at)


def _complete() -> QuerySet[FulfillmentOrder]:
    """Parcels with every account open; one whose card failed waits for the next round."""
    with_account = FulfillmentLine.objects.exclude(msisdn="").values("fulfillment")
    ready = Q(state=S.ACCOUNT_OPEN) | (Q(state=S.PICKED) & ~Q(pk__in=with_account))
    return FulfillmentOrder.objects.filter(ready)


def _by_place(rows: QuerySet) -> Iterator[tuple[InstitutionCard, list[int]]]:
    """The parcels that are there now, by their place."""
    found: dict[int, list[int]] = {}
    for location_id, pk in rows.order_by("location_id", "pk").values_list("location_id", "pk"):
        found.setdefault(location_id, []).append(pk)
    places = institutions_by_ids(list(found))
    for location_id, ids in found.items():
        yield places[location_id], ids
