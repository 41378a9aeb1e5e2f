"""The money of customers' orders as trades: what arrived, what went back, and on which account it lies."""

from datetime import datetime

from settlement.models import AccountKind, Means, TradeKind

from .booking import Money

_CARDS = (AccountKind.PREPAID_CARDS, None)


def payment(fact, *, channel: str, collector_is_courier: bool) -> Money:
    """Money for an order has arrived: it waits to be split."""
    return Money(
        source_key=f"payment:{fact.payment_id}",
        kind=TradeKind.PAYMENT,
        amount_fen=fact.amount_fen,
        debit=_where_the_money_is(fact, collector_is_courier),
        credit=(AccountKind.SPLIT_PENDING, None),
        **_common(fact, channel),
    )


def refund(fact, *, channel: str, collector_is_courier: bool) -> Money:
    """Money went back from where it was, line by line."""
    return Money(
        source_key=f"refund:{fact.refund_id}",
        kind=TradeKind.REFUND,
        amount_fen=-fact.amount_fen,
        debit=(AccountKind.SPLIT_PENDING, None),
        credit=_where_the_money_is(fact, collector_is_courier),
        lines=tuple((line, amount) for line, amount in fact.line_amounts if amount),
        **_common(fact, channel),
    )


def card_sale(fact, *, channel: str, collector_is_courier: bool) -> Money:
    """Money for prepaid cards: it is owed to them at once and shared with nobody."""
    return Money(
        source_key=f"payment:{fact.payment_id}",
        kind=TradeKind.CARD_SALE,
        amount_fen=fact.amount_fen,
        debit=_where_the_money_is(fact, collector_is_courier),
        credit=_CARDS,
        **_common(fact, channel),
    )


def card_refund(fact, *, channel: str, collector_is_courier: bool) -> Money:
    """The sale of cards that nobody used went back."""
    return Money(
        source_key=f"refund:{fact.refund_id}",
        kind=TradeKind.CARD_REFUND,
        amount_fen=-fact.amount_fen,
        debit=_CARDS,
        credit=_where_the_money_is(fact, collector_is_courier),
        **_common(fact, channel),
    )


def _common(fact, channel: str) -> dict:
    return {
        "means": fact.means,
        "occurred_at": datetime.fromisoformat(fact.occurred_at),
        "channel": channel,
        "order_number": fact.order_number,
        "payment_id": fact.payment_id,
        "provider_id": fact.provider_id,
        "collector_id": fact.collector_id,
        "our_reference": fact.our_reference,
        "provider_reference": fact.provider_reference,
    }


def _where_the_money_is(fact, collector_is_courier: bool) -> tuple[str, int | None]:
    """The account of money on its way to the bank: provider, courier, store; or points, cards owed before."""
    if fact.means == Means.POINTS:
        return AccountKind.POINTS_LIABILITY, None
    if fact.means == Means.PREPAID:
        return _CARDS
    if fact.provider_id is not None:
        return AccountKind.PROVIDER_TRANSIT, fact.provider_id
    if collector_is_courier:
        return AccountKind.COD_TRANSIT, fact.collector_id
    if fact.collector_id is None:
        return AccountKind.BANK, None
    return AccountKind.STORE_CASH, fact.collector_id
