"""Money handed over at a counter: of a store of ours, or of the dealer or kiosk that placed the order."""

from datetime import datetime

from django.db import transaction

from members import queries as members
from members.actors import Actor
from omnichannel.kernel.errors import NotAllowed
from orders.models import Means, OrderIntake, Payment, PaymentState
from orders.services import captured, counters, dealer_till, payments
from orders.services.history import locked


@transaction.atomic
def record_cash(
    *,
    order_number: str,
    actor: Actor,
    store_id: int,
    amount_fen: int,
    now: datetime,
    means: str = Means.CASH,
) -> Payment:
    """Who stands at a counter took exactly what is due, in cash or (means card) on the terminal there.

    Raises NotAllowed unless the actor works at that store or dealer, payments.NotPayable,
    payments.PaymentTimeOver, captured.AmountDiffers, and dealer_till.MayNotCollect for a dealer's cash.
    """
    counter = members.institution(store_id)
    return take_at(
        counter, order_number=order_number, actor=actor, amount_fen=amount_fen, now=now, means=means
    )


@transaction.atomic
def take_at(
    counter, *, order_number: str, actor: Actor, amount_fen: int, now: datetime, means: str = Means.CASH
) -> Payment:
    """record_cash() for whoever has the card of the counter already."""
    intake = locked(order_number)
    counters.must_work_at(actor, counter)
    return _take(intake, Means(means), actor, counter, amount_fen, now)


@transaction.atomic
def record_collected(
    *, order_number: str, actor: Actor, collector_id: int, amount_fen: int, now: datetime
) -> Payment:
    """A channel took exactly what is due for an order that it placed, and owes it to us.

    Raises NotYours for another's order, NotAllowed for money in another institution's name, and what
    record_cash raises.
    """
    intake = locked(order_number)
    payments.may_pay(actor, intake)
    if not actor.is_system and actor.institution_id != collector_id:
        raise NotAllowed()
    collector = members.institution(collector_id)
    return _take(intake, Means.CASH, actor, collector, amount_fen, now)


def _take(
    intake: OrderIntake, means: Means, actor: Actor, collector, amount_fen: int, now: datetime
) -> Payment:
    due = payments.must_be_payable(intake, now=now)
    captured.must_be_exact(expected_fen=due, given_fen=amount_fen)
    if means == Means.CASH:
        dealer_till.must_take(collector=collector, amount_fen=amount_fen, now=now)
    payments.close_open(order_number=intake.number, now=now)
    payment = Payment.objects.create(
        intake=intake,
        means=means,
        state=PaymentState.CAPTURED,
        out_trade_no=f"{intake.number}-{means.upper()}",
        collector_id=collector.id,
        taken_by=actor.label,
        amount_fen=amount_fen,
        captured_fen=amount_fen,
        created_at=now,
        captured_at=now,
    )
    payments.capture(payment=payment, intake=intake, now=now)
    return payment
