"""The RSA keys between us and the provider, as PEM files in settings.UNIPAY_KEYS.

merchant_private.pem and provider_public.pem are ours to hold; a demo installation plays both sides and
makes all four files when they are missing.
"""

import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BITS = 2048


def private_key(owner: str):
    """The signing key of "merchant" or "provider"."""
    return _private(settings.UNIPAY_KEYS, owner)


def public_key(owner: str):
    return _public(settings.UNIPAY_KEYS, owner)


@cache
def _private(folder: Path, owner: str):
    return serialization.load_pem_private_key(_pem(folder, f"{owner}_private.pem"), password=None)


@cache
def _public(folder: Path, owner: str):
    return serialization.load_pem_public_key(_pem(folder, f"{owner}_public.pem"))


def _pem(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.exists():
        if not settings.DEMO:
            raise ImproperlyConfigured(f"UNIPAY_KEYS: {path} is missing.")
        _make_pair(folder, name.partition("_")[0])
    return path.read_bytes()


def _make_pair(folder: Path, owner: str) -> None:
    """Make a key pair once: of processes that try together, the first wins and all read its files."""
    folder.mkdir(parents=True, exist_ok=True)
    private = folder / f"{owner}_private.pem"
    if not private.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write_once(private, pem)
    winner = serialization.load_pem_private_key(private.read_bytes(), password=None)
    pem = winner.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _write_once(folder / f"{owner}_public.pem", pem)


def _write_once(path: Path, content: bytes) -> None:
    """Put a whole file at `path` unless one is there; readers never see half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.link(temporary, path)
    except FileExistsError:
        pass  # another process was first, its file is as good
    finally:
        os.unlink(temporary)
