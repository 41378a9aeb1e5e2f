"""Where an actor may work, for the switch at the head of the operations pages."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.queries import (
    InstitutionUnknown,
    institution_by_code,
    institutions_like,
    institutions_of_kind,
)
from members.values import InstitutionCard
from omnichannel.kernel.errors import Invalid, NotAllowed

HOUSE = ("warehouse", "store", "merchant", "dealer")
EVERYWHERE = ""  # every path begins so


class PlaceAmbiguous(Invalid):
    code = "place_ambiguous"
    message = _("Several places fit “%(text)s”. Choose one of the list, or type its code.")


def places_like(
    actor: Actor, *roles: str, text: str = "", kinds: tuple[str, ...] = HOUSE, limit: int
) -> list[InstitutionCard]:
    """Of the places where the actor has one of the roles those that fit the words; may be none."""
    return institutions_like(text, kinds=kinds, paths=actor.paths(*roles), limit=limit)


def place_named(
    text: str, *, paths: Iterable[str] = (EVERYWHERE,), kinds: tuple[str, ...] = HOUSE
) -> InstitutionCard:
    """The place that has this code, or the only one below the paths that fits the words.

    A code may be another's: whoever acts on the place is asked for the right. Raises InstitutionUnknown,
    PlaceAmbiguous.
    """
    words = text.strip()
    try:
        return institution_by_code(words.lower())
    except InstitutionUnknown:
        found = institutions_like(words, kinds=kinds, paths=paths, limit=2) if words else []
    if not found:
        raise InstitutionUnknown()
    if len(found) > 1:
        raise PlaceAmbiguous(text=words[:40])
    return found[0]


def places_of(actor: Actor, *roles: str, kinds: tuple[str, ...] = HOUSE) -> list[InstitutionCard]:
    """The institutions of these kinds where the actor has one of the roles; warehouses first.

    Raises NotAllowed where there is none.
    """
    cards = {}
    for path in actor.paths(*roles):
        cards |= {card.id: card for card in institutions_of_kind(*kinds, path=path)}
    if not cards:
        raise NotAllowed()
    return sorted(cards.values(), key=lambda card: (kinds.index(card.kind), card.code))


def chosen_place(places: list[InstitutionCard], wanted: str | None) -> InstitutionCard:
    """The one asked for by id or code, else the first; another's is answered like none."""
    return next((card for card in places if wanted in (str(card.id), card.code)), places[0])
