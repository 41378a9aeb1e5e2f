"""WeChat Pay trade bills: ALL, SUCCESS, REFUND and the old layout, by their headers.

UTF-8; every field begins with a backtick, so a row is split on comma and backtick, never on a comma
alone. The last two lines are the totals' header and the totals. (WeChat Pay, "download trade bill".)
"""

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
    fee_of,
    fen_of,
    instant_of,
    last_line,
    must_equal,
)

# Column names of the layout in force, by those of the old one.
OLD = {
    "总金额": "应结订单金额",
    "企业红包金额": "代金券金额",
    "企业红包退款金额": "充值券退款金额",
    "总交易额": "应结订单总金额",
    "总退款金额": "退款总金额",
    "总企业红包退款金额": "充值券退款总金额",
}
NEEDED = ("交易时间", "商户号", "微信订单号", "商户订单号", "交易状态", "应结订单金额", "手续费")
OF_REFUNDS = ("微信退款单号", "商户退款单号", "退款金额")
# total → the column that it sums
SUMS = {
    "应结订单总金额": "应结订单金额",
    "退款总金额": "退款金额",
    "充值券退款总金额": "充值券退款金额",
    "手续费总金额": "手续费",
    "订单总金额": "订单金额",
    "申请退款总金额": "申请退款金额",
}
COUNT = "总交易单数"


def read(content: bytes, expected: Expected) -> Bill:
    lines = decoded(content, "utf-8-sig")
    end = last_line(lines)
    columns = header(lines[0] if lines else "")
    missing = [name for name in NEEDED if name not in columns]
    if "退款金额" in columns or "商户退款单号" in columns:
        missing += [name for name in OF_REFUNDS if name not in columns]
    if missing:
        raise ColumnsMissing(line=1, columns=", ".join(missing))
    if end < 3 or not lines[end - 2].startswith(COUNT):
        raise BillCutOff(line=end)
    bill = Bill(_format(columns), iter(()))
    bill.rows = _rows(lines, end, columns, expected, bill)
    return bill


def header(line: str) -> list[str]:
    names = [name.strip().lstrip("`") for name in line.split(",")]
    return [OLD.get(name, name) for name in names]


def fields(line: str) -> list[str]:
    return line.removeprefix("`").split(",`")


def _format(columns: list[str]) -> str:
    if "退款申请时间" in columns:
        return "wechat_refund"
    return "wechat_all" if "退款金额" in columns else "wechat_success"


def _rows(lines: list[str], end: int, columns: list[str], expected: Expected, bill: Bill) -> Iterator[Row]:
    at = {name: n for n, name in enumerate(columns)}
    sums = dict.fromkeys((name for name in SUMS.values() if name in at), 0)
    places = [(name, at[name], fee_of if name == "手续费" else fen_of) for name in sums]
    seen, count = Seen(), 0
    for number, line in enumerate(lines[1 : end - 2], start=2):
        parts = fields(line)
        if len(parts) != len(columns):
            raise RowInvalid(line=number, reason=f"{len(parts)} ≠ {len(columns)}", value=line[:40])
        amounts = {name: parse(parts[place].strip(), number) for name, place, parse in places}
        for name, amount in amounts.items():
            sums[name] += amount
        count += 1
        yield _row(number, parts, at, amounts, expected, seen)
    _check(lines, end, sums, count, bill)


def _row(number: int, parts: list[str], at: dict, amounts: dict, expected: Expected, seen: Seen) -> Row:
    expected.must_be_account(parts[at["商户号"]], number)
    moment = instant_of(parts[at["交易时间"]], number)
    expected.must_be_day(moment, number)
    state, fee = parts[at["交易状态"]], amounts["手续费"]
    ours, theirs = parts[at["商户订单号"]], parts[at["微信订单号"]]
    text = parts[at["商品名称"]][:120] if "商品名称" in at else ""
    if state == "SUCCESS":
        seen.add(number, theirs)
        return Row(number, "payment", ours, theirs, "", amounts["应结订单金额"], fee, moment, state, text)
    refunded = -abs(amounts.get("退款金额", 0))
    if state == "REFUND" and "商户退款单号" in at:
        refund_ours, refund_theirs = parts[at["商户退款单号"]], parts[at["微信退款单号"]]
        seen.add(number, refund_theirs)
        status = parts[at["退款状态"]][:32] if "退款状态" in at else state
        return Row(number, "refund", refund_ours, refund_theirs, ours, refunded, fee, moment, status, text)
    if state == "REVOKED":
        back = parts[at["微信退款单号"]] if "微信退款单号" in at else ""
        number_there = back if back.strip("0") else theirs
        seen.add(number, number_there, state)
        return Row(number, "revoked", ours, number_there, ours, refunded, fee, moment, state, text)
    raise RowInvalid(line=number, reason="交易状态", value=state[:32])


def _check(lines: list[str], end: int, sums: dict, count: int, bill: Bill) -> None:
    names, values = header(lines[end - 2]), fields(lines[end - 1])
    if len(names) != len(values) or COUNT not in names:
        raise BillCutOff(line=end)
    stated = dict(zip(names, values, strict=True))
    must_equal(end, COUNT, stated[COUNT], str(count))
    for total, column in SUMS.items():
        if total in stated and column in sums:
            must_equal(end, total, fee_of(stated[total], end), sums[column])
    bill.totals = stated
