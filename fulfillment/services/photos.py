"""Photos at the door: decoded, made smaller, written anew without camera data, kept under their hash."""

import base64
import binascii
import io
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from fulfillment.models import DeliveryPhoto, PhotoKind
from fulfillment.services import pictures
from fulfillment.services.doors import StepOrder, must_go_on, parcel_at_door, readable
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid, NotFound

FOLDER, ENDING = "evidence", "jpg"
FORMATS = ["JPEG", "PNG", "WEBP"]
QUALITY = 82


class PhotoInvalid(Invalid):
    code = "photo_invalid"
    message = _("This is not a picture that can be read. Take it again.")


class PhotoTooLarge(Invalid):
    code = "photo_too_large"
    message = _("The picture is too large. Take it with a lower resolution.")


class PhotosFull(DomainError):
    code = "photos_full"
    message = _("%(most)s photos are kept of a parcel; there is no room for another.")


class PhotoUnknown(NotFound):
    code = "photo_unknown"
    message = _("There is no such photo of this parcel.")


@transaction.atomic
def add(*, actor: Actor, code: str, raw: bytes, kind: str, now: datetime) -> DeliveryPhoto:
    """Keep a photo while the courier is at the door; the same picture twice is one.

    Raises PhotoInvalid, PhotoTooLarge, PhotosFull, ParcelUnknown, StepOrder before arrival and after the end.
    """
    delivery = parcel_at_door(actor, code)
    must_go_on(delivery)
    if not delivery.arrived_at or kind not in PhotoKind.values:
        raise StepOrder()
    jpeg, (width, height) = cleaned(raw)
    digest = pictures.keep(jpeg, folder=FOLDER, ending=ENDING)
    known = DeliveryPhoto.objects.filter(fulfillment=delivery.fulfillment)
    if found := known.filter(sha256=digest).first():
        return found
    if known.count() >= settings.DELIVERY_MOST_PHOTOS:
        raise PhotosFull(most=settings.DELIVERY_MOST_PHOTOS)
    return DeliveryPhoto.objects.create(
        fulfillment=delivery.fulfillment,
        kind=kind,
        sha256=digest,
        width=width,
        height=height,
        size=len(jpeg),
        at=now,
        by=actor.label[:80],
    )


def cleaned(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    """A JPEG of the picture, upright, at most the set number of pixels a side, with nothing else in it.

    Raises PhotoInvalid, PhotoTooLarge.
    """
    if len(raw) > settings.DELIVERY_PHOTO_MOST_BYTES:
        raise PhotoTooLarge(field="photo")
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
            if picture.width * picture.height > settings.DELIVERY_PHOTO_MOST_MEGAPIXELS * 1_000_000:
                raise PhotoTooLarge(field="photo")
            picture.draft("RGB", (settings.DELIVERY_PHOTO_SIDE, settings.DELIVERY_PHOTO_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise PhotoInvalid(field="photo")
    upright.thumbnail((settings.DELIVERY_PHOTO_SIDE, settings.DELIVERY_PHOTO_SIDE))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue(), bare.size


def bytes_of(text: str) -> bytes:
    """The bytes of a base64 data URL of a picture. Raises PhotoInvalid, PhotoTooLarge."""
    head, _comma, body = text.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        raise PhotoInvalid(field="photo")
    if len(body) > settings.DELIVERY_PHOTO_MOST_BYTES * 4 // 3 + 4:
        raise PhotoTooLarge(field="photo")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error:
        raise PhotoInvalid(field="photo")


def of_parcel(*, actor: Actor, code: str, digest: str) -> bytes:
    """The JPEG, for the courier who took it and colleagues. Raises ParcelUnknown, PhotoUnknown."""
    delivery = readable(actor, code)
    known = DeliveryPhoto.objects.filter(fulfillment=delivery.fulfillment, sha256=digest).exists()
    raw = pictures.read(digest, folder=FOLDER, ending=ENDING) if known else None
    if raw is None:
        raise PhotoUnknown()
    return raw
