"""Whose shelves somebody sees who asks across all places: our own people all of them, a company of its own
roots (a dealer, a merchant) its own and ours, never another dealer's."""

from collections.abc import Iterable

from members.actors import Actor
from members.queries import institution, institution_by_code

# Below one of these stands the carrier's own house; dealers, merchants and couriers have roots of their own.
HOUSE = ("carrier", "branch", "store", "warehouse")
# Of a location i: seen by everybody (own is NULL), or no dealer's, or below a path of one's own.
SEEN = """(%(own)s::text[] IS NULL OR i.kind <> 'dealer'
    OR EXISTS (SELECT 1 FROM unnest(%(own)s::text[]) AS o(path) WHERE starts_with(i.path, o.path)))"""


def is_of_the_house(path: str) -> bool:
    return institution_by_code(path.partition("/")[0]).kind in HOUSE


def own_paths(actor: Actor) -> list[str] | None:
    """The paths to which an outside company's person or system is held; None for those of the house."""
    if actor.is_system:
        return None
    paths = sorted(_paths(actor))
    return None if any(is_of_the_house(path) for path in paths) else paths


def _paths(actor: Actor) -> Iterable[str]:
    if actor.institution_id is not None:
        return [institution(actor.institution_id).path]
    return {grant.path for grant in actor.grants}
