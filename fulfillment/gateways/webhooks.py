"""Signatures of messages between systems: HMAC-SHA256 over `id.timestamp.body`, base64, as `v1,…`."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

TOLERANCE = timedelta(minutes=5)


def sign(secret: str, *, message_id: str, stamp: str, body: bytes) -> str:
    """The value of the header webhook-signature."""
    message = f"{message_id}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest()).decode()


def headers_for(secret: str, *, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(secret, message_id=message_id, stamp=stamp, body=body),
    }


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    """Signed with the secret within the last five minutes; never so without a secret."""
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not secret or not message_id or not (stamp.isascii() and stamp.isdigit()) or len(stamp) > 12:
        return False
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > TOLERANCE:
        return False
    wanted = sign(secret, message_id=message_id, stamp=stamp, body=body).encode()
    given = headers.get("webhook-signature", "").encode("latin-1", "replace").split()
    return any(hmac.compare_digest(wanted, each) for each in given)
