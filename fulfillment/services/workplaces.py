"""Where somebody works, and which parcels are theirs to touch."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, FulfillmentState, Manifest, StationRight
from members.actors import Actor, NotYours
from members.queries import institution
from members.values import InstitutionCard
from omnichannel.kernel.errors import DomainError, NotAllowed

# Who leads a location: stands for a differing weight, asks the network again, decides what a scale cannot.
LEADS = ("warehouse_lead", "store_manager", "operator")
HOUSE_ROLES = ("warehouse", "clerk", "partner", *LEADS)


class ParcelNotHere(NotYours):
    """Unknown, or another location's: both look the same from outside."""

    code = "parcel_not_here"
    message = _("There is no parcel %(parcel)s at this location.")


class StationClosed(NotAllowed):
    code = "station_not_yours"
    message = _("You are not named for this station. The lead of this location names who works here.")


class NotALead(NotAllowed):
    code = "not_a_lead"
    message = _("Only a lead of this location decides this. Call one.")


class ParcelCancelled(DomainError):
    code = "parcel_cancelled"
    message = _("Parcel %(parcel)s was cancelled. Take its goods back to the shelf.")


def workplace(actor: Actor, location_id: int, *, station: str = "") -> InstitutionCard:
    """The location, where the actor may work; raises NotAllowed, StationClosed, InstitutionUnknown."""
    card = institution(location_id)
    actor.must_have(*HOUSE_ROLES, path=card.path)
    if station and actor.user_id is not None and not leads(actor, card.path):
        rights = StationRight.objects.filter(location_id=location_id, station=station)
        named = set(rights.values_list("user_id", flat=True))
        if named and actor.user_id not in named:
            raise StationClosed()
    return card


def closed_stations(actor: Actor, location_id: int) -> set[str]:
    """Stations of the location that name other people. One query; a lead has none."""
    if actor.user_id is None or leads_at(actor, location_id):
        return set()
    named: dict[str, set[int]] = {}
    for name, user_id in StationRight.objects.filter(location_id=location_id).values_list(
        "station", "user_id"
    ):
        named.setdefault(name, set()).add(user_id)
    return {name for name, users in named.items() if actor.user_id not in users}


def leads(actor: Actor, path: str) -> bool:
    """Is the actor a lead of the location with this path?"""
    return any(actor.can(role, path) for role in LEADS)


def leads_at(actor: Actor, location_id: int) -> bool:
    return leads(actor, institution(location_id).path)


def must_lead(actor: Actor, location_id: int) -> InstitutionCard:
    """The location, which the actor leads; raises NotAllowed, NotALead, InstitutionUnknown."""
    card = workplace(actor, location_id)
    if not leads(actor, card.path):
        raise NotALead()
    return card


def parcel_at(actor: Actor, code: str, *, location_id: int, station: str) -> FulfillmentOrder:
    """The scanned parcel at a station, locked. Raises ParcelNotHere, ParcelCancelled, StationClosed."""
    fo = parcel(actor, code, location_id=location_id)
    workplace(actor, location_id, station=station)
    if fo.state == FulfillmentState.CANCELLED:
        raise ParcelCancelled(parcel=fo.code)
    return fo


def parcel(actor: Actor, code: str, *, location_id: int | None = None) -> FulfillmentOrder:
    """The parcel with this code, locked, at a location of the actor. Raises ParcelNotHere."""
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand", "location")
    found = rows.filter(code=code.strip().upper()).first()
    if found is None or not any(actor.can(role, found.location.path) for role in HOUSE_ROLES):
        raise ParcelNotHere(parcel=code.strip())
    if location_id is not None and found.location_id != location_id:
        raise ParcelNotHere(parcel=code.strip())
    return found


def readable(actor: Actor, code: str) -> FulfillmentOrder:
    """A parcel to look at, not locked. Raises ParcelNotHere."""
    rows = FulfillmentOrder.objects.select_related("demand", "location")
    found = rows.filter(code=code.strip().upper()).first()
    if found is None or not any(actor.can(role, found.location.path) for role in HOUSE_ROLES):
        raise ParcelNotHere(parcel=code.strip())
    return found


def manifest(actor: Actor, pk: int) -> Manifest:
    """A manifest of a location of the actor. Raises NotYours."""
    found = Manifest.objects.select_related("location", "courier").filter(pk=pk).first()
    if found is None or not any(actor.can(role, found.location.path) for role in HOUSE_ROLES):
        raise NotYours()
    return found


def parcels(actor: Actor, ids: Iterable[int], *, location_id: int) -> list[FulfillmentOrder]:
    """Several parcels of one location, locked in the order of their ids. Raises ParcelNotHere."""
    workplace(actor, location_id)
    wanted = set(ids)
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).select_related("demand")
    found = list(rows.filter(pk__in=wanted, location_id=location_id).order_by("pk"))
    if len(found) < len(wanted):
        raise ParcelNotHere(parcel=min(wanted - {fo.pk for fo in found}))
    return found
