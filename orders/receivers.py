"""Fact → service, one line each."""

from datetime import datetime

from fulfillment import events as goods
from members.services import points_value
from omnichannel.kernel import clock
from omnichannel.kernel.outbox import subscribe
from orders import reasons
from orders.events import OrderCompleted, PaymentClosed, RefundRequested
from orders.services import callbacks, cancellation, progress, refund_sending


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _prepare(fact: goods.FulfillmentRouted) -> None:
    progress.being_prepared(order_number=fact.order_number, now=clock.now())


def _send(fact: goods.HandedOver) -> None:
    progress.on_its_way(order_number=fact.order_number, now=_at(fact.occurred_at))


def _deliver(fact: goods.Delivered) -> None:
    progress.delivered(
        order_number=fact.order_number,
        quantities=fact.lines,
        cod_fen=fact.cod_fen,
        courier_id=fact.courier_id,
        now=_at(fact.occurred_at),
    )


def _refuse(fact: goods.RefusedAtDoor) -> None:
    progress.refused_at_door(
        order_number=fact.order_number, quantities=fact.lines, reason=fact.reason, now=_at(fact.occurred_at)
    )


def _lose(fact: goods.LostComingBack) -> None:
    progress.lost_coming_back(order_number=fact.order_number, now=_at(fact.occurred_at))


def _provide(fact: goods.InstantDone) -> None:
    progress.instant_done(order_number=fact.order_number, line_id=fact.line_id, now=_at(fact.occurred_at))


def _fail(fact: goods.InstantFailed) -> None:
    progress.instant_failed(
        order_number=fact.order_number, line_id=fact.line_id, reason=fact.reason, now=_at(fact.occurred_at)
    )


def _give_up(fact: goods.FulfillmentCancelled) -> None:
    cancellation.given_up(
        order_number=fact.order_number,
        fulfillment_id=fact.fulfillment_id,
        reason=reasons.CANNOT_BE_FULFILLED,
        now=_at(fact.occurred_at),
    )


def _reward(fact: OrderCompleted) -> None:
    if fact.member_id and fact.earned_on_fen:
        points_value.earn_for_purchase(
            member_id=fact.member_id,
            amount_fen=fact.earned_on_fen,
            reference=f"order:{fact.order_number}",
            now=_at(fact.occurred_at),
        )


def _send_refund(fact: RefundRequested, done) -> None:
    refund_sending.send(fact, done, now=clock.now())


def _close_payment(fact: PaymentClosed, done) -> None:
    callbacks.close_at_provider(fact, done, now=clock.now())


subscribe(goods.FulfillmentRouted, _prepare, name="orders.prepare", queue="route", only=goods.for_a_customer)
subscribe(goods.HandedOver, _send, name="orders.send", queue="route", only=goods.for_a_customer)
subscribe(goods.Delivered, _deliver, name="orders.deliver", queue="route", only=goods.for_a_customer)
subscribe(goods.RefusedAtDoor, _refuse, name="orders.refuse", queue="route", only=goods.for_a_customer)
subscribe(
    goods.FulfillmentCancelled, _give_up, name="orders.give_up", queue="route", only=goods.for_a_customer
)
subscribe(goods.LostComingBack, _lose, name="orders.lost_coming_back", queue="route")
subscribe(goods.InstantDone, _provide, name="orders.provide", queue="route")
subscribe(goods.InstantFailed, _fail, name="orders.fail", queue="route")
subscribe(OrderCompleted, _reward, name="orders.reward", queue="notify")
subscribe(RefundRequested, _send_refund, name="orders.send_refund", queue="default", outside=True)
subscribe(PaymentClosed, _close_payment, name="orders.close_payment", queue="default", outside=True)
