"""Fact → booking, one line each. PointsBurned and PointsReturned mirror payments and refunds in points."""

from fulfillment.events import (
    CodRemitted,
    DealerCreditIssued,
    DealerInvoiceIssued,
    DealerPaymentMatched,
    DealerPaymentRecorded,
    Delivered,
    FulfillmentCancelled,
    HandedOver,
    RefusedAtDoor,
    SupplierGoodsReceived,
    for_a_customer,
    for_a_dealer,
)
from members.events import PointsClawedBack, PointsEarned, PointsLapsed
from omnichannel.kernel import outbox
from orders.events import CardStateChanged, OrderConfirmed, PaymentCaptured, RefundMade

from .events import RuleComparisonDue
from .services import dealer_money, facts

SETTLE = {"queue": "settle"}
CUSTOMERS, DEALERS = SETTLE | {"only": for_a_customer}, SETTLE | {"only": for_a_dealer}

outbox.subscribe(OrderConfirmed, facts.order_confirmed, name="settlement.freeze_terms", **SETTLE)
outbox.subscribe(PaymentCaptured, facts.payment_captured, name="settlement.book_payment", **SETTLE)
outbox.subscribe(RefundMade, facts.refund_made, name="settlement.book_refund", **SETTLE)
outbox.subscribe(HandedOver, facts.handed_over, name="settlement.book_freight", **CUSTOMERS)
outbox.subscribe(Delivered, facts.delivered, name="settlement.fix_fulfiller", **CUSTOMERS)
outbox.subscribe(RefusedAtDoor, facts.parcel_over, name="settlement.close_refused", **CUSTOMERS)
outbox.subscribe(FulfillmentCancelled, facts.parcel_over, name="settlement.close_cancelled", **CUSTOMERS)
outbox.subscribe(CodRemitted, facts.cod_remitted, name="settlement.book_cod_remittance", **SETTLE)
outbox.subscribe(PointsEarned, facts.points_earned, name="settlement.book_points_earned", **SETTLE)
outbox.subscribe(
    PointsClawedBack, facts.points_clawed_back, name="settlement.book_points_clawed_back", **SETTLE
)
outbox.subscribe(PointsLapsed, facts.points_lapsed, name="settlement.book_points_lapsed", **SETTLE)
outbox.subscribe(
    HandedOver, dealer_money.supply_handed_over, name="settlement.book_dealer_freight", **DEALERS
)
outbox.subscribe(
    DealerInvoiceIssued, dealer_money.invoice_issued, name="settlement.book_dealer_invoice", **SETTLE
)
outbox.subscribe(
    DealerCreditIssued, dealer_money.credit_issued, name="settlement.book_dealer_credit", **SETTLE
)
outbox.subscribe(
    DealerPaymentRecorded, dealer_money.payment_recorded, name="settlement.book_dealer_payment", **SETTLE
)
outbox.subscribe(
    DealerPaymentMatched, dealer_money.payment_matched, name="settlement.book_dealer_match", **SETTLE
)
outbox.subscribe(
    SupplierGoodsReceived, dealer_money.supplier_delivered, name="settlement.book_goods_bought", **SETTLE
)
outbox.subscribe(CardStateChanged, facts.card_state_changed, name="audit.card_state", queue="report")
# Not a fact of money: its name keeps it out of what a cut-off waits for.
outbox.subscribe(RuleComparisonDue, facts.comparison_due, name="rules.compare_day", queue="report")
