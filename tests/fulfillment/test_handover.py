"""Parcels leave with a courier, not before their accounts are open."""

import pytest

from fulfillment.documents.manifest import manifest_sheet
from fulfillment.events import HandedOver
from fulfillment.models import Delivery, FulfillmentState, Manifest, StockLevel, StockMovement, WrongState
from fulfillment.services import cancellation, handover
from fulfillment.services.packing import AccountNotOpen
from fulfillment.services.workplaces import ParcelNotHere
from omnichannel.kernel import outbox
from tests.fulfillment.house import CASE, SIM


@pytest.fixture
def packed(house):
    def make(*lines, **more):
        return house.parcel(*(lines or ((CASE, 1),)), state=FulfillmentState.PACKED, **more)

    return make


def leave(house, *fos, **more):
    ids = [fo.pk for fo in fos]
    return handover.hand_over(location_id=house.east.pk, ids=ids, now=house.now, **more)


def test_stock_leaves_and_the_courier_has_the_parcel(house, packed, monkeypatch):
    published = []
    monkeypatch.setattr(outbox, "publish", lambda *facts, **more: published.extend(facts))
    house.shelve(CASE, 5, house.east)
    fo = packed(cod_fen=4900)
    manifest = leave(house, fo)[0]
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.HANDED_OVER
    level = StockLevel.objects.get(sku=CASE, location=house.east)
    assert (level.on_hand, level.reserved) == (4, 0)
    assert StockMovement.objects.filter(reference=fo.code, to_place="transit").exists()
    delivery = Delivery.objects.get(fulfillment=fo)
    assert (delivery.courier_id, delivery.cod_fen, delivery.identity_id) == (manifest.courier_id, 4900, None)
    news = next(fact for fact in published if isinstance(fact, HandedOver))
    assert (news.freight_fen, news.courier_id) == (800, manifest.courier_id)


def test_nothing_leaves_before_its_account_is_open(house):
    house.cards(1, house.east)
    for state in (FulfillmentState.PICKED, FulfillmentState.SIM_TAKEN):
        fo = house.parcel((SIM, 1), state=state)
        with pytest.raises(AccountNotOpen) as refusal:
            leave(house, fo)
        assert refusal.value.code == "account_not_open"
    assert not Delivery.objects.exists()


def test_an_unpacked_parcel_stays_and_takes_the_others_with_it(house, packed):
    ready, not_ready = packed(), house.parcel((CASE, 1))
    with pytest.raises(WrongState):
        leave(house, ready, not_ready)
    ready.refresh_from_db()
    assert ready.state == FulfillmentState.PACKED


def test_a_pickup_does_not_leave(house, packed):
    with pytest.raises(handover.CollectedHere):
        leave(house, packed(way="pickup"))


def test_a_parcel_of_another_warehouse_is_not_found(house, packed, worker_east):
    foreign = packed(location=house.south)
    with pytest.raises(ParcelNotHere):
        handover.scan(actor=worker_east, location_id=house.east.pk, code=foreign.code, now=house.now)


def test_only_couriers_take_parcels(house, packed):
    with pytest.raises(handover.NotACourier):
        leave(house, packed(), courier_id=house.store.pk)


def test_scans_gather_on_one_open_manifest(house, packed, worker_east):
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now}
    first, second = packed(), packed()
    manifest = handover.scan(code=first.code, **where)
    assert handover.scan(code=second.code.lower(), **where).pk == manifest.pk
    handover.close(manifest_id=manifest.pk, **where)
    assert handover.scan(code=packed().code, **where).pk != manifest.pk
    manifest.refresh_from_db()
    assert (manifest.parcels, manifest.closed_at) == (2, house.now)
    assert manifest_sheet(manifest, [first.code, second.code]).startswith(b"%PDF")
    with pytest.raises(handover.ManifestUnknown):
        handover.close(manifest_id=0, **where)


def test_a_scanned_parcel_leaves_once(house, packed, worker_east):
    fo = packed()
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now, "code": fo.code}
    handover.scan(**where)
    with pytest.raises(WrongState):
        handover.scan(**where)


def test_many_leave_in_a_handful_of_statements(house, packed, django_assert_max_num_queries):
    house.shelve(CASE, 40, house.east)
    fos = [packed() for _ in range(30)]
    with django_assert_max_num_queries(26):
        leave(house, *fos)
    assert Manifest.objects.get().parcels == 30


def test_what_has_left_is_not_cancelled(house, packed):
    fo = packed()
    leave(house, fo)
    with pytest.raises(cancellation.TooLate):
        cancellation.cancel(order_number=fo.demand.order_number, now=house.now)
