"""The day as WeChat Pay tells it: ALL, SUCCESS, REFUND and the fund flow. UTF-8, backticks."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from omnichannel.kernel.clock import SHANGHAI

from .rows import BillRow

_ALL = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,"
    "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
ALL = _ALL.split(",")
_NOT_OF_PAYMENTS = {
    "微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态", "申请退款金额",
}  # fmt: skip
SUCCESS = [name for name in ALL if name not in _NOT_OF_PAYMENTS]
_AT = ALL.index("微信退款单号")
REFUND = [*ALL[:_AT], "退款申请时间", "退款成功时间", *ALL[_AT:]]
TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
FUNDS = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "资金变更提交申请人,备注,业务凭证号"
)
FUND_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"


def yuan(fen: int, places: int = 2) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}{'0' * (places - 2)}"


def _line(values: Iterable) -> str:
    return ",".join(f"`{value}" for value in values)


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def all_bill(rows: Sequence[BillRow], *, merchant: str) -> bytes:
    return _bill(rows, ALL, merchant)


def success_bill(rows: Sequence[BillRow], *, merchant: str) -> bytes:
    return _bill([row for row in rows if row.kind == "payment"], SUCCESS, merchant)


def refund_bill(rows: Sequence[BillRow], *, merchant: str) -> bytes:
    return _bill([row for row in rows if row.kind != "payment"], REFUND, merchant)


def _bill(rows: Sequence[BillRow], columns: Sequence[str], merchant: str) -> bytes:
    told = [_fields(row, merchant) for row in rows]
    lines = [",".join(columns), *(_line(fields[name] for name in columns) for fields in told)]
    paid = sum(row.amount_fen for row in rows if not row.is_back)
    back = sum(row.amount_fen for row in rows if row.is_back)
    fees = sum(-row.fee_fen if row.is_back else row.fee_fen for row in rows)
    sums = (len(rows), yuan(paid), yuan(back), yuan(0), yuan(fees, 5), yuan(paid), yuan(back))
    return _text([*lines, TOTALS, _line(sums)])


def _fields(row: BillRow, merchant: str) -> dict[str, str]:
    moment = f"{row.local:%Y-%m-%d %H:%M:%S}"
    back = row.amount_fen if row.is_back else 0
    paid = 0 if row.is_back else row.amount_fen
    state = {"payment": "SUCCESS", "refund": "REFUND", "revoked": "REVOKED"}[row.kind]
    fee = -row.fee_fen if row.is_back else row.fee_fen
    return dict.fromkeys(REFUND, "") | {
        "交易时间": moment, "公众账号ID": "wx0000000000000001", "商户号": merchant, "特约商户号": "0",
        "微信订单号": row.transaction_id, "商户订单号": row.out_trade_no, "用户标识": "oPayer",
        "交易类型": "JSAPI", "交易状态": state, "付款银行": "OTHERS", "货币种类": "CNY",
        "应结订单金额": yuan(paid), "代金券金额": yuan(0), "退款申请时间": moment, "退款成功时间": moment,
        "微信退款单号": row.refund_id or "0", "商户退款单号": row.out_refund_no or "0",
        "退款金额": yuan(back), "充值券退款金额": yuan(0), "退款类型": "ORIGINAL" if back else "",
        "退款状态": "SUCCESS" if back else "", "商品名称": row.description, "手续费": yuan(fee, 5),
        "费率": "0.60%", "订单金额": yuan(paid), "申请退款金额": yuan(back),
    }  # fmt: skip


def fund_flow(
    rows: Sequence[BillRow], *, opening_fen: int = 0, payout: tuple[str, datetime] | None = None
) -> bytes:
    """Every movement with the balance after it. payout: (reference, instant) at which all is paid out."""
    moves = [move for row in rows for move in _moves(row)]
    net = opening_fen + sum(move[3] for move in moves)
    if payout and net > 0:
        reference, at = payout
        moves.append((at.astimezone(SHANGHAI), reference, "提现", -net, reference))
    lines, balance = [FUNDS], opening_fen
    for number, (at, business, kind, amount, voucher) in enumerate(moves, start=1):
        balance += amount
        way = "收入" if amount >= 0 else "支出"
        lines.append(
            _line(
                (f"{at:%Y-%m-%d %H:%M:%S}", business, f"{at:%Y%m%d}{number:014d}", kind, kind, way,
                 yuan(abs(amount)), yuan(balance), "system", "", voucher)
            )
        )  # fmt: skip
    incomes = [amount for *_rest, amount, _voucher in moves if amount >= 0]
    spent = [-amount for *_rest, amount, _voucher in moves if amount < 0]
    sums = (len(moves), len(incomes), yuan(sum(incomes)), len(spent), yuan(sum(spent)))
    return _text([*lines, FUND_TOTALS, _line(sums)])


def _moves(row: BillRow) -> list[tuple]:
    """(instant, business number, kind, signed fen, voucher): the amount, and its fee where there is one."""
    if row.is_back:
        return [(row.local, row.refund_id, "退款", row.net_fen, row.out_refund_no or row.out_trade_no)]
    moves = [(row.local, row.transaction_id, "交易", row.amount_fen, row.out_trade_no)]
    if row.fee_fen:
        moves.append((row.local, row.transaction_id, "扣除交易手续费", -row.fee_fen, row.out_trade_no))
    return moves
