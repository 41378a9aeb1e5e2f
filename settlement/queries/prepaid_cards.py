"""What is owed to prepaid cards: the ledger against the cards themselves, and how it came about by month."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from settlement.models import AccountKind, LedgerAccount

from .controls import CardBooks, card_books


@dataclass(frozen=True)
class CardLiability:
    """states: (state, cards, fen)."""

    states: list[tuple[str, int, int]]
    books: CardBooks

    @property
    def cards(self) -> int:
        return sum(count for _state, count, _fen in self.states)


def liability() -> CardLiability:
    """The cards as they stand; three queries."""
    books = card_books()
    return CardLiability([(state, *rest) for state, rest in books.outstanding.states.items()], books)


@dataclass(frozen=True)
class Month:
    """Fen owed to cards in a month: sold and reloaded, spent less what refunds brought back, refunded sales.

    corrected is what adjustments moved.
    """

    month: date
    opening: int
    sold: int
    spent: int
    refunded: int
    corrected: int

    @property
    def closing(self) -> int:
        return self.opening + self.sold - self.spent - self.refunded + self.corrected


_HISTORY = """
SELECT date_trunc('month', p.business_date)::date,
       -coalesce(sum(p.amount_fen) FILTER (WHERE j.kind = 'card_sale'), 0)::bigint,
       coalesce(sum(p.amount_fen) FILTER (WHERE j.kind IN ('payment', 'refund')), 0)::bigint,
       coalesce(sum(p.amount_fen) FILTER (WHERE j.kind = 'card_refund'), 0)::bigint,
       -coalesce(sum(p.amount_fen) FILTER (
           WHERE j.kind NOT IN ('card_sale', 'card_refund', 'payment', 'refund')), 0)::bigint
FROM settlement_ledgeraccount a
JOIN settlement_posting p ON p.account_id = a.id JOIN settlement_journal j ON j.id = p.journal_id
WHERE a.kind = 'prepaid_cards' GROUP BY 1 ORDER BY 1
"""


def history() -> list[Month]:
    """Every month of the ledger's account, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY)
        found = cursor.fetchall()
    months, opening = [], 0
    for month, sold, spent, refunded, corrected in found:
        months.append(Month(month, opening, sold, spent, refunded, corrected))
        opening = months[-1].closing
    return months


def account_id() -> int | None:
    """The ledger's account behind the figures."""
    rows = LedgerAccount.objects.filter(kind=AccountKind.PREPAID_CARDS, institution=None)
    return rows.values_list("pk", flat=True).first()
