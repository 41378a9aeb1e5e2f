"""What waits at each station of an operations centre."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from catalog.queries import offerings
from fulfillment.models import (
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    Manifest,
    PickState,
    PickTask,
    SerialClaim,
    SerialKind,
    StationStep,
    WallSlot,
    Way,
    WeightCase,
    WorkInHand,
)
from fulfillment.models.demands import GIVEN_UP

QUEUE = 8
# In a wave, these still need hands there.
BEFORE_PACKED = (
    FulfillmentState.IN_WAVE,
    FulfillmentState.PICKED,
    FulfillmentState.SIM_TAKEN,
    FulfillmentState.ACCOUNT_OPEN,
)


@dataclass(frozen=True)
class Waiting:
    """How many wait, and the first of them: (what to look for, hint)."""

    count: int
    first: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Content:
    """One line of a parcel as people see it; serials are the units bound to it."""

    line_id: int
    sku: str
    label: str
    quantity: int
    serial_kind: str = ""
    msisdn: str = ""
    plan: str = ""
    serials: tuple[str, ...] = ()

    @property
    def missing_serials(self) -> int:
        return self.quantity - len(self.serials) if self.serial_kind else 0


def next_pick(location_id: int, user_id: int | None = None) -> PickTask | None:
    """The task to do next: of the wave in the person's hands first, then by cut-off, then along the bins."""
    return _tasks(location_id, user_id).first()


def _tasks(location_id: int, user_id: int | None):
    """What people pick: without the waves in colleagues' hands and those that a machine works on."""
    todo = PickTask.objects.filter(
        wave__location_id=location_id,
        state=PickState.OPEN,
        line__fulfillment__state=FulfillmentState.IN_WAVE,
    ).filter(Q(wave__automation=None) | Q(wave__automation__state="failed"))
    hands = WorkInHand.objects.filter(station="pick", wave=OuterRef("wave"), ended_at=None)
    free = todo.exclude(Exists(hands.exclude(user_id=user_id)))
    related = free.select_related("line__fulfillment__wave_entry", "wave")
    own = Exists(hands.filter(user_id=user_id))
    return related.annotate(own=own).order_by("-own", "wave__cut_off", "bin", "line__sku", "pk")


def picks(location_id: int, user_id: int | None = None) -> Waiting:
    rows = _tasks(location_id, user_id)
    first = tuple((task.bin or "—", f"{task.line.quantity} × {task.line.sku}") for task in rows[:QUEUE])
    return Waiting(rows.count(), first)


def hands(location_id: int, station: str) -> list[WorkInHand]:
    """Who works on what at a station, longest first."""
    rows = WorkInHand.objects.filter(location_id=location_id, station=station, ended_at=None)
    return list(rows.select_related("wave", "fulfillment").order_by("since", "pk"))


def colleagues_wave(location_id: int, user_id: int | None) -> WorkInHand | None:
    """The wave with the earliest cut-off that somebody else has in hand and that is not picked yet."""
    left = PickTask.objects.filter(
        wave=OuterRef("wave"), state=PickState.OPEN, line__fulfillment__state=FulfillmentState.IN_WAVE
    )
    rows = WorkInHand.objects.filter(Exists(left), location_id=location_id, station="pick", ended_at=None)
    others = rows.exclude(user_id=user_id).select_related("wave")
    return others.order_by("wave__cut_off", "pk").first()


def has_wall(location_id: int) -> bool:
    return WallSlot.objects.filter(location_id=location_id).exists()


def slot_codes(location_id: int) -> set[str]:
    return set(WallSlot.objects.filter(location_id=location_id).values_list("code", flat=True))


def slots_to_clear(location_id: int) -> list[str]:
    """Slots whose parcel is not coming any more: their goods go back to the shelf."""
    rows = WallSlot.objects.filter(location_id=location_id, fulfillment__state__in=GIVEN_UP)
    return list(rows.order_by("position").values_list("code", flat=True))


def line_of_task(location_id: int, task_id: int) -> FulfillmentLine | None:
    """The line that a task here is for."""
    rows = FulfillmentLine.objects.filter(pick_task=task_id, fulfillment__location_id=location_id)
    return rows.select_related("fulfillment").first()


def lines_of(location_id: int, code: str) -> list[FulfillmentLine]:
    """The lines of a parcel here."""
    rows = FulfillmentLine.objects.filter(fulfillment__location_id=location_id, fulfillment__code=code)
    return list(rows.order_by("line_id"))


@dataclass(frozen=True)
class SlotCard:
    """A slot as the wall shows it. state: free, filling, complete, full, clear (goods to take back)."""

    code: str
    parcel: str
    state: str


def wall(location_id: int) -> list[SlotCard]:
    """The whole wall in two queries."""
    slots = list(WallSlot.objects.filter(location_id=location_id).select_related("fulfillment"))
    parcels = [slot.fulfillment_id for slot in slots if slot.fulfillment_id]
    left = PickTask.objects.filter(line__fulfillment__in=parcels, sorted_at=None)
    left = set(left.exclude(state=PickState.SHORT).values_list("line__fulfillment", flat=True))
    return [
        SlotCard(slot.code, slot.fulfillment.code if slot.fulfillment else "", _slot_state(slot, left))
        for slot in slots
    ]


def _slot_state(slot: WallSlot, incomplete: set[int]) -> str:
    if slot.fulfillment is None:
        return "free"
    if slot.fulfillment.state in GIVEN_UP:
        return "clear"
    if slot.fulfillment_id not in incomplete:
        return "complete"
    return "full" if slot.full_at else "filling"


def to_sort(location_id: int) -> Waiting:
    """Picked goods that are not on the wall yet: (goods, wave)."""
    rows = PickTask.objects.filter(
        wave__location_id=location_id,
        state=PickState.PICKED,
        sorted_at=None,
        line__fulfillment__state__in=BEFORE_PACKED,
    )
    rows = rows.select_related("line", "wave").order_by("wave__cut_off", "pk")
    first = tuple((f"{task.line.quantity} × {task.line.sku}", task.wave.code) for task in rows[:QUEUE])
    return Waiting(rows.count(), first)


def parcels(location_id: int, *states: str):
    return FulfillmentOrder.objects.filter(location_id=location_id, state__in=states)


def with_slots(rows) -> Waiting:
    """Earliest cut-off first; the hint is the slot on the wall, or the place in the wave without one."""
    rows = rows.order_by(F("wave_entry__wave__cut_off").asc(nulls_last=True), "pk")
    on_wall = WallSlot.objects.filter(fulfillment=OuterRef("pk")).order_by("position").values("code")[:1]
    first = rows.annotate(slot=Subquery(on_wall), place=F("wave_entry__slot"))
    first = first.values_list("code", "slot", "place")[:QUEUE]
    hints = ((code, f"№ {slot or place}" if slot or place else "") for code, slot, place in first)
    return Waiting(rows.count(), tuple(hints))


def needing_cards(location_id: int):
    """Picked parcels in which a SIM card is still missing."""
    bound = SerialClaim.objects.filter(state=ClaimState.LIVE).values("line")
    lines = FulfillmentLine.objects.filter(serial_kind=SerialKind.ICCID, msisdn__gt="")
    lines = lines.exclude(pk__in=bound)
    return parcels(location_id, FulfillmentState.PICKED).filter(lines__in=lines).distinct()


def cards(location_id: int) -> Waiting:
    return with_slots(needing_cards(location_id))


def ready_to_pack(location_id: int):
    """Parcels with nothing more to wait for: accounts open or no SIM card inside, all goods on the wall."""
    cards = FulfillmentLine.objects.filter(serial_kind=SerialKind.ICCID, msisdn__gt="")
    with_card = cards.values("fulfillment")
    picked = Q(state=FulfillmentState.PICKED) & ~Q(pk__in=with_card)
    rows = FulfillmentOrder.objects.filter(location_id=location_id)
    rows = rows.filter(picked | Q(state=FulfillmentState.ACCOUNT_OPEN))
    if not has_wall(location_id):
        return rows
    left = PickTask.objects.filter(line__fulfillment=OuterRef("pk"), sorted_at=None)
    return rows.exclude(Exists(left.exclude(state=PickState.SHORT)))


def weight_cases(location_id: int) -> list[WeightCase]:
    """Differing weights that wait for the lead, longest first."""
    rows = WeightCase.objects.filter(fulfillment__location_id=location_id, decided_at=None)
    return list(rows.select_related("fulfillment").order_by("asked_at", "pk"))


def last_packed(location_id: int, user_id: int | None) -> str:
    """The code of the parcel that this person packed last, for its label."""
    steps = StationStep.objects.filter(station="pack", location_id=location_id, user_id=user_id)
    last = steps.filter(undone_at=None).order_by("-pk").values_list("fulfillment__code", flat=True)
    return last.first() or ""


def packs(location_id: int) -> Waiting:
    """What may be packed now; a parcel that stands aside for the lead is not offered."""
    aside = WeightCase.objects.filter(fulfillment=OuterRef("pk"), decided_at=None)
    return with_slots(ready_to_pack(location_id).exclude(Exists(aside)))


def ready_to_leave(location_id: int):
    return parcels(location_id, FulfillmentState.PACKED).exclude(way=Way.PICKUP)


def handovers(location_id: int) -> Waiting:
    return with_slots(ready_to_leave(location_id))


def open_manifests(location_id: int) -> list[Manifest]:
    rows = Manifest.objects.filter(location_id=location_id, closed_at=None)
    return list(rows.select_related("courier").order_by("courier__code"))


def counts(location_id: int) -> dict[str, int]:
    """How many parcels of the location are in each state that is still in the house. One query."""
    rows = FulfillmentOrder.objects.in_house().filter(location_id=location_id)
    return dict(rows.values_list("state").annotate(Count("pk")).order_by())


def contents(fo_ids: list[int]) -> dict[int, list[Content]]:
    """The lines of parcels with the names of the goods and the units bound to them. Three queries."""
    lines = list(FulfillmentLine.objects.filter(fulfillment__in=fo_ids).order_by("line_id"))
    live = SerialClaim.objects.filter(line__in=lines).exclude(state=ClaimState.RELEASED)
    serials: dict[int, list[str]] = {}
    for line_pk, serial in live.order_by("pk").values_list("line_id", "serial__serial"):
        serials.setdefault(line_pk, []).append(serial)
    known = offerings.by_sku(
        {line.sku for line in lines} | {line.plan_sku for line in lines if line.plan_sku}
    )
    by_parcel: dict[int, list[Content]] = {pk: [] for pk in fo_ids}
    for line in lines:
        by_parcel[line.fulfillment_id].append(_content(line, known, tuple(serials.get(line.pk, ()))))
    empty = [pk for pk, inside in by_parcel.items() if not inside]
    return by_parcel | _posted(empty) if empty else by_parcel


def _posted(fo_ids: list[int]) -> dict[int, list[Content]]:
    """What the sender of a posted parcel said is in it; it has no lines."""
    rows = FulfillmentOrder.objects.filter(pk__in=fo_ids).exclude(demand__posting=None)
    told = rows.values_list("pk", "demand__posting__contents")
    return {pk: [Content(line_id=0, sku="", label=label, quantity=1)] for pk, label in told}


def _content(line: FulfillmentLine, known: dict, serials: tuple[str, ...]) -> Content:
    return Content(
        line_id=line.pk,
        sku=line.sku,
        label=_label(known, line.sku),
        quantity=line.quantity,
        serial_kind=line.serial_kind,
        msisdn=line.msisdn,
        plan=_label(known, line.plan_sku) if line.plan_sku else "",
        serials=serials,
    )


def _label(known: dict, sku: str) -> str:
    return known[sku].label if sku in known else sku
