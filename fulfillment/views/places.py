"""The institution a page works for: asked for in the address, kept in the session."""

from django.http import HttpRequest

from fulfillment.queries.carriers import carriers_of
from fulfillment.queries.places import chosen_place, places_of
from members.values import InstitutionCard


def place_of(
    request: HttpRequest, *roles: str, kinds: tuple[str, ...]
) -> tuple[InstitutionCard, list[InstitutionCard]]:
    """The chosen institution and all the actor may choose from. Raises NotAllowed where there is none."""
    places = places_of(request.actor, *roles, kinds=kinds)
    return _chosen(request, places, f"place-{'-'.join(kinds)}"), places


def carrier_of(request: HttpRequest) -> tuple[InstitutionCard, list[InstitutionCard]]:
    """The courier company or hub for which somebody delivers. Raises NotAllowed where there is none."""
    places = carriers_of(request.actor)
    return _chosen(request, places, "place-courier"), places


def _chosen(request: HttpRequest, places: list[InstitutionCard], slot: str) -> InstitutionCard:
    chosen = chosen_place(places, request.GET.get("place") or str(request.session.get(slot, "")))
    if request.session.get(slot) != chosen.id:
        request.session[slot] = chosen.id
    return chosen
