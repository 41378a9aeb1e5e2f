"""Fact → booking, one line each. PointsBurned and PointsReturned mirror payments and refunds in points."""

from fulfillment.events import CodRemitted, Delivered, HandedOver, for_a_customer
from members.events import PointsClawedBack, PointsEarned, PointsLapsed
from omnichannel.kernel import outbox
from orders.events import OrderConfirmed, PaymentCaptured, RefundMade

from .services import facts

outbox.subscribe(OrderConfirmed, facts.order_confirmed, name="settlement.freeze_terms", queue="settle")
outbox.subscribe(PaymentCaptured, facts.payment_captured, name="settlement.book_payment", queue="settle")
outbox.subscribe(RefundMade, facts.refund_made, name="settlement.book_refund", queue="settle")
outbox.subscribe(
    HandedOver, facts.handed_over, name="settlement.book_freight", queue="settle", only=for_a_customer
)
outbox.subscribe(
    Delivered, facts.delivered, name="settlement.fix_fulfiller", queue="settle", only=for_a_customer
)
outbox.subscribe(CodRemitted, facts.cod_remitted, name="settlement.book_cod_remittance", queue="settle")
outbox.subscribe(PointsEarned, facts.points_earned, name="settlement.book_points_earned", queue="settle")
outbox.subscribe(
    PointsClawedBack, facts.points_clawed_back, name="settlement.book_points_clawed_back", queue="settle"
)
outbox.subscribe(PointsLapsed, facts.points_lapsed, name="settlement.book_points_lapsed", queue="settle")
