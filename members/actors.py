"""Who acts: rights travel as a frozen value, so that pages, API, tasks and shell obey the same rules."""

from dataclasses import dataclass, field

from omnichannel.kernel.errors import NotAllowed, NotFound

from .channels import Channel
from .models import StaffRole

Role = StaffRole.Role


class NotYours(NotFound):
    """Another person's object is answered like one that does not exist."""


@dataclass(frozen=True)
class Grant:
    role: str
    institution_id: int
    path: str


@dataclass(frozen=True)
class Actor:
    """user_id None and is_system False: a visitor. `path`s are institution paths (see Institution)."""

    user_id: int | None = None
    name: str = ""
    channel: str = Channel.WEB
    grants: frozenset[Grant] = field(default_factory=frozenset)
    is_system: bool = False
    institution_id: int | None = None  # of a channel key

    @property
    def is_staff(self) -> bool:
        return bool(self.grants)

    @property
    def label(self) -> str:
        """For histories: who did it."""
        return "system" if self.is_system else self.name or "visitor"

    def has(self, *roles: str) -> bool:
        return self.is_system or any(grant.role in roles for grant in self.grants)

    def can(self, role: str, path: str) -> bool:
        """May this actor act in `role` at the institution with `path`?"""
        return self.is_system or any(g.role == role and path.startswith(g.path) for g in self.grants)

    def must_have(self, *roles: str, path: str | None = None) -> None:
        """Raise NotAllowed without one of the roles (at the institution of `path` when given)."""
        allowed = self.has(*roles) if path is None else any(self.can(role, path) for role in roles)
        if not allowed:
            raise NotAllowed()

    def must_own(self, thing) -> None:
        """Raise NotYours unless `thing.owner_id` is this user."""
        if not self.is_system and (self.user_id is None or thing.owner_id != self.user_id):
            raise NotYours()

    def paths(self, *roles: str) -> list[str]:
        """The institution paths where the actor has one of the roles."""
        return sorted({grant.path for grant in self.grants if grant.role in roles})

    def institution_for(self, *roles: str) -> int:
        """The institution where the actor works in one of the roles; raises NotAllowed when nowhere."""
        for grant in sorted(self.grants, key=lambda grant: grant.path):
            if grant.role in roles:
                return grant.institution_id
        raise NotAllowed()


SYSTEM = Actor(is_system=True, name="system")
VISITOR = Actor()


def actor_of(user, *, channel: str = Channel.WEB) -> Actor:
    """The actor of a signed-in user: one query for the roles of staff, none for members."""
    if user is None or not user.is_authenticated:
        return Actor(channel=channel)
    grants = frozenset()
    if user.is_staff:
        roles = StaffRole.objects.filter(user=user, institution__is_active=True)
        rows = roles.values_list("role", "institution_id", "institution__path")
        grants = frozenset(Grant(*row) for row in rows)
    return Actor(user_id=user.pk, name=str(user), channel=channel, grants=grants)
