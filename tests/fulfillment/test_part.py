"""A part of a parcel is taken: the rest comes back, and only what is kept is paid, told and sold."""

import pytest

from fulfillment.events import Delivered, RefusedAtDoor
from fulfillment.models import (
    DoorVisit,
    FulfillmentState,
    ProvisioningJob,
    RefusedUnits,
    SerialUnit,
    StockLevel,
    WrongState,
)
from fulfillment.services import claims, delivery, doors, evidence_check, handover, part, returns
from fulfillment.services.wrong_input import NoReasonChosen
from tests.fulfillment.house import CASE, PHONE, SIM
from tests.fulfillment.test_delivery import at_door, do, drawn, on_the_way, published  # noqa: F401

pytestmark = pytest.mark.usefixtures("media")
BOTH = ((CASE, 3), (PHONE, 2))


def lines(fo) -> dict[str, int]:
    return dict(fo.lines.values_list("sku", "pk"))


def keep(do, fo, **more):  # noqa: F811
    taken = more.pop("taken", None) or {lines(fo)[CASE]: 1}
    return do(part.keep_a_part, fo, taken=taken, reason=more.pop("reason", "wrong_goods"), **more)


def test_what_is_kept_is_delivered_and_the_rest_comes_back(house, at_door, do, published, worker_east):  # noqa: F811
    house.shelve(CASE, 3, house.east)
    fo = at_door((CASE, 3))
    keep(do, fo)
    found = do(delivery.sign, fo, signature=drawn())
    assert (found.next_step, found.fulfillment.state) == ("", FulfillmentState.DELIVERED)
    line_id = fo.lines.get().line_id
    told = {type(fact): fact for fact in published if isinstance(fact, Delivered | RefusedAtDoor)}
    assert told[Delivered].lines == [[line_id, 1]]
    assert (told[RefusedAtDoor].lines, told[RefusedAtDoor].reason) == ([[line_id, 2]], "wrong_goods")
    assert DoorVisit.objects.get().end == "partly"
    assert evidence_check.verify(fulfillment_id=fo.pk)
    back = {"actor": worker_east, "location_id": house.east.pk, "code": fo.code, "now": house.now}
    assert returns.receive_back(**back).state == FulfillmentState.DELIVERED
    assert StockLevel.objects.get(sku=CASE, location=house.east).on_hand == 2
    with pytest.raises(WrongState):
        returns.receive_back(**back)


def test_the_cash_shrinks_by_what_the_refused_units_cost_in_money(at_door, do, published):  # noqa: F811
    """300.00 of goods and 10.00 delivery, 31.00 paid with points: a third of the goods is 90.00 less."""
    fo = at_door((CASE, 3), cod_fen=27900)
    wish = {"lines": [{"line_id": fo.lines.get().line_id, "quantity": 3, "amount_fen": 30000}]}
    fo.demand.wish |= wish | {"total_fen": 31000, "cod_fen": 27900}
    fo.demand.save()
    found = keep(do, fo, taken={lines(fo)[CASE]: 2})
    assert found.cod_fen == 27900 - 10000 * 27900 // 31000 == 18900
    do(delivery.sign, fo, signature=drawn())
    with pytest.raises(delivery.CashDiffers):
        do(delivery.collect, fo, amount_fen=27900)
    do(delivery.collect, fo, amount_fen=18900)
    assert next(fact for fact in published if isinstance(fact, Delivered)).cod_fen == 18900


def test_an_older_wish_shares_by_units(at_door, do):  # noqa: F811
    fo = at_door((CASE, 3), cod_fen=30001)
    assert keep(do, fo).cod_fen == 30001 - 20001


def test_said_again_it_is_the_last_word_and_all_is_no_part(at_door, do):  # noqa: F811
    fo = at_door((CASE, 3), cod_fen=30000)
    keep(do, fo)
    assert keep(do, fo, taken={lines(fo)[CASE]: 3}).cod_fen == 30000
    assert not RefusedUnits.objects.exists()


@pytest.mark.parametrize(
    ("taken", "refusal"),
    [(0, part.NothingTaken), (4, part.PartInvalid), (-1, part.PartInvalid)],
)
def test_impossible_parts(at_door, do, taken, refusal):  # noqa: F811
    fo = at_door((CASE, 3))
    with pytest.raises(refusal):
        keep(do, fo, taken={lines(fo)[CASE]: taken})
    with pytest.raises(part.PartInvalid):
        keep(do, fo, taken={-5: 1})
    with pytest.raises(NoReasonChosen):
        keep(do, fo, reason="bored")


def test_a_part_is_said_at_the_door_before_the_signature(on_the_way, do):  # noqa: F811
    fo = on_the_way((CASE, 3), cod_fen=900)
    with pytest.raises(doors.StepOrder):
        keep(do, fo)
    do(delivery.arrive, fo)
    do(delivery.sign, fo, signature=drawn())
    with pytest.raises(doors.StepOrder):
        keep(do, fo)


def test_of_two_phones_the_one_that_goes_back_is_named(house, at_door, do, on_the_way, worker_east):  # noqa: F811
    imeis = house.phones(2, house.east)
    fo = house.parcel((PHONE, 2))
    for imei in imeis:
        claims.claim(fo.lines.get(), imei, location_id=house.east.pk, now=house.now)
    fo = hand(house, fo, do)
    one = {lines(fo)[PHONE]: 1}
    for named in ([], ["350000000000000"], imeis):
        with pytest.raises(part.SerialsWanted):
            keep(do, fo, taken=one, serials={lines(fo)[PHONE]: named})
    keep(do, fo, taken=one, serials={lines(fo)[PHONE]: [imeis[1]]})
    do(delivery.sign, fo, signature=drawn())
    states = dict(SerialUnit.objects.values_list("serial", "state"))
    assert (states[imeis[0]], states[imeis[1]]) == ("sold", "in_transit")
    returns.receive_back(actor=worker_east, location_id=house.east.pk, code=fo.code, now=house.now)
    assert SerialUnit.objects.get(serial=imeis[1]).state == "free"


def hand(house, fo, do):  # noqa: F811
    fo.state = FulfillmentState.PACKED
    fo.save()
    where = {"location_id": house.east.pk, "courier_id": house.swift.pk}
    handover.hand_over(ids=[fo.pk], now=house.now, **where)
    do(delivery.arrive, fo)
    return fo


def test_a_refused_card_needs_no_identity_and_its_account_is_closed(house, at_door, do):  # noqa: F811
    fo = at_door((SIM, 1), (CASE, 1))
    card = fo.lines.get(sku=SIM)
    ProvisioningJob.objects.create(
        key="account-part",
        kind="account",
        state="done",
        order_number=fo.demand.order_number,
        line_id=card.line_id,
        fulfillment=fo,
        msisdn=card.msisdn,
        requested_at=house.now,
    )
    with pytest.raises(doors.StepOrder):
        do(delivery.sign, fo, signature=drawn())
    assert keep(do, fo, taken={card.pk: 0}).next_step == "sign"
    do(delivery.sign, fo, signature=drawn())
    assert ProvisioningJob.objects.get(kind="close_account").line_id == card.line_id


def test_another_day_all_of_it_is_offered_again(at_door, do, house):  # noqa: F811
    fo = at_door((CASE, 3), cod_fen=3000)
    keep(do, fo)
    day = house.now.date().replace(day=house.now.day + 1)
    found = do(delivery.come_again, fo, reason="later", next_on=day)
    assert (found.cod_fen, RefusedUnits.objects.count()) == (3000, 0)
