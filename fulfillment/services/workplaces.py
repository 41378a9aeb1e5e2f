"""Where somebody works, and which parcels are theirs to touch."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, Manifest
from members.actors import Actor, NotYours
from members.queries import institution
from members.values import InstitutionCard

HOUSE_ROLES = ("warehouse", "clerk", "store_manager", "operator", "partner")


class ParcelNotHere(NotYours):
    """Unknown, or another location's: both look the same from outside."""

    code = "parcel_not_here"
    message = _("There is no parcel %(parcel)s at this location.")


def workplace(actor: Actor, location_id: int) -> InstitutionCard:
    """The location, where the actor may work; raises NotAllowed, InstitutionUnknown."""
    card = institution(location_id)
    actor.must_have(*HOUSE_ROLES, path=card.path)
    return card


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
