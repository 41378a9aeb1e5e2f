"""Which parser reads a file: by the kind of account, and for WeChat Pay by the header."""

from . import alipay, bank, cod, unionpay, wechat, wechat_funds
from .common import Bill, Expected

FUNDS = "资金流水单号".encode()


def _wechat(content: bytes, expected: Expected) -> Bill:
    first = content.split(b"\n", 1)[0]
    return (wechat_funds if FUNDS in first else wechat).read(content, expected)


READERS = {
    "wechat": _wechat,
    "alipay": alipay.read,
    "unionpay": unionpay.read,
    "bank": bank.read,
    "cod": cod.read,
}


def read(source: str, content: bytes, expected: Expected) -> Bill:
    """The statement, of which nothing is believed before its rows have ended. Raises BillRefused."""
    return READERS[source](content, expected)
