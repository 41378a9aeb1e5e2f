"""Posted at the counter: the courier's number of a parcel, its tracking link, and what comes back in part."""

import pytest

from fulfillment.models import Delivery, FulfillmentState
from fulfillment.queries.tracking import seal_of
from fulfillment.services import couriers, delivery, handover, part
from fulfillment.services.workplaces import ParcelNotHere
from members.actors import Actor, Grant
from members.models import Message
from members.services.messages import text_of
from omnichannel.kernel import outbox
from tests.fulfillment.house import CASE
from tests.fulfillment.test_delivery import drawn

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def posted(house):
    def make():
        fo = house.parcel((CASE, 2), location=house.store, state=FulfillmentState.PACKED)
        where = {"location_id": house.store.pk, "courier_id": house.swift.pk}
        handover.hand_over(ids=[fo.pk], now=house.now, **where)
        return fo

    return make


@pytest.fixture
def clerk(house, client):
    client.force_login(house.user("c1", "clerk", house.store))
    client.cookies["django_language"] = "en"
    return client


def name(house, fo, number, at=None):
    place = at or house.store
    actor = Actor(name="clerk", grants=frozenset({Grant("clerk", place.pk, place.path)}))
    return couriers.name_waybill(actor=actor, location_id=place.pk, code=fo.code, waybill=number)


def test_a_number_belongs_to_one_parcel(house, posted):
    fo, other = posted(), posted()
    assert name(house, fo, " sw-0001 ").waybill == "SW-0001"
    with pytest.raises(couriers.WaybillTaken):
        name(house, other, "SW-0001")
    with pytest.raises(couriers.WaybillInvalid):
        name(house, other, "x y")
    with pytest.raises(ParcelNotHere):
        name(house, fo, "SW-0002", at=house.other_store)


def test_the_clerk_notes_it_on_the_page(house, posted, clerk):
    fo = posted()
    page = clerk.get(f"/store/{fo.code}/").content.decode()
    assert f"/track/{fo.code}/{seal_of(fo.code)}/" in page
    assert clerk.post(f"/store/{fo.code}/waybill/", {"waybill": "SW-77"}).status_code == 302
    assert Delivery.objects.get(fulfillment=fo).waybill == "SW-77"
    assert clerk.post(f"/store/{fo.code}/waybill/", {"waybill": "!"}).status_code == 422


def test_the_customer_gets_the_link_once(house, posted):
    fo = posted()
    outbox.drain()
    texts = [text_of(message) for message in Message.objects.filter(kind="order")]
    assert len(texts) == 1
    assert f"/track/{fo.code}/{seal_of(fo.code)}/" in texts[0]


def test_units_not_taken_stand_in_the_inbox_until_they_are_back(house, posted, clerk, swift_courier):
    fo = posted()
    do = {"actor": swift_courier, "code": fo.code, "now": house.now}
    delivery.arrive(**do)
    part.keep_a_part(taken={fo.lines.get().pk: 1}, reason="damaged", **do)
    assert fo.code not in clerk.get("/store/?section=back").content.decode()
    delivery.sign(signature=drawn(), **do)
    assert fo.code in clerk.get("/store/?section=back").content.decode()
    assert clerk.post(f"/store/{fo.code}/back/").status_code == 302
    assert fo.code not in clerk.get("/store/?section=back").content.decode()
