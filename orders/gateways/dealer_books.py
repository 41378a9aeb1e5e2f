"""What the books say a dealer owes us. The books stand above the orders, so they come in by this door."""

from datetime import datetime
from typing import Protocol


class Owed(Protocol):
    def __call__(self, dealer_id: int, *, now: datetime) -> int: ...


_books: list[Owed] = []


def keep_books(owed_by: Owed) -> None:
    """Settlement says how to ask it."""
    _books[:] = [owed_by]


def owed(dealer_id: int, *, now: datetime) -> int:
    """Fen that the dealer took for us and has not paid, less what it earned; negative where we owe it."""
    return _books[0](dealer_id, now=now)
