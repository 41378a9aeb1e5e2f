"""A parcel that is accepted or picked is called back from its place: its goods go back to the shelf.

An operator lets it be looked for elsewhere, or decides by hand as for any order that waits; a lead gives one
back whose cards the network refuses. On the wall and in the tote its goods are shown as to be taken back.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import FulfillmentDemand, FulfillmentOrder, Reservation, ReservationState, WorkInHand
from ..models.demands import FulfillmentState
from . import account_closing, losses, standstill, steps, waves
from .claims import let_go
from .route import give_up
from .workplaces import must_lead, parcel

CALLED_BACK, CARDS_REFUSED = "called_back", "cards_refused"
CALLABLE = (
    FulfillmentState.AWAITING_ACCEPTANCE,
    FulfillmentState.ACCEPTED,
    FulfillmentState.IN_WAVE,
    FulfillmentState.PICKED,
    FulfillmentState.SIM_TAKEN,
)


class NotCallable(DomainError):
    code = "recall_too_late"
    message = _(
        "Parcel %(parcel)s is “%(state)s”: it is not called back any more. Have it unpacked, or its account"
        " taken back, first."
    )


@transaction.atomic
def call_back(*, code: str, by_hand: bool, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """An operator calls a parcel back: routed again without this place, or (by_hand) with the operators.

    Raises NotCallable, and as standstill.taken_on does.
    """
    fo = standstill.taken_on(code, reason, actor)
    _must_be_callable(fo)
    if not by_hand:
        fo = standstill.re_route(code=code, reason=reason, actor=actor, now=now)
        _put_down(fo, now)
        return fo
    _give_up(fo, CALLED_BACK, reason, actor, now)
    return fo


@transaction.atomic
def give_back_cards(
    *, actor: Actor, location_id: int, code: str, reason: str, now: datetime
) -> FulfillmentOrder:
    """A lead gives a parcel whose cards the network refuses to the operators.

    Raises ParcelNotHere, NotALead, standstill.WhyMissing, NotCallable.
    """
    must_lead(actor, location_id)
    if not reason.strip():
        raise standstill.WhyMissing(field="reason")
    fo = parcel(actor, code, location_id=location_id)
    _must_be_callable(fo)
    _give_up(fo, CARDS_REFUSED, reason, actor, now)
    return fo


def _must_be_callable(fo: FulfillmentOrder) -> None:
    if fo.state not in CALLABLE:
        raise NotCallable(parcel=fo.code, state=str(fo.get_state_display()))


def _give_up(fo: FulfillmentOrder, why: str, reason: str, actor: Actor, now: datetime) -> None:
    steps.lock_around(fo)
    steps.advance(fo, FulfillmentState.MOVED, now=now, actor=actor, note=why)
    losses.lock(fo)
    account_closing.set_aside_used_cards([fo], now=now, reason=why)
    account_closing.close_accounts(fo, now=now)
    let_go(fo.lines.all(), now=now)
    units = Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED)
    units.update(fulfillment=None, changed_at=now)
    _put_down(fo, now)
    row = FulfillmentDemand.objects.select_for_update().get(pk=fo.demand_id)
    told = {"declined": {"parcel": fo.code, "reason": why}, "by": actor.label, "why": reason.strip()[:200]}
    give_up(row, why, told, now=now)


def _put_down(fo: FulfillmentOrder, now: datetime) -> None:
    WorkInHand.objects.filter(fulfillment=fo, ended_at=None).update(ended_at=now)
    waves.close_finished(location_id=fo.location_id, now=now)
