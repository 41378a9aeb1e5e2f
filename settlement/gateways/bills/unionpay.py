"""UnionPay's merchant detail (ZM): fixed width in bytes, GBK, amounts in fen, one character between fields.

The file states no totals, so they are asked of whoever loads it. Kinds go by the transaction type (01
payment, 04 refund, 31 revocation). UnionPay's own day ends at 23:00, so a row may be of the evening
before. (UnionPay, "all-channel platform, part 3: files", section 6.1.)
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from .archives import is_zip, unzipped
from .common import (
    AmountInvalid,
    Bill,
    BillCutOff,
    BillUnreadable,
    Expected,
    OtherDay,
    Row,
    RowInvalid,
    Seen,
    TotalsNeeded,
    must_equal,
)

WIDTHS = (
    3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15, 1, 15,
    32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98,
)  # fmt: skip
_BEGINS = list(accumulate((width + 1 for width in WIDTHS), initial=0))
PLACES = [(begin, begin + width) for begin, width in zip(_BEGINS, WIDTHS, strict=False)]
LENGTH = PLACES[-1][1]
# The fields that are needed, counted from 0.
TIME, AMOUNT, QUERY_ID, ORDER_ID, FEE, TYPE, ORIGINAL, MERCHANT = 4, 6, 9, 11, 15, 19, 26, 27
KINDS = {"01": "payment", "04": "refund", "31": "revoked"}
_FEE = re.compile(r"([DC])(\d{12})")
_TIME = re.compile(r"(\d\d)(\d\d)([01]\d|2[0-3])([0-5]\d)([0-5]\d)")


def read(content: bytes, expected: Expected) -> Bill:
    if expected.rows is None or expected.sum_fen is None:
        raise TotalsNeeded(line=0)
    if is_zip(content):
        content = unzipped(content, lambda name: "ZM_" in name)
    bill = Bill("unionpay", iter(()))
    bill.rows = _rows(content.split(b"\n"), expected, bill)
    return bill


def _rows(lines: list[bytes], expected: Expected, bill: Bill) -> Iterator[Row]:
    while lines and not lines[-1].strip():
        lines.pop()
    count = total = 0
    seen = Seen()
    for number, raw in enumerate(lines, start=1):
        line = raw.removesuffix(b"\r")
        if len(line) != LENGTH:
            if number == len(lines) and len(line) < LENGTH:
                raise BillCutOff(line=number)
            raise RowInvalid(line=number, reason=f"{len(line)} ≠ {LENGTH}", value="")
        row = _row(number, line, expected)
        seen.add(number, row.provider_reference)
        count, total = count + 1, total + row.amount_fen
        yield row
    must_equal(len(lines), "rows", expected.rows, count)
    must_equal(len(lines), "sum", expected.sum_fen, total)
    bill.totals = {"rows": count, "sum_fen": total}


def _row(number: int, line: bytes, expected: Expected) -> Row:
    try:
        parts = [line[begin:end].decode("gbk").strip() for begin, end in PLACES]
    except UnicodeDecodeError as error:
        raise BillUnreadable(line=number, reason="GBK") from error
    expected.must_be_account(parts[MERCHANT], number)
    kind = KINDS.get(parts[TYPE])
    if kind is None:
        raise RowInvalid(line=number, reason="txnType", value=parts[TYPE])
    amount = _digits(parts[AMOUNT], number) * (1 if kind == "payment" else -1)
    return Row(
        number, kind, parts[ORDER_ID], parts[QUERY_ID], "" if kind == "payment" else parts[ORIGINAL],
        amount, _fee(parts[FEE], number), _moment(parts[TIME], number, expected), parts[TYPE], parts[0],
    )  # fmt: skip


def _digits(text: str, line: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise AmountInvalid(line=line, value=text[:40])
    return int(text)


def _fee(text: str, line: int) -> int:
    """C or D and twelve digits: credited to us (with a refund) or debited."""
    if not text:
        return 0
    found = _FEE.fullmatch(text)
    if found is None:
        raise AmountInvalid(line=line, value=text[:40])
    return int(found[2]) if found[1] == "D" else -int(found[2])


def _moment(text: str, line: int, expected: Expected) -> str:
    """MMDDhhmmss; the year is that of the day it must be, or of the evening before."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise RowInvalid(line=line, reason="txnTime", value=text[:20])
    for day in (expected.day, expected.day_before):
        if f"{day:%m%d}" == found[1] + found[2]:
            return f"{day.isoformat()} {found[3]}:{found[4]}:{found[5]}+08:00"
    raise OtherDay(line=line, found=text, expected=expected.day.isoformat())
