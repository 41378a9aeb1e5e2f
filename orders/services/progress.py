"""What fulfillment reports, carried into the order.

The outbox brings each fact once; news for an order that has ended changes nothing.
"""

from datetime import datetime

from django.db import transaction

from catalog.kinds import Kind
from catalog.services import numbers
from members.actors import SYSTEM
from orders import reasons
from orders.models import OrderIntake, State
from orders.services import cod, payments, refunds
from orders.services.completion import count_done, count_dropped, finish_if_ended
from orders.services.history import locked, move


@transaction.atomic(savepoint=False)
def being_prepared(*, order_number: str, now: datetime) -> None:
    intake = locked(order_number)
    if intake.state == State.CONFIRMED:
        move(intake, State.FULFILLING, actor=SYSTEM, now=now)


@transaction.atomic(savepoint=False)
def on_its_way(*, order_number: str, now: datetime) -> None:
    intake = locked(order_number)
    if intake.state == State.CONFIRMED:
        move(intake, State.FULFILLING, actor=SYSTEM, now=now)
    if intake.state == State.FULFILLING:
        move(intake, State.SHIPPED, actor=SYSTEM, now=now)


@transaction.atomic(savepoint=False)
def delivered(*, order_number: str, quantities, cod_fen: int, courier_id: int | None, now: datetime) -> None:
    """Units reached the customer; cash that the courier took (fen) is captured."""
    intake, lines = _open(order_number)
    if intake is None:
        return
    if cod_fen:
        cod.collect_cod(order_number=order_number, courier_id=courier_id, amount_fen=cod_fen, now=now)
    count_done(lines, quantities)
    _step_up(intake, now=now)
    _end_cod(intake, lines, now=now)
    finish_if_ended(intake, lines, now=now)


@transaction.atomic(savepoint=False)
def refused_at_door(*, order_number: str, quantities, reason: str, now: datetime) -> None:
    """The customer did not take the parcel: its lines are dropped and refunded if they were paid.

    Postage was earned by then: it stays, unless we never brought the parcel (or lose it: lost_coming_back).

    Where we never brought it (reasons.NOT_BROUGHT), and nothing else of the order, the delivery is too.
    """
    _drop(order_number, quantities, reason=reason, now=now)


@transaction.atomic(savepoint=False)
def lost_coming_back(*, order_number: str, now: datetime) -> None:
    """A posted parcel that was refused was lost on its way back: the postage, kept until then, goes back."""
    refunds.refund(
        order_number=order_number,
        line_amounts=None,
        reason=reasons.LOST,
        actor=SYSTEM,
        now=now,
        key=reasons.LOST,
    )


@transaction.atomic(savepoint=False)
def drop(*, order_number: str, quantities, reason: str, now: datetime) -> None:
    """Nobody can send these units: they are dropped and refunded."""
    _drop(order_number, quantities, reason=reason, now=now)


@transaction.atomic(savepoint=False)
def instant_done(*, order_number: str, line_id: int, now: datetime) -> None:
    intake, lines = _open(order_number)
    if intake is None:
        return
    count_done(lines, [(line.pk, line.quantity) for line in lines if line.pk == line_id])
    finish_if_ended(intake, lines, now=now)


@transaction.atomic(savepoint=False)
def instant_failed(*, order_number: str, line_id: int, reason: str, now: datetime) -> None:
    """The core network refused: the line's money goes back."""
    intake, lines = _open(order_number)
    if intake is None:
        return
    quantities = [(line.pk, line.quantity) for line in lines if line.pk == line_id]
    _drop(order_number, quantities, reason=reason, now=now)


def _drop(order_number: str, quantities, *, reason: str, now: datetime) -> None:
    intake, lines = _open(order_number)
    if intake is None:
        return
    worth = count_dropped(lines, quantities)
    back = {"line_amounts": worth, "reason": reason, "actor": SYSTEM, "now": now}
    if intake.cod:
        refunds.refund_points(intake=intake, **back)
    elif reason in reasons.NOT_BROUGHT or not _is_postage(lines):
        if reason in reasons.NOT_BROUGHT and all(line.is_ended and not line.done for line in lines):
            back["line_amounts"] = None
        refunds.refund(order_number=order_number, **back)
    _free_numbers(intake, lines, {line_id for line_id, _amount in worth}, now=now)
    _step_up(intake, now=now)
    _end_cod(intake, lines, now=now)
    finish_if_ended(intake, lines, now=now)


def _is_postage(lines) -> bool:
    """Carried to the door and back: postage is for the way, not for being taken."""
    return any(line.kind == Kind.POSTAGE for line in lines)


def _free_numbers(intake: OrderIntake, lines, dropped: set[int], *, now: datetime) -> None:
    """The numbers of SIM cards that nobody will use rest, or go back to the pool where never opened."""
    gone = [line.msisdn for line in lines if line.pk in dropped and line.msisdn and line.is_goods]
    if gone:
        numbers.release(reference=intake.number, msisdns=gone, now=now)


def _end_cod(intake: OrderIntake, lines, *, now: datetime) -> None:
    """Once every line has ended nothing more is collected; the points of an order refused whole go back."""
    if not intake.cod or not all(line.is_ended for line in lines):
        return
    payments.close_open(order_number=intake.number, now=now)
    if not any(line.done for line in lines):
        refunds.refund(
            order_number=intake.number, line_amounts=None, reason=reasons.REFUSED, actor=SYSTEM, now=now
        )


def _step_up(intake: OrderIntake, *, now: datetime) -> None:
    """Facts come in any order: a delivery says that the order was prepared and sent."""
    if intake.state == State.CONFIRMED:
        move(intake, State.FULFILLING, actor=SYSTEM, now=now)


def _open(order_number: str):
    """The locked order and its lines, or (None, []) when it has ended already."""
    intake = locked(order_number)
    if intake.is_ended:
        return None, []
    return intake, list(intake.terms.order_by("pk"))
