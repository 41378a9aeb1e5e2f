"""Cancelling an order before it leaves the house: goods, numbers and money go back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.services import numbers
from fulfillment.queries import given_up as given_up_units
from fulfillment.services import cancellation as goods
from fulfillment.services import reservation
from members.actors import SYSTEM, Actor, NotYours, Role
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError
from orders import reasons
from orders.events import OrderCancelled
from orders.models import OrderIntake, State
from orders.services import counters, payments, progress, refunds
from orders.services.completion import count_dropped
from orders.services.history import locked, move


class AlreadyProvided(DomainError):
    code = "already_provided"
    message = _("A part of this order has been provided already; it cannot be cancelled.")


class TooLateToCancel(DomainError):
    code = "too_late_to_cancel"
    message = _("The order is %(state)s and cannot be cancelled any more.")


@transaction.atomic
def cancel(*, order_number: str, actor: Actor, reason: str, now: datetime) -> OrderIntake:
    """Cancel and refund whatever was captured.

    Raises NotYours for a stranger, TooLateToCancel once it left or ended, AlreadyProvided when an
    instant service was delivered.
    """
    intake = locked(order_number)
    _may(actor, intake)
    if intake.state == State.CANCELLED:
        return intake
    if not intake.may_become(State.CANCELLED):
        raise TooLateToCancel(state=intake.get_state_display(), number=order_number)
    lines = list(intake.terms.order_by("pk"))
    if any(line.done and line.is_instant for line in lines):
        raise AlreadyProvided(number=order_number)
    _give_back(intake, lines, actor=actor, reason=reason, now=now)
    move(intake, State.CANCELLED, actor=actor, now=now, why=reason)
    outbox.publish(OrderCancelled(order_number, reason, now.isoformat()))
    return intake


def _give_back(intake: OrderIntake, lines, *, actor: Actor, reason: str, now: datetime) -> None:
    """In the order in which placing locks: payments and points, numbers, then goods."""
    payments.close_open(order_number=intake.number, now=now)
    refunds.refund(order_number=intake.number, line_amounts=None, reason=reason, actor=actor, now=now)
    numbers.release(reference=intake.number, now=now)
    has_goods = any(line.is_goods for line in lines)
    if has_goods and intake.state == State.AWAITING_PAYMENT:
        reservation.release(order_number=intake.number, reason=reason, now=now)
    elif has_goods:
        goods.cancel(order_number=intake.number, now=now)
    count_dropped(lines, [(line.pk, line.quantity - line.done - line.dropped) for line in lines])


def _may(actor: Actor, intake: OrderIntake) -> None:
    """The customer, an operator, who works at the counter that took it, or the channel that placed it."""
    if actor.is_system or actor.has(Role.OPERATOR):
        return
    if intake.caller and intake.caller == actor.name and actor.institution_id:
        return
    if actor.is_staff and intake.institution_id and counters.works_at(actor, intake.institution):
        return
    if actor.user_id is None or intake.owner_id != actor.user_id:
        raise NotYours()


@transaction.atomic(savepoint=False)
def given_up(*, order_number: str, fulfillment_id: int, reason: str, now: datetime) -> None:
    """Fulfillment has let go of a parcel (id 0: of what no location could serve) that nothing replaces.

    An order that waits for nothing else is cancelled whole and refunded; where another parcel is on its way
    or delivered, or a top-up was provided, only this parcel's units are dropped and refunded. The same news
    follows a cancellation that began here; then there is nothing left to do.
    """
    intake = locked(order_number)
    if intake.is_ended:
        return
    gone = given_up_units.of_parcel(order_number, fulfillment_id)
    lines = list(intake.terms.order_by("pk"))
    nothing_done = not any(line.done for line in lines)
    if gone.nothing_left and nothing_done and intake.may_become(State.CANCELLED):
        cancel(order_number=order_number, actor=SYSTEM, reason=reason, now=now)
        return
    left = {line.pk: line.quantity - line.done - line.dropped for line in lines}
    units = [(pk, min(gone.units.get(pk, 0), left[pk])) for pk in left]
    progress.drop(order_number=order_number, quantities=[u for u in units if u[1]], reason=reason, now=now)


def expire_unpaid(*, now: datetime, most: int = 200) -> int:
    """Cancel orders whose time to pay is over; returns how many. Any number may run at once."""
    overdue = OrderIntake.objects.overdue(now).order_by("expires_at").values_list("number", flat=True)
    return sum(_expire(number, now=now) for number in overdue[:most])


@transaction.atomic
def _expire(order_number: str, *, now: datetime) -> bool:
    row = OrderIntake.objects.overdue(now).filter(number=order_number)
    if not row.select_for_update(skip_locked=True, of=("self",)).exists():
        return False
    cancel(order_number=order_number, actor=SYSTEM, reason=reasons.NOT_PAID_IN_TIME, now=now)
    return True
