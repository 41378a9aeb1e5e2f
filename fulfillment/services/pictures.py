"""Pictures kept under the hash of their bytes, outside of what a web server may serve."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep(raw: bytes, *, folder: str, ending: str) -> str:
    """Store the bytes once; returns their SHA-256."""
    digest = hashlib.sha256(raw).hexdigest()
    path = path_of(digest, folder=folder, ending=ending)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(raw))
    return digest


def path_of(digest: str, *, folder: str, ending: str) -> str:
    return f"{folder}/{digest[:2]}/{digest}.{ending}"


def read(digest: str, *, folder: str, ending: str) -> bytes | None:
    """The bytes as they lie there, whatever they have become; None when there are none."""
    path = path_of(digest, folder=folder, ending=ending)
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as stored:
        return stored.read()


def is_whole(digest: str, raw: bytes | None) -> bool:
    return raw is not None and hashlib.sha256(raw).hexdigest() == digest
