"""Proofs of delivery: bound once, kept by the database, and told what was altered when they are not."""

import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from fulfillment.models import Delivery, Evidence, IdentityCheck
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    delivery,
    evidence,
    evidence_bundle,
    evidence_check,
    identity_proof,
    photos,
    pictures,
    signatures,
)
from settlement.models import AuditEntry
from tests.fulfillment.house import ID_NAME, SIM, id_number
from tests.fulfillment.test_delivery import at_door, do, drawn, on_the_way  # noqa: F401
from tests.fulfillment.test_photos import picture

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def proof(at_door, do):  # noqa: F811
    """A SIM delivered with identity, photo and cash."""
    fo = at_door((SIM, 1), cod_fen=5900)
    with pytest.raises(identity_proof.IdentityDiffers):
        do(identity_proof.check_identity, fo, name=ID_NAME, id_tail="0000")
    do(identity_proof.check_identity, fo, name=ID_NAME, id_tail=id_number()[-4:])
    do(photos.add, fo, raw=picture((40, 30)), kind="place")
    do(delivery.sign, fo, signature=drawn())
    do(delivery.collect, fo, amount_fen=5900)
    return Evidence.objects.select_related("fulfillment").get(fulfillment=fo)


def flaws(proof) -> list[tuple[str, str]]:
    return [(flaw.entry, flaw.code) for flaw in evidence_check.examine(proof)]


def test_it_holds_everything_that_the_door_saw_and_no_plain_person(proof):
    found = proof.document
    assert flaws(proof) == []
    assert [outcome for _at, outcome, _name in found["identity_checks"]] == ["number_differs", "passed"]
    assert (found["cod_fen"], found["cod_means"], len(found["photos"])) == (5900, "cash", 1)
    assert found["visits"][0]["end"] == "delivered"
    assert found["goods"] == [[SIM, 1]]
    text = str(found)
    assert ID_NAME not in text
    assert id_number()[-4:] not in text


def test_the_database_keeps_it_as_it_was_bound(proof):
    for change in (
        lambda: Evidence.objects.filter(pk=proof.pk).update(sha256="0" * 64),
        lambda: proof.delete(),
        lambda: connection.cursor().execute("TRUNCATE fulfillment_evidence"),
    ):
        with pytest.raises((IntegrityError, Exception)) as refusal, transaction.atomic():
            change()
        assert "proofs of delivery are kept" in str(refusal.value) or "permission denied" in str(
            refusal.value
        )


def test_each_altered_entry_is_named(proof):
    proof.document["receiver"] = "somebody else"
    proof.document["extra"] = 1
    del proof.document["phone"]
    assert flaws(proof) == [("extra", "added"), ("phone", "removed"), ("receiver", "altered")]


def test_a_forger_with_the_table_but_without_the_key_is_found(proof):
    """Entry, seals and root all fit one another: only the key is missing."""
    proof.document["cod_fen"] = 5900
    proof.document["receiver"] = "王*"
    proof.seals = evidence.seals_of(proof.document)
    proof.sha256 = evidence.digest(proof.seals)
    assert flaws(proof) == [("", "not_bound_by_us")]
    proof.seals["receiver"] = "0" * 64
    assert ("", "seals_altered") in flaws(proof)


def test_pictures_that_were_changed_or_lost(proof):
    drawing = signatures.path_of(proof.document["signature_sha256"])
    with open(default_storage.path(drawing), "ab") as file:
        file.write(b"x")
    sha256 = proof.document["photos"][0][1]
    default_storage.delete(pictures.path_of(sha256, folder=photos.FOLDER, ending=photos.ENDING))
    assert flaws(proof) == [("signature_sha256", "picture_altered"), ("photos", "picture_missing")]


def test_working_records_that_say_something_else_today(proof):
    Delivery.objects.filter(fulfillment=proof.fulfillment).update(cod_means="qr")
    IdentityCheck.objects.filter(passed=False).delete()
    assert flaws(proof) == [("cod_means", "record_differs"), ("identity_checks", "record_differs")]


def test_a_proof_whose_seals_were_taken_off_is_nobodys(proof):
    proof.document["order"] = "another"
    proof.seals, proof.mac, proof.sha256 = {}, "", evidence.digest(proof.document)
    assert ("", "not_bound_by_us") in flaws(proof)


@pytest.mark.owner
def test_a_delivered_parcel_without_a_proof_and_a_proof_without_seals_break_a_promise(proof, house):
    def broken() -> set[str]:
        return {each.check for each in findings(now=house.now)} & {"proofs_sealed", "delivered_has_proof"}

    assert broken() == set()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE fulfillment_evidence DISABLE TRIGGER USER")
        cursor.execute("UPDATE fulfillment_evidence SET seals = '{}'")
        assert broken() == {"proofs_sealed"}
        cursor.execute("DELETE FROM fulfillment_evidence")
    assert broken() == {"delivered_has_proof"}


def test_the_command_names_what_was_altered(proof):
    def told(**options):
        out = io.StringIO()
        call_command("verify_evidence", stdout=out, **options)
        return out.getvalue()

    assert told() == "1 proofs examined, 0 altered.\n"
    drawing = signatures.path_of(proof.document["signature_sha256"])
    default_storage.delete(drawing)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_evidence", parcel=proof.fulfillment.code, stdout=out)
    assert f"{proof.fulfillment.code}: picture_missing signature_sha256" in out.getvalue()


def test_the_page_shows_it_to_those_who_may_and_says_what_is_wrong(proof, client, house):
    address = f"/ops/proofs/{proof.fulfillment.code}/"
    client.cookies["django_language"] = "en"
    client.force_login(house.user("op", "operator", house.east))
    page = client.get(address).content.decode()
    assert "As it was bound" in page
    assert (
        client.get("/ops/proofs/?q=" + proof.sha256[:8]).content.decode().count(proof.fulfillment.code) >= 1
    )
    sha256 = proof.document["photos"][0][1]
    assert client.get(f"{address}pictures/{sha256}/")["Content-Type"] == "image/jpeg"
    assert client.get(f"{address}pictures/{'0' * 64}/").status_code == 404
    Delivery.objects.filter(fulfillment=proof.fulfillment).update(cod_means="qr")
    page = client.get(address).content.decode()
    assert "This proof is not as it was bound" in page
    client.force_login(house.user("far", "warehouse", house.south))
    assert client.get(address).status_code == 404
    client.force_login(house.user("nobody", "clerk", house.store))
    assert client.get(address).status_code == 403


GUIDE = "How to reckon it anew."


def changed(raw: bytes, **changes) -> bytes:
    """The bundle with other files, or with the proof changed by a function."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            change = next((change for start, change in changes.items() if name.startswith(start)), None)
            content = before.read(name)
            after.writestr(name, change(content) if change else content)
    return buffer.getvalue()


def of_proof(change):
    def changed_proof(content):
        told = json.loads(content)
        change(told)
        return json.dumps(told).encode()

    return changed_proof


def told_of(raw: bytes) -> list[tuple[str, str]]:
    return [(flaw.entry, flaw.code) for flaw in evidence_bundle.examine(raw).flaws]


def test_a_bundle_is_found_as_it_was_bound(proof):
    raw = evidence_bundle.pack(proof, guide=GUIDE)
    found = evidence_bundle.examine(raw)
    assert (found.parcel, found.flaws, found.kept) == (proof.fulfillment.code, (), True)
    assert raw == evidence_bundle.pack(proof, guide=GUIDE)
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        names = opened.namelist()
        assert opened.read("README.txt").decode() == GUIDE
    assert len([name for name in names if name.startswith("pictures/")]) == 2


def test_a_bundle_that_was_altered_says_where(proof):
    raw = evidence_bundle.pack(proof, guide=GUIDE)

    def other_sum(content):
        content["document"]["cod_fen"] = 1

    def sealed_anew(content):
        content["document"]["receiver"] = "王*"
        content["seals"] = evidence.seals_of(content["document"])
        content["sha256"] = evidence.digest(content["seals"])

    def other_parcel(content):
        content["document"]["parcel"] = "HT0000000000-1"

    assert told_of(changed(raw, proof=of_proof(other_sum))) == [("cod_fen", "altered")]
    assert told_of(changed(raw, proof=of_proof(sealed_anew))) == [
        ("", "not_bound_by_us"),
        ("", "kept_differs"),
    ]
    assert told_of(changed(raw, proof=of_proof(other_parcel))) == [
        ("parcel", "altered"),
        ("", "unknown_to_us"),
    ]
    assert told_of(changed(raw, pictures=lambda content: content + b"x")) == [
        ("signature_sha256", "picture_altered"),
        ("photos", "picture_altered"),
    ]


def strange(content) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr("proof.json", content if isinstance(content, str) else json.dumps(content))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK no zip",
        strange("[]"),
        strange("{"),
        strange({"document": {}, "seals": [], "sha256": "", "mac": ""}),
        strange({"document": {"a": "\ud800"}, "seals": {}, "sha256": "", "mac": ""}),
        strange("[" * 100_000),
    ],
)
def test_what_is_no_bundle_is_refused(db, raw):
    with pytest.raises(evidence_bundle.BundleUnreadable):
        evidence_bundle.examine(raw)


def test_a_bundle_whose_packed_bytes_are_damaged_is_refused(db):
    raw = bytearray(strange({"document": {"parcel": "x" * 2000}}))
    begins = raw.index(b"proof.json") + len("proof.json")
    raw[begins : begins + 8] = b"\xff" * 8
    with pytest.raises(evidence_bundle.BundleUnreadable):
        evidence_bundle.examine(bytes(raw))


def test_a_bundle_of_anybodys_making_is_no_proof(db):
    document = {"parcel": "x\0", "photos": [1, ["a"], "b"], "signature_sha256": {"c": 1}}
    content = {"document": document, "seals": {"parcel": 3}, "sha256": "é", "mac": "é"}
    codes = {code for _entry, code in told_of(strange(content))}
    assert {"altered", "added", "not_bound_by_us", "unknown_to_us"} <= codes


def test_a_file_is_taken_along_and_examined_on_the_page(proof, client, house):
    client.cookies["django_language"] = "en"
    client.force_login(house.user("op", "operator", house.east))
    page = client.get(f"/ops/proofs/{proof.fulfillment.code}/").content.decode()
    address = f"/ops/proofs/{proof.fulfillment.code}.zip"
    assert address in page
    answer = client.get(address)
    assert (answer["Content-Type"], answer.rows) == ("application/zip", 1)
    assert AuditEntry.objects.get(action="file.exported").details["address"] == address

    def examined(raw):
        file = SimpleUploadedFile("proof.zip", raw)
        return client.post("/ops/proofs/check/", {"bundle": file})

    assert "and we bound it" in examined(answer.content).content.decode()
    altered = changed(answer.content, pictures=lambda content: b"")
    assert "picture altered" in examined(altered).content.decode()
    refused = examined(b"nothing")
    assert (refused.status_code, "evidence_bundle_unreadable" in refused.content.decode()) == (422, True)
    client.force_login(house.user("far", "warehouse", house.south))
    assert client.get(address).status_code == 404
    client.force_login(house.user("nobody", "clerk", house.store))
    assert client.get("/ops/proofs/check/").status_code == 403


def test_the_command_examines_a_file(proof, tmp_path):
    def told(raw):
        path = tmp_path / "proof.zip"
        path.write_bytes(raw)
        out = io.StringIO()
        try:
            call_command("verify_evidence", bundle=path, stdout=out)
        except SystemExit as end:
            return end.code, out.getvalue()
        return 0, out.getvalue()

    raw, code = evidence_bundle.pack(proof, guide=GUIDE), proof.fulfillment.code
    assert told(raw) == (0, f"Parcel {code}: as it was bound.\n")
    altered = changed(raw, proof=of_proof(lambda content: content["document"].update(by="x")))
    assert told(altered) == (1, f"{code}: added by\nParcel {code}: altered.\n")
    with pytest.raises(CommandError):
        call_command("verify_evidence", bundle=tmp_path / "missing.zip")
