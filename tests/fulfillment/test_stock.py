"""Goods move with their movement, serial units follow, and the books can be checked."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from fulfillment.models import FulfillmentOrder, SerialUnit, StockLevel, StockMovement
from fulfillment.queries.invariants import findings
from fulfillment.services import claims, serials, stock

IMEIS = ["860000000000017", "860000000000025", "860000000000033"]
ICCIDS = ["89869900000000000011", "89869900000000000029"]


def level(sku="a", code="wh"):
    return StockLevel.objects.get(sku=sku, location__code=code)


@pytest.fixture
def parcel(company):
    company.put("wh", a=3)
    company.paid("o1", {"a": 2})
    return FulfillmentOrder.objects.get()


def test_what_is_handed_over_leaves_once(parcel, now):
    stock.ship(fulfillment=parcel, now=now)
    stock.ship(fulfillment=parcel, now=now)
    assert (level().on_hand, level().reserved) == (1, 0)
    assert StockMovement.objects.get(reason="shipped").to_place == "transit"
    stock.deliver(fulfillment=parcel, now=now)
    stock.deliver(fulfillment=parcel, now=now)
    assert StockMovement.objects.filter(reason="delivered").count() == 1


def test_refused_goods_come_back_once(parcel, now):
    stock.ship(fulfillment=parcel, now=now)
    stock.receive_back(fulfillment=parcel, now=now)
    stock.receive_back(fulfillment=parcel, now=now)
    assert (level().on_hand, level().reserved) == (3, 0)
    FulfillmentOrder.objects.update(state="returned")
    assert findings(now=now) == []


def test_a_parcel_that_holds_too_little_does_not_leave(parcel, now):
    parcel.lines.update(quantity=3)
    with pytest.raises(stock.NotReserved):
        stock.ship(fulfillment=parcel, now=now)
    assert level().on_hand == 3


def test_promised_units_cannot_be_taken_out(company, parcel, now):
    values = {
        "location_id": company.places["wh"].pk,
        "sku": "a",
        "place": "loss",
        "reason": "count_missing",
        "now": now,
    }
    with pytest.raises(stock.StockPromised):
        stock.book(units=-2, reference="c1", **values)
    stock.book(units=-1, reference="c2", **values)
    assert level().on_hand == 2
    assert findings(now=now) == []


@pytest.mark.owner
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fulfillment_stockmovement SET quantity = 1",
        "DELETE FROM fulfillment_stockmovement",
        "TRUNCATE fulfillment_stockmovement",
    ],
)
def test_movements_are_append_only(company, sql):
    company.put("wh", a=3)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")


def test_serials_are_checked_and_received_all_or_none(company, now):
    company.goods("phone", kind="device", serial_kind="imei")
    company.put_serials("wh", "phone", "imei", IMEIS[:2])
    for numbers, refusal in (
        ([IMEIS[2], IMEIS[0]], serials.SerialKnown),
        ([IMEIS[2], IMEIS[2]], serials.SerialKnown),
        ([IMEIS[2], "860000000000018"], serials.SerialInvalid),
        (["8600000"], serials.SerialInvalid),
    ):
        with pytest.raises(refusal):
            company.put_serials("wh", "phone", "imei", numbers)
    assert level("phone").on_hand == SerialUnit.objects.count() == 2


def test_serial_units_follow_their_parcel(company, now):
    company.goods("phone", kind="device", serial_kind="imei")
    company.put_serials("wh", "phone", "imei", IMEIS)
    company.paid("o1", {"phone": 2})
    fo = FulfillmentOrder.objects.get()
    claims.claim_free(fo.lines.all(), location_id=fo.location_id, now=now)
    stock.ship(fulfillment=fo, now=now)
    assert SerialUnit.objects.filter(state="in_transit").count() == 2
    assert findings(now=now) == []
    stock.deliver(fulfillment=fo, now=now)
    assert SerialUnit.objects.filter(state="sold").count() == 2


def test_a_quarantined_card_is_replaced_from_what_is_free(company, now):
    company.goods("sim", kind="sim", serial_kind="iccid")
    company.put_serials("wh", "sim", "iccid", ICCIDS)
    company.paid("o1", {"sim": 1}, accounts=(company.account(1),))
    fo = FulfillmentOrder.objects.get()
    claims.claim_free(fo.lines.all(), location_id=fo.location_id, now=now)
    taken = SerialUnit.objects.get(state="claimed").serial
    assert serials.quarantine(serial=taken, reason="network", reference="job-1", now=now)
    assert serials.quarantine(serial=taken, reason="network", reference="job-1", now=now)
    assert (level("sim").on_hand, level("sim").reserved) == (1, 1)
    claims.claim_free(fo.lines.all(), location_id=fo.location_id, now=now)
    last = SerialUnit.objects.get(state="claimed").serial
    assert not serials.quarantine(serial=last, reason="network", reference="job-2", now=now)
    assert (level("sim").on_hand, level("sim").reserved) == (0, 0)
    with pytest.raises(serials.SerialUnknown):
        serials.quarantine(serial="1", reason="", reference="", now=now)


def test_a_used_card_that_comes_back_stays_out_of_stock(company, now):
    company.goods("sim", kind="sim", serial_kind="iccid")
    company.put_serials("wh", "sim", "iccid", ICCIDS)
    company.paid("o1", {"sim": 1}, accounts=(company.account(1),))
    fo = FulfillmentOrder.objects.get()
    claims.claim_free(fo.lines.all(), location_id=fo.location_id, now=now)
    stock.ship(fulfillment=fo, now=now)
    stock.receive_back(fulfillment=fo, now=now)
    assert level("sim").on_hand == 1
    assert SerialUnit.objects.filter(state="quarantine").count() == 1
    assert findings(now=now) == []


def test_verify_stock_reports_and_repairs_only_on_request(company, capsys):
    company.put("wh", a=3)
    call_command("verify_stock")
    StockLevel.objects.update(on_hand=5)
    with pytest.raises(CommandError):
        call_command("verify_stock")
    assert "levels_equal_movements" in capsys.readouterr().out
    call_command("verify_stock", "--repair")
    assert "on hand 5 -> 3" in capsys.readouterr().out
    assert level().on_hand == 3
