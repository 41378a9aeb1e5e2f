"""Personal data at rest: AES-256-GCM per field with a key id, a keyed hash to look a value up."""

import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def encrypt(plain: str, *, context: str) -> str:
    """'<key id>:<hex of nonce and ciphertext>'. `context` binds the value to its field."""
    key_id, key = list(settings.FIELD_KEYS.items())[-1]
    nonce = os.urandom(12)
    return f"{key_id}:{(nonce + AESGCM(key).encrypt(nonce, plain.encode(), context.encode())).hex()}"


def decrypt(stored: str, *, context: str) -> str:
    """The plain value; raises cryptography's InvalidTag when value or context was tampered with."""
    key_id, _, body = stored.partition(":")
    raw = bytes.fromhex(body)
    return AESGCM(settings.FIELD_KEYS[key_id]).decrypt(raw[:12], raw[12:], context.encode()).decode()


def lookup(plain: str, *, context: str) -> str:
    """A keyed hash by which equal values are found without decrypting; 64 hex digits."""
    return hashlib.blake2b(
        f"{context}\0{plain}".encode(), key=settings.LOOKUP_KEY, digest_size=32
    ).hexdigest()


def mask_name(name: str) -> str:
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def mask_tail(value: str, *, head: int = 3, tail: int = 4) -> str:
    """139****5678 for a phone, 110***********1234 for an ID number."""
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[-tail:]
