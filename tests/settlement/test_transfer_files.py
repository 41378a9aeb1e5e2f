"""Files for the bank: every format with its control totals, the same bytes again, structure of ISO 20022."""

import csv
import hashlib
import io
from xml.etree import ElementTree

import openpyxl
import pytest
from django.conf import settings

from members.models import Institution
from settlement.models import FundTransfer, TransferDocument
from settlement.services import transfer_files, transfers
from tests.settlement.transfers_world import DAY, pay_out, propose, run, sell

# Elements in the order of the standard's schemas (pain.001.001.09, pain.008.001.08), those that we use.
BANK = {"FinInstnId": {"ClrSysMmbId": {"ClrSysId": {"Cd": None}, "MmbId": None}, "Nm": None}}
ACCOUNT = {"Id": {"Othr": {"Id": None}}}
HEAD = {"MsgId": None, "CreDtTm": None, "NbOfTxs": None, "CtrlSum": None, "InitgPty": {"Nm": None}}
NUMBERS = {"InstrId": None, "EndToEndId": None}
PAIN_001 = {
    "CstmrCdtTrfInitn": {
        "GrpHdr": HEAD,
        "PmtInf": {
            "PmtInfId": None, "PmtMtd": None, "NbOfTxs": None, "CtrlSum": None, "ReqdExctnDt": {"Dt": None},
            "Dbtr": {"Nm": None}, "DbtrAcct": ACCOUNT, "DbtrAgt": BANK,
            "CdtTrfTxInf": {"PmtId": NUMBERS, "Amt": {"InstdAmt": None}, "CdtrAgt": BANK,
                            "Cdtr": {"Nm": None}, "CdtrAcct": ACCOUNT, "RmtInf": {"Ustrd": None}},
        },
    }
}  # fmt: skip
PAIN_008 = {
    "CstmrDrctDbtInitn": {
        "GrpHdr": HEAD,
        "PmtInf": {
            "PmtInfId": None, "PmtMtd": None, "NbOfTxs": None, "CtrlSum": None, "ReqdColltnDt": None,
            "Cdtr": {"Nm": None}, "CdtrAcct": ACCOUNT, "CdtrAgt": BANK,
            "DrctDbtTxInf": {"PmtId": NUMBERS, "InstdAmt": None, "DbtrAgt": BANK, "Dbtr": {"Nm": None},
                             "DbtrAcct": ACCOUNT, "RmtInf": {"Ustrd": None}},
        },
    }
}  # fmt: skip


def follows(element, wanted: dict | None) -> None:
    """Each child is one of the schema's, in its order, repeated only one after the other."""
    names = list(wanted or ())
    at = 0
    assert bool(len(element)) == bool(wanted), element.tag
    for child in element:
        name = child.tag.rpartition("}")[2]
        at = names.index(name, at)
        follows(child, wanted[name])
        assert wanted[name] or (child.text or "").strip(), name
    assert {child.tag.rpartition("}")[2] for child in element} == set(names), element.tag


@pytest.fixture
def made(world):
    sell(world, 100_00)
    sell(world, 200_00, store="st-1", cash=True)
    run(world)
    return pay_out(world)


def document(made, kind: str) -> TransferDocument:
    return made.documents.get(format=kind)


def test_csv_has_its_columns_and_a_trailer_of_count_sum_and_hash(made):
    content = bytes(document(made, "csv").content)
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert rows[0] == [
        "sequence", "direction", "payer_account", "payee_account", "payee_name", "bank", "cnaps", "amount",
        "purpose", "reference",
    ]  # fmt: skip
    pay, collect = rows[1], rows[2]
    assert (pay[1], pay[2], pay[3], pay[6]) == (
        "pay",
        settings.PLATFORM_BANK_ACCOUNT,
        "6222-mc",
        "999100000002",
    )
    assert (collect[1], collect[2], collect[3]) == ("collect", "6222-st-1", settings.PLATFORM_BANK_ACCOUNT)
    before = content[: content.rindex(b"TRAILER")]
    total = sum(FundTransfer.objects.values_list("amount_fen", flat=True))
    assert rows[-1] == ["TRAILER", "2", f"{total / 100:.2f}", hashlib.sha256(before).hexdigest()]


def test_xlsx_says_the_same_and_loses_no_digit(made):
    sheet = openpyxl.load_workbook(io.BytesIO(bytes(document(made, "xlsx").content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][2] == settings.PLATFORM_BANK_ACCOUNT
    assert rows[1][6] == "999100000002"
    assert rows[-1][0] == "TRAILER"
    assert rows[-1][8] == made.sha256


@pytest.mark.parametrize(
    ("kind", "namespace", "schema", "row"),
    [
        ("pain001", "pain.001.001.09", PAIN_001, "CdtTrfTxInf"),
        ("pain008", "pain.008.001.08", PAIN_008, "DrctDbtTxInf"),
    ],
)
def test_iso_20022_element_by_element(made, kind, namespace, schema, row):
    kept = document(made, kind)
    root = ElementTree.fromstring(bytes(kept.content))
    space = f"{{urn:iso:std:iso:20022:tech:xsd:{namespace}}}"
    assert root.tag == f"{space}Document"
    follows(root, schema)
    amounts = list(root.iter(f"{space}InstdAmt"))
    assert all(one.get("Ccy") == "CNY" for one in amounts)
    total = f"{kept.sum_fen / 100:.2f}"
    assert f"{sum(float(one.text) for one in amounts):.2f}" == total
    assert [one.text for one in root.iter(f"{space}CtrlSum")] == [total, total]
    assert [one.text for one in root.iter(f"{space}NbOfTxs")] == [str(len(amounts))] * 2
    assert len(list(root.iter(f"{space}{row}"))) == kept.count
    assert all(len(one.text) <= 35 for one in root.iter(f"{space}EndToEndId"))


def test_a_wrong_order_of_elements_would_be_noticed(made):
    root = ElementTree.fromstring(bytes(document(made, "pain001").content))
    info = root[0][1]
    info[:] = list(reversed(info))
    with pytest.raises(ValueError, match="not in list"):
        follows(root, PAIN_001)


def test_every_document_is_kept_with_its_hash(made):
    for kept in made.documents.all():
        assert hashlib.sha256(bytes(kept.content)).hexdigest() == kept.sha256
    assert {kept.format: kept.count for kept in made.documents.all()} == {
        "csv": 2, "xlsx": 2, "pain001": 1, "pain008": 1,
    }  # fmt: skip


def test_a_payee_without_account_or_bank_number_is_refused(world):
    Institution.objects.filter(code="mc").update(cnaps="")
    sell(world, 100_00)
    run(world)
    propose(world)
    transfers.confirm_transfers(actor=world.lead, day=DAY, now=world.now)
    with pytest.raises(transfer_files.PayeeIncomplete):
        transfer_files.export_transfers(actor=world.clerk, day=DAY, now=world.now)
    assert FundTransfer.objects.get().state == "confirmed"


def test_a_crash_between_file_and_state_leaves_neither(world, monkeypatch):
    """The file's rows and the state change are one transaction: killed in between, nothing was exported."""
    sell(world, 100_00)
    run(world)
    propose(world)
    transfers.confirm_transfers(actor=world.lead, day=DAY, now=world.now)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(transfer_files.audit_trail, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            transfer_files.export_transfers(actor=world.clerk, day=DAY, now=world.now)
    assert not TransferDocument.objects.exists()
    assert FundTransfer.objects.get().state == "confirmed"
    made = transfer_files.export_transfers(actor=world.clerk, day=DAY, now=world.now)
    assert made.name.endswith("-01.csv")
    with pytest.raises(transfer_files.NothingToExport):
        transfer_files.export_transfers(actor=world.clerk, day=DAY, now=world.now)
