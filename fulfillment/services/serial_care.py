"""Single units out of the ordinary: put aside, released, scrapped, taken back from a customer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from members.queries import institution
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import (
    Grade,
    Place,
    ProvisioningJob,
    SerialEvent,
    SerialEventKind,
    SerialKind,
    SerialState,
    SerialUnit,
    StockMovement,
)
from . import stock
from .serial_portion import digits_of
from .shelf_locks import lock_unit
from .wrong_input import NoReasonChosen

# Who may: at the unit's location, or at the place it comes back to.
ASIDE = ("warehouse", "warehouse_lead", "store_manager", "clerk", "partner", "operator")
DECIDE = ("warehouse", "warehouse_lead", "store_manager", "operator")

REASONS = (
    "damaged",
    "dead_on_arrival",
    "wrong_goods",
    "seal_broken",
    "recalled",
    "customer_return",
    "inspected",
    "beyond_repair",
    "other",
)


class SerialNotYours(NotYours):
    """Unknown, or at another location: both look the same from here."""

    code = "serial_not_here"
    message = _("%(serial)s does not belong to a location of yours.")


class SerialBusy(DomainError):
    code = "serial_wrong_state"
    message = _("%(serial)s is “%(state)s”; this step is not possible now.")


class GradeMissing(Invalid):
    code = "grade_missing"
    message = _("Say in which condition it is: A, B, C or D.")


class NotAsNew(DomainError):
    code = "serial_not_as_new"
    message = _("%(serial)s has grade %(grade)s: only grade A is sold again as new.")


class CardUsed(DomainError):
    code = "sim_card_used"
    message = _("Card %(serial)s had an account. It is never sold again; scrap it.")


class CardSold(DomainError):
    code = "recharge_card_sold"
    message = _("Card %(serial)s was sold before: somebody may know its secret. Scrap it.")


@transaction.atomic
def quarantine(*, actor: Actor, serial: str, reason: str, note: str = "", now: datetime) -> SerialUnit:
    """Take a free unit off the shelf.

    Raises SerialNotYours, SerialBusy, NoReasonChosen, StockPromised, shelf_locks.UnitMoved.
    """
    unit = _locked(serial, actor, ASIDE)
    _must_be(unit, SerialState.FREE)
    event = _event(unit, SerialEventKind.QUARANTINED, actor, reason, note, now)
    _book(unit, -1, Place.LOSS, "quarantine", event, now)
    return _turn(unit, SerialState.QUARANTINE, now)


@transaction.atomic
def release(
    *, actor: Actor, serial: str, reason: str, note: str = "", grade: str = "", now: datetime
) -> SerialUnit:
    """Back on the shelf, with a new grade when one is given.

    Raises SerialNotYours, SerialBusy, NoReasonChosen, NotAsNew, CardUsed, CardSold.
    """
    unit = _locked(serial, actor, DECIDE)
    _must_be(unit, SerialState.QUARANTINE)
    if grade:
        unit.grade = _grade(grade)
    if unit.grade not in ("", Grade.A):
        raise NotAsNew(serial=unit.serial, grade=unit.grade)
    if _had_account(unit):
        raise CardUsed(serial=unit.serial)
    if _was_sold(unit):
        raise CardSold(serial=unit.serial)
    event = _event(unit, SerialEventKind.RELEASED, actor, reason, note, now)
    _book(unit, 1, Place.LOSS, "released", event, now)
    return _turn(unit, SerialState.FREE, now)


@transaction.atomic
def scrap(*, actor: Actor, serial: str, reason: str, note: str = "", now: datetime) -> SerialUnit:
    """For good. What was in quarantine had left its level before.

    Raises SerialNotYours, SerialBusy, NoReasonChosen, StockPromised.
    """
    unit = _locked(serial, actor, DECIDE)
    _must_be(unit, SerialState.FREE, SerialState.QUARANTINE)
    event = _event(unit, SerialEventKind.SCRAPPED, actor, reason, note, now)
    if unit.state == SerialState.FREE:
        _book(unit, -1, Place.LOSS, "scrapped", event, now)
    else:
        _move(unit, Place.LOSS, Place.LOSS, "scrapped", event, now)
    return _turn(unit, SerialState.SCRAPPED, now)


@transaction.atomic
def take_back(
    *, actor: Actor, serial: str, location_id: int, grade: str, reason: str, note: str = "", now: datetime
) -> SerialUnit:
    """A sold unit comes back at any location. Grade A goes on its shelf, all else into its quarantine.

    A SIM or recharge card is never sold twice, whatever its grade. Raises NotAllowed, SerialNotYours
    (unknown), SerialBusy, GradeMissing, NoReasonChosen.
    """
    actor.must_have(*ASIDE, path=institution(location_id).path)
    unit = lock_unit(digits_of(serial), at=location_id)
    if unit is None:
        raise SerialNotYours(serial=serial.strip()[:32])
    _must_be(unit, SerialState.SOLD)
    unit.grade, unit.location_id = _grade(grade), location_id
    event = _event(unit, SerialEventKind.RETURNED, actor, reason, note, now)
    if unit.grade == Grade.A and unit.kind == SerialKind.IMEI:
        _book(unit, 1, Place.CUSTOMER, "returned", event, now)
        return _turn(unit, SerialState.FREE, now)
    _move(unit, Place.CUSTOMER, Place.LOSS, "returned", event, now)
    return _turn(unit, SerialState.QUARANTINE, now)


def _locked(serial: str, actor: Actor, roles: tuple[str, ...]) -> SerialUnit:
    unit = lock_unit(digits_of(serial))
    if unit is None or not any(actor.can(role, unit.location.path) for role in roles):
        raise SerialNotYours(serial=serial.strip()[:32])
    return unit


def _must_be(unit: SerialUnit, *states: str) -> None:
    if unit.state not in states:
        raise SerialBusy(serial=unit.serial, state=str(unit.get_state_display()))


def _grade(grade: str) -> str:
    if grade not in Grade.values:
        raise GradeMissing(field="grade")
    return grade


def _had_account(unit: SerialUnit) -> bool:
    return unit.kind == SerialKind.ICCID and ProvisioningJob.objects.filter(iccid=unit.serial).exists()


def _was_sold(unit: SerialUnit) -> bool:
    """A recharge card that a customer brought back: who had it may have read it."""
    came_back = unit.events.filter(kind=SerialEventKind.RETURNED)
    return unit.kind == SerialKind.CARD and came_back.exists()


def _event(unit: SerialUnit, kind: str, actor: Actor, reason: str, note: str, now: datetime) -> SerialEvent:
    if reason not in REASONS:
        raise NoReasonChosen(field="reason")
    return SerialEvent.objects.create(
        unit=unit,
        kind=kind,
        reason=reason,
        grade=unit.grade,
        location_id=unit.location_id,
        reference=note.strip()[:64],
        who=actor.label[:80],
        at=now,
    )


def _book(unit: SerialUnit, units: int, place: str, reason: str, event: SerialEvent, now: datetime) -> None:
    """The level changes with the unit; the event's key makes each of its moves its own."""
    stock.book(
        sku=unit.sku,
        location_id=unit.location_id,
        units=units,
        place=place,
        reason=reason,
        reference=f"{unit.serial}:{event.pk}",
        now=now,
    )


def _move(unit: SerialUnit, origin: str, goal: str, reason: str, event: SerialEvent, now: datetime) -> None:
    """A unit that is in no level changes its place outside."""
    StockMovement.objects.create(
        sku=unit.sku,
        quantity=1,
        from_place=origin,
        to_place=goal,
        reason=reason,
        reference=f"{unit.serial}:{event.pk}",
        at=now,
    )


def _turn(unit: SerialUnit, state: str, now: datetime) -> SerialUnit:
    unit.state, unit.changed_at = state, now
    unit.save(update_fields=["state", "grade", "location", "changed_at"])
    return unit
