"""Customers pay at the provider, whose call-backs come now, twice, late or never."""

from collections.abc import Iterable
from datetime import datetime

from members.actors import SYSTEM, Actor
from orders.models import OrderIntake, Refund
from orders.services import callbacks, cancellation, payments, refunds
from orders.simulator import player as provider

from .script import Scripted


def pay(wanted: Scripted, order_number: str, *, now: datetime) -> str:
    """Open the provider's page and pay there; returns the out_trade_no."""
    actor = Actor(user_id=wanted.person.member_id, name=wanted.person.name)
    payment = payments.start_unipay(order_number=order_number, actor=actor, now=now)
    provider.pay(
        out_trade_no=payment.out_trade_no,
        now=now,
        deliver=lambda headers, body: callbacks.handle_callback(headers=headers, body=body, now=now),
        how=wanted.callback,
    )
    return payment.out_trade_no


def tell_late(out_trade_nos: Iterable[str], *, now: datetime) -> None:
    for out_trade_no in out_trade_nos:
        provider.tell(
            out_trade_no=out_trade_no,
            now=now,
            deliver=lambda headers, body: callbacks.handle_callback(headers=headers, body=body, now=now),
        )


def cancel(order_number: str, *, now: datetime) -> None:
    intake = OrderIntake.objects.get(number=order_number)
    actor = Actor(user_id=intake.member_id, name=intake.contact_name, channel=intake.channel)
    cancellation.cancel(order_number=order_number, actor=actor, reason="changed_mind", now=now)


def pay_out_in_cash(*, now: datetime) -> int:
    """Counters and channels hand back the cash that is due, where it was taken; returns how many refunds."""
    due = Refund.objects.filter(state=Refund.State.DUE).select_related("payment").order_by("pk")
    paid = 0
    for row in due:
        if row.payment.collector_id:
            refunds.pay_out(refund_id=row.pk, actor=SYSTEM, store_id=row.payment.collector_id, now=now)
            paid += 1
    return paid


def timers(*, now: datetime) -> None:
    """What the beat does in real time, done at the simulated one: queries of silent payments, expiry."""
    callbacks.query_open(now=now)
    cancellation.expire_unpaid(now=now)
