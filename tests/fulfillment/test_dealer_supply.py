"""A dealer's purchase order from the credit check to the invoice, refusals first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import (
    DealerInvoice,
    DealerOrder,
    DealerReceiptLine,
    FulfillmentOrder,
    RoutingTrace,
    SerialUnit,
    StockLevel,
    StockMovement,
)
from fulfillment.queries.dealers import standings
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    cancellation,
    dealer_approval,
    dealer_credit,
    dealer_holds,
    dealer_invoices,
    dealer_order_steps,
    dealer_orders,
    dealer_progress,
    dealer_receipts,
)
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.models import OutboxMessage
from tests.support.dealing import CARD, CASE, NOW, PHONE, Dealing, follow_up

TODAY = clock.local_day(NOW)


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing(limit=100_000_00)


def standing(dealing):
    return standings([dealing.shop.pk], today=TODAY)[dealing.shop.pk]


def code_of(refusal):
    return refusal.value.code


def test_an_order_within_credit_goes_to_the_branch_and_counts_as_exposure(dealing):
    order = dealing.order({PHONE: 10, CARD: 100})
    assert (order.state, order.amount_fen, order.number[:2]) == ("submitted", 21_000_00, "DP")
    assert standing(dealing).exposure == 21_000_00


def test_beyond_credit_waits_on_hold_and_takes_none(dealing):
    dealing.order({PHONE: 40})
    held = dealing.order({PHONE: 11})
    assert (held.state, held.hold_reason) == ("on_hold", "credit")
    assert standing(dealing).exposure == 80_000_00
    fits = dealing.order({PHONE: 10})
    assert fits.state == "submitted"


@pytest.mark.parametrize(
    ("wanted", "total", "code"),
    [
        ({}, 0, "dealer_order_empty"),
        ({PHONE: 0}, 0, "quantity_invalid"),
        ({PHONE: 10_001}, 0, "quantity_invalid"),
        ({"NO-SUCH": 1}, 0, "sku_not_for_dealers"),
        ({PHONE: 1}, 1999_00, "price_changed"),
    ],
)
def test_what_cannot_be_ordered_is_refused_and_leaves_nothing(dealing, wanted, total, code):
    with pytest.raises(DomainError) as refusal:
        dealer_orders.place(
            actor=dealing.dealer,
            dealer_id=dealing.shop.pk,
            wanted=wanted,
            shown_total=total,
            key="k",
            now=NOW,
        )
    assert code_of(refusal) == code
    assert not DealerOrder.objects.exists()


def test_the_form_sent_twice_is_one_order(dealing):
    first, second = dealing.order({PHONE: 1}, key="same"), dealing.order({PHONE: 1}, key="same")
    assert first == second
    assert DealerOrder.objects.count() == 1


def test_another_dealer_sees_nothing(dealing):
    order = dealing.order({PHONE: 1})
    for step in (dealer_approval.approve, dealer_holds.check_again):
        with pytest.raises(dealer_order_steps.OrderUnknown):
            step(actor=dealing.stranger, number=order.number, now=NOW)
    with pytest.raises(dealer_credit.DealerUnknown):
        dealing.order({PHONE: 1}, actor=dealing.stranger)
    with pytest.raises(dealer_credit.DealerUnknown):
        dealer_credit.readable_terms(dealing.stranger, "dl")


def test_nobody_approves_their_own_and_the_dealer_never(dealing):
    dealing.stock(PHONE, 1)
    order = dealing.order({PHONE: 1}, actor=dealing.branch)
    with pytest.raises(dealer_approval.OwnOrder):
        dealer_approval.approve(actor=dealing.branch, number=order.number, now=NOW)
    with pytest.raises(dealer_order_steps.OrderUnknown):
        dealer_approval.approve(actor=dealing.dealer, number=order.number, now=NOW)
    dealer_approval.approve(actor=dealing.colleague, number=order.number, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        DealerOrder.objects.update(approved_by=21)


def test_approval_promises_the_goods_and_routing_sends_them_from_our_warehouse_alone(dealing):
    dealing.stock(PHONE, 3)
    dealing.company.put("st-a", **{CASE: 50})
    dealing.company.put("wh", **{CASE: 5})
    order = dealing.approved({PHONE: 2, CASE: 5})
    fo = FulfillmentOrder.objects.get()
    assert (order.state, fo.location_id, fo.code.startswith(order.number)) == (
        "approved",
        dealing.house.pk,
        True,
    )
    assert "does_not_supply_dealers" in str(RoutingTrace.objects.get().story)
    assert not OutboxMessage.objects.filter(subscriber__startswith="orders.").exists()
    assert OutboxMessage.objects.filter(topic="fulfillment.dealer_order_approved").count() == 0


def test_goods_that_arrived_wait_in_transit_for_the_count(dealing):
    sent = dealing.stock(PHONE, 2) + dealing.stock(CARD, 30)
    dealing.arrived({PHONE: 2, CARD: 30})
    assert set(SerialUnit.objects.filter(serial__in=sent).values_list("state", flat=True)) == {"in_transit"}
    assert not StockMovement.objects.filter(reason="delivered").exists()
    heard = OutboxMessage.objects.filter(subscriber__startswith="settlement.")
    assert set(heard.values_list("subscriber", flat=True)) == {"settlement.book_dealer_freight"}
    assert findings(now=NOW) == []


def test_by_delivery_note_everything_is_on_the_dealers_shelf_and_on_the_invoice(dealing):
    dealing.stock(PHONE, 2), dealing.stock(CARD, 30), dealing.stock(CASE, 4)
    order, fo = dealing.arrived({PHONE: 2, CARD: 30, CASE: 4})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    levels = dict(StockLevel.objects.filter(location=dealing.shop).values_list("sku", "on_hand"))
    assert levels == {PHONE: 2, CARD: 30, CASE: 4}
    assert SerialUnit.objects.filter(location=dealing.shop, state="free").count() == 32
    invoice = DealerInvoice.objects.get()
    assert (invoice.amount_fen, invoice.due_on) == (4_420_00, TODAY + timedelta(days=30))
    order.refresh_from_db()
    assert order.state == "done"
    assert (standing(dealing).receivables, standing(dealing).open_orders) == (4_420_00, 0)
    assert findings(now=NOW) == []
    with pytest.raises(dealer_receipts.CountedBefore):
        dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)


def test_differences_are_on_record_are_not_invoiced_and_free_their_credit(dealing):
    phones = dealing.stock(PHONE, 3)
    dealing.stock(CASE, 4)
    order, fo = dealing.arrived({PHONE: 3, CASE: 4})
    dealer_receipts.receive(
        actor=dealing.dealer,
        code=fo.code,
        scanned=phones[:2],
        counts={CASE: 3},
        note="carton was open",
        now=NOW,
    )
    lines = {line.line.sku: line for line in DealerReceiptLine.objects.select_related("line")}
    assert (lines[PHONE].difference, lines[PHONE].missing_serials) == (-1, phones[2:])
    assert lines[CASE].difference == -1
    assert SerialUnit.objects.get(serial=phones[2]).state == "quarantine"
    assert DealerInvoice.objects.get().amount_fen == 4_090_00
    assert standing(dealing).exposure == 4_090_00
    order.refresh_from_db()
    assert order.state == "done"
    assert StockMovement.objects.filter(reason="dealer_missing").count() == 2
    assert findings(now=NOW) == []


def test_a_wrong_count_takes_nothing_in(dealing):
    dealing.stock(PHONE, 3)
    dealing.stock(CASE, 2)
    _order, fo = dealing.arrived({PHONE: 2, CASE: 2})
    sent = list(SerialUnit.objects.filter(state="in_transit").values_list("serial", flat=True))
    wrong = {
        "serial_scanned_twice": {"scanned": [sent[0], f" {sent[0]} "]},
        "serial_not_in_parcel": {"scanned": [sent[0], "nothing"]},
        "surplus_wish_missing": {"scanned": sent, "counts": {CASE: 3}},
        "count_wrong": {"scanned": sent, "counts": {CASE: -1}},
    }
    for code, values in wrong.items():
        with pytest.raises(DomainError) as refusal:
            dealer_receipts.receive(actor=dealing.dealer, code=fo.code, now=NOW, **values)
        assert code_of(refusal) == code
    with pytest.raises(dealer_receipts.ParcelNotYours):
        dealer_receipts.receive(actor=dealing.stranger, code=fo.code, by_note=True, now=NOW)
    assert not StockLevel.objects.filter(location=dealing.shop, on_hand__gt=0).exists()
    assert not DealerInvoice.objects.exists()


def test_a_parcel_on_its_way_cannot_be_counted(dealing):
    dealing.stock(PHONE, 1)
    dealing.approved({PHONE: 1})
    fo = FulfillmentOrder.objects.get()
    with pytest.raises(dealer_receipts.NotArrived):
        dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)


def test_what_left_cannot_be_cancelled_what_did_not_gives_all_back(dealing):
    dealing.stock(PHONE, 4)
    order = dealing.approved({PHONE: 2})
    dealer_orders.cancel(actor=dealing.dealer, number=order.number, reason="too many", now=NOW)
    follow_up()
    level = StockLevel.objects.get(sku=PHONE, location=dealing.house)
    assert (level.on_hand, level.reserved, standing(dealing).exposure) == (4, 0, 0)
    gone, _fo = dealing.arrived({PHONE: 2})
    with pytest.raises(cancellation.TooLate):
        dealer_orders.cancel(actor=dealing.dealer, number=gone.number, reason="too many", now=NOW)


def pay(dealing, amount_fen: int, reference: str = "B1", kind: str = "receipt"):
    return dealer_invoices.record_payment(
        actor=dealing.money,
        dealer_id=dealing.shop.pk,
        kind=kind,
        amount_fen=amount_fen,
        reference=reference,
        received_on=TODAY,
        now=NOW,
    )


def test_a_payment_is_recorded_once_by_finance_alone(dealing):
    for actor in (dealing.dealer, dealing.branch, dealing.worker):
        with pytest.raises(dealer_credit.DealerUnknown):
            dealer_invoices.record_payment(
                actor=actor, dealer_id=dealing.shop.pk, kind="receipt", amount_fen=1, reference="x",
                received_on=TODAY, now=NOW,
            )  # fmt: skip
    assert pay(dealing, 500_00) == pay(dealing, 500_00)
    with pytest.raises(dealer_invoices.ReferenceUsed):
        pay(dealing, 600_00)
    assert standing(dealing).exposure == -500_00


def test_money_that_came_lets_a_held_order_go_on(dealing):
    held = dealing.order({PHONE: 51})
    assert held.hold_reason == "credit"
    pay(dealing, 2_000_00, kind="prepayment")
    held.refresh_from_db()
    assert (held.state, held.hold_reason) == ("submitted", "")
    assert standing(dealing).exposure == 100_000_00


def test_payments_are_matched_oldest_first_and_to_the_fen(dealing):
    dealing.stock(PHONE, 2)
    for _turn in range(2):
        _order, fo = dealing.arrived({PHONE: 1})
        dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    pay(dealing, 2_500_00, "B1"), pay(dealing, 700_00, "B2")
    dealer_invoices.match(actor=dealing.money, dealer_id=dealing.shop.pk, now=NOW)
    paid = list(DealerInvoice.objects.order_by("pk").values_list("paid_fen", flat=True))
    assert paid == [2_000_00, 1_200_00]
    assert standing(dealing).exposure == 800_00
    with pytest.raises(dealer_invoices.NothingToMatch):
        dealer_invoices.match(actor=dealing.money, dealer_id=dealing.shop.pk, now=NOW)
    assert findings(now=NOW) == []


def test_an_overdue_invoice_blocks_orders_and_approval_until_it_is_paid(dealing):
    dealing.stock(PHONE, 3)
    _order, fo = dealing.arrived({PHONE: 1})
    waiting = dealing.order({PHONE: 1})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    later = NOW + timedelta(days=31)
    with pytest.raises(dealer_approval.DealerHeld):
        dealer_approval.approve(actor=dealing.branch, number=waiting.number, now=later)
    held = dealing.order({PHONE: 1}, at=later)
    assert held.hold_reason == "overdue"
    dealer_invoices.record_payment(
        actor=dealing.money, dealer_id=dealing.shop.pk, kind="receipt", amount_fen=2_000_00, reference="B1",
        received_on=TODAY, now=later,
    )  # fmt: skip
    held.refresh_from_db()
    assert held.state == "submitted"
    assert dealer_approval.approve(actor=dealing.branch, number=waiting.number, now=later).state == "approved"


def test_the_limit_never_falls_below_what_is_out(dealing):
    dealing.order({PHONE: 10})
    values = {"dealer_id": dealing.shop.pk, "payment_days": 30, "is_blocked": False, "now": NOW}
    with pytest.raises(dealer_credit.LimitBelowExposure):
        dealer_credit.set_terms(actor=dealing.lead, credit_limit_fen=19_999_00, **values)
    with pytest.raises(dealer_credit.DealerUnknown):
        dealer_credit.set_terms(actor=dealing.money, credit_limit_fen=30_000_00, **values)
    dealer_credit.set_terms(actor=dealing.lead, credit_limit_fen=20_000_00, **values)
    assert dealing.order({CARD: 1}).state == "on_hold"


def test_a_refused_parcel_frees_its_credit(dealing):
    dealing.stock(PHONE, 1)
    order = dealing.approved({PHONE: 1})
    FulfillmentOrder.objects.update(state="refused")
    dealer_progress.reckon(number=order.number, now=NOW)
    order.refresh_from_db()
    assert (order.state, standing(dealing).exposure) == ("cancelled", 0)


def test_money_of_tomorrow_is_not_recorded(dealing):
    with pytest.raises(dealer_invoices.DayAhead):
        dealer_invoices.record_payment(
            actor=dealing.money, dealer_id=dealing.shop.pk, kind="receipt", amount_fen=1, reference="B1",
            received_on=TODAY + timedelta(days=1), now=NOW,
        )  # fmt: skip
