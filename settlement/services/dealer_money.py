"""The money of dealer supply: invoices, credits, payments, what they pay, and what suppliers are owed.

A dealer's receivable equals its open invoices, its advances what it paid or was credited and no invoice has
used yet (settlement/queries/controls.py compares both).
"""

from datetime import datetime

from members.channels import Channel
from omnichannel.kernel import clock
from settlement.models import AccountKind, Means, TradeKind

from . import booking
from .booking import Money

BANK = (AccountKind.BANK, None)
SALES = (AccountKind.DEALER_SALES, None)
GOODS = (AccountKind.GOODS_COST, None)


def invoice_issued(fact) -> None:
    _book(
        TradeKind.DEALER_INVOICE, fact.invoice_id, fact,
        debit=_receivable(fact), credit=SALES, order_number=fact.order_number,
    )  # fmt: skip


def credit_issued(fact) -> None:
    """The sale is less; the dealer has something to pay with."""
    _book(
        TradeKind.DEALER_CREDIT, fact.credit_id, fact, sign=-1,
        debit=SALES, credit=_advance(fact), order_number=fact.order_number,
    )  # fmt: skip


def payment_recorded(fact) -> None:
    """The bank's statement shows it under its reference."""
    _book(
        TradeKind.DEALER_PAYMENT, fact.payment_id, fact,
        debit=BANK, credit=_advance(fact), our_reference=fact.reference,
    )  # fmt: skip


def payment_matched(fact) -> None:
    _book(TradeKind.DEALER_MATCHED, fact.match_id, fact, debit=_advance(fact), credit=_receivable(fact))


def supplier_delivered(fact) -> None:
    """What we owe the supplier is paid with the other transfers of the day."""
    if not fact.cost_fen:
        return
    money = Money(
        source_key=f"{TradeKind.GOODS_BOUGHT}:{fact.supplier_order}",
        kind=TradeKind.GOODS_BOUGHT,
        means=Means.NONE,
        amount_fen=fact.cost_fen,
        occurred_at=datetime.fromisoformat(fact.occurred_at),
        debit=GOODS,
        credit=(AccountKind.PAYABLE, fact.supplier_id),
        channel=Channel.DEALER,
        order_number=fact.dealer_order,
        institution_id=fact.supplier_id,
    )
    booking.book(money, now=clock.now())


def supply_handed_over(fact) -> None:
    """A courier took goods for a dealer: it earns its freight like any other."""
    if fact.freight_fen and fact.courier_id is not None:
        booking.book(booking.freight(fact, channel=Channel.DEALER), now=clock.now())


def _receivable(fact) -> tuple[str, int]:
    return AccountKind.DEALER_RECEIVABLE, fact.dealer_id


def _advance(fact) -> tuple[str, int]:
    return AccountKind.DEALER_ADVANCE, fact.dealer_id


def _book(kind: str, number: int, fact, *, debit, credit, sign: int = 1, **more) -> None:
    money = Money(
        source_key=f"{kind}:{number}",
        kind=kind,
        means=Means.NONE,
        amount_fen=sign * fact.amount_fen,
        occurred_at=datetime.fromisoformat(fact.occurred_at),
        debit=debit,
        credit=credit,
        channel=Channel.DEALER,
        institution_id=fact.dealer_id,
        **more,
    )
    booking.book(money, now=clock.now())
