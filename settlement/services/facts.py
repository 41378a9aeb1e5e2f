"""Handlers of the facts that move money: each reads what it needs and books one trade."""

from datetime import date, datetime

from members.queries import institutions_by_ids
from omnichannel.kernel import clock
from orders.queries.money import money_terms
from settlement.models import OrderShareTerms, TradeKind

from . import audit_trail, booking, customer_money, funding, points_funding, rule_comparison
from .terms import close_parcels, fix_fulfiller, freeze

CARD_DEEDS = {"frozen": "frozen", "void": "voided", "active": "unfrozen", "issued": "unfrozen"}


def order_confirmed(fact) -> None:
    if fact.for_cards:  # nothing to share: the money is owed to the cards
        return
    freeze(order_number=fact.order_number, now=clock.now())
    _book_funding(fact)


def payment_captured(fact) -> None:
    _book_customer_money(fact, customer_money.card_sale if fact.for_cards else customer_money.payment)


def refund_made(fact) -> None:
    _book_customer_money(fact, customer_money.card_refund if fact.for_cards else customer_money.refund)


def _book_customer_money(fact, as_money) -> None:
    money = as_money(
        fact,
        channel=channel_of(fact.order_number),
        collector_is_courier=_is_courier(fact.collector_id),
    )
    booking.book(money, now=clock.now())
    if not fact.for_cards:
        _book_funding(fact)


def card_state_changed(fact) -> None:
    """Freezing, unfreezing and voiding a card are deeds that finance can look up."""
    audit_trail.record_deed(
        actor_id=fact.actor_id,
        actor_name=fact.actor_name,
        roles=fact.actor_roles,
        action=f"card.{CARD_DEEDS[fact.after]}",
        subject=f"prepaid card …{fact.tail}",
        details={
            "card": fact.card_id,
            "before": fact.before,
            "after": fact.after,
            "balance_fen": fact.balance_fen,
            "reason": fact.reason,
        },
        now=datetime.fromisoformat(fact.occurred_at),
    )


def _book_funding(fact) -> None:
    """Who else bears a part of the order: of its discounts, and of the points that pay it."""
    moment = {"occurred_at": datetime.fromisoformat(fact.occurred_at), "now": clock.now()}
    funding.book_due(order_number=fact.order_number, **moment)
    points_funding.book_due(order_number=fact.order_number, **moment)


def handed_over(fact) -> None:
    _fix_fulfiller(fact)
    if fact.freight_fen and fact.courier_id is not None:
        booking.book(booking.freight(fact, channel=channel_of(fact.order_number)), now=clock.now())


def delivered(fact) -> None:
    """A pick-up has no hand-over to a courier: the store that gave it out is the fulfiller."""
    _fix_fulfiller(fact)
    close_parcels(order_number=fact.order_number)


def parcel_over(fact) -> None:
    """A parcel was refused or cancelled: perhaps the last of its order."""
    close_parcels(order_number=fact.order_number)


def _fix_fulfiller(fact) -> None:
    fix_fulfiller(
        order_number=fact.order_number,
        parcel=fact.fulfillment_id,
        location_id=fact.location_id,
        courier_id=fact.courier_id,
        now=clock.now(),
    )


def cod_remitted(fact) -> None:
    if fact.amount_fen:
        booking.book(booking.cod_remittance(fact), now=clock.now())


def points_earned(fact) -> None:
    _book_points(fact, TradeKind.POINTS_EARNED)


def points_clawed_back(fact) -> None:
    _book_points(fact, TradeKind.POINTS_CLAWED_BACK)


def points_lapsed(fact) -> None:
    _book_points(fact, TradeKind.POINTS_LAPSED)


def _book_points(fact, kind: str) -> None:
    if fact.value_fen:
        booking.book(booking.points(fact, kind), now=clock.now())


def comparison_due(fact) -> None:
    rule_comparison.compare_day(
        comparison_id=fact.comparison_id, day=date.fromisoformat(fact.day), now=clock.now()
    )


def channel_of(order_number: str) -> str:
    """The channel of an order: from its frozen terms, else from the order."""
    frozen = OrderShareTerms.objects.filter(order_number=order_number).values_list("channel", flat=True)
    return frozen.first() or money_terms(order_number).channel


def _is_courier(institution_id: int | None) -> bool:
    card = institutions_by_ids([institution_id]).get(institution_id)
    return card is not None and card.kind == "courier"
