"""On a store's page: what lacks is reported, devices are scanned, the last step is taken back."""

import pytest

from fulfillment.models import FulfillmentState, PickupCode, SerialUnit, StockMovement
from fulfillment.services import picking
from tests.fulfillment.house import CASE, PHONE

S = FulfillmentState


@pytest.fixture
def counter(client, house):
    client.force_login(house.user("clerk1", "clerk", house.store))
    client.cookies["django_language"] = "en"
    return client


def act(counter, fo, step, **posted):
    answer = counter.post(f"/store/{fo.code}/{step}/", posted)
    fo.refresh_from_db()
    return answer


def line_of(fo, sku):
    return fo.lines.get(sku=sku).pk


def test_a_device_is_scanned_at_the_counter(house, counter):
    imeis = house.phones(2, house.store)
    fo = house.parcel((PHONE, 1), location=house.store)
    assert b"serials_not_scanned" in act(counter, fo, "pick").content
    assert fo.state == S.ACCEPTED
    act(counter, fo, "pick", **{f"serials-{line_of(fo, PHONE)}": imeis[1]})
    assert fo.state == S.PICKED
    assert SerialUnit.objects.get(state="claimed").serial == imeis[1]


def test_pick_pack_and_ready_are_taken_back(house, counter):
    imei = house.phones(1, house.store)[0]
    fo = house.parcel((PHONE, 1), location=house.store, way="pickup")
    act(counter, fo, "pick", **{f"serials-{line_of(fo, PHONE)}": imei})
    act(counter, fo, "pack")
    act(counter, fo, "ready")
    assert fo.state == S.READY_FOR_PICKUP
    assert b"Take the last step back" in counter.get(f"/store/{fo.code}/").content
    for state in (S.PACKED, S.PICKED, S.ACCEPTED):
        act(counter, fo, "undo")
        assert fo.state == state
    assert not PickupCode.objects.filter(fulfillment=fo).exists()
    assert SerialUnit.objects.get().state == "free"
    assert b"nothing_to_undo" in act(counter, fo, "undo").content


def test_another_clerks_step_is_not_taken_back_here(house, counter):
    fo = house.parcel((CASE, 1), location=house.store)
    other = house.staff("clerk", house.store)
    picking.pick_at_counter(actor=other, location_id=house.store.pk, code=fo.code, now=house.now)
    assert b"Take the last step back" not in counter.get(f"/store/{fo.code}/").content
    assert b"step_of_colleague" in act(counter, fo, "undo").content
    assert fo.state == S.PICKED


def test_two_of_three_go_on_from_the_counter(house, counter):
    house.shelve(CASE, 3, house.store)
    fo = house.parcel((CASE, 3), location=house.store)
    assert b"Missing or damaged" in counter.get(f"/store/{fo.code}/").content
    field = f"good-{line_of(fo, CASE)}"
    assert b"reason_missing" in act(counter, fo, "short", **{field: "2"}).content
    assert b"nothing_lacks" in act(counter, fo, "short", **{field: "3", "why": "missing"}).content
    act(counter, fo, "short", **{field: "2", "why": "missing"})
    assert (fo.state, fo.lines.get().quantity) == (S.ACCEPTED, 2)
    assert StockMovement.objects.get(reason="missing").quantity == 1
    act(counter, fo, "undo")
    assert fo.lines.get().quantity == 3


def test_a_broken_device_is_ticked_by_its_serial(house, counter):
    imeis = house.phones(2, house.store)
    fo = house.parcel((PHONE, 2), location=house.store)
    line = line_of(fo, PHONE)
    act(counter, fo, "pick", **{f"serials-{line}": " ".join(imeis)})
    act(counter, fo, "short", **{f"gone-{line}": [imeis[0]], "why": "damaged"})
    assert (fo.state, fo.lines.get().quantity) == (S.PICKED, 1)
    assert SerialUnit.objects.get(serial=imeis[0]).state == "quarantine"
    assert SerialUnit.objects.get(serial=imeis[1]).state == "claimed"


def test_a_merchant_reports_on_the_same_page(house, client):
    shop = house._institution("mc-a", "merchant", "商户", "Merchant", parent="")
    client.force_login(house.user("merchant1", "partner", shop))
    fo = house.parcel((CASE, 1), location=shop, way="merchant")
    act(client, fo, "short", **{f"good-{line_of(fo, CASE)}": "0", "why": "damaged"})
    assert fo.state == S.SHORT
    assert StockMovement.objects.get(reason="damaged").from_location_id == shop.pk


def test_a_refusal_for_the_shelf_says_how_many(house, counter):
    house.shelve(CASE, 3, house.store)
    fo = house.parcel((CASE, 1), location=house.store, state=S.AWAITING_ACCEPTANCE)
    field = f"good-{line_of(fo, CASE)}"
    assert b"how_many_missing" in act(counter, fo, "refuse", **{"reason": "not_on_shelf", field: "1"}).content
    act(counter, fo, "refuse", **{"reason": "not_on_shelf", field: "0"})
    assert fo.state == S.DECLINED
    assert StockMovement.objects.get(reason="missing").quantity == 1


def test_another_refusal_leaves_the_books(house, counter):
    house.shelve(CASE, 3, house.store)
    fo = house.parcel((CASE, 1), location=house.store, state=S.AWAITING_ACCEPTANCE)
    act(counter, fo, "refuse", reason="too_busy")
    assert fo.state == S.DECLINED
    assert not StockMovement.objects.filter(to_place="loss").exists()
