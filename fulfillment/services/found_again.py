"""What was reported as lacking lies there after all: the report is taken back as long as nothing came of it.

Parcels that go elsewhere for it are called back where nobody has begun with them; the units are in the books
and promised to the parcel again, and those that were set aside are free, or bound as before.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import (
    ClaimState,
    CountState,
    Exclusion,
    FulfillmentDemand,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    PickState,
    PickTask,
    Place,
    Reservation,
    ReservationState,
    SerialClaim,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StockCount,
    StockLevel,
    Wave,
    WrongState,
)
from ..models.demands import GIVEN_UP, DemandState
from ..queries.open_units import open_lines
from ..values import Demand
from . import capacity, cutting, hot, pickup_consent, stock
from .reservation import give_back
from .route import ask_for_route
from .shelf_locks import lock_shelves
from .shortage import OPEN_TO_REPORTS
from .steps import advance

REASON = "found_again"
NOT_BEGUN = (FulfillmentState.AWAITING_ACCEPTANCE, FulfillmentState.ACCEPTED)
OPEN_DEMANDS = (DemandState.REQUESTED, DemandState.ROUTED, DemandState.EXCEPTION)


class BegunElsewhere(DomainError):
    code = "short_begun_elsewhere"
    message = _("Parcel %(parcel)s is already being worked on for it. Put what was found back on the shelf.")


class CountedSince(DomainError):
    code = "short_counted_since"
    message = _("The shelf was counted since. Put what was found back; the count says what is there.")


class PromisedSince(DomainError):
    code = "short_promised_since"
    message = _("%(sku)s was promised to another order since. Put what was found back on the shelf.")


@transaction.atomic
def take_back(fo: FulfillmentOrder, facts: dict, *, now: datetime, actor: Actor) -> None:
    """Undo shortage.report_units of a locked parcel, by its facts.

    Raises WrongState (packed or sent without it, or called off since), BegunElsewhere, CountedSince,
    PromisedSince.
    """
    later = _locked_later(fo, facts["seen"])
    row = FulfillmentDemand.objects.select_for_update().get(pk=fo.demand_id)
    short = FulfillmentOrder.objects.select_related("demand").get(pk=facts["short"])
    short.must_reach(FulfillmentState.MOVED)
    _must_be_wanted(fo, short, row, facts)
    capacity.lock_of([fo, *later])
    _lock_levels(fo, short, row)
    count = _count(facts)
    _call_back(later, row, actor, now)
    _into_the_books(fo, facts, now)
    if short.pk == fo.pk:
        _revive(fo, facts, actor, now)
    else:
        _merge(fo, short, facts, now, actor)
    _promise_again(fo, row, now)
    _units_back(fo, facts, actor, now)
    _settle(row, fo, facts, count, actor, now)


def _must_be_wanted(
    fo: FulfillmentOrder, short: FulfillmentOrder, row: FulfillmentDemand, facts: dict
) -> None:
    """Raise WrongState for a parcel that was closed without the units, or an order that gave them up."""
    if short.pk != fo.pk and fo.state not in OPEN_TO_REPORTS:
        raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))
    given_up = {str(line_id) for line_id, _units in row.wish.get("given_up", [])}
    if row.state not in OPEN_DEMANDS or given_up & set(facts["lost"]):
        raise WrongState(fulfillment=short.code, state=str(short.get_state_display()))


def _locked_later(fo: FulfillmentOrder, seen: int) -> list[FulfillmentOrder]:
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    rows = rows.filter(demand_id=fo.demand_id, pk__gt=seen).exclude(state__in=GIVEN_UP)
    later = list(rows.order_by("pk"))
    begun = next((each for each in later if each.state not in NOT_BEGUN), None)
    if begun:
        raise BegunElsewhere(parcel=begun.code)
    return later


def _lock_levels(fo: FulfillmentOrder, short: FulfillmentOrder, row: FulfillmentDemand) -> None:
    held = Reservation.objects.filter(demand=row, state=ReservationState.CONFIRMED)
    shelves = set(held.values_list("sku", "location_id"))
    lines = FulfillmentLine.objects.filter(fulfillment__in=[fo, short])
    shelves |= {(sku, fo.location_id) for sku in lines.values_list("sku", flat=True)}
    for sku, location_id in sorted(shelves):
        hot.gather_of(sku=sku, location_id=location_id)
    lock_shelves(shelves)


def _count(facts: dict) -> StockCount | None:
    """The count that was asked for, locked, while nobody has typed in anything.

    Whoever posts a count holds it before levels: nobody waits for them here, as levels are held already.
    """
    code = facts.get("count") or ""
    if not code:
        return None
    count = StockCount.objects.select_for_update(skip_locked=True).filter(code=code).first()
    if count is None:
        raise CountedSince()
    if count.state in (CountState.COUNTED, CountState.POSTED) or count.lines.exclude(counted=None).exists():
        raise CountedSince()
    return count


def _call_back(later: list[FulfillmentOrder], row: FulfillmentDemand, actor: Actor, now: datetime) -> None:
    """What goes elsewhere for it is given up; the order holds nothing outside of its other parcels."""
    pickup_consent.withdraw(row, actor=actor, now=now)
    for each in later:
        advance(each, FulfillmentState.MOVED, now=now, actor=actor, note=REASON)
    units = Reservation.objects.filter(fulfillment__in=later, state=ReservationState.CONFIRMED)
    give_back(units, now=now)
    give_back(Reservation.objects.filter(demand=row, fulfillment=None), now=now)


def _into_the_books(fo: FulfillmentOrder, facts: dict, now: datetime) -> None:
    for line_id, (sku, units) in sorted(facts["lost"].items()):
        if units:
            stock.book(
                sku=sku,
                location_id=fo.location_id,
                units=units,
                place=Place.LOSS,
                reason=REASON,
                reference=f"{facts['reference']}:{line_id}",
                now=now,
            )


def _revive(fo: FulfillmentOrder, facts: dict, actor: Actor, now: datetime) -> None:
    """The whole parcel is to be picked once more, as its units went back to the shelf. Its wave is open."""
    tasks = PickTask.objects.filter(line__fulfillment=fo)
    in_wave = facts["before"] != FulfillmentState.ACCEPTED and tasks.exists()
    state = FulfillmentState.IN_WAVE if in_wave else FulfillmentState.ACCEPTED
    advance(fo, state, now=now, actor=actor, note=REASON)
    capacity.count_in(fo)
    tasks.update(state=PickState.OPEN, done_at=None, done_by="", sorted_at=None, sorted_serials=[])
    facts["bound"] = {}
    Wave.objects.filter(entries__fulfillment=fo).update(closed_at=None)


def _merge(fo: FulfillmentOrder, short: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    """The units are the parcel's again; the short parcel stays as a record of what was reported.

    What lacked at the bin is to be picked; what was lost after it was picked is in the parcel again.
    """
    at_bin = facts["before"] == FulfillmentState.IN_WAVE
    own = {line.line_id: line for line in fo.lines.all()}
    for line in list(short.lines.all()):
        same = own.get(line.line_id)
        if same is not None:
            FulfillmentLine.objects.filter(pk=same.pk).update(quantity=same.quantity + line.quantity)
            _task_of(same, at_bin)
            continue
        FulfillmentLine.objects.filter(pk=line.pk).update(fulfillment=fo)
        cutting.copy_of(line, short, line.quantity)
        _task_of(line, at_bin)
    advance(short, FulfillmentState.MOVED, now=now, actor=actor, note=REASON)
    fo.cod_fen += short.cod_fen
    fo.weight_g += short.weight_g
    fo.needs_identity = fo.needs_identity or fo.lines.exclude(msisdn="").exists()
    fo.save(update_fields=["cod_fen", "weight_g", "needs_identity"])
    waits = PickTask.objects.filter(line__fulfillment=fo, state=PickState.OPEN).exists()
    if fo.state == FulfillmentState.PICKED and waits:
        advance(fo, FulfillmentState.IN_WAVE, now=now, actor=actor)
    if fo.state == FulfillmentState.SIM_TAKEN and facts["before"] == FulfillmentState.PICKED:
        advance(fo, FulfillmentState.PICKED, now=now, actor=actor)


def _task_of(line: FulfillmentLine, at_bin: bool) -> None:
    tasks = PickTask.objects.filter(line=line)
    if at_bin:
        tasks.update(state=PickState.OPEN, done_at=None, done_by="", sorted_at=None)
    else:
        tasks.update(state=PickState.PICKED)


def _promise_again(fo: FulfillmentOrder, row: FulfillmentDemand, now: datetime) -> None:
    """The parcel holds what its lines say. Raises PromisedSince."""
    held = Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED)
    by_line = {reservation.line_id: reservation for reservation in held}
    for line in fo.lines.order_by("line_id"):
        kept = by_line.get(line.line_id)
        units = line.quantity - (kept.quantity if kept else 0)
        if units <= 0:
            continue
        level = StockLevel.objects.get(sku=line.sku, location_id=fo.location_id)
        if level.on_hand - level.reserved < units:
            raise PromisedSince(sku=line.sku)
        StockLevel.objects.filter(pk=level.pk).update(reserved=level.reserved + units)
        if kept:
            Reservation.objects.filter(pk=kept.pk).update(quantity=line.quantity, changed_at=now)
            continue
        Reservation.objects.create(
            demand=row,
            line_id=line.line_id,
            level=level,
            sku=line.sku,
            location_id=fo.location_id,
            quantity=units,
            state=ReservationState.CONFIRMED,
            fulfillment=fo,
            changed_at=now,
        )


def _units_back(fo: FulfillmentOrder, facts: dict, actor: Actor, now: datetime) -> None:
    """Free again, or bound to the line that had them. Raises CountedSince when one was moved since."""
    units = SerialUnit.objects.select_for_update().filter(serial__in=facts["aside"]).order_by("pk")
    bound = facts.get("bound", {})
    lines = {line.line_id: line for line in fo.lines.all()}
    for unit in units:
        if unit.state != SerialState.QUARANTINE:
            raise CountedSince()
        line = lines.get(bound.get(unit.serial))
        unit.state, unit.changed_at = SerialState.CLAIMED if line else SerialState.FREE, now
        unit.save(update_fields=["state", "changed_at"])
        if line:
            SerialClaim.objects.create(
                serial=unit, line=line, state=ClaimState.LIVE, claimed_at=now, changed_at=now
            )
        SerialEvent.objects.create(
            unit=unit,
            kind=SerialEventKind.RELEASED,
            reason=REASON,
            location_id=unit.location_id,
            reference=facts["reference"],
            who=actor.label[:80],
            at=now,
        )


def _settle(
    row: FulfillmentDemand, fo: FulfillmentOrder, facts: dict, count: StockCount | None, actor: Actor, now
) -> None:
    """The location may be asked again; what is still open is routed, the count is not needed."""
    left_out = Exclusion.objects.filter(demand=row, location_id=fo.location_id)
    left_out.exclude(line_id__in=facts["excluded"]).delete()
    if count is not None:
        count.state = CountState.CANCELLED
        count.save(update_fields=["state"])
        count.lines.update(is_closed=True)
    if row.wish.get("lines") and open_lines(row, Demand.of_dict(row.wish)):
        ask_for_route(row, now=now)
        return
    row.state, row.reason, row.changed_at = DemandState.ROUTED, "", now
    row.save(update_fields=["state", "reason", "changed_at"])
