"""A second person looks at what differs and approves it: then, and only then, the books change."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import CountLine, CountState, Place, SerialEventKind, SerialState, SerialUnit, StockCount
from . import serial_story, stock
from .counts import CountUnknown
from .displacement import Shortfall, make_room, take_anew

APPROVERS = ("store_manager", "warehouse", "warehouse_lead", "partner", "operator")
FOUND, MISSING = "count_found", "count_missing"


class OwnCount(DomainError):
    code = "count_own"
    message = _("You counted here yourself: a colleague approves it.")


class UnitsTaken(DomainError):
    code = "count_units_taken"
    message = _("A unit of %(sku)s was taken at this moment. Approve once more.")


@transaction.atomic
def approve(*, actor: Actor, code: str, now: datetime) -> StockCount:
    """Post the differences as movements; promises that the shelf cannot keep look for another one.

    The books move by the difference, so what was sold since the count stays sold. Raises CountUnknown,
    NotAllowed, CountWrongState, OwnCount, UnitsTaken; stock.StockPromised when picked parcels hold what is
    missing.
    """
    count = _to_approve(actor, code)
    lines = list(count.lines.order_by("sku"))
    units = {line.pk: _units(line) for line in lines}
    deltas = {line.pk: _delta(line, *units[line.pk]) for line in lines}
    short = [Shortfall(line.sku, line.location_id, -deltas[line.pk]) for line in lines if deltas[line.pk] < 0]
    shelves = [(line.sku, line.location_id) for line in lines if deltas[line.pk]]
    displaced = make_room(short, shelves=shelves, actor=actor, now=now)
    _must_lie_as_they_lay(lines, units)
    for line in lines:
        _post(count, line, deltas[line.pk], *units[line.pk], actor, now)
    take_anew(displaced, now=now)
    count.lines.update(is_closed=True, approved_by_user=actor.user_id)
    count.state, count.approved_at = CountState.POSTED, now
    count.approved_by, count.approved_by_user = actor.label[:80], actor.user_id
    count.save(update_fields=["state", "approved_at", "approved_by", "approved_by_user"])
    return count


@transaction.atomic
def send_back(*, actor: Actor, code: str, note: str, now: datetime) -> StockCount:
    """The figures are doubted: everything is counted again. Raises as approve does."""
    count = _to_approve(actor, code)
    count.lines.update(counted=None, expected=None, counted_by_user=None, counted_at=None)
    for line in count.lines.exclude(serial_kind=""):
        line.units.all().delete()
    count.state, count.note = CountState.OPEN, note.strip()[:160]
    count.counted_by, count.counted_by_user, count.counted_at = "", None, None
    count.save(update_fields=["state", "note", "counted_by", "counted_by_user", "counted_at"])
    return count


def _to_approve(actor: Actor, code: str) -> StockCount:
    rows = StockCount.objects.select_for_update(of=("self",)).select_related("location")
    count = rows.filter(code=code.strip().upper()).first()
    if count is None or not any(actor.can(role, count.location.path) for role in (*APPROVERS, "clerk")):
        raise CountUnknown()
    actor.must_have(*APPROVERS, path=count.location.path)
    if count.state != CountState.COUNTED:
        count.must_reach(CountState.POSTED)
    counters = {*count.lines.values_list("counted_by_user", flat=True), count.counted_by_user}
    if actor.user_id in counters:
        raise OwnCount()
    return count


def _must_lie_as_they_lay(lines: list[CountLine], units: dict[int, tuple[list[int], list[int]]]) -> None:
    """Units are locked after their levels; one that was scanned for a parcel in between is not missing."""
    keys = {pk for missing, back in units.values() for pk in (*missing, *back)}
    found = SerialUnit.objects.filter(pk__in=keys).order_by("pk")
    list(found.select_for_update().values_list("pk", flat=True))
    moved = next((line for line in lines if _units(line) != units[line.pk]), None)
    if moved:
        raise UnitsTaken(sku=moved.sku)


def _units(line: CountLine) -> tuple[list[int], list[int]]:
    """Serial units (their keys) that the books have and nobody saw, and those seen in quarantine."""
    if not line.serial_kind:
        return [], []
    seen = set(line.units.values_list("serial_id", flat=True))
    here = SerialUnit.objects.filter(sku=line.sku, location_id=line.location_id).order_by("pk")
    free = here.filter(state=SerialState.FREE, changed_at__lte=line.counted_at).values_list("pk", flat=True)
    back = here.filter(state=SerialState.QUARANTINE, pk__in=seen).values_list("pk", flat=True)
    return [pk for pk in free if pk not in seen], list(back)


def _delta(line: CountLine, missing: list[int], back: list[int]) -> int:
    return len(back) - len(missing) if line.serial_kind else line.difference


def _post(
    count: StockCount, line: CountLine, delta: int, missing: list, back: list, actor: Actor, now: datetime
) -> None:
    """The books move by the difference, and the story of each unit says at which count and by whom."""
    if delta:
        stock.book(
            sku=line.sku,
            location_id=line.location_id,
            units=delta,
            place=Place.LOSS,
            reason=FOUND if delta > 0 else MISSING,
            reference=count.code,
            now=now,
        )
    for keys, state, told in (
        (missing, SerialState.QUARANTINE, SerialEventKind.NOT_FOUND),
        (back, SerialState.FREE, SerialEventKind.FOUND),
    ):
        SerialUnit.objects.filter(pk__in=keys).update(state=state, changed_at=now)
        serial_story.tell(
            keys,
            told,
            location_id=line.location_id,
            reference=count.code,
            who=f"{count.counted_by}, {actor.label}",
            reason=count.scope,
            now=now,
        )
