"""How the plain key of a channel's system becomes what is kept of it."""

import hashlib


def key_hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
