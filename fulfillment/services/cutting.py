"""Cut units out of a parcel that goes on without them: they become a short parcel of their own.

So the history of what lacked stays, and whatever reads the units of live parcels sees the rest.
"""

from collections.abc import Mapping
from datetime import datetime

from catalog.queries import offerings
from members.actors import Actor

from ..models import (
    ClaimState,
    FulfillmentEvent,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
    Reservation,
    ReservationState,
    SerialClaim,
    WallSlot,
)
from . import cod_share, hands, sim_take
from .steps import advance

PICK = "pick"


def cut_out(
    fo: FulfillmentOrder,
    lines: list[FulfillmentLine],
    units: Mapping[int, int],
    named: Mapping[int, list[str]],
    *,
    note: str,
    actor: Actor,
    now: datetime,
) -> FulfillmentOrder:
    """The short parcel with `units` by FulfillmentLine pk, of a locked one whose demand is locked.

    Money to collect and expected weight are divided; a line that lacks as a whole changes over.
    """
    cod_fen = cod_share.of_units(fo, lines, units)
    weight_g = min(fo.weight_g, _weight(lines, units))
    short = _parcel(fo, cod_fen, weight_g, note, now)
    FulfillmentEvent.objects.create(
        fulfillment=short, state=short.state, who=actor.label[:80], note=note, at=now
    )
    for line in lines:
        if units[line.pk]:
            _cut_line(line, short, units[line.pk], named[line.pk], actor, now)
    fo.cod_fen -= cod_fen
    fo.weight_g -= weight_g
    cards = fo.lines.exclude(msisdn="")
    fo.needs_identity = fo.needs_identity and (cards.exists() or not short.lines.exclude(msisdn="").exists())
    fo.save(update_fields=["cod_fen", "weight_g", "needs_identity"])
    return short


def _weight(lines: list[FulfillmentLine], units: Mapping[int, int]) -> int:
    known = offerings.by_sku({line.sku for line in lines})
    return sum(known[line.sku].weight_g * units[line.pk] for line in lines if line.sku in known)


def _parcel(fo: FulfillmentOrder, cod_fen: int, weight_g: int, note: str, now: datetime) -> FulfillmentOrder:
    number = fo.demand.fulfillments.count() + 1
    return FulfillmentOrder.objects.create(
        code=f"{fo.demand.order_number}-{number}",
        demand=fo.demand,
        location_id=fo.location_id,
        way=fo.way,
        state=FulfillmentState.SHORT,
        distance_km=fo.distance_km,
        weight_g=weight_g,
        cod_fen=cod_fen,
        note=note,
        created_at=now,
        changed_at=now,
    )


def _cut_line(
    line: FulfillmentLine, short: FulfillmentOrder, units: int, named: list[str], actor: Actor, now: datetime
) -> None:
    task = PickTask.objects.filter(line=line).first()
    if units == line.quantity:
        FulfillmentLine.objects.filter(pk=line.pk).update(fulfillment=short)
        if task is not None:
            _end(task, PickState.SHORT, actor, now)
        return
    FulfillmentLine.objects.filter(pk=line.pk).update(quantity=line.quantity - units)
    line.quantity -= units
    copy_of(line, short, units)
    if task is not None:
        _shrink(task, line, named, actor, now)


def copy_of(line: FulfillmentLine, short: FulfillmentOrder, units: int) -> FulfillmentLine:
    """The same order line in the other parcel."""
    return FulfillmentLine.objects.create(
        fulfillment=short,
        line_id=line.line_id,
        sku=line.sku,
        quantity=units,
        serial_kind=line.serial_kind,
        msisdn=line.msisdn,
        plan_sku=line.plan_sku,
        identity_id=line.identity_id,
    )


def _shrink(task: PickTask, line: FulfillmentLine, named: list[str], actor: Actor, now: datetime) -> None:
    """What is left of a line may be complete now, in the tote and on the wall."""
    bound = SerialClaim.objects.filter(line=line, state=ClaimState.LIVE).count()
    if line.serial_kind and task.state == PickState.OPEN and bound == line.quantity:
        _end(task, PickState.PICKED, actor, now)
    if task.sorted_serials:
        task.sorted_serials = [serial for serial in task.sorted_serials if serial not in named]
        if len(task.sorted_serials) == line.quantity:
            task.sorted_at = task.sorted_at or now
        task.save(update_fields=["sorted_serials", "sorted_at"])


def _end(task: PickTask, state: str, actor: Actor, now: datetime) -> None:
    task.state, task.done_at, task.done_by = state, now, actor.label[:80]
    task.save(update_fields=["state", "done_at", "done_by"])


def hold_no_more(fo: FulfillmentOrder, lines: list[FulfillmentLine], *, now: datetime) -> None:
    """What the parcel held beyond its lines is held by the order alone: its next route moves it."""
    left = {line.line_id: line.quantity for line in fo.lines.all()}
    rows = Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED).order_by("pk")
    for row in rows:
        kept = min(row.quantity, left.get(row.line_id, 0))
        left[row.line_id] = left.get(row.line_id, 0) - kept
        if kept == row.quantity:
            continue
        _set_free(row, row.quantity - kept, now)
        if kept:
            Reservation.objects.filter(pk=row.pk).update(quantity=kept, changed_at=now)
        else:
            Reservation.objects.filter(pk=row.pk).delete()


def _set_free(row: Reservation, units: int, now: datetime) -> None:
    same, _made = Reservation.objects.get_or_create(
        demand_id=row.demand_id,
        line_id=row.line_id,
        level_id=row.level_id,
        sku=row.sku,
        location_id=row.location_id,
        fulfillment=None,
        state=ReservationState.CONFIRMED,
        defaults={"quantity": units, "changed_at": now},
    )
    if not _made:
        Reservation.objects.filter(pk=same.pk).update(quantity=same.quantity + units, changed_at=now)


def go_on(fo: FulfillmentOrder, *, actor: Actor, now: datetime) -> None:
    """Without what lacked, the parcel may have all it still needs for its next step."""
    tasks = PickTask.objects.filter(line__fulfillment=fo)
    if fo.state == FulfillmentState.IN_WAVE and not tasks.filter(state=PickState.OPEN).exists():
        advance(fo, FulfillmentState.PICKED, now=now, actor=actor)
    cards = sim_take.cards_of([fo.pk])
    waiting = cards.exclude(claims__state=ClaimState.LIVE)
    if fo.state == FulfillmentState.PICKED and cards.exists() and not waiting.exists():
        advance(fo, FulfillmentState.SIM_TAKEN, now=now, actor=actor)
        hands.put_down(sim_take.STATION, fo, now=now)
    if not any(task.sorted_at or task.sorted_serials for task in tasks):
        WallSlot.objects.filter(fulfillment=fo).update(fulfillment=None, taken_at=None, full_at=None)
