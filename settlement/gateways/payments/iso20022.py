"""pain.001.001.09 for what we pay, pain.008.001.08 for what we collect (ISO 20022, payments initiation).

Elements stand in the order of the standard's schemas. Accounts have no IBAN in China: `Othr/Id`; banks go
by their number in the national system: clearing system `CNAPS`.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import CURRENCY, yuan

from .rows import Account, Batch, Payment

PAIN_001 = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
PAIN_008 = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"
NAME, TEXT, REFERENCE = 140, 140, 35


def credit_transfers(batch: Batch) -> bytes:
    """Payments of ours as pain.001."""
    document, info = _begun(batch, PAIN_001, "CstmrCdtTrfInitn", "TRF")
    SubElement(_add(info, "ReqdExctnDt"), "Dt").text = batch.day.isoformat()
    _party(info, "Dbtr", batch.ours)
    for payment in batch.payments:
        row = _add(info, "CdtTrfTxInf")
        _numbers(row, payment)
        _amount(_add(row, "Amt"), payment)
        _bank(row, "CdtrAgt", payment.theirs)
        _name(row, "Cdtr", payment.theirs)
        _account(row, "CdtrAcct", payment.theirs)
        _purpose(row, payment)
    return _written(document)


def direct_debits(batch: Batch) -> bytes:
    """Collections of ours as pain.008."""
    document, info = _begun(batch, PAIN_008, "CstmrDrctDbtInitn", "DD")
    _add(info, "ReqdColltnDt", batch.day.isoformat())
    _party(info, "Cdtr", batch.ours)
    for payment in batch.payments:
        row = _add(info, "DrctDbtTxInf")
        _numbers(row, payment)
        _amount(row, payment)
        _bank(row, "DbtrAgt", payment.theirs)
        _name(row, "Dbtr", payment.theirs)
        _account(row, "DbtrAcct", payment.theirs)
        _purpose(row, payment)
    return _written(document)


def _begun(batch: Batch, namespace: str, message: str, method: str) -> tuple[Element, Element]:
    """The document with its group header, and its one payment information."""
    document = Element("Document", xmlns=namespace)
    root = _add(document, message)
    head = _add(root, "GrpHdr")
    _add(head, "MsgId", batch.message[:REFERENCE])
    _add(head, "CreDtTm", batch.made_at.astimezone(SHANGHAI).isoformat(timespec="seconds"))
    _totals(head, batch)
    _name(head, "InitgPty", batch.ours)
    info = _add(root, "PmtInf")
    _add(info, "PmtInfId", batch.message[:REFERENCE])
    _add(info, "PmtMtd", method)
    _totals(info, batch)
    return document, info


def _totals(parent: Element, batch: Batch) -> None:
    _add(parent, "NbOfTxs", str(len(batch.payments)))
    _add(parent, "CtrlSum", str(yuan(batch.sum_fen)))


def _party(parent: Element, name: str, account: Account) -> None:
    _name(parent, name, account)
    _account(parent, f"{name}Acct", account)
    _bank(parent, f"{name}Agt", account)


def _numbers(row: Element, payment: Payment) -> None:
    ids = _add(row, "PmtId")
    _add(ids, "InstrId", payment.reference[:REFERENCE])
    _add(ids, "EndToEndId", payment.reference[:REFERENCE])


def _amount(parent: Element, payment: Payment) -> None:
    SubElement(parent, "InstdAmt", Ccy=CURRENCY).text = str(yuan(payment.amount_fen))


def _name(parent: Element, name: str, account: Account) -> None:
    _add(_add(parent, name), "Nm", account.name[:NAME])


def _account(parent: Element, name: str, account: Account) -> None:
    _add(_add(_add(_add(parent, name), "Id"), "Othr"), "Id", account.number)


def _bank(parent: Element, name: str, account: Account) -> None:
    bank = _add(_add(parent, name), "FinInstnId")
    member = _add(bank, "ClrSysMmbId")
    _add(_add(member, "ClrSysId"), "Cd", "CNAPS")
    _add(member, "MmbId", account.cnaps)
    if account.bank:
        _add(bank, "Nm", account.bank[:NAME])


def _purpose(row: Element, payment: Payment) -> None:
    _add(_add(row, "RmtInf"), "Ustrd", payment.purpose[:TEXT])


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    child = SubElement(parent, name)
    child.text = text
    return child


def _written(document: Element) -> bytes:
    indent(document)
    return tostring(document, encoding="utf-8", xml_declaration=True) + b"\n"
