"""Cash in a dealer's till is ours. It may be taken while the dealer is good for it.

What a dealer owes for takings counts against the credit limit of its terms like what it owes for goods:
exposure (fulfillment/queries/dealers.py) + owed by the books + this amount ≤ limit. The row of the terms is
the lock, so that two counters of a dealer, and its orders for goods, are seen one after the other. Whoever
pays the provider pays us: nothing is asked then.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fulfillment.queries import dealers
from fulfillment.services import dealer_credit
from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display
from orders.gateways import dealer_books
from orders.services.counters import DEALER
from orders.values import Source, Terms


class MayNotCollect(DomainError):
    """A dealer may not take cash for us now. Each reason is a refusal of its own."""


class DealerClosed(MayNotCollect):
    code = "dealer_inactive"
    message = _("This dealer does not work for us any more and takes no cash. Let the customer pay by phone.")


class NothingAgreed(MayNotCollect):
    code = "dealer_without_terms"
    message = _(
        "Nothing is agreed with this dealer about money, so it takes no cash. Let the customer pay by phone;"
        " the branch sets up the terms."
    )


class DealerBlocked(MayNotCollect):
    code = "dealer_blocked"
    message = _(
        "This dealer is blocked and takes no cash. Let the customer pay by phone; the branch knows why."
    )


class DealerOverdue(MayNotCollect):
    code = "dealer_overdue"
    message = _(
        "An invoice of this dealer is overdue by %(overdue)s, so it takes no cash. Let the customer pay by"
        " phone, and pay the invoice."
    )


class CashLimitReached(MayNotCollect):
    code = "dealer_cash_limit"
    message = _(
        "This dealer may take %(left)s more in cash: its credit limit covers what it owes for goods and for"
        " takings. Let the customer pay by phone, or pay in what was taken."
    )


@dataclass(frozen=True)
class Till:
    """Fen owed for takings, and fen that may still be taken; `refusal`: why nothing may."""

    owed_fen: int
    left_fen: int
    refusal: MayNotCollect | None = None


def look(dealer, *, now: datetime) -> Till:
    """How the till of a dealer (its card) stands, for a page; nothing is locked."""
    standing = dealers.standings([dealer.id], today=clock.local_day(now)).get(dealer.id)
    if standing is None:
        return Till(0, 0, NothingAgreed())
    owed = max(0, dealer_books.owed(dealer.id, now=now))
    left = max(0, standing.limit - standing.exposure - owed)
    return Till(owed, left, _objection(dealer, standing, left))


def _objection(dealer, standing, left: int) -> MayNotCollect | None:
    if not dealer.is_active:
        return DealerClosed()
    if standing.is_blocked:
        return DealerBlocked()
    if standing.is_overdue:
        return DealerOverdue(overdue=display(standing.overdue))
    return None if left else CashLimitReached(left=display(left), left_fen=left)


def lock_for(source: Source, terms: Terms) -> None:
    """Before numbers and goods are locked: the terms of the dealer that may take cash for this order.

    Without terms there is nothing to lock: whether any cash is left to take after points and a prepaid card,
    and may be taken, must_take asks.
    """
    if terms.means != "cash" or source.channel != Channel.DEALER or not source.institution_id:
        return
    try:
        _lock(source.institution_id)
    except NothingAgreed:
        return


def must_take(*, collector, amount_fen: int, now: datetime) -> None:
    """Raise a MayNotCollect unless the collector (a card) may take this cash; only dealers are asked."""
    if collector.kind != DEALER:
        return
    _lock(collector.id)
    till = look(collector, now=now)
    if till.refusal is not None:
        raise till.refusal
    if amount_fen > till.left_fen:
        raise CashLimitReached(left=display(till.left_fen), left_fen=till.left_fen)


def _lock(dealer_id: int) -> None:
    try:
        dealer_credit.locked_terms(dealer_id)
    except dealer_credit.DealerUnknown as unknown:
        raise NothingAgreed() from unknown
