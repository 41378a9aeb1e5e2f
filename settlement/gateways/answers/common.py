"""What all formats of an answer say, and how an unreadable one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from settlement.gateways.bills.common import BillRefused


class AnswerStatusUnknown(BillRefused):
    code = "answer_status_unknown"
    message = _("Line %(line)s: %(value)s is no answer that we know.")


class AnswerEmpty(BillRefused):
    code = "answer_empty"
    message = _("The file answers no transfer.")


@dataclass(frozen=True)
class Line:
    """outcome: sent, succeeded, failed or unknown; amount in fen."""

    number: int
    reference: str
    amount_fen: int
    outcome: str
    bank_reference: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """account: ours, as the bank names it; file: the name of our file, without its ending."""

    account: str
    account_line: int
    file: str
    file_line: int
    lines: Sequence[Line]

    @property
    def sum_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)
