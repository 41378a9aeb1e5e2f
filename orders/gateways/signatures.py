"""RSA-SHA256 signatures as payment providers use them, over requests, answers and call-backs."""

import base64
import binascii
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256


def request_text(*, method: str, path: str, timestamp: int, nonce: str, body: bytes) -> bytes:
    """What the signature of a request covers. `path` begins after the provider's base address."""
    return f"{method}\n{path}\n{timestamp}\n{nonce}\n".encode() + body + b"\n"


def message_text(*, timestamp: str, nonce: str, body: bytes) -> bytes:
    """What the signature of an answer or a call-back covers."""
    return f"{timestamp}\n{nonce}\n".encode() + body + b"\n"


def sign(private_key, text: bytes) -> str:
    return base64.b64encode(private_key.sign(text, padding.PKCS1v15(), SHA256())).decode()


def is_signed(public_key, text: bytes, signature: str) -> bool:
    """Did the owner of this key sign this text?"""
    try:
        public_key.verify(base64.b64decode(signature, validate=True), text, padding.PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def instant_of(timestamp: str) -> datetime | None:
    """The instant of a timestamp in whole seconds; None when it is no such thing."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
        return None
    return datetime.fromtimestamp(int(timestamp), UTC)
