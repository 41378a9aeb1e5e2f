"""A store or dealer answers for what was routed to it: it takes the parcel, or says why not."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM, Actor, NotYours
from members.queries.institutions import institution
from omnichannel.kernel.errors import Invalid

from ..models import FulfillmentOrder
from ..models.demands import FulfillmentState
from . import steps
from .claims import let_go
from .reassignment import reassign

ROLES = ("clerk", "store_manager", "warehouse", "partner", "operator")
OVERDUE = "no_answer"
SWEEP = 200


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why this cannot be done.")


@transaction.atomic
def accept(*, fulfillment_id: int, actor: Actor, now: datetime) -> FulfillmentOrder:
    """The location takes the parcel on. Raises NotYours, WrongState."""
    fo = _at_work(fulfillment_id, actor)
    steps.advance(fo, FulfillmentState.ACCEPTED, now=now, actor=actor)
    return fo


@transaction.atomic
def refuse(*, fulfillment_id: int, actor: Actor, reason: str, now: datetime) -> FulfillmentOrder:
    """The location cannot serve the parcel; it is routed elsewhere, without this location.

    Raises NotYours, ReasonMissing, WrongState.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    fo = _at_work(fulfillment_id, actor)
    _decline(fo, reason.strip(), actor, now)
    return fo


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


def _decline(fo: FulfillmentOrder, reason: str, actor: Actor, now: datetime) -> None:
    steps.advance(fo, FulfillmentState.DECLINED, now=now, actor=actor, note=reason)
    let_go(fo.lines.all(), now=now)
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
