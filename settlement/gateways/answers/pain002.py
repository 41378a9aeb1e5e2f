"""A payment status report, ISO 20022 pain.002 of any version: its totals per status, then each transaction.

ACSC and ACCC: done; RJCT and CANC: refused; ACTC, ACCP, ACSP, RCVD, ACWC: with the bank; PDNG: the bank
cannot say yet what became of it. The original number of transactions and control sum are those of our file.
"""

from settlement.gateways.bills.common import ColumnsMissing, RowInvalid, Seen, fen_of, must_equal
from settlement.gateways.bills.iso_xml import amount, find, line_of, lines_of, name, parsed, text

from .common import Answer, AnswerEmpty, AnswerStatusUnknown, Line

STATUS = {
    "ACSC": "succeeded", "ACCC": "succeeded", "RJCT": "failed", "CANC": "failed", "PDNG": "unknown",
    "ACTC": "sent", "ACCP": "sent", "ACSP": "sent", "ACWC": "sent", "RCVD": "sent",
}  # fmt: skip
# Our account stands with the initiating party.
OURS = "GrpHdr/InitgPty/Id/OrgId/Othr/Id"


def read(content: bytes) -> Answer:
    report = find(parsed(content), "CstmrPmtStsRpt")
    if report is None:
        raise ColumnsMissing(line=1, columns="CstmrPmtStsRpt")
    group, payment = find(report, "OrgnlGrpInfAndSts"), find(report, "OrgnlPmtInfAndSts")
    file_line = line_of(content, b"OrgnlMsgId>")
    if group is None or payment is None or not text(group, "OrgnlMsgId"):
        raise ColumnsMissing(line=file_line, columns="OrgnlGrpInfAndSts/OrgnlMsgId, OrgnlPmtInfAndSts")
    numbers = lines_of(content, "TxInfAndSts")
    rows = [child for child in payment if name(child) == "TxInfAndSts"]
    seen = Seen()
    found = [_row(number, row, seen) for number, row in zip(numbers, rows, strict=True)]
    if not found:
        raise AnswerEmpty(line=file_line)
    _check(content, group, found)
    account, account_line = text(report, OURS), line_of(content, b"InitgPty>")
    return Answer(account, account_line, text(group, "OrgnlMsgId"), file_line, found)


def _row(number: int, row, seen: Seen) -> Line:
    reference = text(row, "OrgnlEndToEndId")
    if not reference:
        raise RowInvalid(line=number, reason="OrgnlEndToEndId", value="")
    seen.add(number, reference)
    status = text(row, "TxSts")
    if status not in STATUS:
        raise AnswerStatusUnknown(line=number, value=status[:20])
    reason = " ".join(filter(None, (text(row, "StsRsnInf/Rsn/Cd"), text(row, "StsRsnInf/AddtlInf"))))
    fen = amount(row, "OrgnlTxRef/Amt/InstdAmt", number)
    return Line(number, reference, fen, STATUS[status], text(row, "AcctSvcrRef")[:64], reason[:160])


def _check(content: bytes, group, found: list[Line]) -> None:
    """The rows are as many and as much as the report's totals say."""
    line = line_of(content, b"OrgnlNbOfTxs>")
    must_equal(line, "OrgnlNbOfTxs", text(group, "OrgnlNbOfTxs"), str(len(found)))
    stated = fen_of(text(group, "OrgnlCtrlSum"), line)
    must_equal(line, "OrgnlCtrlSum", stated, sum(one.amount_fen for one in found))
