"""Steps that a phone kept: done once, answered alike, with their age; refusals in JSON with a code."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fulfillment.models import (
    CourierPosition,
    Delivery,
    DeliveryPhoto,
    DoorVisit,
    IdentityCheck,
    RefusedUnits,
)
from tests.fulfillment.house import CASE, ID_NAME, SIM, id_number
from tests.fulfillment.test_courier_pages import handed, phone, step  # noqa: F401  (fixtures)
from tests.fulfillment.test_delivery import drawn
from tests.fulfillment.test_photos import picture

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def send(phone):  # noqa: F811
    """send(fo, "arrive", key="k1", …): as the phone's queue does it."""

    def post(fo, act, *, key="k1", **values):
        path = f"/courier/{fo.code}/{act}/" if fo else f"/courier/{act}/"
        return phone.post(path, values, headers={"Idempotency-Key": key})

    return post


def test_the_same_key_is_done_once_and_answered_alike(send, handed):  # noqa: F811
    fo = handed()
    first, second = send(fo, "arrive", age="0"), send(fo, "arrive", age="300")
    assert (first.status_code, first.json()["next_step"], first.json()["replayed"]) == (200, "sign", False)
    assert second.json() == first.json() | {"replayed": True}
    assert DoorVisit.objects.count() == 1


def test_a_key_used_for_something_else_is_refused(send, handed):  # noqa: F811
    fo = handed()
    send(fo, "arrive", position="refused")
    answer = send(fo, "arrive", position="unavailable")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")


def test_a_step_counts_from_when_it_was_made(send, handed, house, settings):  # noqa: F811
    fo, older = handed(), handed()
    send(fo, "arrive", key="a", age="1800")
    visit = DoorVisit.objects.get()
    assert (visit.arrived_at, visit.recorded_at) == (house.now - timedelta(minutes=30), house.now)
    send(fo, "sign", key="b", signature=drawn(), age="600")
    assert Delivery.objects.get(fulfillment=fo).finished_at == house.now - timedelta(minutes=10)
    send(older, "arrive", key="c", age="99999999")
    longest = timedelta(hours=settings.COURIER_SENT_LATER_HOURS)
    assert DoorVisit.objects.get(delivery__fulfillment=older).arrived_at == house.now - longest


def test_a_wrong_identity_is_counted_once_though_it_is_sent_again(send, handed):  # noqa: F811
    fo = handed((SIM, 1))
    send(fo, "arrive", key="a")
    for _ in range(3):
        answer = send(fo, "identity", key="b", name="王明", id_tail="0000")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "identity_differs")
        assert answer.json()["error"]["left"] == 4
    assert IdentityCheck.objects.count() == 1
    done = send(fo, "identity", key="c", name=ID_NAME, id_tail=id_number()[-4:])
    assert done.json()["next_step"] == "sign"


def test_a_refusal_leaves_nothing_and_the_key_may_come_again(send, handed):  # noqa: F811
    fo = handed()
    early = send(fo, "sign", key="s", signature=drawn())
    assert (early.status_code, early.json()["error"]["code"]) == (409, "delivery_step_order")
    send(fo, "arrive", key="a")
    assert send(fo, "sign", key="s", signature=drawn()).json()["state"] == "delivered"


def test_another_couriers_parcel_and_a_signed_out_phone(send, handed, house, client):  # noqa: F811
    fo = handed(courier=house.star)
    foreign = send(fo, "arrive")
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "parcel_unknown")
    scanned = send(None, "load", code=fo.code)
    assert (scanned.status_code, scanned.json()["error"]["code"]) == (404, "parcel_unknown")
    client.logout()
    out = send(fo, "arrive", key="x")
    assert (out.status_code, out.json()["error"]["code"]) == (401, "signed_out")
    assert client.post(f"/courier/{fo.code}/arrive/").status_code == 302


def test_a_scanned_parcel_is_loaded(send, handed):  # noqa: F811
    fo, other = handed(), handed()
    assert send(None, "load", code=fo.code.lower()).json()["loaded"] == 1
    assert Delivery.objects.get(fulfillment=other).loaded_at is None


def test_a_photo_by_form_and_by_queue(phone, send, handed):  # noqa: F811
    fo = handed()
    step(phone, fo, "arrive")
    upload = SimpleUploadedFile("door.jpg", picture((50, 40)), "image/jpeg")
    assert step(phone, fo, "photo", photo=upload, kind="place").status_code == 302
    kept = DeliveryPhoto.objects.get()
    shown = phone.get(f"/courier/{fo.code}/photos/{kept.sha256}/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    nothing = send(fo, "photo", photo="data:image/png;base64,AAAA", kind="place")
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (400, "photo_invalid")
    assert step(phone, fo, "photo", kind="place").status_code == 422


def test_a_part_by_form(phone, handed):  # noqa: F811
    fo = handed((CASE, 3), cod_fen=3000)
    line = fo.lines.get().pk
    step(phone, fo, "arrive")
    for wrong in ("x", "-1", "4", "1.5"):
        answer = step(phone, fo, "part", **{f"taken-{line}": wrong, "reason": "damaged"})
        assert (answer.status_code, "part_invalid" in answer.content.decode()) == (422, True)
    assert step(phone, fo, "part", **{f"taken-{line}": "1", "reason": "damaged"}).status_code == 302
    assert RefusedUnits.objects.get().quantity == 2
    assert "A part goes back" in phone.get(f"/courier/{fo.code}/").content.decode()


def test_another_day_by_form(phone, handed, house):  # noqa: F811
    fo = handed()
    day = (house.now + timedelta(days=1)).date().isoformat()
    assert step(phone, fo, "again", reason="unreachable", next_on="soon").status_code == 422
    assert step(phone, fo, "again", reason="unreachable", next_on=day).status_code == 302
    page = phone.get("/courier/").content.decode()
    assert "1 parcel is due on a later day" in page


def test_a_position_that_makes_no_sense_is_none(phone, handed):  # noqa: F811
    for number, place in enumerate(({"latitude": "north"}, {"latitude": "999"}, {})):
        fo = handed()
        values = {"position": "fixed", "latitude": "31.2", "longitude": "121.4", "accuracy": "20"} | place
        step(phone, fo, "arrive", **values)
        visit = DoorVisit.objects.get(delivery__fulfillment=fo)
        assert visit.position == ("fixed" if number == 2 else "unavailable")


def test_the_place_is_shared_and_no_longer(phone, house):  # noqa: F811
    place = {"position": "fixed", "latitude": "31.2", "longitude": "121.4", "accuracy": "20"}
    assert phone.post("/courier/position/", place).status_code == 204
    assert CourierPosition.objects.get().latitude == 31.2
    phone.post("/courier/position/", {"position": ""})
    assert not CourierPosition.objects.exists()


def test_the_worker_answers_for_the_courier_pages_only(client):
    answer = client.get("/courier/worker.js")
    assert (answer.status_code, answer["Service-Worker-Allowed"]) == (200, "/courier/")
    text = answer.content.decode()
    assert text.startswith("const VERSION = '")
    assert "const FALLBACK = '/courier/offline/'" in text
    assert client.get("/courier/offline/").status_code == 200
