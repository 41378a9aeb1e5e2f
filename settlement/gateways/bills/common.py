"""What all statement formats share: a row, what a file must be, amounts, times, and how it is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid


class BillRefused(Invalid):
    """Nothing of the file was loaded. `line` is where, counted from 1 (0: the file as a whole)."""

    code = "bill_refused"


class BillUnreadable(BillRefused):
    code = "bill_unreadable"
    message = _("Line %(line)s cannot be read: %(reason)s. Is this the right file?")


class ColumnsMissing(BillRefused):
    code = "bill_columns_missing"
    message = _("Line %(line)s: the header lacks %(columns)s.")


class BillCutOff(BillRefused):
    code = "bill_cut_off"
    message = _("The file ends at line %(line)s without its end: it is cut off. Fetch it again.")


class TotalsDiffer(BillRefused):
    code = "bill_totals_differ"
    message = _("Line %(line)s: the total %(total)s is %(stated)s, the rows give %(counted)s.")


class TotalsNeeded(BillRefused):
    code = "bill_totals_needed"
    message = _("This format states no totals: enter the number of rows and the sum that the provider shows.")


class AmountInvalid(BillRefused):
    code = "bill_amount_invalid"
    message = _("Line %(line)s: %(value)s is not an amount in whole fen, written in yuan.")


class RowInvalid(BillRefused):
    code = "bill_row_invalid"
    message = _("Line %(line)s: %(reason)s (%(value)s).")


class RowTwice(BillRefused):
    code = "bill_row_twice"
    message = _("Line %(line)s repeats the number %(value)s of line %(first)s.")


class OtherMerchant(BillRefused):
    code = "bill_other_merchant"
    message = _("Line %(line)s: this is the statement of account %(found)s, not of %(expected)s.")


class OtherDay(BillRefused):
    code = "bill_other_day"
    message = _("Line %(line)s: %(found)s is not in the statement's day, %(expected)s.")


class BalanceBroken(BillRefused):
    code = "bill_balance_broken"
    message = _("Line %(line)s: the balance %(stated)s does not follow from the line before (%(counted)s).")


class Row(NamedTuple):
    """A row as all formats say it; amounts in fen, occurred_at as text with its offset."""

    line: int
    kind: str
    our_reference: str
    provider_reference: str
    group_reference: str
    amount_fen: int
    fee_fen: int
    occurred_at: str
    status: str
    text: str


@dataclass(frozen=True)
class Expected:
    """Whose statement of which day it must be; control totals where the format has none of its own."""

    number: str
    day: date
    rows: int | None = None
    sum_fen: int | None = None

    def must_be_account(self, found: str, line: int) -> None:
        if found != self.number:
            raise OtherMerchant(line=line, found=found[:40], expected=self.number)

    def must_be_day(self, found: str, line: int) -> None:
        """found: ISO text beginning with the day."""
        if found[:10] != self.day.isoformat():
            raise OtherDay(line=line, found=found[:19], expected=self.day.isoformat())

    @property
    def day_before(self) -> date:
        return self.day - timedelta(days=1)


@dataclass
class Bill:
    """A statement being read: `totals` are complete when `rows` has ended without a refusal."""

    format: str
    rows: Iterator[Row]
    totals: dict = field(default_factory=dict)


_MONEY = re.compile(r"([+-]?)(\d{1,11})(?:\.(\d{1,2}))?")
_FINE = re.compile(r"([+-]?)(\d{1,11})(?:\.(\d{1,2})0{0,3})?")
_TIME = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d")
SHANGHAI = "+08:00"


def fen_of(text: str, line: int, pattern: re.Pattern = _MONEY) -> int:
    """Fen of an amount in yuan with at most two decimals; an empty field is nothing."""
    if not text:
        return 0
    found = pattern.fullmatch(text)
    if found is None:
        raise AmountInvalid(line=line, value=text[:40])
    sign, whole, part = found.groups()
    amount = int(whole) * 100 + (int(part.ljust(2, "0")) if part else 0)
    return -amount if sign == "-" else amount


def fee_of(text: str, line: int) -> int:
    """Fen of a fee that is written with up to five decimals, of which only two may say something."""
    return fen_of(text, line, _FINE)


def instant_of(text: str, line: int) -> str:
    """2026-11-21 10:00:00 in Shanghai, with its offset."""
    if _TIME.fullmatch(text) is None:
        raise RowInvalid(line=line, reason=str(_("this is not a time")), value=text[:40])
    return text + SHANGHAI


def decoded(content: bytes, encoding: str) -> list[str]:
    """The lines of a text. Raises BillUnreadable naming the line where it is not of this encoding."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BillUnreadable(line=line, reason=str(_("it is not encoded in %s") % encoding)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BillUnreadable(line=line, reason=str(_("it holds a zero byte")))
    return text.replace("\r\n", "\n").split("\n")


def last_line(lines: list[str]) -> int:
    """The number of the last line that says something."""
    return next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 0)


def must_equal(line: int, total: str, stated, counted) -> None:
    if stated != counted:
        raise TotalsDiffer(line=line, total=total, stated=stated, counted=counted)


class Seen:
    """Numbers of a file with the line that brought them."""

    def __init__(self):
        self._lines: dict[tuple, int] = {}

    def add(self, line: int, *number: str) -> None:
        first = self._lines.setdefault(number, line)
        if first != line:
            raise RowTwice(line=line, value=" ".join(number)[:80], first=first)
