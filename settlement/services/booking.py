"""Facts become trades, each exactly once, in the day that is open when they are booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from settlement.models import AccountKind, Means, Trade, TradeKind, TradeLine, TradeReference

from .business_day import business_day_of, lock_current_day
from .posting import Leg, post_journal


@dataclass(frozen=True)
class Money:
    """A fact of money as booking needs it. amount_fen is negative for refunds."""

    source_key: str
    kind: str
    means: str
    amount_fen: int
    occurred_at: datetime
    debit: tuple[str, int | None] | None = None
    credit: tuple[str, int | None] | None = None
    channel: str = ""
    order_number: str = ""
    payment_id: int | None = None
    provider_id: int | None = None
    collector_id: int | None = None
    institution_id: int | None = None
    lines: tuple[tuple[int, int], ...] = ()
    our_reference: str = ""
    provider_reference: str = ""


@transaction.atomic
def book(money: Money, *, now: datetime) -> Trade:
    """Book the fact, or return the trade it was booked as. Raises JournalDiffers, NoOpenDay."""
    size = abs(money.amount_fen)
    legs = (Leg(*money.debit, size, money.channel), Leg(*money.credit, -size, money.channel))
    return book_legs(money, legs=legs, journal_kind=money.kind, now=now)


@transaction.atomic
def book_legs(
    money: Money,
    *,
    legs: Sequence[Leg],
    journal_kind: str,
    now: datetime,
    original: date | None = None,
    reverses_id: int | None = None,
    note: str = "",
) -> Trade:
    """Book a fact that moves more than two accounts, as book does. original: the day that it corrects."""
    day = lock_current_day()
    original = original or business_day_of(money.occurred_at)
    journal_id, is_new = post_journal(
        key=money.source_key,
        kind=journal_kind,
        legs=legs,
        business_date=day,
        original_date=original,
        now=now,
        reverses_id=reverses_id,
        note=note,
    )
    if not is_new:
        return Trade.objects.get(source_key=money.source_key)
    trade = Trade.objects.create(
        source_key=money.source_key,
        kind=money.kind,
        means=money.means,
        channel=money.channel,
        order_number=money.order_number,
        payment_id=money.payment_id,
        provider_id=money.provider_id,
        collector_id=money.collector_id,
        institution_id=money.institution_id,
        amount_fen=money.amount_fen,
        occurred_at=money.occurred_at,
        booked_at=now,
        business_date=day,
        original_date=original,
        journal_id=journal_id,
    )
    TradeLine.objects.bulk_create(
        TradeLine(trade=trade, order_number=money.order_number, line_id=line, amount_fen=amount)
        for line, amount in money.lines
    )
    _keep_references(trade, money)
    return trade


def _keep_references(trade: Trade, money: Money) -> None:
    """The numbers under which the provider's bills, or the bank's statement, show this money."""
    party = money.provider_id or money.institution_id
    if party is not None and money.our_reference:
        TradeReference.objects.create(
            trade=trade,
            provider_id=party,
            our_reference=money.our_reference,
            provider_reference=money.provider_reference,
        )


def freight(fact, *, channel: str) -> Money:
    """A courier took a package: it earns its freight."""
    return Money(
        source_key=f"freight:{fact.fulfillment_id}",
        kind=TradeKind.FREIGHT,
        means=Means.NONE,
        amount_fen=fact.freight_fen,
        occurred_at=datetime.fromisoformat(fact.occurred_at),
        debit=(AccountKind.FREIGHT_COST, None),
        credit=(AccountKind.SPLIT_PENDING, None),
        channel=channel,
        order_number=fact.order_number,
        institution_id=fact.courier_id,
    )


def cod_remittance(fact) -> Money:
    """A courier handed in the cash that it had collected."""
    return Money(
        source_key=f"cod_remittance:{fact.remittance_id}",
        kind=TradeKind.COD_REMITTANCE,
        means=Means.COD,
        amount_fen=fact.amount_fen,
        occurred_at=datetime.fromisoformat(fact.occurred_at),
        debit=(AccountKind.BANK, None),
        credit=(AccountKind.COD_TRANSIT, fact.courier_id),
        institution_id=fact.courier_id,
        collector_id=fact.courier_id,
    )


_LIABILITY, _COST = (AccountKind.POINTS_LIABILITY, None), (AccountKind.POINTS_COST, None)


def points(fact, kind: str) -> Money:
    """Points given are owed; points taken back or lapsed are owed no longer."""
    given = kind == TradeKind.POINTS_EARNED
    return Money(
        source_key=f"{kind}:{fact.txn_id}",
        kind=kind,
        means=Means.POINTS,
        amount_fen=fact.value_fen if given else -fact.value_fen,
        occurred_at=datetime.fromisoformat(fact.occurred_at),
        debit=_COST if given else _LIABILITY,
        credit=_LIABILITY if given else _COST,
    )


def points_of_import(batch_id: int, value_fen: int, now: datetime) -> Money:
    """All points that a till import gave, as one trade."""
    return Money(
        source_key=f"{TradeKind.POINTS_EARNED}:till_import:{batch_id}",
        kind=TradeKind.POINTS_EARNED,
        means=Means.POINTS,
        amount_fen=value_fen,
        occurred_at=now,
        debit=_COST,
        credit=_LIABILITY,
        channel="till",
    )
