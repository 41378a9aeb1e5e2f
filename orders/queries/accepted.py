"""What a counter has sold: filtered, with what it was and how it was paid."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from omnichannel.kernel import clock
from orders.models import LineTerms, Means, OrderIntake, Payment

LONGEST_PHONE = 11
# How something is paid at a counter.
MEANS = (Means.CASH, Means.UNIPAY, Means.COD, Means.PREPAID, Means.CARD)


def at(
    institution_id: int,
    *,
    text: str = "",
    state: str = "",
    means: str = "",
    begin: date | None = None,
    end: date | None = None,
) -> QuerySet[OrderIntake]:
    """The counter's orders, newest first. text: an order number or a phone's last digits; days inclusive."""
    found = OrderIntake.objects.filter(institution_id=institution_id)
    if text:
        found = found.filter(Q(number__iexact=text) | Q(contact_phone__endswith=text[-LONGEST_PHONE:]))
    if state:
        found = found.filter(state=state)
    if means:
        found = found.filter(Exists(Payment.objects.filter(intake=OuterRef("pk"), means=means)))
    if begin:
        found = found.filter(placed_at__gte=clock.day_bounds(begin)[0])
    if end:
        found = found.filter(placed_at__lt=clock.day_bounds(end)[1])
    lines = Prefetch("terms", LineTerms.objects.order_by("pk"))
    payments = Prefetch("payments", Payment.objects.order_by("pk"))
    return found.order_by("-placed_at", "-pk").prefetch_related(lines, payments)


def row(order: OrderIntake) -> dict:
    """One order of at(): the names of its lines, by what it is or was paid, fen given or to be given back."""
    payments = [each for each in order.payments.all() if each.is_open or each.captured_fen]
    return {
        "order": order,
        "what": [
            f"{line.label} × {line.quantity}" if line.quantity > 1 else line.label
            for line in order.terms.all()
        ],
        "paid_by": list(dict.fromkeys(each.get_means_display() for each in payments)),
        "back_fen": sum(each.refunded_fen for each in payments),
    }
