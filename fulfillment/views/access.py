"""Doors of the pages about goods: who comes in, and which locations are theirs."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required

from fulfillment.queries import serials
from fulfillment.queries.places import places_like
from fulfillment.services import serial_import, transfers
from members.queries import institutions_of_kind
from members.values import InstitutionCard

KINDS = ("warehouse", "store", "dealer", "merchant")
MOST_PLACES = 12  # in a list; more are searched for


def staff_page(*roles: str) -> Callable[[Callable], Callable]:
    """Sign in first; then whoever has one of the roles somewhere. Raises NotAllowed."""

    def door(view: Callable) -> Callable:
        @wraps(view)
        @login_required(login_url="members:staff-sign-in")
        def guarded(request, *args, **kwargs):
            request.actor.must_have(*roles)
            return view(request, *args, **kwargs)

        return guarded

    return door


stock_page = staff_page(*transfers.READERS)
serial_page = staff_page(*serials.READERS)


def places(request, *roles: str, kinds: tuple[str, ...] = KINDS) -> list[InstitutionCard]:
    """Where the actor has one of the roles, warehouses first; may be none."""
    cards = {}
    for path in request.actor.paths(*roles):
        cards |= {card.id: card for card in institutions_of_kind(*kinds, path=path)}
    return sorted(cards.values(), key=lambda card: (kinds.index(card.kind), card.code))


def own_places(request, *roles: str) -> dict:
    """The same for a choice on a page: `few` in a list, or else a field that searches (place_search)."""
    found = places_like(request.actor, *roles, kinds=KINDS, limit=MOST_PLACES + 1)
    return {"places": found, "few": len(found) <= MOST_PLACES}


def receiving_places(request) -> list[InstitutionCard]:
    """Where the actor may take in a delivery note's file."""
    return places(request, *serial_import.ROLES, kinds=("warehouse", "store"))
