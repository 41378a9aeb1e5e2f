"""Bins, scans and what happens when the shelf is empty."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentState, PickTask, Reservation, SerialUnit, StockLevel
from fulfillment.queries import stations
from fulfillment.services import claims, picking, waves
from fulfillment.services.undo import NothingToUndo, undo_last
from tests.fulfillment.house import CASE, PHONE


@pytest.fixture
def wave(house, worker_east):
    def build():
        return waves.build(
            location_id=house.east.pk,
            cut_off=house.now + timedelta(hours=2),
            actor=worker_east,
            now=house.now,
        )[0]

    return build


def pick(house, actor, scanned, task=None):
    task = task or stations.next_pick(house.east.pk, actor.user_id)
    return picking.pick(
        actor=actor, location_id=house.east.pk, task_id=task.pk, scanned=scanned, now=house.now
    )


def test_scanning_the_goods_finishes_the_parcel(house, worker_east, wave):
    imei = house.phones(1, house.east)[0]
    fo = house.parcel((PHONE, 1), (CASE, 2))
    wave()
    pick(
        house,
        worker_east,
        {PHONE: imei, CASE: CASE}[stations.next_pick(house.east.pk, worker_east.user_id).line.sku],
    )
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.IN_WAVE
    pick(
        house,
        worker_east,
        {PHONE: imei, CASE: CASE}[stations.next_pick(house.east.pk, worker_east.user_id).line.sku],
    )
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.PICKED
    assert SerialUnit.objects.get(serial=imei).state == "claimed"
    assert stations.next_pick(house.east.pk) is None


@pytest.mark.parametrize(
    ("scanned", "refusal"),
    [("CASE-9", picking.WrongGoods), ("", picking.WrongGoods)],
)
def test_the_wrong_product_is_refused(house, worker_east, wave, scanned, refusal):
    fo = house.parcel((CASE, 1))
    wave()
    with pytest.raises(refusal):
        pick(house, worker_east, scanned)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.IN_WAVE


def test_another_locations_phone_is_refused(house, worker_east, wave):
    house.phones(1, house.east)
    foreign = house.phones(1, house.south)[0]
    house.parcel((PHONE, 1))
    wave()
    with pytest.raises(claims.SerialNotHere):
        pick(house, worker_east, foreign)


def test_a_phone_scanned_twice_is_refused(house, worker_east, wave):
    imei = house.phones(2, house.east)[0]
    house.parcel((PHONE, 1)), house.parcel((PHONE, 1))
    wave()
    pick(house, worker_east, imei)
    with pytest.raises(claims.SerialTaken):
        pick(house, worker_east, imei)


def test_the_product_code_of_a_phone_is_not_its_serial(house, worker_east, wave):
    house.phones(1, house.east)
    house.parcel((PHONE, 1))
    wave()
    with pytest.raises(picking.WrongGoods):
        pick(house, worker_east, PHONE)


def test_a_colleague_of_another_warehouse_finds_no_task(house, worker_east, wave):
    house.parcel((CASE, 1))
    wave()
    task = PickTask.objects.get()
    stranger = house.staff("warehouse", house.south)
    with pytest.raises(picking.TaskUnknown):
        picking.pick(actor=stranger, location_id=house.south.pk, task_id=task.pk, scanned=CASE, now=house.now)


def test_the_last_pick_is_taken_back(house, worker_east, wave):
    imei = house.phones(1, house.east)[0]
    fo = house.parcel((PHONE, 1))
    wave()
    pick(house, worker_east, imei)
    undo = {"station": "pick", "location_id": house.east.pk, "actor": worker_east, "now": house.now}
    undo_last(**undo)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.IN_WAVE
    assert SerialUnit.objects.get(serial=imei).state == "free"
    assert stations.next_pick(house.east.pk) is not None
    with pytest.raises(NothingToUndo):
        undo_last(**undo)


def test_an_empty_bin_routes_the_parcel_elsewhere_and_corrects_the_books(house, worker_east, wave):
    house.shelve(CASE, 1, house.east)
    fo = house.parcel((CASE, 1))
    built = wave()
    task = PickTask.objects.get()
    picking.report_short(actor=worker_east, location_id=house.east.pk, task_id=task.pk, now=house.now)
    fo.refresh_from_db(), built.refresh_from_db()
    assert fo.state == FulfillmentState.SHORT
    assert fo.demand.exclusions.filter(location=house.east).exists()
    assert StockLevel.objects.get(sku=CASE, location=house.east).on_hand == 0
    assert not Reservation.objects.filter(sku=CASE, state="confirmed").exists()
    assert built.closed_at is not None


def test_a_whole_wave_is_picked_in_a_handful_of_statements(
    house, worker_east, wave, django_assert_max_num_queries
):
    house.phones(20, house.east)
    fos = [house.parcel((PHONE, 1), (CASE, 1)) for _ in range(20)]
    built = wave()
    with django_assert_max_num_queries(20):
        assert picking.pick_wave(wave_id=built.pk, now=house.now) == len(fos)
    assert SerialUnit.objects.filter(state="claimed").count() == len(fos)


def test_a_wave_with_a_cancelled_order_goes_on_without_it(house, worker_east, wave):
    kept, cancelled = house.parcel((CASE, 1)), house.parcel((CASE, 1))
    built = wave()
    cancelled.state = FulfillmentState.CANCELLED
    cancelled.save()
    assert picking.pick_wave(wave_id=built.pk, now=house.now) == 1
    kept.refresh_from_db(), cancelled.refresh_from_db()
    assert (kept.state, cancelled.state) == (FulfillmentState.PICKED, FulfillmentState.CANCELLED)
