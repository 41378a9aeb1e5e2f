"""A bank's statement of a day as camt.053."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import yuan


@dataclass(frozen=True)
class Entry:
    """amount_fen: positive is a credit. end_to_end: the number that its sender gave it."""

    reference: str
    end_to_end: str
    amount_fen: int
    at: datetime
    text: str


def statement(entries: Sequence[Entry], *, account: str, day: date, opening_fen: int = 0) -> bytes:
    closing = opening_fen + sum(entry.amount_fen for entry in entries)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">',
        "<BkToCstmrStmt>",
        f"<GrpHdr><MsgId>{account}-{day:%Y%m%d}</MsgId><CreDtTm>{day}T23:59:59+08:00</CreDtTm></GrpHdr>",
        "<Stmt>",
        f"<Id>{day:%Y%m%d}</Id>",
        f"<Acct><Id><Othr><Id>{escape(account)}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>",
        _balance("OPBD", opening_fen, day),
        _balance("CLBD", closing, day),
        f"<TxsSummry><TtlNtries><NbOfNtries>{len(entries)}</NbOfNtries></TtlNtries></TxsSummry>",
        *(_entry(entry) for entry in entries),
        "</Stmt>",
        "</BkToCstmrStmt>",
        "</Document>",
    ]
    return "".join(f"{part}\n" for part in parts).encode()


def _signed(amount_fen: int) -> str:
    side = "CRDT" if amount_fen >= 0 else "DBIT"
    return f'<Amt Ccy="CNY">{yuan(abs(amount_fen))}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _balance(kind: str, amount_fen: int, day: date) -> str:
    code = f"<Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{code}{_signed(amount_fen)}<Dt><Dt>{day}</Dt></Dt></Bal>"


def _entry(entry: Entry) -> str:
    at = entry.at.astimezone(SHANGHAI)
    details = (
        f"<Refs><EndToEndId>{escape(entry.end_to_end)}</EndToEndId></Refs>"
        f"<RmtInf><Ustrd>{escape(entry.text)}</Ustrd></RmtInf>"
    )
    return (
        f"<Ntry>{_signed(entry.amount_fen)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>{at:%Y-%m-%dT%H:%M:%S}+08:00</DtTm></BookgDt>"
        f"<AcctSvcrRef>{escape(entry.reference)}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls>{details}</TxDtls></NtryDtls></Ntry>"
    )
