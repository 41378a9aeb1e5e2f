"""A bank statement as ISO 20022 camt.053: opening balance, entries, closing balance, summary.

Opening balance and entries must give the closing balance, and the summary its count. Rows carry the
end-to-end reference where the bank passes it on. Namespaces of any version are taken.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from .common import (
    AmountInvalid,
    BalanceBroken,
    Bill,
    BillCutOff,
    BillUnreadable,
    ColumnsMissing,
    Expected,
    Row,
    RowInvalid,
    Seen,
    fen_of,
    instant_of,
    must_equal,
)

_ENTRY = re.compile(rb"<(?:\w+:)?Ntry[\s>]")
SIGNS = {"CRDT": 1, "DBIT": -1}


def read(content: bytes, expected: Expected) -> Bill:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BillUnreadable(line=1, reason=str(_("document types are not accepted")))
    statement = _find(_parsed(content), "BkToCstmrStmt/Stmt")
    if statement is None:
        raise ColumnsMissing(line=1, columns="BkToCstmrStmt/Stmt")
    account = _text(statement, "Acct/Id/Othr/Id") or _text(statement, "Acct/Id/IBAN")
    expected.must_be_account(account, _line_of(content, b"<Acct>"))
    bill = Bill("bank", iter(()))
    bill.rows = _rows(content, statement, expected, bill)
    return bill


def _parsed(content: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        line = error.position[0]
        if line >= content.count(b"\n"):
            raise BillCutOff(line=line) from error
        raise BillUnreadable(line=line, reason=str(error)[:80]) from error


def _rows(content: bytes, statement, expected: Expected, bill: Bill) -> Iterator[Row]:
    lines = [content.count(b"\n", 0, hit.start()) + 1 for hit in _ENTRY.finditer(content)]
    entries = [child for child in statement if child.tag.rpartition("}")[2] == "Ntry"]
    seen, total, number = Seen(), 0, 0
    for number, entry in zip(lines, entries, strict=True):
        row = _row(number, entry, expected)
        seen.add(number, row.provider_reference)
        total += row.amount_fen
        yield row
    _check(content, statement, len(entries), total, bill)


def _row(number: int, entry, expected: Expected) -> Row:
    amount = _amount(entry, number)
    moment = instant_of(_text(entry, "BookgDt/DtTm")[:19].replace("T", " "), number)
    expected.must_be_day(moment, number)
    if not (reference := _text(entry, "AcctSvcrRef")):
        raise RowInvalid(line=number, reason="AcctSvcrRef", value="")
    end_to_end = _text(entry, "NtryDtls/TxDtls/Refs/EndToEndId")
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    text = _text(entry, "NtryDtls/TxDtls/RmtInf/Ustrd")
    kind = "credit" if amount >= 0 else "debit"
    return Row(number, kind, end_to_end[:64], reference[:64], "", amount, 0, moment, status[:32], text[:120])


def _amount(element, line: int) -> int:
    """Signed fen of an entry or balance. Only yuan."""
    amount, sign = _find(element, "Amt"), SIGNS.get(_text(element, "CdtDbtInd"))
    if amount is None or sign is None or amount.get("Ccy") != "CNY":
        raise AmountInvalid(line=line, value=_text(element, "Amt")[:40])
    return sign * fen_of((amount.text or "").strip(), line)


def _check(content: bytes, statement, count: int, total: int, bill: Bill) -> None:
    balances = {}
    for child in statement:
        if child.tag.rpartition("}")[2] == "Bal":
            balances[_text(child, "Tp/CdOrPrtry/Cd")] = _amount(child, _line_of(content, b"<Bal>"))
    if {"OPBD", "CLBD"} - balances.keys():
        raise ColumnsMissing(line=_line_of(content, b"<Bal>"), columns="OPBD, CLBD")
    line = _line_of(content, b"<TxsSummry>")
    if balances["OPBD"] + total != balances["CLBD"]:
        raise BalanceBroken(line=line, stated=balances["CLBD"], counted=balances["OPBD"] + total)
    stated = _text(statement, "TxsSummry/TtlNtries/NbOfNtries")
    must_equal(line, "NbOfNtries", stated, str(count))
    bill.totals = {"opening_fen": balances["OPBD"], "closing_fen": balances["CLBD"], "entries": count}


def _find(element, path: str):
    """A descendant by local names, of whatever namespace."""
    for name in path.split("/"):
        element = next((child for child in element if child.tag.rpartition("}")[2] == name), None)
        if element is None:
            return None
    return element


def _text(element, path: str) -> str:
    found = _find(element, path)
    return (found.text or "").strip() if found is not None else ""


def _line_of(content: bytes, tag: bytes) -> int:
    return content.count(b"\n", 0, max(content.find(tag), 0)) + 1
