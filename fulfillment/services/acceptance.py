"""A store or dealer answers for what was routed to it: it takes the parcel, or says why not."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM, Actor, NotYours
from members.queries.institutions import institution
from omnichannel.kernel.errors import Invalid

from ..models import FulfillmentOrder
from ..models.demands import STEPS, FulfillmentState, WrongState
from . import account_closing, losses, steps
from .claims import let_go
from .reassignment import reassign
from .wrong_input import ReasonMissing

ROLES = ("clerk", "store_manager", "warehouse", "partner", "operator")
OVERDUE = "no_answer"
# With these the books are wrong: what lacks must not draw the next order. Reason of the loss by reason.
AT_THE_SHELF = {"not_on_shelf": "missing", "damaged": "damaged"}
SWEEP = 200


class HowManyMissing(Invalid):
    code = "how_many_missing"
    message = _("Say how many good pieces of each article are there. If all are, choose another reason.")


class TooLateToDecline(WrongState):
    code = "decline_too_late"
    message = _(
        "Parcel %(fulfillment)s is “%(state)s” and cannot be declined any more. Report what is missing or"
        " damaged instead."
    )


@transaction.atomic
def accept(*, fulfillment_id: int, actor: Actor, now: datetime) -> FulfillmentOrder:
    """The location takes the parcel on. Raises NotYours, WrongState."""
    fo = _at_work(fulfillment_id, actor)
    if fo.state != FulfillmentState.AWAITING_ACCEPTANCE:
        raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))
    steps.advance(fo, FulfillmentState.ACCEPTED, now=now, actor=actor)
    return fo


@transaction.atomic
def refuse(
    *,
    fulfillment_id: int,
    actor: Actor,
    reason: str,
    now: datetime,
    lacking: Mapping[int, int] | None = None,
) -> FulfillmentOrder:
    """The location cannot serve the parcel; it is routed elsewhere, without this location.

    lacking: units by FulfillmentLine pk that are not on the shelf or not good, where that is the reason: they
    leave the books, so that they draw no other order. Raises NotYours, ReasonMissing, HowManyMissing,
    TooLateToDecline.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    fo = _at_work(fulfillment_id, actor)
    reason, units = reason.strip(), {}
    if reason in AT_THE_SHELF and lacking is not None:
        units = _checked(fo, lacking)
    _decline(fo, reason, actor, now, units)
    return fo


def _checked(fo: FulfillmentOrder, lacking: Mapping[int, int]) -> dict[int, int]:
    lines = list(fo.lines.all())
    units = {line.pk: lacking.get(line.pk, 0) for line in lines}
    if not any(units.values()) or any(not 0 <= units[line.pk] <= line.quantity for line in lines):
        raise HowManyMissing(field="units")
    return units


def refuse_overdue(*, now: datetime) -> int:
    """Decline what nobody answered in time; returns how many. Any number of sweepers may run."""
    late = FulfillmentOrder.objects.filter(state=FulfillmentState.AWAITING_ACCEPTANCE, accept_by__lte=now)
    declined = 0
    for pk in list(late.order_by("accept_by").values_list("pk", flat=True)[:SWEEP]):
        declined += _refuse_one(pk, now)
    return declined


@transaction.atomic
def _refuse_one(pk: int, now: datetime) -> int:
    rows = FulfillmentOrder.objects.select_for_update(of=("self",), skip_locked=True)
    late = rows.filter(pk=pk, state=FulfillmentState.AWAITING_ACCEPTANCE, accept_by__lte=now)
    fo = late.select_related("demand").first()
    if fo is None:
        return 0
    _decline(fo, OVERDUE, SYSTEM, now)
    return 1


def _decline(
    fo: FulfillmentOrder, reason: str, actor: Actor, now: datetime, units: Mapping[int, int] | None = None
) -> None:
    """Cards that the network has seen never go back to the free ones, their accounts are closed."""
    if FulfillmentState.DECLINED not in STEPS.get(fo.state, ()):
        raise TooLateToDecline(fulfillment=fo.code, state=str(fo.get_state_display()))
    steps.lock_around(fo)
    steps.advance(fo, FulfillmentState.DECLINED, now=now, actor=actor, note=reason)
    losses.lock(fo)
    account_closing.set_aside_used_cards([fo], now=now, reason="declined")
    account_closing.close_accounts(fo, now=now)
    let_go(fo.lines.all(), now=now)
    if units:
        losses.book(fo, fo, units, {}, reason=AT_THE_SHELF[reason], actor=actor, now=now)
    reassign(fo, reason=reason, now=now)


def _at_work(fulfillment_id: int, actor: Actor) -> FulfillmentOrder:
    """The fulfillment, locked, when the actor works at its location; else as if it did not exist."""
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    fo = rows.filter(pk=fulfillment_id).first()
    if fo is None or not _works_at(actor, fo.location_id):
        raise NotYours()
    return fo


def _works_at(actor: Actor, location_id: int) -> bool:
    if actor.is_system:
        return True
    path = institution(location_id).path
    return any(actor.can(role, path) for role in ROLES)
