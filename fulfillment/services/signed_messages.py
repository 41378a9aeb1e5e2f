"""What stands in a message that another system signed: one JSON object of a sensible size."""

import json

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid


class MessageMalformed(Invalid):
    code = "malformed"
    message = _("The message cannot be read.")


def content_of(body: bytes, *, largest: int) -> dict:
    """The object in at most `largest` bytes. Raises MessageMalformed."""
    if len(body) > largest:
        raise MessageMalformed()
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise MessageMalformed()
    if not isinstance(content, dict):
        raise MessageMalformed()
    return content
