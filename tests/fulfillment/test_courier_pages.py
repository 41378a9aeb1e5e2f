"""The courier's phone: the route, and one door after the other."""

import pytest

from fulfillment.models import CodRemittance, FulfillmentState
from fulfillment.services import handover, pickup
from tests.fulfillment.house import CASE, ID_NAME, SIM, id_number
from tests.fulfillment.test_delivery import drawn

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def phone(client, house):
    client.force_login(house.user("courier1", "courier", house.swift))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def handed(house):
    def make(*lines, courier=None, **more):
        fo = house.parcel(*(lines or ((CASE, 1),)), **more)
        fo.state = FulfillmentState.PACKED
        fo.save()
        courier = courier or house.swift
        handover.hand_over(location_id=house.east.pk, ids=[fo.pk], courier_id=courier.pk, now=house.now)
        return fo

    return make


def step(phone, fo, act, **values):
    return phone.post(f"/courier/{fo.code}/{act}/", values)


def test_a_number_with_cash_is_delivered_step_by_step(phone, handed, house):
    fo = handed((SIM, 1), cod_fen=5900)
    phone.post("/courier/load/")
    assert step(phone, fo, "arrive").status_code == 302
    early = step(phone, fo, "sign", signature=drawn())
    assert (early.status_code, "delivery_step_order" in early.content.decode()) == (422, True)
    wrong = step(phone, fo, "identity", name="王明", id_tail="1234")
    assert (wrong.status_code, "identity_differs" in wrong.content.decode()) == (422, True)
    step(phone, fo, "identity", name=ID_NAME, id_tail=id_number()[-4:])
    step(phone, fo, "sign", signature=drawn())
    short = step(phone, fo, "cash", amount="58.00", means="cash")
    assert (short.status_code, "cod_differs" in short.content.decode()) == (422, True)
    garbage = step(phone, fo, "cash", amount="fifty", means="cash")
    assert "amount_invalid" in garbage.content.decode()
    assert step(phone, fo, "cash", amount="59.00", means="cash").status_code == 302
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.DELIVERED
    assert phone.get("/courier/").context["day"].cash_fen == 5900
    page = phone.get("/courier/cash/").content.decode()
    assert (fo.code in page, "¥59.00" in page) == (True, True)
    moved = phone.post("/courier/pay-in/", {"shown": "5800"})
    assert (moved.status_code, "cash_changed" in moved.content.decode()) == (422, True)
    phone.post("/courier/pay-in/", {"shown": "5900"})
    assert CodRemittance.objects.get().amount_fen == 5900
    assert "1 parcel" in phone.get("/courier/cash/").content.decode()
    again = phone.post("/courier/pay-in/")
    assert (again.status_code, "nothing_to_remit" in again.content.decode()) == (422, True)


def test_refused_at_the_door(phone, handed):
    fo = handed()
    assert step(phone, fo, "refuse").status_code == 422
    assert step(phone, fo, "refuse", reason="damaged").status_code == 302
    assert "Refused: take the parcel back" in phone.get(f"/courier/{fo.code}/").content.decode()


def test_a_parcel_of_another_courier_is_not_found(phone, handed, house):
    fo = handed(courier=house.star)
    answers = [phone.get(f"/courier/{fo.code}/"), step(phone, fo, "arrive"), phone.get("/courier/NOPE-1/")]
    for answer in answers:
        assert answer.status_code == 404
        assert "parcel_unknown" in answer.content.decode()
    assert fo.code not in phone.get("/courier/").content.decode()


def test_only_couriers_see_the_route(client, house):
    client.force_login(house.user("wh1", "warehouse", house.east))
    assert client.get("/courier/").status_code == 403
    client.logout()
    assert client.get("/courier/").status_code == 302


def test_a_long_route_is_paged_and_costs_no_more(phone, handed, django_assert_max_num_queries):
    for _ in range(30):
        handed()
    with django_assert_max_num_queries(14):
        page = phone.get("/courier/")
    assert len(page.context["stops"]) == 25
    assert len(phone.get("/courier/?page=2").context["stops"]) == 5


def test_an_empty_day_says_so(phone):
    assert "No more stops today" in phone.get("/courier/").content.decode()


def test_a_pickup_never_reaches_a_courier(handed):
    with pytest.raises(handover.CollectedHere):
        handed(way="pickup")
    assert pickup.code_of(0) == ""
