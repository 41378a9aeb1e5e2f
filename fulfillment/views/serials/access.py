"""Doors of the serial pages: who comes in, and where they may work."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required

from fulfillment.queries.serials import READERS
from fulfillment.services import serial_import
from members.queries import institutions_of_kind
from members.values import InstitutionCard

KINDS = ("warehouse", "store", "dealer", "merchant")


def serial_page(view: Callable) -> Callable:
    """Sign in first; then whoever works with goods, and auditors. Raises NotAllowed."""

    @wraps(view)
    @login_required(login_url="members:staff-sign-in")
    def guarded(request, *args, **kwargs):
        request.actor.must_have(*READERS)
        return view(request, *args, **kwargs)

    return guarded


def places(request, *roles: str, kinds: tuple[str, ...] = KINDS) -> list[InstitutionCard]:
    """Where the actor has one of the roles, warehouses first; may be none."""
    cards = {}
    for path in request.actor.paths(*roles):
        cards |= {card.id: card for card in institutions_of_kind(*kinds, path=path)}
    return sorted(cards.values(), key=lambda card: (kinds.index(card.kind), card.code))


def receiving_places(request) -> list[InstitutionCard]:
    """Where the actor may take in a delivery note's file."""
    return places(request, *serial_import.ROLES, kinds=("warehouse", "store"))
