"""What a person did last at a station, and how it is taken back."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, FulfillmentState, StationStep, WorkInHand
from fulfillment.models.demands import IN_HOUSE
from fulfillment.services.workplaces import leads_at, parcel, workplace
from members.actors import Actor
from members.queries import staff_name
from omnichannel.kernel.errors import DomainError

Undo = Callable[[FulfillmentOrder, dict, datetime, Actor], None]
_undo_of: dict[str, Undo] = {}


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    message = _("There is no step of yours to take back at this station.")


class StepOfColleague(NothingToUndo):
    code = "step_of_colleague"
    message = _("The last step here is %(who)s's: %(what)s. Press T to take it over, then undo it.")


def undoes(station: str) -> Callable[[Undo], Undo]:
    """Registers how a station's step is taken back; without one, its steps are final."""

    def register(function: Undo) -> Undo:
        _undo_of[station] = function
        return function

    return register


def remember(station: str, fo: FulfillmentOrder, *, actor: Actor, now: datetime, what: str, **facts) -> None:
    """Keep a person's step; the system's own steps are not taken back at a station."""
    if actor.user_id is None:
        return
    StationStep.objects.create(
        station=station,
        location_id=fo.location_id,
        user_id=actor.user_id,
        fulfillment=fo,
        what=what[:120],
        facts=facts,
        at=now,
    )


@transaction.atomic
def undo_last(*, station: str, location_id: int, actor: Actor, now: datetime) -> str:
    """Take back the actor's last step at this station; returns what it was.

    A colleague's step counts as the actor's own once the actor took it, its wave or its parcel over; a lead
    without steps of their own takes back the station's last one. Raises NothingToUndo, StepOfColleague,
    StationClosed, WrongState when the parcel has moved on since, and what the station refuses.
    """
    workplace(actor, location_id, station=station)
    step = _locked_last(station, location_id, actor)
    if step is None or station not in _undo_of:
        raise nothing_of(actor, station, location_id)
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    fo = rows.get(pk=step.fulfillment_id)
    _undo_of[station](fo, step.facts, now, actor)
    step.undone_at, step.undone_by = now, actor.label[:80]
    step.save(update_fields=["undone_at", "undone_by"])
    return step.what


@transaction.atomic
def undo_of_parcel(
    *, code: str, stations: Iterable[str], location_id: int, actor: Actor, now: datetime
) -> str:
    """On a store's page: the parcel's last step there, where it is the actor's or the actor leads.

    Returns what it was. Raises ParcelNotHere, NothingToUndo, StepOfColleague, and what the step refuses.
    """
    fo = parcel(actor, code, location_id=location_id)
    step = last_of_parcel(fo, stations, actor)
    if step is None:
        raise nothing_of(actor, next(iter(stations)), location_id, fulfillment_id=fo.pk)
    _undo_of[step.station](fo, step.facts, now, actor)
    step.undone_at, step.undone_by = now, actor.label[:80]
    step.save(update_fields=["undone_at", "undone_by"])
    return step.what


def last_of_parcel(fo: FulfillmentOrder, stations: Iterable[str], actor: Actor) -> StationStep | None:
    """The parcel's last step at these stations, if the actor may take it back. Not locked."""
    rows = StationStep.objects.filter(fulfillment=fo, station__in=list(stations), undone_at=None)
    last = rows.order_by("-pk").first()
    if last is None or last.station not in _undo_of:
        return None
    own = last_step(last.station, fo.location_id, actor, fulfillment_id=fo.pk)
    return last if own is not None and own.pk == last.pk else None


def last_step(
    station: str, location_id: int, actor: Actor, *, fulfillment_id: int | None = None
) -> StationStep | None:
    """The step that the actor may take back here, of one parcel where it is named. Not locked."""
    found = (rows.order_by("-pk").first() for rows in _in_reach(station, location_id, actor, fulfillment_id))
    return next((step for step in found if step is not None), None)


def nothing_of(
    actor: Actor, station: str, location_id: int, *, fulfillment_id: int | None = None
) -> NothingToUndo:
    """The refusal for who has no step here: it names a colleague's last one that could be taken over."""
    step = _of_colleagues(station, location_id, actor, fulfillment_id).order_by("-pk").first()
    if step is None:
        return NothingToUndo()
    return StepOfColleague(who=staff_name(step.user_id), what=step.what, step=step.pk)


@transaction.atomic
def take_over_step(
    *, station: str, location_id: int, step_id: int, actor: Actor, now: datetime
) -> WorkInHand:
    """The actor answers for a colleague's last step from now on; both names stay in the record.

    Raises StationClosed, NothingToUndo.
    """
    workplace(actor, location_id, station=station)
    rows = _of_colleagues(station, location_id, actor, None).select_for_update(of=("self",))
    step = rows.filter(pk=step_id).first()
    if step is None:
        raise NothingToUndo()
    common = {"station": station, "location_id": location_id, "fulfillment": step.fulfillment}
    common["ended_at"] = now
    before = WorkInHand.objects.create(
        user_id=step.user_id, who=staff_name(step.user_id)[:80], since=step.at, **common
    )
    return WorkInHand.objects.create(
        user_id=actor.user_id, who=actor.label[:80], since=now, taken_from=before, **common
    )


def _of_colleagues(
    station: str, location_id: int, actor: Actor, fulfillment_id: int | None
) -> QuerySet[StationStep]:
    """Steps of others with parcels that are still here, or on a manifest that the courier has not signed."""
    steps = StationStep.objects.filter(station=station, location_id=location_id, undone_at=None)
    here = Q(fulfillment__state__in=(*IN_HOUSE, FulfillmentState.HANDED_OVER))
    steps = steps.filter(here).exclude(user_id=actor.user_id).select_related("fulfillment")
    return steps if fulfillment_id is None else steps.filter(fulfillment=fulfillment_id)


def forget_steps(fo: FulfillmentOrder, stations: Iterable[str], *, actor: Actor, now: datetime) -> None:
    """A locked parcel goes back behind these stations: what was done there is not taken back once more."""
    done = StationStep.objects.filter(fulfillment=fo, station__in=list(stations), undone_at=None)
    done.update(undone_at=now, undone_by=actor.label[:80])


def _locked_last(station: str, location_id: int, actor: Actor) -> StationStep | None:
    for rows in _in_reach(station, location_id, actor):
        step = rows.select_for_update(of=("self",)).order_by("-pk").first()
        if step is not None:
            return step
    return None


def _in_reach(
    station: str, location_id: int, actor: Actor, fulfillment_id: int | None = None
) -> Iterator[QuerySet[StationStep]]:
    """Steps of the actor and of what the actor took over; then, for a lead, everybody's."""
    taken = WorkInHand.objects.filter(
        station=station,
        user_id=actor.user_id,
        taken_from__user_id=OuterRef("user_id"),
        since__gte=OuterRef("at"),
    )
    parcels = taken.filter(fulfillment=OuterRef("fulfillment"))
    waves = taken.filter(wave__entries__fulfillment=OuterRef("fulfillment"))
    steps = StationStep.objects.filter(station=station, location_id=location_id, undone_at=None)
    steps = steps.select_related("fulfillment")
    if fulfillment_id is not None:
        steps = steps.filter(fulfillment=fulfillment_id)
    yield steps.filter(Q(user_id=actor.user_id) | Exists(parcels) | Exists(waves))
    if leads_at(actor, location_id):
        yield steps
