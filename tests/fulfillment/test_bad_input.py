"""What comes in wrong, through the doors of its people: a clear refusal with its code, nothing half done.

Elsewhere: a card or phone scanned twice and one of another location (test_sim_take, test_picking), a parcel
of another courier (test_delivery, test_courier_pages, test_courier_feed), a wrong pick-up code (test_pickup),
a tariff with a gap (test_tariffs, test_routing_pages), reports about parcels that nobody knows
(test_courier_feed, test_automation), a location without coordinates in the preview (test_routing_preview).
"""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentOrder, Reservation, SerialClaim, StockMovement
from fulfillment.queries import stations
from fulfillment.services import cancellation, fulfil, waves
from members.models import Institution, StaffRole, User
from tests.fulfillment.house import CASE, SIM
from tests.support.goods import follow_up

EN = {"accept-language": "en"}


@pytest.fixture
def at_work(client, house):
    client.force_login(house.user("wh1", "warehouse", house.east))
    client.cookies["django_language"] = "en"
    return client


def scan(client, station: str, code: str, after=None):
    """Typed into the station's field, with what its page, or the answer before, sends along."""
    page = after or client.get(f"/ops/station/{station}/")
    hidden = {name: str(value) for name, value in page.context["prompt"].hidden.items() if value}
    return client.post(f"/ops/station/{station}/", hidden | {"code": code})


def test_a_card_scanned_for_a_second_parcel(at_work, house):
    (iccid,) = house.cards(1, house.east)
    first, second = house.parcel((SIM, 1), state="picked"), house.parcel((SIM, 1), state="picked")
    taken = scan(at_work, "sim", iccid, after=scan(at_work, "sim", first.code))
    assert taken.context["verdict"].tone == "ok"
    answer = scan(at_work, "sim", iccid, after=scan(at_work, "sim", second.code))
    assert (answer.status_code, answer.context["verdict"].code) == (422, "serial_taken")
    assert SerialClaim.objects.get().line.fulfillment == first
    second.refresh_from_db()
    assert second.state == "picked"


def test_a_wave_with_a_cancelled_order(at_work, house):
    """The order is cancelled while its wave is picked: its goods are asked for no more, the other's are."""
    kept, gone = house.parcel((CASE, 1)), house.parcel((CASE, 1))
    waves.build(location_id=house.east.pk, cut_off=house.now + timedelta(hours=2), now=house.now)
    cancellation.cancel(order_number=gone.demand.order_number, now=house.now)
    assert scan(at_work, "pick", CASE).status_code == 200
    kept.refresh_from_db(), gone.refresh_from_db()
    assert (kept.state, gone.state) == ("picked", "cancelled")
    assert stations.next_pick(house.east.pk, 0) is None
    assert scan(at_work, "pack", gone.code).context["verdict"].tone == "bad"
    assert not Reservation.objects.filter(demand=gone.demand, state="confirmed").exists()


def test_a_location_without_coordinates_is_not_forced(client, company, now):
    company.put("st-a", a=1)
    company.hold("o1", {"a": 1})
    Institution.objects.filter(pk=company.places["st-a"].pk).update(latitude=None, longitude=None)
    fulfil.request(order_number="o1", now=now)
    follow_up()
    user = User.objects.create_user("op", is_staff=True)
    StaffRole.objects.create(user=user, institution=company.carrier, role="operator")
    client.force_login(user)
    assert "has no coordinates" in client.get("/routing/o1/", headers=EN).content.decode()
    moved = StockMovement.objects.count()
    answer = client.post("/routing/o1/force/", {"place": "st-a", "reason": "x"}, headers=EN)
    assert answer.status_code == 409
    assert "has no coordinates. (location_cannot_serve)" in answer.content.decode()
    assert not FulfillmentOrder.objects.exists()
    assert StockMovement.objects.count() == moved
