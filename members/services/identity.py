"""Real-name verification. Plain values are encrypted; each reading of them leaves a line."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members import identity_numbers
from members.actors import Actor
from members.models import BlockedPerson, Identity, IdentityCheck
from members.queries.readings import NAME, NUMBER, IdentityUnknown, recorded
from members.values import IdentityRef
from omnichannel.kernel import clock, limits
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.secrets import decrypt, encrypt, lookup, mask_name, mask_tail

from .membership import NameInvalid, cleaned_name

PERSON = "identity.person"
CHECKS = {"most": 10, "seconds": 3600}


class IdentityBlocked(DomainError):
    code = "identity_blocked"
    message = _("No account can be opened with this ID. Please visit a store.")


def person_key(number: str) -> str:
    """Equal for equal ID numbers; says nothing about the number."""
    return lookup(number, context=PERSON)


def verify(*, member_id: int, name: str, id_number: str, now: datetime) -> IdentityRef:
    """Check and keep a member's resident ID; the same again is the same identity.

    Raises NameInvalid, IdentityChecksum, IdentityUnderAge, IdentityBlocked, TooMany. Every attempt is
    recorded with its outcome, a refused one too.
    """
    limits.check(f"identity:{member_id}", **CHECKS)
    try:
        with transaction.atomic():
            return _verified(member_id, name, id_number, now)
    except DomainError as refusal:
        IdentityCheck.objects.create(member_id=member_id, outcome=refusal.code, checked_at=now)
        raise


def _verified(member_id: int, name: str, id_number: str, now: datetime) -> IdentityRef:
    name = cleaned_name(name)
    if not name:
        raise NameInvalid(field="name")
    number = identity_numbers.cleaned(id_number, today=clock.local_day(now))
    key = person_key(number)
    if BlockedPerson.objects.filter(person_key=key).exists():
        raise IdentityBlocked()
    identity, _created = Identity.objects.update_or_create(
        member_id=member_id,
        person_key=key,
        defaults={
            "name": encrypt(name, context=NAME),
            "number": encrypt(number, context=NUMBER),
            "name_masked": mask_name(name),
            "number_masked": mask_tail(number),
            "verified_at": now,
        },
    )
    IdentityCheck.objects.create(member_id=member_id, person_key=key, outcome="ok", checked_at=now)
    return IdentityRef(identity.pk, key, identity.name_masked, identity.number_masked)


@transaction.atomic
def read_plain(*, identity_id: int, actor: Actor, purpose: str, now: datetime) -> tuple[str, str]:
    """(name, ID number) in plain text, for those who must see them; the reading is recorded.

    Raises NotAllowed without the role courier, store_manager, clerk, warehouse or operator,
    IdentityUnknown.
    """
    actor.must_have("courier", "clerk", "store_manager", "warehouse", "operator")
    identity = recorded(identity_id, reader=actor.label, purpose=purpose, now=now)
    return decrypt(identity.name, context=NAME), decrypt(identity.number, context=NUMBER)


@transaction.atomic
def block_person(*, identity_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Bar the person behind an identity from new accounts. Raises NotAllowed, IdentityUnknown."""
    actor.must_have("operator")
    identity = Identity.objects.filter(pk=identity_id).first()
    if identity is None:
        raise IdentityUnknown()
    BlockedPerson.objects.get_or_create(
        person_key=identity.person_key,
        defaults={"number_masked": identity.number_masked, "reason": reason[:120], "blocked_at": now},
    )
