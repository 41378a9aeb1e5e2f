"""The order stands: paid in full, or accepted as cash on delivery. Goods may move, services start."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.kinds import Kind
from catalog.services import numbers
from fulfillment.services import fulfil, posting, provisioning
from members import queries as members
from members.actors import SYSTEM, Actor
from omnichannel.kernel import outbox
from orders import reasons
from orders.events import OrderConfirmed
from orders.models import LineTerms, OrderIntake, State
from orders.queries.orders import lines_of
from orders.queries.payments import captured_fen
from orders.services import card_sale
from orders.services.completion import finish_if_ended
from orders.services.history import move


def payment_received(*, intake: OrderIntake, payment_fen: int, now: datetime) -> bool:
    """Confirm the locked order when what was captured reaches its total (fen). True when it did now.

    payment_fen is the payment that has just arrived; others are summed up where it is not enough alone.
    Raises numbers.NumberTaken and IdentityNumberCap before anything of the order is changed.
    """
    if intake.state != State.AWAITING_PAYMENT:
        return False
    if payment_fen < intake.total_fen and captured_fen(intake.number) < intake.total_fen:
        return False
    confirm_locked(intake, lines_of(intake), actor=SYSTEM, now=now)
    return True


def confirm_locked(intake: OrderIntake, lines: Sequence[LineTerms], *, actor: Actor, now: datetime) -> None:
    """Confirm an order whose row the caller has locked (or just made)."""
    _allocate_numbers(intake, lines, now=now)
    move(intake, State.CONFIRMED, actor=actor, now=now, why=reasons.CASH_ON_DELIVERY if intake.cod else "")
    outbox.publish(OrderConfirmed(intake.number, intake.cod, now.isoformat(), intake.sells_cards))
    if any(line.kind == Kind.POSTAGE for line in lines):
        posting.accept(order_number=intake.number, actor=actor, now=now)
    elif any(line.is_goods for line in lines):
        fulfil.request(order_number=intake.number, now=now)
    _start_instant(intake, lines, now=now)
    _grant_immaterial(lines)
    card_sale.load(intake, lines, actor=actor, now=now)
    finish_if_ended(intake, lines, now=now)


def _allocate_numbers(intake: OrderIntake, lines: Sequence[LineTerms], *, now: datetime) -> None:
    with_number = [line for line in lines if line.msisdn and line.is_goods]
    if not with_number:
        return
    people = members.identity_refs([line.identity_id for line in with_number])
    # All of them or none: where one is gone, the others' locks go too before money is given back.
    with transaction.atomic():
        for line in with_number:
            numbers.allocate(
                msisdn=line.msisdn,
                holder=f"order:{intake.number}",
                reference=intake.number,
                person_key=people[line.identity_id].person_key,
                dealer_id=intake.dealer_id,
                now=now,
            )


def _start_instant(intake: OrderIntake, lines: Sequence[LineTerms], *, now: datetime) -> None:
    for line in lines:
        if line.is_instant:
            provisioning.request_instant(
                order_number=intake.number,
                line_id=line.pk,
                kind=line.kind,
                msisdn=line.target_msisdn,
                sku=line.sku,
                amount_fen=line.amount_fen,
                now=now,
            )


def _grant_immaterial(lines: Sequence[LineTerms]) -> None:
    """A subscription or a stand-alone plan is granted with the confirmation; a SIM's plan comes with it."""
    granted = [
        line for line in lines if not line.is_goods and not line.is_instant and line.comes_with_id is None
    ]
    for line in granted:
        line.done = line.quantity
    if granted:
        LineTerms.objects.bulk_update(granted, ["done"])
