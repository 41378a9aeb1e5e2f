"""The one way a fulfillment changes its state: the step is checked, the history written. What is noted."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from members.actors import SYSTEM, Actor

from ..models import FulfillmentDemand, FulfillmentEvent, FulfillmentOrder
from ..models.demands import GIVEN_UP, FulfillmentState
from . import capacity, departure


def locked(fulfillment_id: int) -> FulfillmentOrder:
    """The fulfillment, locked until the transaction ends. Raises FulfillmentOrder.DoesNotExist."""
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    return rows.get(pk=fulfillment_id)


def locked_whole(fulfillment_id: int) -> FulfillmentOrder:
    """As locked(), with its demand and its location's day: for who may change levels and then give it up."""
    fo = locked(fulfillment_id)
    lock_around(fo)
    return fo


def lock_around(fo: FulfillmentOrder) -> None:
    """A locked parcel's demand and its location's day, before levels."""
    FulfillmentDemand.objects.select_for_update().get(pk=fo.demand_id)
    capacity.lock_of([fo])


@transaction.atomic
def advance(
    fo: FulfillmentOrder, state: str, *, now: datetime, actor: Actor = SYSTEM, note: str = ""
) -> None:
    """Move a locked fulfillment to `state`, or raise WrongState. Two statements.

    One that is given up makes room in its location's day; with one that a courier works with its manifest
    has left.
    """
    fo.must_reach(state)
    _before([fo], state, now)
    fo.state, fo.changed_at = state, now
    fields = ["state", "changed_at"]
    if note:
        fo.note = note[:160]
        fields.append("note")
    fo.save(update_fields=fields)
    FulfillmentEvent.objects.create(
        fulfillment=fo, state=state, who=actor.label[:80], note=note[:160], at=now
    )
    if state in GIVEN_UP:
        capacity.give_back([fo])


@transaction.atomic
def advance_many(
    fos: list[FulfillmentOrder],
    state: str,
    *,
    now: datetime,
    actor: Actor = SYSTEM,
    note: str = "",
    times: Mapping[int, datetime] | None = None,
) -> None:
    """Move locked fulfillments to `state` together, or raise WrongState and move none. Two statements.

    times: when each came there, by its id, where they are told of together; else `now` for all.
    """
    for fo in fos:
        fo.must_reach(state)
    _before(fos, state, now)
    for fo in fos:
        fo.state, fo.changed_at = state, (times or {}).get(fo.pk, now)
    if times:
        FulfillmentOrder.objects.bulk_update(fos, ["state", "changed_at"], batch_size=500)
    else:
        FulfillmentOrder.objects.filter(pk__in=[fo.pk for fo in fos]).update(state=state, changed_at=now)
    FulfillmentEvent.objects.bulk_create(
        FulfillmentEvent(fulfillment=fo, state=state, who=actor.label[:80], note=note[:160], at=fo.changed_at)
        for fo in fos
    )
    if state in GIVEN_UP:
        capacity.give_back(fos)


def remark(fo: FulfillmentOrder, text: str, *, who: str, now: datetime) -> None:
    """Note something about a fulfillment that stays where it is: no step, and no work of anybody."""
    FulfillmentEvent.objects.create(
        fulfillment=fo, state=fo.state, is_step=False, who=who[:80], note=text[:160], at=now
    )


def _before(fos: list[FulfillmentOrder], state: str, now: datetime) -> None:
    taken = [fo for fo in fos if fo.state == FulfillmentState.HANDED_OVER]
    if taken and state != FulfillmentState.PACKED:
        departure.must_have_left(taken, now=now)
