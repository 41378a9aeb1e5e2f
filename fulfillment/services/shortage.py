"""The goods are not there, or not good: what lacks is looked for elsewhere, the books are put right.

One story for every place where it shows: at the bin, on the sorting wall, at the packing table, on a store's
page. As long as nothing of a parcel was taken, or when all of it lacks, the parcel as a whole goes elsewhere;
else the units that lack are cut out of it and the rest goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import (
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    PickState,
    PickTask,
    SerialClaim,
    SerialState,
    SerialUnit,
)
from ..models.demands import FulfillmentState
from . import account_closing, cutting, losses, steps
from .claims import let_go
from .reassignment import reassign

MISSING, DAMAGED = "missing", "damaged"
REASONS = (MISSING, DAMAGED)
SHORT = "short"
TAKEN = (FulfillmentState.PICKED, FulfillmentState.SIM_TAKEN, FulfillmentState.ACCOUNT_OPEN)
OPEN_TO_REPORTS = (FulfillmentState.ACCEPTED, FulfillmentState.IN_WAVE, *TAKEN)


class UnitsWrong(Invalid):
    code = "units_invalid"
    message = _("Say how many good pieces of %(sku)s are there: a whole number from %(least)s to %(most)s.")


class WhyMissing(Invalid):
    code = "reason_missing"
    message = _("Say whether they are missing or damaged.")


class NothingLacks(DomainError):
    code = "nothing_lacks"
    message = _("All pieces of parcel %(parcel)s are there. Nothing was reported.")


class CardTaken(DomainError):
    code = "card_taken"
    message = _(
        "A SIM card was taken for parcel %(parcel)s. Take the card back, or its account once it is open:"
        " then another one is taken."
    )


class NotNow(DomainError):
    code = "short_not_now"
    message = _("Parcel %(parcel)s is “%(state)s”: nothing of it can be reported as lacking now.")


class SerialsWanted(Invalid):
    code = "short_serials"
    message = _("Name the serial numbers of the %(units)s pieces of %(sku)s that lack.")


@dataclass(frozen=True)
class Report:
    """What became of it: `short` goes elsewhere; it is the parcel itself, or what was cut out of it.

    facts: what found_again.take_back needs.
    """

    short: FulfillmentOrder
    parcel: FulfillmentOrder
    facts: dict

    @property
    def goes_on(self) -> bool:
        return self.short.pk != self.parcel.pk


@transaction.atomic
def report_short(
    *,
    fulfillment_id: int,
    actor: Actor,
    now: datetime,
    missing: Mapping[int, int] | None = None,
    reason: str = MISSING,
) -> FulfillmentOrder:
    """Give a whole parcel up at its location and route it again. Raises WrongState.

    `missing`: units that are not there, by FulfillmentLine pk; they are booked as lost. Serial units of this
    parcel go back to the free ones, but for cards that the network has seen; accounts that other cards of the
    parcel opened are closed.
    """
    fo = steps.locked_whole(fulfillment_id)
    lost = {line.pk: (missing or {}).get(line.pk, 0) for line in fo.lines.all()}
    _give_up(fo, lost, {}, reason=reason, actor=actor, now=now)
    return fo


@transaction.atomic
def report_units(
    *,
    fulfillment_id: int,
    actor: Actor,
    now: datetime,
    lacking: Mapping[int, int],
    reason: str,
    serials: Mapping[int, list[str]] | None = None,
) -> Report:
    """Units of a parcel at work are missing or damaged, by FulfillmentLine pk.

    serials: those that lack, by line, where some of several bound units do. What lacks is booked as a loss;
    serial units go to quarantine, and what is missing is counted again by somebody. Raises WhyMissing,
    UnitsWrong, NothingLacks, CardTaken, NotNow, SerialsWanted, and WrongState.
    """
    if reason not in REASONS:
        raise WhyMissing(field="reason")
    fo = steps.locked_whole(fulfillment_id)
    lines = list(fo.lines.order_by("line_id"))
    units = _checked(fo, lines, lacking)
    named = {line.pk: _named(line, units[line.pk], (serials or {}).get(line.pk, [])) for line in lines}
    seen = fo.demand.fulfillments.order_by("-pk").values_list("pk", flat=True).first()
    bound = {serial: line.line_id for line in lines for serial in _among(line, named[line.pk])}
    left_out = fo.demand.exclusions.filter(location_id=fo.location_id)
    before, excluded = fo.state, list(left_out.values_list("line_id", flat=True))
    if _as_a_whole(fo, lines, units):
        facts = _give_up(fo, units, named, reason=reason, actor=actor, now=now)
        short = fo
    else:
        short, facts = _cut(fo, lines, units, named, reason=reason, actor=actor, now=now)
        seen = short.pk
    more = {"short": short.pk, "seen": seen, "before": before, "excluded": excluded, "bound": bound}
    return Report(short, fo, facts | more)


def _checked(
    fo: FulfillmentOrder, lines: list[FulfillmentLine], lacking: Mapping[int, int]
) -> dict[int, int]:
    if fo.state not in OPEN_TO_REPORTS:
        raise NotNow(parcel=fo.code, state=str(fo.get_state_display()))
    units = {line.pk: lacking.get(line.pk, 0) for line in lines}
    for line in lines:
        if not 0 <= units[line.pk] <= line.quantity:
            raise UnitsWrong(field="units", sku=line.sku, least=0, most=line.quantity)
        if units[line.pk] and line.msisdn and _bound(line).exists():
            raise CardTaken(parcel=fo.code)
    if not any(units.values()):
        raise NothingLacks(parcel=fo.code)
    return units


def _bound(line: FulfillmentLine):
    return SerialClaim.objects.filter(line=line, state=ClaimState.LIVE)


def _among(line: FulfillmentLine, serials: list[str]) -> list[str]:
    """Those of the serials that are bound to the line."""
    return list(_bound(line).filter(serial__serial__in=serials).values_list("serial__serial", flat=True))


def _named(line: FulfillmentLine, units: int, given: list[str]) -> list[str]:
    """The serials that lack: those that were named, or all that are bound where none is left.

    Bound units beyond what is left must be named; free ones of the shelf may be.
    """
    bound = list(_bound(line).order_by("pk").values_list("serial__serial", flat=True))
    chosen = {serial.strip().upper() for serial in given if serial.strip()}
    must_go = max(0, len(bound) - (line.quantity - units))
    if not chosen and must_go == len(bound):
        return bound
    known = SerialUnit.objects.filter(serial__in=chosen - set(bound), sku=line.sku, state=SerialState.FREE)
    known = known.filter(location_id=line.fulfillment.location_id).count()
    if len(chosen) > units or len(chosen & set(bound)) < must_go or known != len(chosen - set(bound)):
        raise SerialsWanted(field="serials", units=units, sku=line.sku)
    return sorted(chosen)


def _as_a_whole(fo: FulfillmentOrder, lines: list[FulfillmentLine], units: dict[int, int]) -> bool:
    """Everything lacks, or nobody has taken or found any of it."""
    if all(units[line.pk] == line.quantity for line in lines):
        return True
    begun = PickTask.objects.filter(line__in=lines, state=PickState.PICKED).exists()
    found = any(0 < units[line.pk] < line.quantity for line in lines)
    return not (begun or found or fo.state in TAKEN or any(_bound(line).exists() for line in lines))


def _give_up(
    fo: FulfillmentOrder, units: dict[int, int], named: dict, *, reason: str, actor: Actor, now: datetime
) -> dict:
    """The whole parcel is short: what it holds is let go, what lacks is lost, the rest is looked for."""
    lost = any(units.values())
    steps.advance(fo, FulfillmentState.SHORT, now=now, actor=actor, note=reason if lost else "")
    lines = list(fo.lines.all())
    open_tasks = PickTask.objects.filter(line__in=lines, state=PickState.OPEN)
    open_tasks.update(state=PickState.SHORT, done_at=now, done_by=actor.label[:80])
    losses.lock(fo)
    account_closing.set_aside_used_cards([fo], now=now, reason=SHORT)
    account_closing.close_accounts(fo, now=now)
    let_go(lines, now=now)
    facts = losses.book(fo, fo, units, named, reason=reason, actor=actor, now=now) if lost else {}
    reassign(fo, reason=SHORT, now=now)
    return facts


def _cut(fo, lines, units, named, *, reason: str, actor: Actor, now: datetime) -> tuple:
    """The units that lack become a short parcel of their own; the others go on."""
    losses.lock(fo)
    for line in lines:
        for serial in named[line.pk]:
            let_go([line], now=now, serial=serial)
    short = cutting.cut_out(fo, lines, units, named, note=reason, actor=actor, now=now)
    facts = losses.book(fo, short, units, named, reason=reason, actor=actor, now=now)
    cutting.hold_no_more(fo, lines, now=now)
    cutting.go_on(fo, now=now, actor=actor)
    reassign(short, reason=SHORT, now=now)
    return short, facts
