"""Pictures of signatures, drawn on a courier's screen, kept under the hash of their bytes."""

import base64
import binascii
import io

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from fulfillment.services import pictures
from omnichannel.kernel.errors import Invalid

FOLDER, ENDING = "signatures", "png"
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
    return pictures.keep(raw, folder=FOLDER, ending=ENDING)


def path_of(digest: str) -> str:
    return pictures.path_of(digest, folder=FOLDER, ending=ENDING)


def read(digest: str) -> bytes | None:
    """The picture as it lies there, or None when it is missing."""
    return pictures.read(digest, folder=FOLDER, ending=ENDING)


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
