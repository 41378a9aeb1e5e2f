"""Whose counter it is and who may work there: stores have clerks, dealers their own people."""

from members.actors import Actor, Role
from members.channels import Channel
from omnichannel.kernel.errors import NotAllowed
from orders.values import Source

CLERKS = (Role.CLERK, Role.STORE_MANAGER)
# Who may have a counter anywhere; a partner's counter is a dealer's (works_at).
SELLERS = (*CLERKS, Role.PARTNER)
DEALER = "dealer"


def works_at(actor: Actor, institution) -> bool:
    """institution: a row or card with kind and path. A merchant's or supplier's partner has no counter."""
    roles = SELLERS if institution.kind == DEALER else CLERKS
    return any(actor.can(role, institution.path) for role in roles)


def must_work_at(actor: Actor, institution) -> None:
    """Raise NotAllowed unless the actor sells at this institution."""
    if not works_at(actor, institution):
        raise NotAllowed()


def channel_of(institution) -> str:
    """The channel of what is sold at the institution's counter."""
    return Channel.DEALER if institution.kind == DEALER else Channel.STORE


def stands_at(actor: Actor, source: Source) -> bool:
    """Does a person of the counter sell, as against the customer or a channel's system?"""
    return actor.has(*CLERKS) or (source.channel == Channel.DEALER and actor.has(Role.PARTNER))
