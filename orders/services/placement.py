"""Placing an order: one way for the web, the clerk and every channel's API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.queries.numbers import home_provinces
from catalog.services import numbers
from fulfillment.services import campaigns, reservation
from fulfillment.services.reservation_promise import Holder
from fulfillment.values import AccountWish, Demand, Wanted
from members import queries as members
from members.actors import Actor
from members.services import membership, points, points_value
from members.values import Destination
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from omnichannel.kernel.money import CURRENCY, display, yuan
from orders.events import OrderPlaced
from orders.models import (
    Line,
    LineTerms,
    Order,
    OrderDiscount,
    OrderEvent,
    OrderIntake,
    OrderLineDiscount,
    State,
)
from orders.models.intake import Way
from orders.services import cod, points_payment
from orders.services.confirmation import confirm_locked
from orders.services.quoting import quote
from orders.values import Customer, Delivery, Quote, QuotedLine, Source, Terms, Wish


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

    No money is taken here but points: the order waits PAYMENT_MINUTES for its payment; cash on delivery
    and orders that points pay in full are confirmed at once. Raises PriceChanged when terms.shown_total
    (fen) is not today's total, OutOfStock, NumberTaken, IdentityMissing, IdentityNumberCap, CodImpossible,
    the refusals of quote() and of points.burn().
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
    member_id = customer.member_id or membership.join(
        phone=customer.phone,
        name=customer.name,
        channel=source.channel,
        institution_id=source.institution_id,
        now=now,
    )
    if terms.points_fen and not actor.is_system and member_id != actor.user_id:
        raise PointsNotYours()
    intake = _record(quoted, actor=actor, customer=customer, member_id=member_id, delivery=delivery,
                     terms=terms, source=source, now=now)  # fmt: skip
    lines = _record_lines(intake, quoted, customer)
    _take_points(intake, now=now)
    _hold_numbers(intake, lines, now=now)
    _hold_goods(intake, lines, quoted, terms, now=now)
    outbox.publish(OrderPlaced(intake.number, intake.channel, member_id, now.isoformat()))
    if intake.cod:
        cod.expect_cod(order=intake.order, amount_fen=intake.due_fen, now=now)
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


def _next_number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('order_number_seq')")
        return f"HT{clock.local_day(now):%y%m%d}{cursor.fetchone()[0]:07d}"


def _record(quoted, *, actor, customer, member_id, delivery, terms, source, now) -> OrderIntake:
    number = _next_number(now)
    order = Order.objects.create(
        number=number,
        site_id=settings.SITE_ID,
        basket_id=source.basket_id,
        user_id=member_id,
        currency=CURRENCY,
        total_incl_tax=yuan(quoted.total_fen),
        total_excl_tax=yuan(quoted.total_fen),
        shipping_incl_tax=yuan(quoted.shipping_fen),
        shipping_excl_tax=yuan(quoted.shipping_fen),
        shipping_method=delivery.way,
        shipping_code=delivery.way,
        status=State.AWAITING_PAYMENT,
        date_placed=now,
    )
    destination = delivery.destination
    way = delivery.way if quoted.has_goods else Way.NONE
    intake = OrderIntake.objects.create(
        order=order,
        number=number,
        state=State.AWAITING_PAYMENT,
        channel=source.channel,
        caller=source.caller,
        channel_reference=source.reference,
        member_id=member_id,
        institution_id=source.institution_id,
        placed_by=actor.label,
        way=way,
        pickup_location_id=delivery.pickup_location_id if way == Way.PICKUP else None,
        destination=destination.as_dict() if destination and way == Way.SHIP else None,
        contact_name=customer.name or (destination.name if destination else ""),
        contact_phone=customer.phone,
        province=destination.province if destination else "",
        cod=terms.means == "cod",
        total_fen=quoted.total_fen,
        shipping_fen=quoted.shipping_fen,
        points_fen=terms.points_fen,
        placed_at=now,
        expires_at=now + timedelta(minutes=settings.PAYMENT_MINUTES),
    )
    OrderEvent.objects.create(
        intake=intake, at=now, by=actor.label, channel=source.channel, after=intake.state
    )
    return intake


def _record_savings(intake: OrderIntake, quoted: Quote, lines: Sequence[Line]) -> None:
    """Which offer took how much off the order, and off each line: settlement asks who bears it."""
    if not quoted.savings:
        return
    rows = OrderDiscount.objects.bulk_create(
        OrderDiscount(
            order_id=intake.order_id, offer_id=s.offer_id, offer_name=s.name, amount=yuan(s.amount_fen),
            frequency=1,
        )
        for s in quoted.savings
    )  # fmt: skip
    by_offer = {row.offer_id: row for row in rows}
    OrderLineDiscount.objects.bulk_create(
        OrderLineDiscount(line=line, order_discount=by_offer[offer_id], is_incl_tax=True, amount=yuan(fen))
        for line, each in zip(lines, quoted.lines, strict=True)
        for offer_id, fen in each.savings
    )


def _record_lines(intake: OrderIntake, quoted: Quote, customer: Customer) -> list[LineTerms]:
    lines = Line.objects.bulk_create([_oscar_line(intake, each) for each in quoted.lines])
    _record_savings(intake, quoted, lines)
    terms = [_terms(intake, line, each, customer) for line, each in zip(lines, quoted.lines, strict=True)]
    for row, each in zip(terms, quoted.lines, strict=True):
        if each.with_line is not None:
            row.comes_with_id = lines[each.with_line].pk
    return LineTerms.objects.bulk_create(terms)


def _oscar_line(intake: OrderIntake, each: QuotedLine) -> Line:
    before = yuan(each.unit_fen * each.wish.quantity)
    return Line(
        order_id=intake.order_id,
        partner_sku=each.wish.sku,
        stockrecord_id=each.stockrecord_id,
        product_id=each.product_id,
        title=each.title,
        upc=each.wish.sku,
        quantity=each.wish.quantity,
        line_price_incl_tax=yuan(each.amount_fen),
        line_price_excl_tax=yuan(each.amount_fen),
        line_price_before_discounts_incl_tax=before,
        line_price_before_discounts_excl_tax=before,
        unit_price_incl_tax=yuan(each.unit_fen),
        unit_price_excl_tax=yuan(each.unit_fen),
        num_allocated=0,
    )


def _terms(intake: OrderIntake, line: Line, each: QuotedLine, customer: Customer) -> LineTerms:
    return LineTerms(
        line=line,
        intake=intake,
        sku=each.wish.sku,
        title=each.title,
        title_en=each.title_en,
        kind=each.kind,
        is_goods=each.is_goods,
        is_instant=each.is_instant,
        seller_id=each.seller_id,
        quantity=each.wish.quantity,
        unit_fen=each.unit_fen,
        amount_fen=each.amount_fen,
        price_reason=each.price_reason[:160],
        msisdn=each.wish.msisdn,
        plan_sku=each.wish.plan_sku,
        target_msisdn=each.wish.target_msisdn,
        identity_id=customer.identity_id if each.needs_identity else None,
    )


def _take_points(intake: OrderIntake, *, now: datetime) -> None:
    if intake.points_fen:
        burned = points_value.points_for(intake.points_fen)
        points.burn(member_id=intake.member_id, points=burned, reference=f"order:{intake.number}", now=now)
        points_payment.record_points(order=intake.order, amount_fen=intake.points_fen, now=now)


def _hold_numbers(intake: OrderIntake, lines: Sequence[LineTerms], *, now: datetime) -> None:
    """The order becomes the holder of each number that its customer had chosen.

    A person who owns as many numbers as one may own is told before any money is asked for.
    """
    with_number = [line for line in lines if line.msisdn and line.is_goods]
    for person in members.identity_refs([line.identity_id for line in with_number]).values():
        numbers.check_number_cap(person_key=person.person_key)
    for line in with_number:
        numbers.hand_over_hold(
            msisdn=line.msisdn,
            to=holder_of(intake.number),
            from_holders=(f"member:{intake.member_id}", f"basket:{intake.order.basket_id}"),
            minutes=settings.PAYMENT_MINUTES,
            now=now,
        )


def holder_of(order_number: str) -> str:
    return f"order:{order_number}"


def _hold_goods(
    intake: OrderIntake, lines: Sequence[LineTerms], quoted: Quote, terms: Terms, *, now: datetime
) -> None:
    """Hold all goods for this member: only so many unpaid, in a flash sale with admission."""
    goods = [line for line in lines if line.is_goods]
    if goods:
        facts = {each.wish.sku: each.facts for each in quoted.lines if each.is_goods}
        demand = _demand(intake, goods, home_provinces(line.msisdn for line in goods if line.msisdn))
        holder = Holder(f"member:{intake.member_id}", campaigns.admissions(terms.admissions, now=now))
        reservation.reserve(demand=demand, expires_at=intake.expires_at, facts=facts, holder=holder, now=now)


def _demand(intake: OrderIntake, goods: Sequence[LineTerms], homes: dict[str, str]) -> Demand:
    """homes: the province of each number, where alone its card is written."""
    return Demand(
        order_number=intake.number,
        channel=intake.channel,
        way=intake.way,
        destination=Destination.of_dict(intake.destination) if intake.destination else None,
        pickup_location_id=intake.pickup_location_id,
        lines=tuple(
            Wanted(line_id=line.pk, sku=line.sku, quantity=line.quantity, amount_fen=line.amount_fen)
            for line in goods
        ),
        cod_fen=intake.due_fen if intake.cod else 0,
        total_fen=intake.total_fen,
        needs_identity=any(line.identity_id for line in goods),
        accounts=tuple(
            AccountWish(
                line_id=line.pk,
                msisdn=line.msisdn,
                plan_sku=line.plan_sku,
                identity_id=line.identity_id,
                number_province=homes.get(line.msisdn, ""),
            )
            for line in goods
            if line.msisdn
        ),
        placed_at=intake.placed_at,
        source_hint=intake.institution_id,
        contact_phone=intake.contact_phone,
    )
