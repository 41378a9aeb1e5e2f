"""Parcels leave with a courier, not before their accounts are open."""

import pytest

from fulfillment.documents.manifest import manifest_sheet
from fulfillment.events import HandedOver
from fulfillment.models import Delivery, FulfillmentState, Manifest, StockLevel, StockMovement, WrongState
from fulfillment.queries.invariants import findings
from fulfillment.queries.papers import manifest_rows
from fulfillment.services import cancellation, handover
from fulfillment.services.packing import AccountNotOpen
from fulfillment.services.steps import advance, locked
from fulfillment.services.undo import NothingToUndo, undo_last
from fulfillment.services.workplaces import ParcelNotHere
from members.actors import actor_of
from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage
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
    assert manifest_sheet(manifest, manifest_rows(manifest)).startswith(b"%PDF")
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
    with django_assert_max_num_queries(28):
        leave(house, *fos)
    assert Manifest.objects.get().parcels == 30


def test_what_has_left_is_not_cancelled(house, packed):
    fo = packed()
    leave(house, fo)
    with pytest.raises(cancellation.TooLate):
        cancellation.cancel(order_number=fo.demand.order_number, now=house.now)


def scanned(house, worker, packed):
    where = {"actor": worker, "location_id": house.east.pk, "now": house.now}
    fo = packed()
    handover.scan(code=fo.code, **where)
    return fo, where


def news() -> int:
    return OutboxMessage.objects.filter(topic=HandedOver.topic).values("key").distinct().count()


def test_the_news_goes_out_when_the_courier_has_signed(house, packed, worker_east):
    fo, where = scanned(house, worker_east, packed)
    assert news() == 0
    handover.close(manifest_id=Manifest.objects.get().pk, **where)
    assert news() == 1
    assert fo.delivery.manifest.closed_at == house.now


def test_a_courier_who_works_with_it_has_left(house, packed, worker_east):
    """Nobody closed the manifest at the ramp: the courier's first step does."""
    fo, _where = scanned(house, worker_east, packed)
    advance(locked(fo.pk), FulfillmentState.OUT_FOR_DELIVERY, now=house.now)
    assert (news(), Manifest.objects.get().closed_at) == (1, house.now)


def test_a_parcel_is_taken_off_the_manifest_again_and_again(house, packed, worker_east):
    house.shelve(CASE, 5, house.east)
    fo, where = scanned(house, worker_east, packed)
    undo = {"station": "handover", "actor": worker_east, "location_id": house.east.pk, "now": house.now}
    for _round in range(2):
        assert undo_last(**undo).startswith(fo.code)
        fo.refresh_from_db()
        level = StockLevel.objects.get(sku=CASE, location=house.east)
        assert (fo.state, level.on_hand, level.reserved) == (FulfillmentState.PACKED, 5, 1)
        assert (Delivery.objects.count(), Manifest.objects.get().parcels, news()) == (0, 0, 0)
        assert findings(now=house.now) == []
        handover.scan(code=fo.code, **where)
    level.refresh_from_db()
    assert (level.on_hand, level.reserved, Manifest.objects.get().parcels) == (4, 0, 1)
    assert findings(now=house.now) == []


def test_what_the_courier_signed_for_is_not_taken_off(house, packed, worker_east):
    _fo, where = scanned(house, worker_east, packed)
    handover.close(manifest_id=Manifest.objects.get().pk, **where)
    with pytest.raises(handover.CourierHasLeft):
        undo_last(station="handover", actor=worker_east, location_id=house.east.pk, now=house.now)


def test_a_lead_takes_back_a_colleague_s_step(house, packed, worker_east):
    fo, _where = scanned(house, worker_east, packed)
    undo = {"station": "handover", "location_id": house.east.pk, "now": house.now}
    with pytest.raises(NothingToUndo):
        undo_last(actor=actor_of(house.user("other", "warehouse", house.east)), **undo)
    undo_last(actor=house.staff("warehouse_lead", house.east), **undo)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.PACKED
