"""What was paid for an order, and what is not in order with payments."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Sum

from orders.models import (
    CallbackOutcome,
    Means,
    OrderIntake,
    Payment,
    PaymentState,
    ProviderCallback,
    Refund,
    RefundState,
    State,
)


@dataclass(frozen=True)
class PayCard:
    """What the payment page shows. state: waiting, paid, failed, closed or ended."""

    number: str
    state: str
    total_fen: int
    points_fen: int
    due_fen: int
    expires_at: datetime | None
    cod: bool
    is_begun: bool
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]


def captured_fen(order_number: str) -> int:
    """Fen that arrived for an order by all means, points included."""
    paid = Payment.objects.filter(intake__number=order_number).aggregate(sum=Sum("captured_fen"))
    return paid["sum"] or 0


def pay_card(intake: OrderIntake) -> PayCard:
    """An order's payment as its payer sees it; one query, two where something was given back."""
    payments = tuple(intake.payments.order_by("created_at", "pk"))
    refunds = ()
    if any(payment.refunded_fen for payment in payments):
        refunds = tuple(intake.refunds.select_related("payment").order_by("requested_at", "pk"))
    by_provider = [payment for payment in payments if payment.means == Means.UNIPAY]
    return PayCard(
        number=intake.number,
        state=_pay_state(intake, by_provider),
        total_fen=intake.total_fen,
        points_fen=intake.points_fen,
        due_fen=intake.total_fen - sum(payment.captured_fen for payment in payments),
        expires_at=intake.expires_at,
        cod=intake.cod,
        is_begun=any(payment.is_open for payment in by_provider),
        payments=payments,
        refunds=refunds,
    )


def _pay_state(intake: OrderIntake, by_provider: list[Payment]) -> str:
    if intake.state == State.AWAITING_PAYMENT:
        last = by_provider[-1] if by_provider else None
        return "failed" if last and last.state in (PaymentState.FAILED, PaymentState.CLOSED) else "waiting"
    if intake.state in (State.CANCELLED, State.FAILED, State.REFUSED):
        return "ended"
    return "paid"


def cash_refunds_due(order_number: str) -> list[Refund]:
    """Refunds of an order that a counter has to pay out."""
    due = Refund.objects.filter(intake__number=order_number, state=RefundState.DUE)
    return list(due.select_related("payment").order_by("pk"))


def stuck_refunds() -> int:
    """How many refunds failed at the provider and are not through yet."""
    return Refund.objects.filter(state=RefundState.FAILED).count()


def open_mismatches() -> int:
    """How many signed call-backs named another amount (or no payment of ours) and nobody has handled them."""
    return ProviderCallback.objects.filter(
        verified=True,
        outcome__in=[CallbackOutcome.AMOUNT_MISMATCH, CallbackOutcome.UNKNOWN],
        handled_at=None,
    ).count()


def over_refunded() -> int:
    """Payments that gave back more than they took: always 0, the database holds it."""
    return Payment.objects.filter(refunded_fen__gt=F("captured_fen")).count()
