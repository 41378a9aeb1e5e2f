"""Alipay's business detail: a ZIP with GBK names, inside it a GBK CSV.

Four lines beginning with #, a header, rows with trailing tabs, # lines with counts and sums at the end.
Refunds are usually written negative, so the kind decides, not the sign. The fee is negative on payments.
(Alipay, "trade bill".)
"""

import re
from collections.abc import Iterator

from .archives import is_zip, unzipped
from .common import (
    Bill,
    BillCutOff,
    ColumnsMissing,
    Expected,
    OtherDay,
    Row,
    RowInvalid,
    Seen,
    decoded,
    fen_of,
    instant_of,
    must_equal,
)

FIRST = "支付宝交易号"
NEEDED = (FIRST, "商户订单号", "业务类型", "完成时间", "商家实收（元）", "退款批次号/请求号", "服务费（元）")
_ACCOUNT = re.compile(r"#账号：\[(\w+)\]")
_DAY = re.compile(r"#起始日期：\[(\d{4})年(\d\d)月(\d\d)日")
_PAID = re.compile(r"#交易合计：(\d+)笔，商家实收共(-?[\d.]+)元")
_BACK = re.compile(r"#退款合计：(\d+)笔，商家实收退款共(-?[\d.]+)元")
SUMMARY = "汇总"


def read(content: bytes, expected: Expected) -> Bill:
    if is_zip(content):
        content = unzipped(content, lambda name: name.endswith(".csv") and SUMMARY not in name)
    lines = decoded(content, "gbk")
    begin = next((n for n, line in enumerate(lines) if line.startswith(FIRST)), None)
    if begin is None:
        raise ColumnsMissing(line=len(lines), columns=FIRST)
    columns = [name.strip() for name in lines[begin].split(",")]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ColumnsMissing(line=begin + 1, columns=", ".join(missing))
    _must_be_ours(lines[:begin], expected)
    end = next((n for n in range(begin + 1, len(lines)) if lines[n].startswith("#")), None)
    if end is None:
        raise BillCutOff(line=len(lines))
    bill = Bill("alipay", iter(()))
    bill.rows = _rows(lines, begin, end, columns, expected, bill)
    return bill


def _must_be_ours(head: list[str], expected: Expected) -> None:
    for number, line in enumerate(head, start=1):
        if found := _ACCOUNT.match(line):
            expected.must_be_account(found[1], number)
        if found := _DAY.match(line):
            expected.must_be_day("-".join(found.groups()), number)


def _rows(
    lines: list[str], begin: int, end: int, columns: list[str], expected: Expected, bill: Bill
) -> Iterator[Row]:
    at = {name: n for n, name in enumerate(columns)}
    counted, seen = {"交易": [0, 0], "退款": [0, 0]}, Seen()
    for number in range(begin + 2, end + 1):
        parts = [part.strip() for part in lines[number - 1].split(",")]
        if len(parts) == len(columns) + 1 and not parts[-1]:
            parts.pop()
        kind = parts[at["业务类型"]] if len(parts) == len(columns) else ""
        if kind not in counted:
            raise RowInvalid(line=number, reason="业务类型", value=lines[number - 1][:40])
        row = _row(number, parts, at, kind, expected)
        seen.add(number, row.provider_reference, row.our_reference, row.kind)
        counted[kind][0] += 1
        counted[kind][1] += abs(row.amount_fen)
        yield row
    _check(lines, end, counted, bill)


def _row(number: int, parts: list[str], at: dict, kind: str, expected: Expected) -> Row:
    moment = instant_of(parts[at["完成时间"]], number)
    if moment[:10] != expected.day.isoformat():
        raise OtherDay(line=number, found=moment[:19], expected=expected.day.isoformat())
    amount = abs(fen_of(parts[at["商家实收（元）"]], number))
    fee = -fen_of(parts[at["服务费（元）"]], number)
    ours, theirs = parts[at["商户订单号"]], parts[at[FIRST]]
    text = parts[at["商品名称"]][:120] if "商品名称" in at else ""
    if kind == "交易":
        return Row(number, "payment", ours, theirs, "", amount, fee, moment, kind, text)
    request = parts[at["退款批次号/请求号"]]
    if not request:
        return Row(number, "revoked", ours, theirs, ours, -amount, fee, moment, kind, text)
    return Row(number, "refund", request, theirs, ours, -amount, fee, moment, kind, text)


def _check(lines: list[str], end: int, counted: dict, bill: Bill) -> None:
    """The foot's counts and sums; both lines must be there."""
    for word, pattern in (("交易", _PAID), ("退款", _BACK)):
        number, found = next(
            ((n + 1, hit) for n in range(end, len(lines)) if (hit := pattern.match(lines[n]))), (0, None)
        )
        if found is None:
            raise BillCutOff(line=len(lines))
        must_equal(number, f"{word}笔数", int(found[1]), counted[word][0])
        must_equal(number, f"{word}金额", abs(fen_of(found[2], number)), counted[word][1])
        bill.totals |= {f"{word}笔数": found[1], f"{word}金额": found[2]}
