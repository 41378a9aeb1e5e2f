"""The day as UnionPay tells it: the merchant detail file (ZM), fixed width in GBK bytes."""

from collections.abc import Sequence

from .rows import BillRow

# (what it is, bytes); one blank between fields
FIELDS = (
    ("code", 3), ("acquirer", 11), ("sender", 11), ("trace", 6), ("time", 10), ("card", 19), ("amount", 12),
    ("category", 4), ("terminal_kind", 2), ("query_id", 21), ("old_means", 2), ("order_id", 32),
    ("card_kind", 2), ("old_trace", 6), ("old_time", 10), ("fee", 13), ("settled", 13), ("means", 4),
    ("group", 15), ("type", 2), ("sub_type", 2), ("business", 6), ("account_kind", 2), ("bill_kind", 4),
    ("bill_number", 32), ("interaction", 1), ("old_query_id", 21), ("merchant", 15), ("split", 1),
    ("second", 15), ("second_name", 32), ("second_amount", 13), ("net", 13), ("terminal", 8), ("own", 32),
    ("saved", 13), ("invoice", 13), ("instalment_fee", 12), ("instalments", 2), ("medium", 1),
    ("old_order_id", 32), ("reserved", 98),
)  # fmt: skip
TYPES = {"payment": ("S22", "01"), "refund": ("S30", "04"), "revoked": ("S30", "31")}


def detail(rows: Sequence[BillRow], *, merchant: str) -> bytes:
    return b"".join(_line(number, row, merchant) for number, row in enumerate(rows, start=1))


def totals(rows: Sequence[BillRow]) -> tuple[int, int]:
    """(rows, fen) as the merchant's portal shows them: the file itself has none."""
    return len(rows), sum(-row.amount_fen if row.is_back else row.amount_fen for row in rows)


def name_of(merchant: str, day) -> str:
    return f"INN{day:%y%m%d}88ZM_{merchant}"


def _line(number: int, row: BillRow, merchant: str) -> bytes:
    code, kind = TYPES[row.kind]
    # A refund is money debited, its fee is credited.
    side, other = ("D", "C") if row.is_back else ("C", "D")
    own = row.out_refund_no if row.kind == "refund" else row.out_trade_no
    values = {
        "code": code, "acquirer": "01040000", "sender": "00049000", "trace": f"{number % 1_000_000:06d}",
        "time": f"{row.local:%m%d%H%M%S}", "card": "6212********0001", "amount": f"{row.amount_fen:012d}",
        "category": "4812", "terminal_kind": "08", "query_id": _query_id(row), "old_means": "99",
        "order_id": own, "card_kind": "01", "fee": f"{other}{row.fee_fen:012d}",
        "settled": f"{side}{abs(row.net_fen):012d}", "means": "0201", "type": kind, "sub_type": "00",
        "business": "000201", "account_kind": "01", "interaction": "0",
        "old_query_id": row.transaction_id[-21:] if row.is_back else "", "merchant": merchant,
        "split": "0", "net": f"{side}{abs(row.net_fen):012d}",
        "old_order_id": row.out_trade_no if row.is_back else "",
    }  # fmt: skip
    parts = [_padded(values.get(name, ""), width) for name, width in FIELDS]
    return b" ".join(parts) + b"\r\n"


def _query_id(row: BillRow) -> str:
    return (row.refund_id if row.is_back else row.transaction_id)[-21:]


def _padded(text: str, width: int) -> bytes:
    raw = text.encode("gbk")
    if len(raw) > width:
        raise ValueError(f"{text} is wider than {width} bytes")
    return raw.ljust(width)
