"""Real-name verification. Plain values are encrypted; each reading of them leaves a line."""

import hmac
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members import identity_numbers
from members.actors import Actor
from members.models import BlockedPerson, Identity, IdentityCheck, IdentityReading
from members.values import IdentityRef
from omnichannel.kernel import clock, limits
from omnichannel.kernel.errors import DomainError, NotFound
from omnichannel.kernel.secrets import decrypt, encrypt, lookup, mask_name, mask_tail

from .membership import NameInvalid, cleaned_name

NAME, NUMBER, PERSON = "identity.name", "identity.number", "identity.person"
CHECKS = {"most": 10, "seconds": 3600}


class IdentityBlocked(DomainError):
    code = "identity_blocked"
    message = _("No account can be opened with this ID. Please visit a store.")


class IdentityUnknown(NotFound):
    code = "identity_unknown"
    message = _("We do not know this identity.")


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
    identity = _recorded(identity_id, reader=actor.label, purpose=purpose, now=now)
    return decrypt(identity.name, context=NAME), decrypt(identity.number, context=NUMBER)


@transaction.atomic
def identity_matches(
    identity_id: int,
    name: str | None = None,
    id_tail: str | None = None,
    *,
    reader: str = "system",
    purpose: str = "match",
    now: datetime | None = None,
) -> bool:
    """Do the given name and the last characters of the ID number (four at least) belong to this identity?

    What is not given is not compared; nothing given is no match. Raises IdentityUnknown.
    """
    identity = _recorded(identity_id, reader=reader, purpose=purpose, now=now or clock.now())
    answers = []
    if name is not None:
        answers.append(_equal(decrypt(identity.name, context=NAME), name.strip()))
    if id_tail is not None:
        tail = id_tail.strip().upper()
        number = decrypt(identity.number, context=NUMBER)
        answers.append(len(tail) >= 4 and _equal(number[-len(tail) :], tail))
    return bool(answers) and all(answers)


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _recorded(identity_id: int, *, reader: str, purpose: str, now: datetime) -> Identity:
    identity = Identity.objects.filter(pk=identity_id).first()
    if identity is None:
        raise IdentityUnknown()
    IdentityReading.objects.create(identity=identity, reader=reader[:80], purpose=purpose[:80], read_at=now)
    return identity


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
