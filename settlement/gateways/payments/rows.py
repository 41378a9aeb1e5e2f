"""What every format of a transfer file says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Account:
    """cnaps: the bank's number in the national payment system, 12 digits."""

    number: str
    name: str
    bank: str
    cnaps: str


@dataclass(frozen=True)
class Payment:
    """One transfer; amount in fen. ours pays theirs, or collects from it."""

    sequence: int
    is_collection: bool
    theirs: Account
    amount_fen: int
    purpose: str
    reference: str


@dataclass(frozen=True)
class Batch:
    """The transfers of one file. message: the number under which the bank answers, at most 35 characters."""

    message: str
    ours: Account
    day: date
    made_at: datetime
    payments: Sequence[Payment]

    @property
    def sum_fen(self) -> int:
        return sum(payment.amount_fen for payment in self.payments)
