"""Control accounts against what stands behind them in other books."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from fulfillment.queries.dealers import receivables
from members.queries import institutions_by_ids
from omnichannel.kernel.models import OutboxMessage
from orders.queries import cards
from settlement.models import AccountKind, Posting


@dataclass(frozen=True)
class DealerBooks:
    """What the ledger says of a dealer, and what its invoices and payments say; fen, both not negative."""

    dealer_id: int
    code: str
    receivable_fen: int
    invoices_fen: int
    advance_fen: int
    unmatched_fen: int

    @property
    def agrees(self) -> bool:
        return (self.receivable_fen, self.advance_fen) == (self.invoices_fen, self.unmatched_fen)


def dealer_books() -> list[DealerBooks]:
    """Every dealer that either side knows; four statements."""
    rows = Posting.objects.filter(
        account__kind__in=(AccountKind.DEALER_RECEIVABLE, AccountKind.DEALER_ADVANCE)
    ).values_list("account__institution_id")
    is_receivable = Q(account__kind=AccountKind.DEALER_RECEIVABLE)
    booked = {
        dealer: (int(owed or 0), -int(held or 0))
        for dealer, owed, held in rows.annotate(
            owed=Sum("amount_fen", filter=is_receivable), held=Sum("amount_fen", filter=~is_receivable)
        )
    }
    told = receivables()
    cards = institutions_by_ids(booked.keys() | told.keys())
    return [
        DealerBooks(
            dealer,
            cards[dealer].code,
            booked.get(dealer, (0, 0))[0],
            told.get(dealer, (0, 0))[0],
            booked.get(dealer, (0, 0))[1],
            told.get(dealer, (0, 0))[1],
        )
        for dealer in sorted(booked.keys() | told.keys())
    ]


def dealers_differ() -> list[DealerBooks]:
    """Dealers whose receivable is not their open invoices; nobody is judged while a fact is on its way."""
    under_way = OutboxMessage.objects.filter(subscriber__startswith="settlement.book_dealer", done_at=None)
    if under_way.exists():
        return []
    return [row for row in dealer_books() if not row.agrees]


CUSTOMERS_MONEY = ("settlement.book_payment", "settlement.book_refund")


@dataclass(frozen=True)
class CardBooks:
    """Prepaid cards: what the ledger owes in fen, and what the cards say of themselves."""

    ledger_fen: int
    outstanding: cards.Outstanding

    @property
    def balances_fen(self) -> int:
        return self.outstanding.balances_fen

    @property
    def under_way_fen(self) -> int:
        return self.outstanding.under_way_fen

    @property
    def difference_fen(self) -> int:
        return self.ledger_fen - self.outstanding.owed_fen


def card_books() -> CardBooks:
    """Three statements."""
    outstanding = cards.outstanding()
    rows = Posting.objects.filter(account__kind=AccountKind.PREPAID_CARDS)
    booked = rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return CardBooks(-int(booked), outstanding)


def cards_differ(books: CardBooks | None = None) -> list[CardBooks]:
    """The control account where it is not what the cards hold; not judged while a fact is on its way.

    books: card_books() if the caller has read them already. Cards and ledger are read one after the other,
    so a difference counts when it is there twice.
    """
    found = books or card_books()
    for _turn in range(2):
        if not found.difference_fen or _money_under_way():
            return []
        found = card_books()
    return [found] if found.difference_fen else []


def _money_under_way() -> bool:
    return OutboxMessage.objects.filter(subscriber__in=CUSTOMERS_MONEY, done_at=None).exists()
