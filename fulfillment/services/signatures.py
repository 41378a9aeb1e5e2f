"""Pictures of signatures, drawn on a courier's screen, kept under the hash of their bytes."""

import base64
import binascii
import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from omnichannel.kernel.errors import Invalid

PREFIX = "data:image/png;base64,"
LARGEST_BYTES = 200_000
LARGEST_SIDE = 4000


class SignatureInvalid(Invalid):
    code = "signature_invalid"
    message = _("The signature could not be read. Please sign again.")


class SignatureEmpty(Invalid):
    code = "signature_missing"
    message = _("The signature is missing. Please sign in the box.")


class SignatureTooLarge(Invalid):
    code = "signature_too_large"
    message = _("The signature is too large. Please sign again.")


def keep(data_url: str) -> str:
    """Store a PNG data URL and return the SHA-256 of its bytes; the same picture is stored once.

    Raises SignatureEmpty, SignatureInvalid, SignatureTooLarge.
    """
    raw = _bytes_of(data_url)
    _check_drawing(raw)
    digest = hashlib.sha256(raw).hexdigest()
    if not default_storage.exists(path_of(digest)):
        default_storage.save(path_of(digest), ContentFile(raw))
    return digest


def path_of(digest: str) -> str:
    return f"signatures/{digest[:2]}/{digest}.png"


def read(digest: str) -> bytes | None:
    """The picture, or None when it is missing or its bytes are no longer those that were signed."""
    if not default_storage.exists(path_of(digest)):
        return None
    with default_storage.open(path_of(digest)) as stored:
        raw = stored.read()
    return raw if hashlib.sha256(raw).hexdigest() == digest else None


def _bytes_of(data_url: str) -> bytes:
    if not data_url:
        raise SignatureEmpty(field="signature")
    if len(data_url) > LARGEST_BYTES * 4 // 3 + len(PREFIX) + 4:
        raise SignatureTooLarge(field="signature")
    if not data_url.startswith(PREFIX):
        raise SignatureInvalid(field="signature")
    try:
        return base64.b64decode(data_url.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise SignatureInvalid(field="signature")


def _check_drawing(raw: bytes) -> None:
    """A PNG of sensible size with at least one stroke on it."""
    try:
        with Image.open(io.BytesIO(raw), formats=["PNG"]) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise SignatureTooLarge(field="signature")
            extremes = picture.convert("RGBA").getextrema()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise SignatureInvalid(field="signature")
    if all(low == high for low, high in extremes):
        raise SignatureEmpty(field="signature")
