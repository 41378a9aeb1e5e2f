"""Who may ask how an order would be routed, and what each of them is told (decision 76)."""

from collections.abc import Mapping
from enum import Enum

from members.actors import Actor
from members.queries import institution
from omnichannel.kernel.errors import NotAllowed

from ..queries.sight import is_of_the_house

EXPLAINED = ("operator", "auditor")
ANSWERED = ("clerk", "store_manager", "warehouse", "warehouse_lead")
# What of a package says where it comes from and when, and nothing of what it costs.
PACKAGE = ("location", "units", "distance_km", "days", "via")


class Sight(Enum):
    """ALL: with costs, with every place that was compared or dropped. ANSWER: the choice alone."""

    ALL = "all"
    ANSWER = "answer"


def sight_of(actor: Actor) -> Sight:
    """Operators and auditors see all; staff and systems of the house the answer. Raises NotAllowed."""
    if actor.has(*EXPLAINED):
        return Sight.ALL
    if any(is_of_the_house(path) for path in _paths(actor)):
        return Sight.ANSWER
    raise NotAllowed()


def _paths(actor: Actor) -> list[str]:
    """Where somebody works in a role that serves customers, or whose system it is."""
    if actor.institution_id is not None:
        return [institution(actor.institution_id).path]
    return actor.paths(*ANSWERED)


def answer_of(story: Mapping) -> dict:
    """Of the story what a customer may be told at a counter: from where, in how many days."""
    chosen = story["chosen"]
    packages = [{name: package[name] for name in PACKAGE} for package in chosen["packages"]] if chosen else []
    return {
        "way": story["way"],
        "items": story["items"],
        "chosen": {"packages": packages} if chosen else None,
        "promised_on": story["promised_on"],
    }
