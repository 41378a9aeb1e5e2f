"""An opened account is taken back at its station: closed at the network, and opened with a fresh card.

Only before the parcel leaves. From the question on the parcel counts as without an account, so that it can be
neither packed nor handed over; when the network has closed, it waits for a card again. The number stays with
the order. A network that does not answer is asked again with the same key by the outbox.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from catalog.services import numbers
from fulfillment.models import (
    AccountUndo,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    JobState,
    ProvisioningJob,
    Reservation,
    ReservationState,
    Wave,
)
from fulfillment.services import account_closing, serials, shortage, undo
from fulfillment.services.account_opening import OPENED, STATION
from fulfillment.services.sim_take import OpeningUnderWay
from fulfillment.services.steps import advance, locked_whole
from fulfillment.services.workplaces import leads_at, parcel_at
from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError, Invalid

CARD_REASON = "account_undone"
MOST_LETTERS = 160
STEPS_BACK = ("sim", STATION, "pack")


class UndoTooLate(DomainError):
    code = "account_undo_too_late"
    message = _("Parcel %(parcel)s is “%(state)s”: its account cannot be taken back at the station any more.")


class NoAccountOpen(DomainError):
    code = "no_account_open"
    message = _("Parcel %(parcel)s has no open account to take back.")


class UndoReasonMissing(Invalid):
    code = "undo_reason_missing"
    message = _("Type in words why the account is taken back, not a scan. It stays on record.")


def must_be_a_reason(text: str) -> str:
    """The reason as it is kept. Raises UndoReasonMissing for nothing and for what a scanner sends."""
    if not any(letter.isalpha() for letter in text):
        raise UndoReasonMissing(field="reason")
    return text.strip()[:MOST_LETTERS]


@transaction.atomic
def choose(*, actor: Actor, location_id: int, now: datetime, code: str = "") -> FulfillmentOrder:
    """The parcel whose accounts would be taken back: the one named, or that of the actor's last opening here.

    Changes nothing. Raises undo.NothingToUndo, and as ask does.
    """
    if not code:
        step = undo.last_step(STATION, location_id, actor)
        if step is None:
            raise undo.nothing_of(actor, STATION, location_id)
        code = step.fulfillment.code
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    _must_be_undoable(fo, actor)
    return fo


@transaction.atomic
def ask(*, actor: Actor, location_id: int, code: str, reason: str, now: datetime) -> AccountUndo:
    """Ask the network to close the parcel's accounts; asked twice it is asked once.

    For whoever opened them here, took the parcel over, or leads the location. Raises ParcelNotHere,
    ParcelCancelled, StationClosed, undo.NothingToUndo, UndoReasonMissing, UndoTooLate, NoAccountOpen,
    OpeningUnderWay.
    """
    reason = must_be_a_reason(reason)
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    under_way = fo.account_undos.filter(finished_at=None).first()
    if under_way is not None:
        return under_way
    _must_be_undoable(fo, actor)
    row = AccountUndo.objects.create(
        fulfillment=fo,
        before=fo.state,
        reason=reason,
        asked_by=actor.user_id,
        asked_by_name=actor.label[:80],
        asked_at=now,
    )
    account_closing.close_accounts(fo, now=now, undo=row)
    advance(fo, FulfillmentState.SIM_TAKEN, now=now, actor=actor, note=row.reason)
    Wave.objects.filter(entries__fulfillment=fo).update(closed_at=None)
    undo.forget_steps(fo, STEPS_BACK, actor=actor, now=now)
    return row


def _must_be_undoable(fo: FulfillmentOrder, actor: Actor) -> None:
    own = undo.last_step(STATION, fo.location_id, actor, fulfillment_id=fo.pk)
    if own is None and not leads_at(actor, fo.location_id):
        raise undo.nothing_of(actor, STATION, fo.location_id, fulfillment_id=fo.pk)
    openings = ProvisioningJob.objects.filter(fulfillment=fo, kind=JobKind.ACCOUNT)
    if openings.waiting().exists() or fo.account_undos.filter(finished_at=None).exists():
        raise OpeningUnderWay(parcel=fo.code)
    opened = openings.filter(state=JobState.DONE).exists()
    if fo.state not in OPENED:
        raise (UndoTooLate if opened else NoAccountOpen)(parcel=fo.code, state=str(fo.get_state_display()))
    if not opened:
        raise NoAccountOpen(parcel=fo.code)


def record(job: ProvisioningJob, *, now: datetime) -> None:
    """The network's answer to a closing. A refusal leaves the question open: somebody asks again."""
    if job.state != JobState.DONE:
        return
    numbers.lock([job.msisdn])
    fo = locked_whole(job.fulfillment_id)
    account_closing.note_closed(job)
    if job.undo_id is None:
        return
    numbers.suspend(msisdn=job.msisdn, reference=job.order_number)
    account_closing.lock_levels([fo], [job.iccid])
    serials.quarantine(serial=job.iccid, reason=CARD_REASON, reference=job.key, now=now)
    row = AccountUndo.objects.select_for_update().get(pk=job.undo_id)
    if not row.closings.exclude(state=JobState.DONE).exists():
        _finish(row, fo, now)


def _finish(row: AccountUndo, fo: FulfillmentOrder, now: datetime) -> None:
    """The parcel waits for its next card, or is routed elsewhere when there is none here."""
    row.finished_at = now
    row.save(update_fields=["finished_at"])
    if fo.state != FulfillmentState.SIM_TAKEN:  # called off meanwhile
        return
    if _has_its_units(fo):
        advance(fo, FulfillmentState.PICKED, now=now, actor=SYSTEM, note=row.reason)
    else:
        shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, now=now)


def _has_its_units(fo: FulfillmentOrder) -> bool:
    kept = Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED)
    return _units(kept) == _units(fo.lines)


def _units(rows) -> int:
    return rows.aggregate(units=Sum("quantity"))["units"] or 0
