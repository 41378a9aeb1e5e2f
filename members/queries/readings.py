"""Looking at plain identity values; each look leaves its line in the readings."""

import hmac
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import Identity, IdentityReading
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotFound
from omnichannel.kernel.secrets import decrypt

NAME, NUMBER = "identity.name", "identity.number"


class IdentityUnknown(NotFound):
    code = "identity_unknown"
    message = _("We do not know this identity.")


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
    identity = recorded(identity_id, reader=reader, purpose=purpose, now=now or clock.now())
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


def recorded(identity_id: int, *, reader: str, purpose: str, now: datetime) -> Identity:
    identity = Identity.objects.filter(pk=identity_id).first()
    if identity is None:
        raise IdentityUnknown()
    IdentityReading.objects.create(identity=identity, reader=reader[:80], purpose=purpose[:80], read_at=now)
    return identity
