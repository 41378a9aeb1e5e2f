"""Signed web hooks of courier companies: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks say."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import CourierFeed
from members.queries import institution_by_code
from omnichannel.kernel.errors import DomainError

from .signed_messages import content_of

TOLERANCE = timedelta(minutes=5)
SCHEME = "v1"
LARGEST_BODY = 16 * 1024
LONGEST_ID = 80


class SignatureInvalid(DomainError):
    code = "signature_invalid"
    status = 401
    message = _("The signature is not the courier's.")


class TimestampStale(SignatureInvalid):
    code = "timestamp_stale"
    message = _("The message was signed more than five minutes ago.")


@dataclass(frozen=True)
class Signed:
    """A message whose sender is certain. `body` is the JSON object as it was signed."""

    courier_id: int
    event_id: str
    body: dict
    body_hash: str


def read(*, headers: Mapping[str, str], body: bytes, now: datetime) -> Signed:
    """The message, when the courier it names signed it just now.

    Raises MessageMalformed, SignatureInvalid (for an unknown courier too), TimestampStale.
    """
    content = content_of(body, largest=LARGEST_BODY)
    courier = str(content.get("courier", "")).replace("\0", "")
    feed = CourierFeed.objects.filter(courier__code=courier, is_active=True).first()
    event_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if feed is None or not 0 < len(event_id) <= LONGEST_ID or not (stamp.isascii() and stamp.isdigit()):
        raise SignatureInvalid()
    wanted = sign(feed.secret, event_id=event_id, stamp=stamp, body=body)
    given = headers.get("webhook-signature", "").encode("latin-1", "replace").split()
    if not any(hmac.compare_digest(wanted.encode(), each) for each in given):
        raise SignatureInvalid()
    if len(stamp) > 12 or abs(now - datetime.fromtimestamp(int(stamp), UTC)) > TOLERANCE:
        raise TimestampStale()
    return Signed(feed.courier_id, event_id, content, hashlib.sha256(body).hexdigest())


def sign(secret: str, *, event_id: str, stamp: str, body: bytes) -> str:
    """The value of the header webhook-signature."""
    message = f"{event_id}.{stamp}.".encode() + body
    digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()
    return f"{SCHEME},{base64.b64encode(digest).decode()}"


@transaction.atomic
def new_secret(*, courier_code: str, now: datetime, secret: str = "") -> str:
    """Give a courier company a (new) secret and open its feed; returns it, which nobody can read later.

    Raises InstitutionUnknown.
    """
    secret = secret or secrets.token_urlsafe(32)
    CourierFeed.objects.update_or_create(
        courier_id=institution_by_code(courier_code).id,
        defaults={"sealed": CourierFeed.seal(secret), "is_active": True, "changed_at": now},
    )
    return secret
