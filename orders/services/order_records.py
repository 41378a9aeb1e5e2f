"""An order's rows as they are written when it is placed: Oscar's and ours beside them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from omnichannel.kernel import clock
from omnichannel.kernel.money import CURRENCY, yuan
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
from orders.values import Customer, Quote, QuotedLine


def _next_number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('order_number_seq')")
        return f"HT{clock.local_day(now):%y%m%d}{cursor.fetchone()[0]:07d}"


def record(quoted, *, actor, customer, member_id, delivery, terms, source, now) -> OrderIntake:
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


def record_lines(intake: OrderIntake, quoted: Quote, customer: Customer) -> list[LineTerms]:
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
