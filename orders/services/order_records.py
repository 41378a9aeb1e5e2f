"""An order's rows as they are written when it is placed: Oscar's and ours beside them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from omnichannel.kernel import clock, prepared, rows
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


def record(
    quoted: Quote, *, actor, customer, member_id, delivery, terms, source, now
) -> tuple[OrderIntake, list[LineTerms]]:
    """Write a new order with lines, savings and the first step of its history. Two statements."""
    sequence, order_id, line_ids, discount_ids = _keys(quoted)
    order = _order(
        order_id, f"HT{clock.local_day(now):%y%m%d}{sequence:07d}", quoted, member_id, delivery, source, now
    )
    intake = _intake(order, quoted, actor, customer, delivery, terms, source, now)
    begun = OrderEvent(intake=intake, at=now, by=actor.label, channel=source.channel, after=intake.state)
    lines = [_oscar_line(pk, order_id, each) for pk, each in zip(line_ids, quoted.lines, strict=True)]
    agreed = [_terms(intake, line, each, customer) for line, each in zip(lines, quoted.lines, strict=True)]
    for row, each in zip(agreed, quoted.lines, strict=True):
        if each.with_line is not None:
            row.comes_with_id = line_ids[each.with_line]
    off = _savings(order_id, discount_ids, quoted)
    rows.write([order], [intake], lines, agreed, off, _line_savings(line_ids, off, quoted), [begun])
    return intake, agreed


_KEYS = """
SELECT nextval('order_number_seq'), nextval('order_order_id_seq'),
       ARRAY(SELECT nextval('order_line_id_seq') FROM generate_series(1, %(lines)s)),
       ARRAY(SELECT nextval('order_orderdiscount_id_seq') FROM generate_series(1, %(savings)s))
"""


def _keys(quoted: Quote) -> tuple[int, int, list[int], list[int]]:
    """What the numbers of orders stand at, and the primary keys of order, lines and discounts."""
    return prepared.tuples(_KEYS, {"lines": len(quoted.lines), "savings": len(quoted.savings)})[0]


def _order(pk: int, number: str, quoted: Quote, member_id, delivery, source, now: datetime) -> Order:
    total, shipping = yuan(quoted.total_fen), yuan(quoted.shipping_fen)
    return Order(
        pk=pk,
        number=number,
        site_id=settings.SITE_ID,
        basket_id=source.basket_id,
        user_id=member_id,
        currency=CURRENCY,
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=shipping,
        shipping_excl_tax=shipping,
        shipping_method=delivery.way,
        shipping_code=delivery.way,
        status=State.AWAITING_PAYMENT,
        date_placed=now,
    )


def _intake(order: Order, quoted: Quote, actor, customer, delivery, terms, source, now) -> OrderIntake:
    destination = delivery.destination
    way = delivery.way if quoted.has_goods else Way.NONE
    return OrderIntake(
        order=order,
        number=order.number,
        state=State.AWAITING_PAYMENT,
        channel=source.channel,
        caller=source.caller,
        channel_reference=source.reference,
        member_id=order.user_id,
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
        card_fen=terms.card.amount_fen if terms.card else 0,
        sells_cards=quoted.sells_cards,
        placed_at=now,
        expires_at=now + timedelta(minutes=settings.PAYMENT_MINUTES),
    )


def _savings(order_id: int, ids: list[int], quoted: Quote) -> list[OrderDiscount]:
    """Which offer took how much off the order."""
    return [
        OrderDiscount(
            pk=pk,
            order_id=order_id,
            offer_id=saving.offer_id,
            offer_name=saving.name,
            amount=yuan(saving.amount_fen),
            frequency=1,
        )
        for pk, saving in zip(ids, quoted.savings, strict=True)
    ]


def _line_savings(
    line_ids: list[int], off: Sequence[OrderDiscount], quoted: Quote
) -> list[OrderLineDiscount]:
    """Which offer took how much off each line: settlement asks who bears it."""
    by_offer = {row.offer_id: row.pk for row in off}
    return [
        OrderLineDiscount(
            line_id=pk, order_discount_id=by_offer[offer_id], is_incl_tax=True, amount=yuan(fen)
        )
        for pk, each in zip(line_ids, quoted.lines, strict=True)
        for offer_id, fen in each.savings
    ]


def _oscar_line(pk: int, order_id: int, each: QuotedLine) -> Line:
    before, amount, unit = (
        yuan(fen) for fen in (each.unit_fen * each.wish.quantity, each.amount_fen, each.unit_fen)
    )
    return Line(
        pk=pk,
        order_id=order_id,
        partner_sku=each.wish.sku,
        stockrecord_id=each.stockrecord_id,
        product_id=each.product_id,
        title=each.title,
        upc=each.wish.sku,
        quantity=each.wish.quantity,
        line_price_incl_tax=amount,
        line_price_excl_tax=amount,
        line_price_before_discounts_incl_tax=before,
        line_price_before_discounts_excl_tax=before,
        unit_price_incl_tax=unit,
        unit_price_excl_tax=unit,
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
        target_card_id=each.wish.target_card,
        identity_id=customer.identity_id if each.needs_identity else None,
    )
