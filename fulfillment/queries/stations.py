"""What waits at each station of an operations centre."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from catalog.queries import offerings
from fulfillment.models import (
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    Manifest,
    PickState,
    PickTask,
    ProvisioningJob,
    SerialClaim,
    SerialKind,
    Way,
)

QUEUE = 8


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
    serial_kind: str
    msisdn: str
    plan: str
    serials: tuple[str, ...]

    @property
    def missing_serials(self) -> int:
        return self.quantity - len(self.serials) if self.serial_kind else 0


def next_pick(location_id: int) -> PickTask | None:
    """The task to do next: earliest cut-off first, then along the bins."""
    return _tasks(location_id).first()


def _tasks(location_id: int):
    todo = PickTask.objects.filter(
        wave__location_id=location_id,
        state=PickState.TODO,
        line__fulfillment__state=FulfillmentState.IN_WAVE,
    )
    related = todo.select_related("line__fulfillment__wave_entry", "wave")
    return related.order_by("wave__cut_off", "bin", "line__sku", "pk")


def picks(location_id: int) -> Waiting:
    rows = _tasks(location_id)
    first = tuple((task.bin or "—", f"{task.line.quantity} × {task.line.sku}") for task in rows[:QUEUE])
    return Waiting(rows.count(), first)


def _parcels(location_id: int, *states: str):
    return FulfillmentOrder.objects.filter(location_id=location_id, state__in=states)


def _with_slots(rows) -> Waiting:
    rows = rows.order_by("pk")
    first = rows.annotate(slot=F("wave_entry__slot")).values_list("code", "slot")[:QUEUE]
    return Waiting(rows.count(), tuple((code, f"№ {slot}" if slot else "") for code, slot in first))


def needing_cards(location_id: int):
    """Picked parcels in which a SIM card is still missing."""
    bound = SerialClaim.objects.filter(state=ClaimState.LIVE).values("line")
    lines = FulfillmentLine.objects.filter(serial_kind=SerialKind.ICCID, msisdn__gt="")
    lines = lines.exclude(pk__in=bound)
    return _parcels(location_id, FulfillmentState.PICKED).filter(lines__in=lines).distinct()


def cards(location_id: int) -> Waiting:
    return _with_slots(needing_cards(location_id))


def accounts(location_id: int) -> Waiting:
    """Parcels whose cards are taken and that no job stands for."""
    asked = ProvisioningJob.objects.waiting().filter(kind=JobKind.ACCOUNT).values("fulfillment")
    return _with_slots(_parcels(location_id, FulfillmentState.SIM_TAKEN).exclude(pk__in=asked))


def openings(location_id: int, limit: int = 8) -> list[ProvisioningJob]:
    """Account jobs under way, and those that failed and whose parcel still waits for another card."""
    jobs = ProvisioningJob.objects.filter(kind=JobKind.ACCOUNT, fulfillment__location_id=location_id)
    retake = Q(state="failed", fulfillment__state=FulfillmentState.PICKED)
    return list(
        jobs.filter(Q(state="waiting") | retake).select_related("fulfillment").order_by("-pk")[:limit]
    )


def ready_to_pack(location_id: int):
    """Parcels with nothing more to wait for: accounts open, or no SIM card inside."""
    cards = FulfillmentLine.objects.filter(serial_kind=SerialKind.ICCID, msisdn__gt="")
    with_card = cards.values("fulfillment")
    picked = Q(state=FulfillmentState.PICKED) & ~Q(pk__in=with_card)
    rows = FulfillmentOrder.objects.filter(location_id=location_id)
    return rows.filter(picked | Q(state=FulfillmentState.ACCOUNT_OPEN))


def packs(location_id: int) -> Waiting:
    return _with_slots(ready_to_pack(location_id))


def ready_to_leave(location_id: int):
    return _parcels(location_id, FulfillmentState.PACKED).exclude(way=Way.PICKUP)


def handovers(location_id: int) -> Waiting:
    return _with_slots(ready_to_leave(location_id))


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
    return by_parcel


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
