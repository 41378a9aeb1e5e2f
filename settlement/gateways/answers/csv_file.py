"""Our CSV of a bank's answer:

ANSWER,<our account>,<name of our file>,<day>
sequence,reference,amount,status,bank_reference,reason
1,FT20261121-mc,91.01,SUCCEEDED,B2026112100001,
TRAILER,<count>,<sum>,<SHA-256 of the lines between, header included>
"""

import csv
import hashlib

from django.utils.translation import gettext_lazy as _

from settlement.gateways.bills.common import (
    BillCutOff,
    BillUnreadable,
    ColumnsMissing,
    RowInvalid,
    Seen,
    decoded,
    fen_of,
    last_line,
    must_equal,
)

from .common import Answer, AnswerEmpty, AnswerStatusUnknown, Line

HEADER = ["sequence", "reference", "amount", "status", "bank_reference", "reason"]
STATUS = {"ACCEPTED": "sent", "SUCCEEDED": "succeeded", "FAILED": "failed", "UNKNOWN": "unknown"}


def read(content: bytes) -> Answer:
    lines = decoded(content, "utf-8-sig")
    last = last_line(lines)
    rows = list(csv.reader(lines[:last]))
    if not rows or rows[0][:1] != ["ANSWER"] or len(rows[0]) < 3:
        raise BillUnreadable(line=1, reason=str(_("it does not begin with ANSWER, account and file")))
    if len(rows) < 2 or rows[1] != HEADER:
        raise ColumnsMissing(line=2, columns=", ".join(HEADER))
    if rows[-1][:1] != ["TRAILER"] or len(rows[-1]) < 4:
        raise BillCutOff(line=last)
    seen = Seen()
    found = [_line(number, row, seen) for number, row in enumerate(rows[2:-1], start=3)]
    if not found:
        raise AnswerEmpty(line=last)
    _check(lines[1 : last - 1], rows[-1], found, last)
    return Answer(rows[0][1].strip(), 1, rows[0][2].strip(), 1, found)


def _line(number: int, row: list[str], seen: Seen) -> Line:
    if len(row) != len(HEADER):
        raise RowInvalid(line=number, reason=str(_("it has not six fields")), value=",".join(row)[:40])
    _sequence, reference, amount, status, bank_reference, reason = (field.strip() for field in row)
    if status not in STATUS:
        raise AnswerStatusUnknown(line=number, value=status[:20])
    seen.add(number, reference)
    return Line(number, reference, fen_of(amount, number), STATUS[status], bank_reference[:64], reason[:160])


def _check(body: list[str], trailer: list[str], found: list[Line], line: int) -> None:
    must_equal(line, "count", trailer[1].strip(), str(len(found)))
    must_equal(line, "sum", fen_of(trailer[2].strip(), line), sum(one.amount_fen for one in found))
    digest = hashlib.sha256("".join(f"{one}\r\n" for one in body).encode()).hexdigest()
    must_equal(line, "SHA-256", trailer[3].strip(), digest)
