"""Channel keys: shown once when issued, kept as a hash."""

import secrets as random

from django.db import transaction

from members.actors import Actor
from members.channel_keys import key_hash
from members.channels import Channel
from members.models import ChannelKey, Institution
from omnichannel.kernel.errors import NotAllowed

from .institutions import must_run


@transaction.atomic
def issue(*, name: str, channel: str, institution_id: int, actor: Actor) -> tuple[ChannelKey, str]:
    """A new key for a channel's system and its plain text, which nobody can see again. Raises NotAllowed."""
    institution = Institution.objects.get(pk=institution_id)
    must_run(actor, institution.path)
    prefix = f"htk_{random.token_hex(4)}"
    plain = f"{prefix}_{random.token_urlsafe(32)}"
    key = ChannelKey.objects.create(
        name=name,
        channel=Channel(channel).value,
        institution=institution,
        prefix=prefix,
        key_hash=key_hash(plain),
    )
    return key, plain


@transaction.atomic
def revoke(*, key_id: int, actor: Actor) -> None:
    """End a key at once. Raises NotAllowed."""
    key = ChannelKey.objects.select_related("institution").filter(pk=key_id).first()
    if key is None:
        raise NotAllowed()
    must_run(actor, key.institution.path)
    ChannelKey.objects.filter(pk=key_id).update(is_active=False)
