"""Photos at the door: small, upright, free of camera data, and only for those who may see them."""

import base64
import io

import pytest
from PIL import Image

from fulfillment.models import DeliveryPhoto
from fulfillment.services import delivery, doors, photos
from tests.fulfillment.test_delivery import at_door, do, drawn, on_the_way  # noqa: F401

pytestmark = pytest.mark.usefixtures("media")
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(size=(3200, 1200), form="JPEG", **exif) -> bytes:
    made = Image.new("RGB", size, (200, 180, 40))
    data = Image.Exif()
    data[ORIENTATION], data[MAKER] = 6, "Secret Camera"
    data.get_ifd(GPS)[2] = (31.0, 14.0, 6.5)
    buffer = io.BytesIO()
    made.save(buffer, form, **({"exif": data} if form == "JPEG" else {}))
    return buffer.getvalue()


def test_it_is_kept_small_upright_and_without_camera_data(at_door, do, swift_courier):  # noqa: F811
    fo = at_door()
    kept = do(photos.add, fo, raw=picture(), kind="place")
    again = do(photos.add, fo, raw=picture(), kind="place")
    assert kept.pk == again.pk
    raw = photos.of_parcel(actor=swift_courier, code=fo.code, digest=kept.sha256)
    with Image.open(io.BytesIO(raw)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (600, 1600), {})
    assert b"Secret Camera" not in raw
    assert (kept.width, kept.height, kept.size) == (600, 1600, len(raw))


def test_what_is_no_photo(at_door, do, settings):  # noqa: F811
    fo = at_door()
    for raw in (b"", b"GIF89a not really", b"<svg onload='x'/>", picture()[:200]):
        with pytest.raises(photos.PhotoInvalid):
            do(photos.add, fo, raw=raw, kind="place")
    settings.DELIVERY_PHOTO_MOST_MEGAPIXELS = 1
    with pytest.raises(photos.PhotoTooLarge):
        do(photos.add, fo, raw=picture(), kind="place")
    settings.DELIVERY_PHOTO_MOST_BYTES = 100
    with pytest.raises(photos.PhotoTooLarge):
        do(photos.add, fo, raw=picture((20, 20)), kind="place")
    assert not DeliveryPhoto.objects.exists()


def test_a_data_url_is_a_picture_or_nothing():
    raw = picture((20, 20), "PNG")
    assert photos.bytes_of("data:image/png;base64," + base64.b64encode(raw).decode()) == raw
    for text in ("", "data:text/html;base64,AAAA", "data:image/png;base64,***", "data:image/png,AAAA"):
        with pytest.raises(photos.PhotoInvalid):
            photos.bytes_of(text)


def test_at_the_door_only_and_only_so_many(on_the_way, do, settings):  # noqa: F811
    settings.DELIVERY_MOST_PHOTOS = 2
    fo = on_the_way()
    with pytest.raises(doors.StepOrder):
        do(photos.add, fo, raw=picture((30, 30)), kind="place")
    do(delivery.arrive, fo)
    with pytest.raises(doors.StepOrder):
        do(photos.add, fo, raw=picture((30, 30)), kind="selfie")
    for side in (30, 40):
        do(photos.add, fo, raw=picture((side, side)), kind="place")
    with pytest.raises(photos.PhotosFull):
        do(photos.add, fo, raw=picture((50, 50)), kind="place")
    do(delivery.sign, fo, signature=drawn())
    with pytest.raises(doors.StepOrder):
        do(photos.add, fo, raw=picture((60, 60)), kind="place")


def test_another_courier_and_another_parcel_see_nothing(at_door, do, house, swift_courier):  # noqa: F811
    fo, other = at_door(), at_door()
    kept = do(photos.add, fo, raw=picture((30, 30)), kind="damage")
    with pytest.raises(doors.ParcelUnknown):
        photos.of_parcel(actor=house.staff("courier", house.star), code=fo.code, digest=kept.sha256)
    with pytest.raises(photos.PhotoUnknown):
        photos.of_parcel(actor=swift_courier, code=other.code, digest=kept.sha256)
