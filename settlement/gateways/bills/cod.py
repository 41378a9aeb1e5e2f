"""A courier's remittance of cash on delivery. Ours: couriers publish no format.

COURIER,<code>,<day>; a header; one row per waybill; TRAILER with count, collected, fee, remitted and the
SHA-256 of all lines before it.
"""

import csv
import hashlib
from collections.abc import Iterator

from .common import (
    Bill,
    BillCutOff,
    ColumnsMissing,
    Expected,
    Row,
    RowInvalid,
    Seen,
    decoded,
    fen_of,
    instant_of,
    last_line,
    must_equal,
)

COLUMNS = [
    "waybill_no", "order_no", "delivered_at", "cod_amount", "collected_amount", "pay_mode", "service_fee",
    "remit_batch_no", "remit_date", "remit_amount",
]  # fmt: skip


def read(content: bytes, expected: Expected) -> Bill:
    lines = decoded(content, "utf-8-sig")
    end = last_line(lines)
    first = (lines[0] if lines else "").split(",")
    if first[0] != "COURIER" or len(first) != 3:
        raise ColumnsMissing(line=1, columns="COURIER")
    expected.must_be_account(first[1], 1)
    expected.must_be_day(first[2], 1)
    if end < 2 or lines[1].split(",") != COLUMNS:
        raise ColumnsMissing(line=2, columns=", ".join(COLUMNS))
    if not lines[end - 1].startswith("TRAILER,"):
        raise BillCutOff(line=end)
    bill = Bill("cod", iter(()))
    bill.rows = _rows(lines, end, expected, bill)
    return bill


def _rows(lines: list[str], end: int, expected: Expected, bill: Bill) -> Iterator[Row]:
    sums, seen, count = [0, 0, 0], Seen(), 0
    for number, parts in enumerate(csv.reader(lines[2 : end - 1]), start=3):
        if len(parts) != len(COLUMNS):
            raise RowInvalid(line=number, reason=f"{len(parts)} ≠ {len(COLUMNS)}", value=",".join(parts)[:40])
        row = _row(number, dict(zip(COLUMNS, parts, strict=True)), expected)
        seen.add(number, row.provider_reference)
        for n, amount in enumerate((row.amount_fen, row.fee_fen, row.amount_fen - row.fee_fen)):
            sums[n] += amount
        count += 1
        yield row
    _check(lines, end, count, sums, bill)


def _row(number: int, row: dict, expected: Expected) -> Row:
    expected.must_be_day(row["remit_date"], number)
    collected, fee = fen_of(row["collected_amount"], number), fen_of(row["service_fee"], number)
    if fen_of(row["remit_amount"], number) != collected - fee:
        raise RowInvalid(line=number, reason="remit_amount", value=row["remit_amount"][:20])
    return Row(
        number, "cash", row["order_no"], row["waybill_no"], row["remit_batch_no"], collected, fee,
        instant_of(row["delivered_at"], number), row["pay_mode"][:32], f"COD {row['cod_amount']}"[:120],
    )  # fmt: skip


def _check(lines: list[str], end: int, count: int, sums: list[int], bill: Bill) -> None:
    stated = lines[end - 1].split(",")
    if len(stated) != 6:
        raise BillCutOff(line=end)
    must_equal(end, "count", stated[1], str(count))
    for name, text, counted in zip(("collected", "fee", "remitted"), stated[2:5], sums, strict=True):
        must_equal(end, name, fen_of(text, end), counted)
    digest = hashlib.sha256("".join(f"{line}\r\n" for line in lines[: end - 1]).encode()).hexdigest()
    must_equal(end, "SHA-256", stated[5], digest)
    bill.totals = dict(zip(("count", "collected", "fee", "remitted"), stated[1:5], strict=True))
