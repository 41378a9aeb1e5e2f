"""Placing an order: one way for the web, the clerk and every channel's API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.services import membership, points, points_value
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from omnichannel.kernel.money import display
from orders.events import OrderPlaced
from orders.models import OrderIntake
from orders.models.intake import Way
from orders.services import card_payment, card_sale, cod, counters, dealer_till, own_shelf, points_payment
from orders.services.confirmation import confirm_locked
from orders.services.order_holds import hold_goods, hold_numbers
from orders.services.order_records import record
from orders.services.quoting import quote
from orders.values import Customer, Delivery, Quote, Source, Terms, Wish


class PriceChanged(DomainError):
    code = "price_changed"
    message = _("The price has changed to %(total)s. Please look at the new total and confirm again.")


class IdentityMissing(Invalid):
    code = "identity_required"
    message = _("A phone number is only sold to a verified person. Enter name and ID number.")


class DeliveryMissing(Invalid):
    code = "delivery_required"
    message = _("Choose a delivery address or a store.")


class PickupImpossible(Invalid):
    code = "pickup_not_possible"
    message = _("%(title)s is sent by another seller and cannot be picked up in a store.")


class CodImpossible(Invalid):
    code = "cod_not_possible"
    message = _("Cash on delivery is offered for delivered goods up to ¥%(limit)s.")


class TooManyPoints(Invalid):
    code = "points_exceed_total"
    message = _("You cannot use more points than the order is worth.")


class PointsNotYours(NotAllowed):
    code = "points_not_yours"
    message = _("Points are spent by the member who signed in.")


class NothingWanted(Invalid):
    code = "basket_empty"
    message = _("There is nothing in the basket.")


@dataclass(frozen=True)
class Placed:
    """What a door shows of a new order: number, whose it is, state, fen to pay and until when."""

    order_id: int
    order_number: str
    member_id: int
    state: str
    total_fen: int
    due_fen: int
    expires_at: datetime | None


@transaction.atomic(savepoint=False)
def place(
    *,
    actor: Actor,
    wishes: Sequence[Wish],
    customer: Customer,
    delivery: Delivery,
    terms: Terms,
    source: Source,
    now: datetime,
) -> Placed:
    """Place an order: price it, hold goods and numbers, record it. All of it or nothing.

    No money is taken here but points and what a prepaid card pays: the order waits PAYMENT_MINUTES for the
    rest; cash on delivery and orders that these pay in full are confirmed at once. Raises PriceChanged when
    terms.shown_total (fen) is not today's total, OutOfStock, NumberTaken, IdentityMissing, IdentityNumberCap,
    CodImpossible, own_shelf.AnotherDealersShelf, the refusals of quote(), points.burn(), card_sale.check()
    and card_payment.settled().
    """
    if not wishes:
        raise NothingWanted()
    quoted = quote(
        wishes, channel=source.channel, institution_id=source.institution_id, way=delivery.way, now=now
    )
    return place_quoted(
        actor=actor, quoted=quoted, customer=customer, delivery=delivery, terms=terms, source=source, now=now
    )


@transaction.atomic(savepoint=False)
def place_quoted(
    *,
    actor: Actor,
    quoted: Quote,
    customer: Customer,
    delivery: Delivery,
    terms: Terms,
    source: Source,
    now: datetime,
) -> Placed:
    """place() over a quote that the caller has made in this transaction, for the way of this delivery."""
    if quoted.total_fen != terms.shown_total:
        raise PriceChanged(total=display(quoted.total_fen), total_fen=quoted.total_fen)
    _check(quoted, customer=customer, delivery=delivery, terms=terms)
    quoted = own_shelf.sold_by_owner(quoted, delivery=delivery, source=source)
    member_id = customer.member_id or membership.join(
        phone=customer.phone,
        name=customer.name,
        channel=source.channel,
        institution_id=source.institution_id,
        now=now,
    )
    if terms.points_fen and not actor.is_system and member_id != actor.user_id:
        raise PointsNotYours()
    card_sale.check(quoted, member_id=member_id)
    terms = card_payment.settled(
        terms, quoted=quoted, actor=actor, member_id=member_id, at_counter=counters.stands_at(actor, source)
    )
    intake, lines = record(quoted, actor=actor, customer=customer, member_id=member_id, delivery=delivery,
                           terms=terms, source=source, now=now)  # fmt: skip
    _take_points(intake, now=now)
    card_payment.take(intake, terms.card, actor=actor, now=now)
    dealer_till.lock_for(source, terms)
    hold_numbers(intake, lines, now=now)
    hold_goods(intake, lines, quoted, terms, now=now)
    outbox.publish(OrderPlaced(intake.number, intake.channel, member_id, now.isoformat()))
    if intake.cod:
        cod.expect_cod(order=intake.order, member_id=member_id, amount_fen=intake.due_fen, now=now)
    if intake.cod or intake.due_fen == 0:
        confirm_locked(intake, lines, actor=actor, now=now)
    return Placed(
        order_id=intake.order_id,
        order_number=intake.number,
        member_id=member_id,
        state=intake.state,
        total_fen=intake.total_fen,
        due_fen=intake.due_fen,
        expires_at=intake.expires_at,
    )


def _check(quoted: Quote, *, customer: Customer, delivery: Delivery, terms: Terms) -> None:
    if quoted.needs_identity and customer.identity_id is None:
        raise IdentityMissing()
    if not 0 <= terms.points_fen <= quoted.total_fen:
        raise TooManyPoints()
    if quoted.has_goods:
        _check_delivery(quoted, delivery)
    if terms.means == "cod" and (
        not quoted.has_goods
        or delivery.way != Way.SHIP
        or any(line.is_instant for line in quoted.lines)
        or quoted.total_fen - terms.points_fen > settings.COD_LIMIT_FEN
    ):
        raise CodImpossible(limit=settings.COD_LIMIT_FEN // 100)


def _check_delivery(quoted: Quote, delivery: Delivery) -> None:
    if delivery.way == Way.SHIP and delivery.destination is None:
        raise DeliveryMissing()
    if delivery.way == Way.PICKUP and delivery.pickup_location_id is None:
        raise DeliveryMissing()
    if delivery.way == Way.NONE:
        raise DeliveryMissing()
    foreign = [line for line in quoted.lines if line.kind == "merchant_goods"]
    if delivery.way == Way.PICKUP and foreign:
        raise PickupImpossible(title=foreign[0].title)


def _take_points(intake: OrderIntake, *, now: datetime) -> None:
    if intake.points_fen:
        burned = points_value.points_for(intake.points_fen)
        points.burn(member_id=intake.member_id, points=burned, reference=f"order:{intake.number}", now=now)
        points_payment.record_points(order=intake.order, amount_fen=intake.points_fen, now=now)
