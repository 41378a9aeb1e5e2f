"""A bank statement as ISO 20022 camt.053: opening balance, entries, closing balance, summary.

Opening balance and entries must give the closing balance, and the summary its count. Rows carry the
end-to-end reference where the bank passes it on. Namespaces of any version are taken.
"""

from collections.abc import Iterator

from .common import (
    AmountInvalid,
    BalanceBroken,
    Bill,
    ColumnsMissing,
    Expected,
    Row,
    RowInvalid,
    Seen,
    instant_of,
    must_equal,
)
from .iso_xml import amount, find, line_of, lines_of, name, parsed, text

SIGNS = {"CRDT": 1, "DBIT": -1}


def read(content: bytes, expected: Expected) -> Bill:
    statement = find(parsed(content), "BkToCstmrStmt/Stmt")
    if statement is None:
        raise ColumnsMissing(line=1, columns="BkToCstmrStmt/Stmt")
    account = text(statement, "Acct/Id/Othr/Id") or text(statement, "Acct/Id/IBAN")
    expected.must_be_account(account, line_of(content, b"<Acct>"))
    bill = Bill("bank", iter(()))
    bill.rows = _rows(content, statement, expected, bill)
    return bill


def _rows(content: bytes, statement, expected: Expected, bill: Bill) -> Iterator[Row]:
    lines = lines_of(content, "Ntry")
    entries = [child for child in statement if name(child) == "Ntry"]
    seen, total, number = Seen(), 0, 0
    for number, entry in zip(lines, entries, strict=True):
        row = _row(number, entry, expected)
        seen.add(number, row.provider_reference)
        total += row.amount_fen
        yield row
    _check(content, statement, len(entries), total, bill)


def _row(number: int, entry, expected: Expected) -> Row:
    fen = _signed(entry, number)
    moment = instant_of(text(entry, "BookgDt/DtTm")[:19].replace("T", " "), number)
    expected.must_be_day(moment, number)
    if not (reference := text(entry, "AcctSvcrRef")):
        raise RowInvalid(line=number, reason="AcctSvcrRef", value="")
    end_to_end = text(entry, "NtryDtls/TxDtls/Refs/EndToEndId")
    status = text(entry, "Sts/Cd") or text(entry, "Sts")
    words = text(entry, "NtryDtls/TxDtls/RmtInf/Ustrd")
    kind = "credit" if fen >= 0 else "debit"
    return Row(number, kind, end_to_end[:64], reference[:64], "", fen, 0, moment, status[:32], words[:120])


def _signed(element, line: int) -> int:
    """Signed fen of an entry or balance. Only yuan."""
    sign = SIGNS.get(text(element, "CdtDbtInd"))
    if sign is None:
        raise AmountInvalid(line=line, value=text(element, "CdtDbtInd")[:40])
    return sign * amount(element, "Amt", line)


def _check(content: bytes, statement, count: int, total: int, bill: Bill) -> None:
    balances = {}
    for child in statement:
        if name(child) == "Bal":
            balances[text(child, "Tp/CdOrPrtry/Cd")] = _signed(child, line_of(content, b"<Bal>"))
    if {"OPBD", "CLBD"} - balances.keys():
        raise ColumnsMissing(line=line_of(content, b"<Bal>"), columns="OPBD, CLBD")
    line = line_of(content, b"<TxsSummry>")
    if balances["OPBD"] + total != balances["CLBD"]:
        raise BalanceBroken(line=line, stated=balances["CLBD"], counted=balances["OPBD"] + total)
    stated = text(statement, "TxsSummry/TtlNtries/NbOfNtries")
    must_equal(line, "NbOfNtries", stated, str(count))
    bill.totals = {"opening_fen": balances["OPBD"], "closing_fen": balances["CLBD"], "entries": count}
