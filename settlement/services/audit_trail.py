"""Who did what in finance: each confirmation, rule change and export leaves an entry that nobody can edit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from members.actors import Actor
from omnichannel.kernel.logs import mask
from settlement import rights
from settlement.models import AuditEntry

SYSTEM_ROLE = "system"
_ROLES = (rights.LEAD, rights.CLERK, rights.AUDITOR, rights.PARTNER)
_NAME, _SUBJECT = 80, 160


@transaction.atomic
def record(
    *,
    actor: Actor,
    action: str,
    subject: str,
    institution_id: int | None = None,
    details: dict | None = None,
    now: datetime,
) -> AuditEntry:
    """Keep that `actor` did `action` to `subject`; in the same transaction as the deed itself.

    action is one of queries.audit_trail.ACTIONS, "transfer.confirmed"; subject names the thing for people,
    "transfer T20261121-3". details are figures and codes (fen, counts, versions); phone and identity
    numbers that slip in are masked. What is rolled back leaves no entry, so a refusal is not recorded.
    """
    return _keep(
        at=now,
        actor_id=actor.user_id,
        actor_name=actor.label,
        role=role_of(actor),
        institution_id=institution_id,
        action=action,
        subject=subject,
        details=details,
    )


def record_deed(
    *, actor_id: int | None, actor_name: str, roles: Sequence[str], action: str, subject: str,
    details: dict, now: datetime,
) -> AuditEntry:  # fmt: skip
    """Keep what another app tells of a deed by a fact, in the transaction that hears it; as record does."""
    return _keep(
        at=now,
        actor_id=actor_id,
        actor_name=actor_name,
        role=_highest(set(roles)),
        institution_id=None,
        action=action,
        subject=subject,
        details=details,
    )


def _keep(*, actor_name: str, subject: str, details: dict | None, **fields) -> AuditEntry:
    return AuditEntry.objects.create(
        actor_name=actor_name[:_NAME],
        subject=mask(subject)[:_SUBJECT],
        details=_masked(details or {}),
        **fields,
    )


def role_of(actor: Actor) -> str:
    """The role in which somebody acts: the highest one in finance, else the first they have."""
    if actor.is_system:
        return SYSTEM_ROLE
    return _highest({grant.role for grant in actor.grants})


def _highest(held: set[str]) -> str:
    return next((role for role in _ROLES if role in held), min(held, default=""))


def _masked(value):
    """The same value for JSON: texts masked, dates and other objects as text."""
    if isinstance(value, dict):
        return {str(key): _masked(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_masked(one) for one in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    return mask(str(value))
