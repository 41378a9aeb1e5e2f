"""Where an actor may work, for the switch at the head of the operations pages."""

from members.actors import Actor
from members.queries import institutions_of_kind
from members.values import InstitutionCard
from omnichannel.kernel.errors import NotAllowed

HOUSE = ("warehouse", "store", "merchant", "dealer")


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
    """The one asked for by id, else the first; another's id is answered like none."""
    return next((card for card in places if str(card.id) == wanted), places[0])
