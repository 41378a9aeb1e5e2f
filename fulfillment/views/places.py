"""The institution a page works for: asked for in the address, kept in the session."""

from django.http import HttpRequest

from fulfillment.queries.places import chosen_place, places_of
from members.values import InstitutionCard


def place_of(
    request: HttpRequest, *roles: str, kinds: tuple[str, ...]
) -> tuple[InstitutionCard, list[InstitutionCard]]:
    """The chosen institution and all the actor may choose from. Raises NotAllowed where there is none."""
    places = places_of(request.actor, *roles, kinds=kinds)
    slot = f"place-{'-'.join(kinds)}"
    chosen = chosen_place(places, request.GET.get("place") or str(request.session.get(slot, "")))
    if request.session.get(slot) != chosen.id:
        request.session[slot] = chosen.id
    return chosen, places
