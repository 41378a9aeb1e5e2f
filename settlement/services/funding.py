"""Who bears a discount or the points of a payment: frozen with the order, booked as the money comes and goes.

A discount that another bears is money like the customer's: the shares are computed on the amount before it,
and the funder is debited for it (decision 43). So what is shared is what was received and what is borne, to
the fen. Without a funding term a discount is borne by all parties: shares are computed on what is paid. A
line that costs the customer nothing is never funded: nothing would come back with its refund.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from members.queries import institutions_by_ids
from settlement.models import (
    AccountKind,
    Funder,
    FundingSubject,
    FundingTerm,
    Means,
    OrderFunding,
    OrderShareTerms,
    Trade,
    TradeKind,
    TradeLine,
)

from . import booking
from .business_day import business_day_of

CARRIER = "carrier"
PLATFORM_COST = (AccountKind.DISCOUNT_COST, None)


@dataclass(frozen=True)
class Borne:
    """Fen of a line's discount that an institution (None: the platform) bears by a term."""

    line_id: int
    term_id: int
    institution_id: int | None
    paid_fen: int
    amount_fen: int


def terms_on(day: date, subject: str, codes: Iterable[str] = ("",)) -> dict[str, FundingTerm]:
    """The funding in force on a day, by offer code."""
    rows = FundingTerm.objects.confirmed().filter(subject=subject, valid_from__lte=day)
    rows = rows.filter(offer_code__in=set(codes)).order_by("offer_code", "-valid_from").distinct("offer_code")
    return {row.offer_code: row for row in rows}


def borne(money) -> list[Borne]:
    """What others bear of the discounts of an order, by the terms of the day it was placed."""
    codes = {code for line in money.lines for code, _fen in line.discounts}
    if not codes:
        return []
    day = business_day_of(datetime.fromisoformat(money.placed_at))
    known = terms_on(day, FundingSubject.OFFER, codes)
    return [
        Borne(line.line_id, term.pk, funder_of(term, line.seller_id), line.amount_fen, fen)
        for line in money.lines
        if line.amount_fen > 0
        for code, fen in line.discounts
        if (term := known.get(code)) is not None
    ]


def funder_of(term: FundingTerm, seller_id: int | None) -> int | None:
    if term.funder == Funder.SPONSOR:
        return term.sponsor_id
    return payable_of(seller_id) if term.funder == Funder.SELLER else None


def payable_of(seller_id: int | None) -> int | None:
    """The seller as a creditor; None where the carrier itself sells."""
    card = institutions_by_ids([seller_id]).get(seller_id)
    return None if card is None or card.kind == CARRIER else seller_id


def keep(terms: OrderShareTerms, found: Sequence[Borne]) -> None:
    OrderFunding.objects.bulk_create(OrderFunding(terms=terms, **vars(one)) for one in found)


def by_line(found: Sequence[Borne]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for one in found:
        sums[one.line_id] = sums.get(one.line_id, 0) + one.amount_fen
    return sums


def book_due(*, order_number: str, occurred_at: datetime, now: datetime) -> None:
    """Book what is borne of the discounts of the money that came and went so far; again books nothing.

    Of each discount the part that belongs to the money so far, rounded down, less what is booked: with the
    last fen of the money comes the last fen of the discount. A refund gives back its line's part, never more
    than was borne, and all of it once all money is back.
    """
    rows = list(OrderFunding.objects.filter(terms__order_number=order_number).order_by("pk"))
    if not rows:
        return
    terms = OrderShareTerms.objects.select_for_update().get(pk=rows[0].terms_id)
    whole = terms.total_fen - sum(row.amount_fen for row in rows)
    money = Trade.objects.filter(order_number=order_number, kind=TradeKind.PAYMENT)
    paid = min(_total(money.exclude(means=Means.FUNDED)), whole)
    back = _refunded(order_number)
    is_all_back = sum(back.values()) >= paid
    for row in rows:
        borne = row.amount_fen * paid // whole
        _book(row, terms, TradeKind.PAYMENT, borne, occurred_at=occurred_at, now=now)
        part = row.amount_fen * min(back.get(row.line_id, 0), row.paid_fen) // row.paid_fen
        due = borne if is_all_back else min(part, borne)
        _book(row, terms, TradeKind.REFUND, due, occurred_at=occurred_at, now=now)


def _refunded(order_number: str) -> dict[int, int]:
    """Fen of money that went back, by line."""
    lines = TradeLine.objects.filter(order_number=order_number, trade__kind=TradeKind.REFUND)
    lines = lines.exclude(trade__means=Means.FUNDED)
    return dict(lines.values_list("line_id").annotate(fen=Sum("amount_fen")).order_by())


def _book(row, terms, kind: str, due: int, *, occurred_at: datetime, now: datetime) -> None:
    """The difference between what is due of a discount and what is booked of it."""
    prefix = f"funding:{kind}:{row.pk}:"
    booked = abs(_total(Trade.objects.filter(source_key__startswith=prefix)))
    if due <= booked:
        return
    sign = 1 if kind == TradeKind.PAYMENT else -1
    account = (AccountKind.PAYABLE, row.institution_id) if row.institution_id else PLATFORM_COST
    pending = (AccountKind.SPLIT_PENDING, None)
    money = booking.Money(
        source_key=f"{prefix}{due}",
        kind=kind,
        means=Means.FUNDED,
        amount_fen=sign * (due - booked),
        occurred_at=occurred_at,
        debit=account if sign > 0 else pending,
        credit=pending if sign > 0 else account,
        channel=terms.channel,
        order_number=terms.order_number,
        lines=((row.line_id, due - booked),) if sign < 0 else (),
    )
    booking.book(money, now=now)


def _total(trades) -> int:
    return trades.aggregate(fen=Sum("amount_fen"))["fen"] or 0
