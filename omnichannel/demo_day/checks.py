"""Does the day hold together? Each check names what broke; a clean day returns an empty list."""

from datetime import date

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from fulfillment.models import FulfillmentDemand
from omnichannel import promise_look
from omnichannel.kernel.models import OutboxMessage
from orders.models import OrderIntake, Payment, Refund
from settlement.models import BusinessDay, NetPosition

WITH_OPERATORS = (FulfillmentDemand.State.EXCEPTION,)


def run(day: date) -> list[str]:
    """All breaches in words, of stock, orders, books and the report. The status page shows this look."""
    broken = [each for each in promise_look.look(at=timezone.now()).promises if each.breaches]
    breaches = [f"{each.name}: {', '.join(each.examples)}" for each in broken]
    return breaches + _unfulfilled() + _money_ties(day) + _net_is_zero(day) + _outbox()


def _unfulfilled() -> list[str]:
    """A paid order is ended, or an operator has it on the list."""
    open_orders = OrderIntake.objects.open().exclude(state=OrderIntake.State.AWAITING_PAYMENT)
    listed = FulfillmentDemand.objects.filter(state__in=WITH_OPERATORS).values("order_number")
    lost = list(open_orders.exclude(number__in=listed).values_list("number", flat=True)[:5])
    return [f"orders neither fulfilled nor with an operator: {', '.join(lost)}"] if lost else []


def _money_ties(day: date) -> list[str]:
    """Captured and refunded by the orders = booked in the trades of the day, to the fen.

    What others bear of discounts is no money that an order takes in.
    """
    captured = Payment.objects.aggregate(fen=Sum("captured_fen", default=0))["fen"]
    refunded = Refund.objects.filter(state=Refund.State.SUCCEEDED).aggregate(
        fen=Sum("amount_fen", default=0)
    )["fen"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(amount_fen) FILTER (WHERE kind IN ('payment', 'card_sale')), 0),"
            " coalesce(sum(abs(amount_fen)) FILTER (WHERE kind IN ('refund', 'card_refund')), 0)"
            " FROM settlement_trade WHERE business_date = %s AND means <> 'funded'",
            [day],
        )
        paid, back = (int(value) for value in cursor.fetchone())
    ties = {"captured": (captured, paid), "refunded": (refunded, back)}
    return [
        f"{what}: orders say {ours} fen, trades {theirs}"
        for what, (ours, theirs) in ties.items()
        if ours != theirs
    ]


def _net_is_zero(day: date) -> list[str]:
    total = NetPosition.objects.filter(business_date=day).aggregate(fen=Sum("amount_fen", default=0))["fen"]
    sealed = BusinessDay.objects.get(business_date=day).is_final
    return ([f"net positions sum to {total} fen"] if total else []) + (
        [] if sealed else ["the day is not closed"]
    )


def _outbox() -> list[str]:
    dead = OutboxMessage.objects.dead().count()
    return [f"{dead} dead messages"] if dead else []
