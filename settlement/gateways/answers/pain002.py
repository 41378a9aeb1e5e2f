"""A payment status report, ISO 20022 pain.002 of any version: its totals per status, then each transaction.

ACSC and ACCC: done; RJCT and CANC: refused; ACTC, ACCP, ACSP, RCVD, ACWC: with the bank; PDNG: the bank
cannot say yet what became of it. The original number of transactions and control sum are those of our file.
"""

import re
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from settlement.gateways.bills.common import (
    AmountInvalid,
    BillCutOff,
    BillUnreadable,
    ColumnsMissing,
    RowInvalid,
    Seen,
    fen_of,
    must_equal,
)

from .common import Answer, AnswerEmpty, AnswerStatusUnknown, Line

STATUS = {
    "ACSC": "succeeded", "ACCC": "succeeded", "RJCT": "failed", "CANC": "failed", "PDNG": "unknown",
    "ACTC": "sent", "ACCP": "sent", "ACSP": "sent", "ACWC": "sent", "RCVD": "sent",
}  # fmt: skip
# Our account stands with the initiating party.
OURS = "GrpHdr/InitgPty/Id/OrgId/Othr/Id"
_ROW = re.compile(rb"<(?:\w+:)?TxInfAndSts[\s>]")


def read(content: bytes) -> Answer:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BillUnreadable(line=1, reason=str(_("document types are not accepted")))
    report = _find(_parsed(content), "CstmrPmtStsRpt")
    if report is None:
        raise ColumnsMissing(line=1, columns="CstmrPmtStsRpt")
    group, payment = _find(report, "OrgnlGrpInfAndSts"), _find(report, "OrgnlPmtInfAndSts")
    file_line = _line_of(content, b"OrgnlMsgId>")
    if group is None or payment is None or not _text(group, "OrgnlMsgId"):
        raise ColumnsMissing(line=file_line, columns="OrgnlGrpInfAndSts/OrgnlMsgId, OrgnlPmtInfAndSts")
    numbers = [content.count(b"\n", 0, hit.start()) + 1 for hit in _ROW.finditer(content)]
    rows = [child for child in payment if _name(child) == "TxInfAndSts"]
    seen = Seen()
    found = [_row(number, row, seen) for number, row in zip(numbers, rows, strict=True)]
    if not found:
        raise AnswerEmpty(line=file_line)
    _check(content, group, found)
    account, account_line = _text(report, OURS), _line_of(content, b"InitgPty>")
    return Answer(account, account_line, _text(group, "OrgnlMsgId"), file_line, found)


def _parsed(content: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        line = error.position[0]
        if line >= content.count(b"\n"):
            raise BillCutOff(line=line) from error
        raise BillUnreadable(line=line, reason=str(error)[:80]) from error


def _row(number: int, row, seen: Seen) -> Line:
    reference = _text(row, "OrgnlEndToEndId")
    if not reference:
        raise RowInvalid(line=number, reason="OrgnlEndToEndId", value="")
    seen.add(number, reference)
    status = _text(row, "TxSts")
    if status not in STATUS:
        raise AnswerStatusUnknown(line=number, value=status[:20])
    amount = _find(row, "OrgnlTxRef/Amt/InstdAmt")
    if amount is None or amount.get("Ccy") != "CNY":
        raise AmountInvalid(line=number, value="OrgnlTxRef/Amt/InstdAmt")
    reason = " ".join(filter(None, (_text(row, "StsRsnInf/Rsn/Cd"), _text(row, "StsRsnInf/AddtlInf"))))
    fen = fen_of((amount.text or "").strip(), number)
    return Line(number, reference, fen, STATUS[status], _text(row, "AcctSvcrRef")[:64], reason[:160])


def _check(content: bytes, group, found: list[Line]) -> None:
    """The rows are as many and as much as the report's totals say."""
    line = _line_of(content, b"OrgnlNbOfTxs>")
    must_equal(line, "OrgnlNbOfTxs", _text(group, "OrgnlNbOfTxs"), str(len(found)))
    stated = fen_of(_text(group, "OrgnlCtrlSum"), line)
    must_equal(line, "OrgnlCtrlSum", stated, sum(one.amount_fen for one in found))


def _find(element, path: str):
    """A descendant by local names, of whatever namespace."""
    for name in path.split("/"):
        element = next((child for child in element if _name(child) == name), None)
        if element is None:
            return None
    return element


def _name(element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element, path: str) -> str:
    found = _find(element, path)
    return (found.text or "").strip() if found is not None else ""


def _line_of(content: bytes, tag: bytes) -> int:
    return content.count(b"\n", 0, max(content.find(tag), 0)) + 1
