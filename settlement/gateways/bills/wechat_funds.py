"""WeChat Pay fund flow: every movement of the account with the balance after it, which must chain.

The file does not name its account; what is taken out is "提现". (WeChat Pay, "download fund flow".)
"""

from collections.abc import Iterator

from .common import (
    BalanceBroken,
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
from .wechat import fields, header

NEEDED = (
    "记账时间", "微信支付业务单号", "资金流水单号", "业务类型", "收支类型", "收支金额(元)", "账户结余(元)",
    "业务凭证号",
)  # fmt: skip
COUNT = "资金流水总笔数"
SIGNS = {"收入": 1, "支出": -1}
PAYOUT = "提现"


def read(content: bytes, expected: Expected) -> Bill:
    lines = decoded(content, "utf-8-sig")
    end = last_line(lines)
    columns = header(lines[0] if lines else "")
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ColumnsMissing(line=1, columns=", ".join(missing))
    if end < 3 or not lines[end - 2].startswith(COUNT):
        raise BillCutOff(line=end)
    bill = Bill("wechat_funds", iter(()))
    bill.rows = _rows(lines, end, columns, expected, bill)
    return bill


def _rows(lines: list[str], end: int, columns: list[str], expected: Expected, bill: Bill) -> Iterator[Row]:
    at = {name: n for n, name in enumerate(columns)}
    counted = {"收入": [0, 0], "支出": [0, 0]}
    balance, seen = None, Seen()
    for number, line in enumerate(lines[1 : end - 2], start=2):
        parts = [part.strip() for part in fields(line)]
        if len(parts) != len(columns) or parts[at["收支类型"]] not in SIGNS:
            raise RowInvalid(line=number, reason="收支类型", value=line[:40])
        row, after = _row(number, parts, at, expected)
        if balance is not None and balance + row.amount_fen != after:
            raise BalanceBroken(line=number, stated=after, counted=balance + row.amount_fen)
        balance = after
        seen.add(number, parts[at["资金流水单号"]])
        tally = counted[parts[at["收支类型"]]]
        tally[0] += 1
        tally[1] += abs(row.amount_fen)
        yield row
    _check(lines, end, counted, bill)


def _row(number: int, parts: list[str], at: dict, expected: Expected) -> tuple[Row, int]:
    moment = instant_of(parts[at["记账时间"]], number)
    expected.must_be_day(moment, number)
    kind = parts[at["业务类型"]]
    row = Row(
        number,
        "payout" if kind == PAYOUT else "flow",
        parts[at["业务凭证号"]],
        parts[at["微信支付业务单号"]],
        parts[at["资金流水单号"]],
        SIGNS[parts[at["收支类型"]]] * fen_of(parts[at["收支金额(元)"]], number),
        0,
        moment,
        kind[:32],
        kind,
    )
    return row, fen_of(parts[at["账户结余(元)"]], number)


def _check(lines: list[str], end: int, counted: dict, bill: Bill) -> None:
    names, values = header(lines[end - 2]), fields(lines[end - 1])
    if len(names) != len(values):
        raise BillCutOff(line=end)
    stated = dict(zip(names, values, strict=True))
    must_equal(end, COUNT, stated[COUNT], str(counted["收入"][0] + counted["支出"][0]))
    for word, (rows, amount) in counted.items():
        must_equal(end, f"{word}笔数", stated.get(f"{word}笔数"), str(rows))
        must_equal(end, f"{word}金额", fen_of(stated.get(f"{word}金额", ""), end), amount)
    bill.totals = stated
