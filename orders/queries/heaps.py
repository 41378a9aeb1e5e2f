"""What waits for somebody in orders and their money; each one query."""

from django.db.models import QuerySet

from omnichannel.kernel.heaps import Heap, heap
from orders.models import CallbackOutcome, OrderIntake, ProviderCallback, Refund, RefundState, State

MISMATCHED = (CallbackOutcome.AMOUNT_MISMATCH, CallbackOutcome.UNKNOWN)


def failed_refunds() -> Heap:
    return heap(Refund.objects.filter(state=RefundState.FAILED), "requested_at")


def cash_to_pay_out() -> Heap:
    return heap(Refund.objects.filter(state=RefundState.DUE), "requested_at")


def payments_that_do_not_fit() -> Heap:
    rows = ProviderCallback.objects.filter(verified=True, outcome__in=MISMATCHED, handled_at=None)
    return heap(rows, "received_at")


def unpaid() -> Heap:
    return heap(OrderIntake.objects.filter(state=State.AWAITING_PAYMENT), "placed_at")


def newest() -> QuerySet[OrderIntake]:
    """With their institutions, the newest first."""
    return OrderIntake.objects.select_related("institution").order_by("-placed_at")
