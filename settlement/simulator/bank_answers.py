"""The bank's answer to a transfer file, as CSV and as pain.002: some refused, some it cannot say yet.

Which ones follows from a seed, so that a demo is the same in every run.
"""

import csv
import hashlib
import io
import random
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import CURRENCY, yuan

CSV_WORDS = {"sent": "ACCEPTED", "succeeded": "SUCCEEDED", "failed": "FAILED", "unknown": "UNKNOWN"}
CODES = {"sent": "ACSP", "succeeded": "ACSC", "failed": "RJCT", "unknown": "PDNG"}
REASONS = {"failed": ("AC04", "账户已销户"), "unknown": ("NARR", "人行系统处理中")}
PAIN_002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"


@dataclass(frozen=True)
class Asked:
    """A transfer of the file; amount in fen."""

    reference: str
    amount_fen: int


@dataclass(frozen=True)
class Said:
    reference: str
    amount_fen: int
    outcome: str
    bank_reference: str


def decide(asked: list[Asked], *, seed: int, failed: int = 1, unknown: int = 1) -> list[Said]:
    """One refused and one not known, where there are enough; the others are done."""
    chosen = random.Random(seed).sample(range(len(asked)), min(len(asked), failed + unknown))
    outcomes = dict.fromkeys(chosen[:failed], "failed") | dict.fromkeys(chosen[failed:], "unknown")
    return [
        Said(one.reference, one.amount_fen, outcomes.get(index, "succeeded"), f"BK{seed:04d}{index + 1:06d}")
        for index, one in enumerate(asked)
    ]


def as_csv(said: list[Said], *, account: str, file: str, at: datetime) -> bytes:
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow(("sequence", "reference", "amount", "status", "bank_reference", "reason"))
    for number, one in enumerate(said, start=1):
        reason = " ".join(REASONS.get(one.outcome, ()))
        writer.writerow((number, one.reference, yuan(one.amount_fen), CSV_WORDS[one.outcome],
                         one.bank_reference, reason))  # fmt: skip
    rows, total = body.getvalue(), sum(one.amount_fen for one in said)
    head = f"ANSWER,{account},{file},{at.astimezone(SHANGHAI):%Y-%m-%d}\r\n"
    digest = hashlib.sha256(rows.encode()).hexdigest()
    return f"{head}{rows}TRAILER,{len(said)},{yuan(total)},{digest}\r\n".encode()


def as_pain002(said: list[Said], *, account: str, file: str, at: datetime) -> bytes:
    """file: our message's number, the name of its document without the ending."""
    document = Element("Document", xmlns=PAIN_002)
    report = SubElement(document, "CstmrPmtStsRpt")
    head = SubElement(report, "GrpHdr")
    _add(head, "MsgId", f"{file}-A"[:35])
    _add(head, "CreDtTm", at.astimezone(SHANGHAI).isoformat(timespec="seconds"))
    _add(_path(head, "InitgPty/Id/OrgId/Othr"), "Id", account)
    group = SubElement(report, "OrgnlGrpInfAndSts")
    _add(group, "OrgnlMsgId", file)
    _add(group, "OrgnlMsgNmId", "pain.001.001.09")
    _add(group, "OrgnlNbOfTxs", str(len(said)))
    _add(group, "OrgnlCtrlSum", str(yuan(sum(one.amount_fen for one in said))))
    payment = SubElement(report, "OrgnlPmtInfAndSts")
    _add(payment, "OrgnlPmtInfId", file)
    for one in said:
        _transaction(payment, one)
    indent(document)
    return tostring(document, encoding="utf-8", xml_declaration=True) + b"\n"


def _transaction(payment: Element, one: Said) -> None:
    row = SubElement(payment, "TxInfAndSts")
    _add(row, "OrgnlInstrId", one.reference)
    _add(row, "OrgnlEndToEndId", one.reference)
    _add(row, "TxSts", CODES[one.outcome])
    if one.outcome in REASONS:
        code, text = REASONS[one.outcome]
        why = SubElement(row, "StsRsnInf")
        _add(SubElement(why, "Rsn"), "Cd", code)
        _add(why, "AddtlInf", text)
    _add(row, "AcctSvcrRef", one.bank_reference)
    amount = SubElement(_path(row, "OrgnlTxRef/Amt"), "InstdAmt", Ccy=CURRENCY)
    amount.text = str(yuan(one.amount_fen))


def _path(parent: Element, names: str) -> Element:
    for name in names.split("/"):
        parent = SubElement(parent, name)
    return parent


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
