"""What is missing or damaged goes elsewhere by itself; the rest goes on, books and units agree."""

import pytest

from fulfillment.models import (
    FulfillmentDemand,
    FulfillmentOrder,
    FulfillmentState,
    PickTask,
    ProvisioningJob,
    Reservation,
    SerialUnit,
    StockCount,
    StockLevel,
    StockMovement,
    WrongState,
)
from fulfillment.queries import stations
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    acceptance,
    account_opening,
    found_again,
    picking,
    provisioning,
    shortage,
    sim_take,
    waves,
)
from fulfillment.services.undo import undo_last
from tests.fulfillment.house import CASE, PHONE, SIM
from tests.support.goods import follow_up

S = FulfillmentState


def broken(now):
    """Findings but those that a wish without lines and a demand without a route bring in these tests."""
    skip = {"promised_equals_ordered"}
    return [each for each in findings(now=now) if each.check not in skip]


def level(house, sku, place=None):
    return StockLevel.objects.get(sku=sku, location=place or house.east)


@pytest.fixture
def at_bin(house, worker_east):
    """The one pick task of a wave, reported with so many good pieces there."""

    def report(there, reason="missing", **more):
        task = stations.next_pick(house.east.pk, worker_east.user_id)
        return picking.report_short(
            actor=worker_east,
            location_id=house.east.pk,
            task_id=task.pk,
            there=there,
            reason=reason,
            now=house.now,
            **more,
        )

    return report


@pytest.fixture
def wave(house):
    return lambda: waves.build(location_id=house.east.pk, now=house.now)[0]


def undo(house, worker, station="pick"):
    return undo_last(station=station, location_id=house.east.pk, actor=worker, now=house.now)


def test_three_of_five_go_on_and_two_go_elsewhere(house, wave, at_bin):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 5), cod_fen=5000)
    wave()
    told = at_bin(3)
    fo.refresh_from_db()
    assert told.goes_on
    assert fo.state == S.IN_WAVE
    assert (fo.lines.get().quantity, told.short.lines.get().quantity) == (3, 2)
    assert (fo.cod_fen, told.short.cod_fen) == (3000, 2000)
    assert (told.short.state, told.short.note) == (S.SHORT, "missing")
    moved = StockMovement.objects.get(reason="missing")
    assert (moved.quantity, moved.to_place) == (2, "loss")
    assert (level(house, CASE).on_hand, level(house, CASE).reserved) == (3, 3)
    assert FulfillmentDemand.objects.get().state == "requested"
    assert StockCount.objects.get().lines.get().sku == CASE
    assert broken(house.now) == []


def test_the_rest_is_picked_after_a_shortage(house, wave, at_bin, worker_east):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 5))
    wave()
    at_bin(3)
    task = stations.next_pick(house.east.pk, worker_east.user_id)
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now}
    picking.pick(task_id=task.pk, scanned=CASE, **where)
    fo.refresh_from_db()
    assert fo.state == S.PICKED


def test_a_report_is_taken_back_as_long_as_nothing_came_of_it(house, wave, at_bin, worker_east):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 5), cod_fen=5000)
    # Of another line this place was left out before: that stays, whatever becomes of the report.
    other = fo.demand.exclusions.create(location=house.east, line_id=99, reason="declined", at=house.now)
    wave()
    told = at_bin(3)
    undo(house, worker_east)
    fo.refresh_from_db(), told.short.refresh_from_db()
    assert (fo.lines.get().quantity, fo.cod_fen, fo.state) == (5, 5000, S.IN_WAVE)
    assert told.short.state == S.MOVED
    assert (level(house, CASE).on_hand, level(house, CASE).reserved) == (5, 5)
    assert FulfillmentDemand.objects.get().state == "routed"
    assert fo.demand.exclusions.get() == other
    assert StockCount.objects.get().state == "cancelled"
    assert broken(house.now) == []


@pytest.mark.parametrize("since", [S.PACKED, S.HANDED_OVER])
def test_what_was_packed_or_sent_without_it_is_not_filled_up_any_more(
    house, wave, at_bin, worker_east, since
):
    house.shelve(CASE, 9, house.east)
    fo = house.parcel((CASE, 5))
    wave()
    at_bin(3)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=since)
    with pytest.raises(WrongState):
        undo(house, worker_east)
    fo.refresh_from_db()
    assert (fo.lines.get().quantity, level(house, CASE).on_hand) == (3, 7)


def test_units_whose_order_gave_them_up_are_not_sent_any_more(house, wave, at_bin, worker_east):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 5))
    wave()
    at_bin(3)
    row = FulfillmentDemand.objects.get()
    row.wish["given_up"] = [[fo.lines.get().line_id, 2]]
    row.state = "routed"
    row.save()
    with pytest.raises(WrongState):
        undo(house, worker_east)
    assert level(house, CASE).on_hand == 3


def test_a_whole_parcel_is_found_again_and_may_be_short_once_more(house, wave, at_bin, worker_east):
    house.shelve(CASE, 2, house.east)
    fo = house.parcel((CASE, 2))
    built = wave()
    at_bin(0)
    built.refresh_from_db()
    assert built.closed_at is not None
    undo(house, worker_east)
    fo.refresh_from_db(), built.refresh_from_db()
    assert (fo.state, built.closed_at) == (S.IN_WAVE, None)
    assert (level(house, CASE).on_hand, level(house, CASE).reserved) == (2, 2)
    at_bin(0)
    fo.refresh_from_db()
    assert (fo.state, level(house, CASE).on_hand) == (S.SHORT, 0)
    assert broken(house.now) == []


def test_a_counted_shelf_is_not_put_right_twice(house, wave, at_bin, worker_east):
    house.shelve(CASE, 5, house.east)
    house.parcel((CASE, 5))
    wave()
    at_bin(3)
    StockCount.objects.update(state="counted")
    with pytest.raises(found_again.CountedSince):
        undo(house, worker_east)
    assert level(house, CASE).on_hand == 3


@pytest.mark.parametrize("there", [-1, 6])
def test_an_impossible_number_is_refused(house, wave, at_bin, there):
    house.shelve(CASE, 5, house.east)
    house.parcel((CASE, 5))
    wave()
    with pytest.raises(shortage.UnitsWrong):
        at_bin(there)


def test_all_pieces_there_is_no_report(house, wave, at_bin):
    house.shelve(CASE, 5, house.east)
    house.parcel((CASE, 5))
    wave()
    with pytest.raises(shortage.NothingLacks):
        at_bin(5)
    assert not StockMovement.objects.filter(reason="missing").exists()


def test_a_missing_device_is_set_aside_so_that_books_and_units_agree(house, wave, at_bin, worker_east):
    house.phones(3, house.east)
    house.parcel((PHONE, 1))
    wave()
    at_bin(0)
    assert level(house, PHONE).on_hand == SerialUnit.objects.filter(state="free").count() == 2
    aside = SerialUnit.objects.get(state="quarantine")
    assert aside.events.get().reason == "not_found"
    assert broken(house.now) == []
    undo(house, worker_east)
    assert SerialUnit.objects.filter(state="free").count() == level(house, PHONE).on_hand == 3
    assert broken(house.now) == []


def test_one_of_two_devices_goes_on_with_the_one_that_was_scanned(house, wave, at_bin, worker_east):
    imei = house.phones(2, house.east)[0]
    fo = house.parcel((PHONE, 2))
    wave()
    task = PickTask.objects.get()
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now}
    picking.pick(task_id=task.pk, scanned=imei, **where)
    told = at_bin(1)
    fo.refresh_from_db()
    assert (fo.state, fo.lines.get().claims.get(state="live").serial.serial) == (S.PICKED, imei)
    assert told.short.lines.get().quantity == 1
    assert broken(house.now) == []
    undo(house, worker_east)
    fo.refresh_from_db()
    assert (fo.state, fo.lines.get().quantity) == (S.IN_WAVE, 2)
    assert broken(house.now) == []


def test_a_damaged_device_is_replaced_from_the_shelf_or_the_line_is_short(house, wave, worker_east):
    imeis = house.phones(2, house.east)
    fo = house.parcel((PHONE, 1))
    wave()
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now}
    task = PickTask.objects.get()
    assert picking.set_damaged_aside(task_id=task.pk, serial=imeis[0], **where) is None
    fo.refresh_from_db()
    assert fo.state == S.IN_WAVE
    told = picking.set_damaged_aside(task_id=task.pk, serial=imeis[1], **where)
    fo.refresh_from_db()
    assert (fo.state, told.short.pk) == (S.SHORT, fo.pk)
    assert SerialUnit.objects.filter(state="quarantine").count() == 2
    assert level(house, PHONE).on_hand == 0
    assert broken(house.now) == []


def test_one_article_lacks_before_anything_was_taken_and_all_goes_elsewhere(house, wave, at_bin):
    house.shelve(CASE, 1, house.east), house.phones(1, house.east)
    fo = house.parcel((CASE, 1), (PHONE, 1))
    wave()
    at_bin(0)
    fo.refresh_from_db()
    assert fo.state == S.SHORT
    assert broken(house.now) == []


def test_a_lost_device_is_cut_out_of_a_picked_parcel(house, worker_east):
    imei = house.phones(1, house.east)[0]
    fo = house.parcel((CASE, 2), (PHONE, 1))
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now}
    line = fo.lines.get(sku=PHONE)
    picking.pick_at_counter(code=fo.code, serials={line.pk: [imei]}, **where)
    told = shortage.report_units(
        fulfillment_id=fo.pk, actor=worker_east, lacking={line.pk: 1}, reason="missing", now=house.now
    )
    fo.refresh_from_db()
    assert (fo.state, [each.sku for each in fo.lines.all()]) == (S.PICKED, [CASE])
    assert [each.sku for each in told.short.lines.all()] == [PHONE]
    assert SerialUnit.objects.get(serial=imei).state == "quarantine"
    assert Reservation.objects.get(state="confirmed").sku == CASE
    assert broken(house.now) == []


def test_a_card_that_was_taken_is_no_shortage(house, worker_east):
    iccid = house.cards(1, house.east)[0]
    fo = house.parcel((SIM, 1), (CASE, 1), state=S.PICKED)
    sim_take.take(actor=worker_east, location_id=house.east.pk, code=fo.code, iccid=iccid, now=house.now)
    with pytest.raises(shortage.CardTaken):
        shortage.report_units(
            fulfillment_id=fo.pk,
            actor=worker_east,
            lacking={fo.lines.get(sku=SIM).pk: 1},
            reason="missing",
            now=house.now,
        )


def test_what_is_cut_out_is_routed_by_itself_and_a_begun_parcel_is_not_called_back(company, now):
    company.put("wh", a=5), company.put("st-a", a=5)
    company.paid("o1", {"a": 5})
    fo = FulfillmentOrder.objects.get()
    wh = company.staff("wh", "warehouse")
    told = shortage.report_units(
        fulfillment_id=fo.pk, actor=wh, lacking={fo.lines.get().pk: 2}, reason="missing", now=now
    )
    follow_up()
    other = FulfillmentOrder.objects.get(location__code="st-a")
    assert (other.state, other.lines.get().quantity) == (S.AWAITING_ACCEPTANCE, 2)
    assert findings(now=now) == []
    found_again.take_back(FulfillmentOrder.objects.get(pk=fo.pk), told.facts, now=now, actor=wh)
    other.refresh_from_db()
    assert (other.state, fo.lines.get().quantity) == (S.MOVED, 5)
    assert findings(now=now) == []
    told = shortage.report_units(
        fulfillment_id=fo.pk, actor=wh, lacking={fo.lines.get().pk: 2}, reason="missing", now=now
    )
    follow_up()
    begun = FulfillmentOrder.objects.live().get(location__code="st-a")
    FulfillmentOrder.objects.filter(pk=begun.pk).update(state=S.PICKED)
    with pytest.raises(found_again.BegunElsewhere):
        found_again.take_back(FulfillmentOrder.objects.get(pk=fo.pk), told.facts, now=now, actor=wh)


def test_declining_after_a_card_was_taken_is_refused(house):
    clerk = house.staff("clerk", house.store)
    iccid = house.cards(2, house.store)[0]
    fo = house.parcel((SIM, 1), location=house.store, state=S.PICKED)
    sim_take.take(actor=clerk, location_id=house.store.pk, code=fo.code, iccid=iccid, now=house.now)
    account_opening.request(actor=clerk, location_id=house.store.pk, code=fo.code, now=house.now)
    with pytest.raises(acceptance.TooLateToDecline):
        acceptance.refuse(fulfillment_id=fo.pk, actor=clerk, reason="too_busy", now=house.now)
    assert SerialUnit.objects.get(serial=iccid).state == "claimed"


def test_declining_with_a_card_that_the_network_knows_sets_it_aside_and_closes_its_account(house):
    clerk = house.staff("clerk", house.store)
    iccids = house.cards(2, house.store)
    fo = house.parcel((SIM, 1), (SIM, 1), location=house.store, state=S.PICKED)
    sim_take.take(actor=clerk, location_id=house.store.pk, code=fo.code, iccid=iccids[0], now=house.now)
    line = fo.lines.filter(claims__state="live").get()
    ProvisioningJob.objects.create(
        key="k1",
        kind="account",
        state="done",
        order_number=fo.demand.order_number,
        line_id=line.line_id,
        fulfillment=fo,
        msisdn=line.msisdn,
        iccid=iccids[0],
        requested_at=house.now,
    )
    acceptance.refuse(fulfillment_id=fo.pk, actor=clerk, reason="too_busy", now=house.now)
    assert SerialUnit.objects.get(serial=iccids[0]).state == "quarantine"
    job = ProvisioningJob.objects.get(kind="close_account")
    provisioning.perform(job_id=job.pk, done=lambda: None, now=house.now)
    assert [each for each in broken(house.now) if "card" in each.check] == []


def test_a_refusal_for_an_empty_shelf_takes_the_phantom_out_of_the_books(company, now):
    company.put("st-a", a=2), company.put("st-b", a=1)
    company.paid("o1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    clerk = company.staff(fo.location.code, "clerk")
    lacking = {fo.lines.get().pk: 1}
    acceptance.refuse(fulfillment_id=fo.pk, actor=clerk, reason="not_on_shelf", lacking=lacking, now=now)
    shelf = StockLevel.objects.get(sku="a", location=fo.location)
    moved = StockMovement.objects.get(reason="missing")
    assert (moved.quantity, moved.from_location_id) == (1, fo.location_id)
    assert shelf.reserved == 0
    assert StockCount.objects.get().location_id == fo.location_id
    follow_up()
    assert findings(now=now) == []


def test_a_refusal_says_how_many_lack(company, now):
    company.put("st-a", a=2)
    company.paid("o1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    clerk = company.staff("st-a", "clerk")
    for lacking in ({}, {fo.lines.get().pk: 0}, {fo.lines.get().pk: 2}):
        with pytest.raises(acceptance.HowManyMissing):
            acceptance.refuse(fulfillment_id=fo.pk, actor=clerk, reason="damaged", lacking=lacking, now=now)
