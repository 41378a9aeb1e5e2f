"""Put changes that hang together into effect: all of them, or none."""

from datetime import datetime

from django.db import transaction

from ...models import FulfillmentDemand, FulfillmentLine, FulfillmentOrder, Reservation, ReservationState
from ...models.demands import DemandState, FulfillmentState
from .. import capacity
from ..allocation import Allocation, allocate
from ..capacity import Slot
from ..moving import Move, held_by, move_all
from ..parcels import Batch, write
from ..route import keep, tell
from ..routing.inputs import Outcome, Plan
from ..routing.trace import story
from ..steps import advance_many
from .changes import Change
from .waiting import wanted

CHEAPER, JOINT = "cheaper_plan", "reevaluated"


class _Overtaken(Exception):
    """Somebody accepted, declined or cancelled meanwhile, or took the stock."""


def apply(group: tuple[Change, ...], *, now: datetime) -> bool:
    """False when the world has moved on; then nothing was changed."""
    try:
        with transaction.atomic():
            _apply(group, now)
    except _Overtaken:
        return False
    return True


def _apply(group: tuple[Change, ...], now: datetime) -> None:
    rows = _locked(group)
    gone = [parcel for change in group for parcel in change.gone]
    wanted = [slot for change in group for slot in _slots(change, now)]
    capacity.lock_of(gone, *wanted)
    advance_many(gone, FulfillmentState.MOVED, now=now, note=CHEAPER)
    lines = _lines_of(gone)
    units = Reservation.objects.filter(fulfillment__in=gone, state=ReservationState.CONFIRMED)
    units.update(fulfillment=None, changed_at=now)
    allocations = {change.order.demand_id: _allocation(change, lines) for change in group}
    moves = [Move(pk, allocation, held_by(pk)) for pk, allocation in sorted(allocations.items())]
    if not capacity.hold(wanted) or not move_all(moves, now=now):
        raise _Overtaken
    for change in group:
        _write(change, rows[change.order.demand_id], allocations[change.order.demand_id], now)


def _locked(group: tuple[Change, ...]) -> dict[int, FulfillmentDemand]:
    """Parcels by key, then demands, as everywhere; all still as they were seen."""
    pks = [parcel.pk for change in group for parcel in change.gone]
    parcels = FulfillmentOrder.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    if any(parcel.state != FulfillmentState.AWAITING_ACCEPTANCE for parcel in parcels):
        raise _Overtaken
    ids = [change.order.demand_id for change in group]
    rows = {
        row.pk: row for row in FulfillmentDemand.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    if any(row.state != DemandState.ROUTED for row in rows.values()):
        raise _Overtaken
    return rows


def _slots(change: Change, now: datetime) -> list[Slot]:
    order = change.order
    return capacity.slots(change.fresh, order.situation.locations, way=order.wish.way, strict=True, now=now)


def _lines_of(parcels: list[FulfillmentOrder]) -> dict[int, list[FulfillmentLine]]:
    found: dict[int, list[FulfillmentLine]] = {}
    for line in FulfillmentLine.objects.filter(fulfillment__in=parcels).order_by("pk"):
        found.setdefault(line.fulfillment_id, []).append(line)
    return found


def _allocation(change: Change, lines: dict[int, list[FulfillmentLine]]) -> Allocation:
    """The units of the parcels that go, on the levels of the packages that come."""
    units = wanted(change.order.wish, [line for parcel in change.gone for line in lines[parcel.pk]])
    return allocate(units, Plan(change.fresh, 0), change.order.situation.shelves)


def _write(change: Change, row: FulfillmentDemand, allocation: Allocation, now: datetime) -> None:
    order = change.order
    batch = Batch(row, order.wish, Plan(change.fresh, 0), allocation, order.situation, now)
    parcels = write(batch)
    outcome = Outcome(
        chosen=change.plan,
        compared=(change.plan, order.current),
        kept=tuple(source.code for source in order.sources),
        how="joint",
    )
    told = story(order.situation.need, order.dropped, outcome) | {"saved_fen": round(change.saving)}
    keep(row, DemandState.ROUTED, "", told, now, outcome=JOINT)
    tell(row, parcels)
