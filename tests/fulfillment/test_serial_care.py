"""One unit put aside, released, scrapped or taken back: rights, reasons, movements, and its whole story."""

import pytest
from django.utils import translation

from fulfillment.models import (
    FulfillmentOrder,
    SerialEvent,
    SerialUnit,
    StockLevel,
    StockMovement,
)
from fulfillment.queries import serials as reading
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_receipts, serial_care, stock
from fulfillment.services.wrong_input import NoReasonChosen
from omnichannel.kernel.errors import NotAllowed
from tests.support.dealing import CARD, NOW, PHONE, Dealing, picked_and_gone


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


@pytest.fixture
def phone(dealing) -> str:
    return dealing.stock(PHONE, 2)[0]


def level(dealing):
    return StockLevel.objects.get(sku=PHONE, location=dealing.house).on_hand


def state(serial):
    return SerialUnit.objects.get(serial=serial).state


def test_a_unit_put_aside_leaves_its_level_and_comes_back_with_it(dealing, phone):
    serial_care.quarantine(actor=dealing.worker, serial=phone, reason="damaged", note="corner", now=NOW)
    assert (state(phone), level(dealing)) == ("quarantine", 1)
    assert findings(now=NOW) == []
    serial_care.release(actor=dealing.worker, serial=f" {phone} ", reason="inspected", now=NOW)
    assert (state(phone), level(dealing)) == ("free", 2)
    serial_care.quarantine(actor=dealing.worker, serial=phone, reason="recalled", now=NOW)
    assert StockMovement.objects.filter(reason="quarantine").count() == 2
    serial_care.scrap(actor=dealing.worker, serial=phone, reason="beyond_repair", now=NOW)
    assert (state(phone), level(dealing)) == ("scrapped", 1)
    told = list(SerialEvent.objects.values_list("kind", "reason", "who"))
    assert told[0] == ("quarantined", "damaged", "warehouse41")
    assert [kind for kind, _reason, _who in told] == ["quarantined", "released", "quarantined", "scrapped"]
    assert findings(now=NOW) == []


def test_refusals_change_nothing(dealing, phone):
    with pytest.raises(serial_care.SerialNotYours):
        serial_care.quarantine(actor=dealing.dealer, serial=phone, reason="damaged", now=NOW)
    with pytest.raises(NoReasonChosen):
        serial_care.quarantine(actor=dealing.worker, serial=phone, reason="", now=NOW)
    with pytest.raises(serial_care.SerialBusy):
        serial_care.release(actor=dealing.worker, serial=phone, reason="inspected", now=NOW)
    with pytest.raises(serial_care.SerialNotYours):
        serial_care.scrap(actor=dealing.worker, serial="350000000009999", reason="damaged", now=NOW)
    assert not SerialEvent.objects.exists()
    assert level(dealing) == 2


def test_a_promised_unit_cannot_be_put_aside(dealing, phone):
    dealing.approved({PHONE: 2})
    with pytest.raises(stock.StockPromised):
        serial_care.quarantine(actor=dealing.worker, serial=phone, reason="damaged", now=NOW)
    assert (state(phone), level(dealing)) == ("free", 2)
    assert not SerialEvent.objects.exists()


@pytest.fixture
def sold(dealing) -> str:
    dealing.stock(PHONE, 1)
    dealing.company.paid("o1", {PHONE: 1})
    serial = SerialUnit.objects.get().serial
    fo = FulfillmentOrder.objects.get()
    picked_and_gone(dealing, fo)
    return serial


@pytest.mark.parametrize(("grade", "after", "on_shelf"), [("A", "free", 1), ("B", "quarantine", 0)])
def test_a_return_is_graded_and_only_a_is_sold_again(dealing, sold, grade, after, on_shelf):
    assert state(sold) == "sold"
    values = {"serial": sold, "location_id": dealing.house.pk, "reason": "customer_return", "now": NOW}
    with pytest.raises(NotAllowed):
        serial_care.take_back(actor=dealing.dealer, grade="A", **values)
    with pytest.raises(serial_care.GradeMissing):
        serial_care.take_back(actor=dealing.worker, grade="E", **values)
    serial_care.take_back(actor=dealing.worker, grade=grade, **values)
    assert (state(sold), level(dealing)) == (after, on_shelf)
    with pytest.raises(serial_care.SerialBusy):
        serial_care.take_back(actor=dealing.worker, grade=grade, **values)
    assert findings(now=NOW) == []


def test_grade_b_is_released_only_when_inspection_makes_it_a(dealing, sold):
    serial_care.take_back(
        actor=dealing.worker, serial=sold, location_id=dealing.house.pk, grade="B", reason="customer_return",
        now=NOW,
    )  # fmt: skip
    with pytest.raises(serial_care.NotAsNew):
        serial_care.release(actor=dealing.worker, serial=sold, reason="inspected", now=NOW)
    serial_care.release(actor=dealing.worker, serial=sold, reason="inspected", grade="A", now=NOW)
    assert (state(sold), level(dealing)) == ("free", 1)


def test_the_story_tells_all_from_receipt_to_customer(dealing, sold):
    with translation.override("en"):
        story = reading.story(SerialUnit.objects.get(serial=sold))
    titles = [str(step.title) for step in story.steps]
    assert titles[0] == "Received"
    assert any("Taken for parcel o1" in title for title in titles)
    assert "delivered" in titles[-1]
    assert (story.order_number, story.receiver) == ("o1", "林* · 138****5678")


def test_the_story_of_a_unit_that_went_to_a_dealer(dealing):
    serial = dealing.stock(CARD, 1)[0]
    _order, fo = dealing.arrived({CARD: 1})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, scanned=[serial], now=NOW)
    unit = reading.find(dealing.dealer, serial)
    assert unit.location == dealing.shop
    with translation.override("en"):
        assert any("received by the dealer" in step.title for step in reading.story(unit).steps)
    assert reading.find(dealing.stranger, serial) is None
    assert reading.find(dealing.worker, serial) is None
    assert reading.find(dealing.operator, serial) == unit  # the dealer's branch is below the carrier
