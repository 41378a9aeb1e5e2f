"""Points that a seller or a sponsor bears: what the platform spent on them comes back from who bears them.

The points of a payment were accrued at the platform's cost when they were given. Where a funding term says
that another bears what they pay, that party is debited for it when the payment is booked, and gets it back
with the points' refund; several sellers by what their lines cost, by the largest remainder.
"""

from datetime import datetime

from django.db.models import Sum

from omnichannel.kernel.clock import local_day
from omnichannel.kernel.money import share_out
from settlement.models import (
    AccountKind,
    Funder,
    FundingSubject,
    FundingTerm,
    Means,
    OrderShareTerms,
    OrderTermsLine,
    Trade,
    TradeKind,
)

from . import booking
from .funding import payable_of, terms_on
from .posting import Leg


def book_due(*, order_number: str, occurred_at: datetime, now: datetime) -> None:
    """Debit who bears the points that paid so far and did not go back; again books nothing."""
    points = Trade.objects.filter(order_number=order_number, means=Means.POINTS)
    if not points.exists():
        return
    terms = OrderShareTerms.objects.select_for_update().filter(order_number=order_number).first()
    term = terms and terms_on(local_day(terms.frozen_at), FundingSubject.POINTS).get("")
    if not term or term.funder == Funder.PLATFORM:
        return
    paid = _total(points.filter(kind=TradeKind.PAYMENT))
    kept = paid + _total(points.filter(kind=TradeKind.REFUND))
    funded = points.filter(kind=TradeKind.POINTS_FUNDED)
    booked = _total(funded)
    if kept != booked:
        weights = _weights(terms, term)
        _book(terms, weights, before=booked, after=kept, count=funded.count(), at=occurred_at, now=now)


def _weights(terms: OrderShareTerms, term: FundingTerm) -> dict[int | None, int]:
    """What the lines of each party that bears the points cost, fen; None is the platform."""
    if term.funder == Funder.SPONSOR:
        return {term.sponsor_id: 1}
    sums = OrderTermsLine.objects.filter(terms=terms).values_list("seller_id").annotate(fen=Sum("amount_fen"))
    found: dict[int | None, int] = {}
    for seller_id, amount in sums.order_by("seller_id"):
        party = payable_of(seller_id)
        found[party] = found.get(party, 0) + amount
    return found


def _book(terms, weights: dict, *, before: int, after: int, count: int, at: datetime, now: datetime) -> None:
    """The difference of the two splits, so that a refund of all takes back exactly what was debited."""
    splits = [share_out(fen, list(weights.values())) for fen in (before, after)]
    parts = zip(weights, *splits, strict=True)
    legs = [
        Leg(AccountKind.PAYABLE, party, to - was, terms.channel)
        for party, was, to in parts
        if party is not None and to != was
    ]
    moved = sum(leg.amount_fen for leg in legs)
    if not legs:
        return
    legs.append(Leg(AccountKind.POINTS_COST, None, -moved, terms.channel))
    money = booking.Money(
        source_key=f"points_funded:{terms.order_number}:{count + 1}",
        kind=TradeKind.POINTS_FUNDED,
        means=Means.POINTS,
        amount_fen=after - before,
        occurred_at=at,
        channel=terms.channel,
        order_number=terms.order_number,
    )
    booking.book_legs(money, legs=legs, journal_kind=money.kind, now=now)


def _total(trades) -> int:
    return trades.aggregate(fen=Sum("amount_fen"))["fen"] or 0
