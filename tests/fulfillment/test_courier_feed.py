"""The web hook of outside couriers: signed, in any order, twice, for a stranger's parcel, forged."""

from datetime import timedelta
from itertools import permutations

import pytest
from rest_framework.test import APIClient

from fulfillment.models import CourierEvent, CourierFeed, Delivery, FulfillmentEvent, FulfillmentOrder
from fulfillment.queries import tracking
from fulfillment.services import courier_feed, feed_signatures
from fulfillment.simulator.courier import Message, message
from members.actors import NotAllowed
from tests.fulfillment.house import CASE, SIM
from tests.fulfillment.test_delivery import on_the_way  # noqa: F401

pytestmark = pytest.mark.usefixtures("media")
SECRET = "whsec-test"


@pytest.fixture(autouse=True)
def feed(house):
    for courier in (house.swift, house.star):
        feed_signatures.new_secret(courier_code=courier.code, secret=SECRET + courier.code, now=house.now)


@pytest.fixture
def event(house):
    """event("delivered", fo, hours=-1): a message as Swift would sign it."""

    def make(kind, fo, *, hours=0, courier="cr-swift", id="", **more) -> Message:
        at = house.now + timedelta(hours=hours)
        parcel = fo if isinstance(fo, str) else fo.code
        told = {"courier": courier, "parcel": parcel, "kind": kind, "occurred_at": at.isoformat()} | more
        return message(told, now=house.now, event_id=id or f"evt-{kind}-{hours}")

    return make


def post(sent: Message, **headers):
    given = sent.headers | headers
    extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in given.items()}
    return APIClient().post("/api/v1/courier-events", sent.body, content_type="application/json", **extra)


def code(answer) -> str:
    return answer.json()["error"]["code"]


def standing(fo) -> tuple:
    """Everything that must not depend on the order of arrival."""
    fo = FulfillmentOrder.objects.get(pk=fo.pk)
    row = Delivery.objects.get(fulfillment=fo)
    story = tracking.of_parcel(fo.code, exact=False, now=row.manifest.opened_at).events
    told = [(each.title, each.at, each.text) for each in story if each.at]
    return fo.state, row.visit, row.due_on, row.finished_at, row.cod_collected_fen, told


def way(event, fo):
    place = {"name": "昆山分拨中心", "latitude": 31.38, "longitude": 120.98}
    return [
        event("picked_up", fo, hours=-30, place=place),
        event("out_for_delivery", fo, hours=-26),
        event("attempt_failed", fo, hours=-25, next_on="2026-11-22"),
        event("out_for_delivery", fo, hours=-2),
        event("delivered", fo, hours=-1, signed_by="林晓"),
    ]


def test_a_signed_event_moves_the_parcel(on_the_way, event):  # noqa: F811
    fo = on_the_way()
    answer = post(event("out_for_delivery", fo, hours=-1))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "applied")
    assert standing(fo)[0] == "out_for_delivery"


def test_every_order_of_arrival_ends_the_same(on_the_way, event):  # noqa: F811
    ends = set()
    for order in permutations(range(5)):
        if order[0] == 4 or order in ((0, 1, 2, 3, 4), (3, 2, 1, 0, 4), (2, 4, 0, 1, 3), (1, 3, 4, 2, 0)):
            fo = on_the_way()
            sent = [event_of(event, fo, place) for place in range(5)]
            for place in order:
                assert post(sent[place]).status_code == 200
            post(sent[order[0]])
            ends.add(repr(standing(fo)))
    assert len(ends) == 1, "\n".join(sorted(ends))
    assert "delivered" in ends.pop()


def event_of(event, fo, place):
    """The place-th event of a way, with an id of its own parcel."""
    sent = way(lambda kind, fo, **more: event(kind, fo, id=f"{fo.code}-{kind}-{more['hours']}", **more), fo)
    return sent[place]


def test_the_same_again_is_done_once_and_answered_alike(on_the_way, event):  # noqa: F811
    fo = on_the_way()
    sent = event("delivered", fo, hours=-1)
    first, second = post(sent).json(), post(sent).json()
    assert (first["outcome"], first["times_received"]) == ("applied", 1)
    assert (second["outcome"], second["times_received"]) == ("applied", 2)
    assert FulfillmentEvent.objects.filter(fulfillment=fo, state="delivered").count() == 1


def test_an_id_used_for_something_else_is_refused(on_the_way, event):  # noqa: F811
    fo = on_the_way()
    post(event("out_for_delivery", fo, id="evt-1"))
    answer = post(event("delivered", fo, id="evt-1"))
    assert (answer.status_code, code(answer)) == (422, "event_id_reused")


def test_an_unknown_parcel_is_kept_and_taken_up_when_it_is_known(on_the_way, event):  # noqa: F811
    sent = event("picked_up", "HT-LATER-1", id="evt-early")
    answer = post(sent)
    assert (answer.status_code, code(answer)) == (404, "parcel_unknown")
    assert CourierEvent.objects.to_look_at().get().event_id == "evt-early"
    fo = on_the_way()
    FulfillmentOrder.objects.filter(pk=fo.pk).update(code="HT-LATER-1")
    assert post(sent).status_code == 200
    assert not CourierEvent.objects.to_look_at().exists()


def test_a_parcel_of_another_courier_looks_unknown(on_the_way, event, house):  # noqa: F811
    fo = on_the_way()
    answer = post(event("delivered", fo, courier="cr-star"))
    assert (answer.status_code, code(answer)) == (404, "parcel_unknown")
    assert standing(fo)[0] == "handed_over"
    assert CourierEvent.objects.get().fulfillment is None


@pytest.mark.parametrize(
    ("lines", "cod_fen", "more", "refusal"),
    [
        ([(CASE, 1)], 5000, {"cod_fen": 4900}, "cod_differs"),
        ([(CASE, 1)], 5000, {}, "cod_differs"),
        ([(SIM, 1)], 0, {}, "identity_missing"),
    ],
)
def test_a_delivery_that_cannot_be_is_kept_for_a_look(on_the_way, event, lines, cod_fen, more, refusal):  # noqa: F811
    fo = on_the_way(*lines, cod_fen=cod_fen)
    answer = post(event("delivered", fo, **more))
    assert (answer.status_code, code(answer)) == (409, refusal)
    assert CourierEvent.objects.to_look_at().get().refusal == refusal
    assert standing(fo)[0] == "handed_over"


def test_cash_and_identity_as_they_should_be(on_the_way, event):  # noqa: F811
    fo = on_the_way((SIM, 1), cod_fen=5900)
    assert post(event("delivered", fo, cod_fen=5900, identity_checked=True)).status_code == 200
    assert standing(fo)[4] == 5900


def test_a_second_and_other_end_is_a_conflict(on_the_way, event):  # noqa: F811
    fo = on_the_way()
    post(event("refused", fo, hours=-2, reason="damaged"))
    answer = post(event("delivered", fo, hours=-1))
    assert (answer.status_code, code(answer)) == (409, "parcel_ended")
    assert standing(fo)[0] == "refused"


def test_forged_stale_and_unsigned_messages_do_nothing(on_the_way, event, house):  # noqa: F811
    fo = on_the_way()
    good = event("delivered", fo)
    told = {"courier": "cr-swift", "parcel": fo.code, "kind": "delivered"}
    told["occurred_at"] = house.now.isoformat()
    old = message(told, now=house.now - timedelta(minutes=6))
    new = message(told, now=house.now + timedelta(minutes=6))
    cases = [
        (message(told, now=house.now, secret="guess"), {}, "signature_invalid"),
        (good, {"webhook-id": "another"}, "signature_invalid"),
        (good, {"webhook-timestamp": "1"}, "signature_invalid"),
        (good, {"webhook-signature": "v1,"}, "signature_invalid"),
        (good, {"webhook-signature": ""}, "signature_invalid"),
        (Message(good.headers, good.body + b" "), {}, "signature_invalid"),
        (old, {}, "timestamp_stale"),
        (new, {}, "timestamp_stale"),
    ]
    for sent, headers, refusal in cases:
        answer = post(sent, **headers)
        assert (answer.status_code, code(answer)) == (401, refusal)
    CourierFeed.objects.update(is_active=False)
    assert post(good).status_code == 401
    assert not CourierEvent.objects.exists()


def test_an_old_and_a_new_signature_side_by_side_are_fine(on_the_way, event):  # noqa: F811
    sent = event("out_for_delivery", on_the_way())
    both = "v1,AAAA " + sent.headers["webhook-signature"]
    assert post(sent, **{"webhook-signature": both}).status_code == 200


def test_what_cannot_be_read(event, house):
    for body in (b"", b"[]", b"{", b"\xff", b'{"courier": "\\u0000"}', b"[" * 5000):
        signed = message({"courier": "cr-swift"}, now=house.now)
        assert post(Message(signed.headers, body)).status_code in (400, 401)
    for wrong in ({"kind": "teleported"}, {"occurred_at": "yesterday"}, {"cod_fen": -1}):
        told = {"courier": "cr-swift", "parcel": "HT-1", "kind": "refused"}
        sent = message(told | {"occurred_at": house.now.isoformat()} | wrong, now=house.now)
        assert post(sent).status_code == 400
    answer = post(event("delivered", "HT-1", hours=2))
    assert (answer.status_code, code(answer)) == (400, "event_in_future")


def test_what_is_dated_before_the_parcel_is_kept_for_a_look(on_the_way, event, house):  # noqa: F811
    fo = on_the_way()
    answer = post(event("delivered", fo, hours=-24 * 365))
    assert (answer.status_code, code(answer)) == (409, "event_before_parcel")
    assert CourierEvent.objects.get().outcome == "conflict"
    assert Delivery.objects.get(fulfillment=fo).finished_at is None


def test_the_couriers_own_number_finds_the_parcel(on_the_way, event, house):  # noqa: F811
    fo = on_the_way()
    Delivery.objects.filter(fulfillment=fo).update(waybill="SW0001")
    assert post(event("delivered", "SW0001")).status_code == 200
    assert standing(fo)[0] == "delivered"


def test_operators_tick_off_what_they_looked_at(event, house):
    post(event("delivered", "NOBODYS-1"))
    pk = CourierEvent.objects.get().pk
    with pytest.raises(NotAllowed):
        courier_feed.mark_handled(ids=[pk], actor=house.staff("courier", house.swift), now=house.now)
    assert courier_feed.mark_handled(ids=[pk], actor=house.staff("operator", house.east), now=house.now) == 1
    assert not CourierEvent.objects.to_look_at().exists()
