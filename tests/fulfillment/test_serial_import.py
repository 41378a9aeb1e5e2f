"""Serial numbers from a delivery note's file: good rows received with their movements, the rest reported."""

import io

import pytest
from openpyxl import Workbook

from fulfillment.models import (
    RechargeCard,
    SerialImport,
    SerialImportReject,
    SerialUnit,
    StockLevel,
    StockMovement,
)
from fulfillment.queries.invariants import findings
from fulfillment.services import serial_import, serial_portion
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.secrets import decrypt
from tests.support.dealing import CARD, CASE, NOW, PHONE, Dealing, follow_up, number

IMEIS = [number("86", 15, at) for at in range(40)]
ICCIDS = [number("898600", 20, at) for at in range(40)]


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


def submit(dealing, content, *, actor=None, kind="imei", sku=PHONE, note="LS-1", name="a.csv", location=None):
    return serial_import.submit(
        actor=actor or dealing.worker,
        location_id=(location or dealing.house).pk,
        kind=kind,
        sku=sku,
        delivery_note=note,
        file_name=name,
        content=content if isinstance(content, bytes) else content.encode(),
        now=NOW,
    )


def run(dealing, content, **more) -> SerialImport:
    batch = submit(dealing, content, **more)
    follow_up()
    return SerialImport.objects.get(pk=batch.pk)


def csv_of(serials, head="imei") -> str:
    return "\n".join([head, *serials])


def figures(batch):
    return (batch.state, batch.rows_total, batch.rows_good, batch.rows_known, batch.rows_rejected)


def rejects(batch):
    return dict(SerialImportReject.objects.filter(batch=batch).values_list("line_number", "code"))


def test_good_rows_are_kept_and_each_bad_one_is_reported_with_its_line(dealing):
    wrong_digit = IMEIS[3][:-1] + str((int(IMEIS[3][-1]) + 1) % 10)
    rows = [IMEIS[0], IMEIS[1], IMEIS[0], wrong_digit, "12345", "86x", "", IMEIS[2]]
    batch = run(dealing, csv_of([*rows[:6], f",{PHONE}", rows[7]], head="imei,sku").replace("86x", "86x,"))
    assert figures(batch) == ("done", 8, 3, 0, 5)
    assert rejects(batch) == {
        4: "twice_in_file",
        5: "wrong_check_digit",
        6: "wrong_length",
        7: "not_digits",
        8: "missing",
    }
    assert StockLevel.objects.get(sku=PHONE, location=dealing.house).on_hand == 3
    assert StockMovement.objects.get(reason="received").quantity == 3
    assert findings(now=NOW) == []
    assert SerialImport.objects.get().content == ""


def test_the_same_file_of_a_delivery_note_is_one_import(dealing):
    first, again = run(dealing, csv_of(IMEIS[:3])), run(dealing, csv_of(IMEIS[:3]))
    assert first.pk == again.pk
    assert SerialUnit.objects.count() == 3


def test_a_corrected_file_of_the_same_note_adds_what_is_new(dealing):
    run(dealing, csv_of(IMEIS[:3]))
    batch = run(dealing, csv_of(IMEIS[:5]))
    assert figures(batch) == ("done", 5, 2, 3, 0)
    assert StockLevel.objects.get(sku=PHONE, location=dealing.house).on_hand == 5


def test_a_serial_known_from_elsewhere_is_set_aside_with_its_place(dealing):
    run(dealing, csv_of(IMEIS[:2]))
    other = run(
        dealing,
        csv_of(IMEIS[1:3]),
        note="LS-2",
        location=dealing.company.places["st-a"],
        actor=dealing.operator_of("st-a"),
    )
    assert figures(other) == ("done", 2, 1, 0, 1)
    reject = SerialImportReject.objects.get(batch=other)
    assert (reject.line_number, reject.code, reject.detail) == (2, "known_already", "wh")
    assert SerialUnit.objects.get(serial=IMEIS[1]).location == dealing.house


def test_a_workbook_with_a_sku_column_serves_several_articles(dealing):
    book = Workbook()
    sheet = book.active
    sheet.append(["序列号", "货号"])
    for row in [
        (IMEIS[0], PHONE),
        (int(IMEIS[1]), PHONE),
        (IMEIS[2], CARD),
        (IMEIS[3], "NO-SUCH"),
        (IMEIS[4], ""),
    ]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    batch = run(dealing, out.getvalue(), name="delivery.xlsx", sku="")
    assert figures(batch) == ("done", 5, 2, 0, 3)
    assert rejects(batch) == {4: "sku_of_other_kind", 5: "sku_unknown", 6: "sku_missing"}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "serial_column_missing"),
        (b"number\n1", "a.csv", "serial_column_missing"),
        (b"imei\n", "a.csv", "serial_file_empty"),
        (b'imei\n"86\n', "a.csv", "serial_file_unreadable"),
        (b"imei\n86\x00\n", "a.csv", "serial_file_unreadable"),
        (b"no workbook", "a.xlsx", "serial_file_unreadable"),
    ],
)
def test_a_malformed_file_is_refused_as_a_whole(dealing, content, name, code):
    with pytest.raises(serial_import.Invalid) as refusal:
        submit(dealing, content, name=name)
    assert refusal.value.code == code
    assert not SerialImport.objects.exists()


def test_who_may_not_receive_goods_there_is_refused(dealing):
    for actor in (dealing.dealer, dealing.branch, dealing.money):
        with pytest.raises(NotAllowed):
            submit(dealing, csv_of(IMEIS[:1]), actor=actor)


def test_note_kind_and_article_are_checked_first(dealing):
    for more, code in (
        ({"note": " "}, "delivery_note_missing"),
        ({"kind": "isbn"}, "serial_kind_unknown"),
        ({"sku": CASE}, "serial_sku_unsuitable"),
    ):
        with pytest.raises(serial_import.Invalid) as refusal:
            submit(dealing, csv_of(IMEIS[:1]), **more)
        assert refusal.value.code == code


def test_secrets_of_recharge_cards_are_encrypted_and_never_repeated(dealing):
    dealing.company.goods("TOP-50", kind="recharge_card", serial_kind="card")
    rows = [
        "card number,pin,face value,valid until",
        "1000000000000001,111111111111111111,50,2028-12-31",
        "1000000000000002,111111111111111111,50,",
        "1000000000000003,123,50,",
        "1000000000000004,222222222222222222,fifty,",
        "1000000000000005,333333333333333333,50,soon",
        "1000000000000006,444444444444444444,,",
    ]
    batch = run(dealing, "\n".join(rows), kind="card", sku="TOP-50")
    assert figures(batch) == ("done", 6, 2, 0, 4)
    assert rejects(batch) == {3: "pin_twice", 4: "pin_invalid", 5: "face_invalid", 6: "expiry_invalid"}
    card = RechargeCard.objects.get(unit__serial="1000000000000001")
    assert (card.face_fen, card.expires_on.isoformat()) == (50_00, "2028-12-31")
    assert "1111111111" not in card.pin_encrypted
    assert decrypt(card.pin_encrypted, context=serial_portion.PIN_CONTEXT) == "1" * 18
    again = run(
        dealing, "card number,pin\n1000000000000009," + "1" * 18, kind="card", sku="TOP-50", note="LS-2"
    )
    assert rejects(again) == {2: "pin_twice"}
    assert not SerialImportReject.objects.filter(serial__contains="111111111111111111").exists()


def test_a_worker_that_dies_is_followed_at_the_row_where_it_ended(dealing, monkeypatch):
    monkeypatch.setattr(serial_import, "PORTION", 4)
    batch = submit(dealing, csv_of([*IMEIS[:9], IMEIS[0]]))
    reading = serial_import._reading(SerialImport.objects.get(pk=batch.pk))
    ended = []
    assert serial_import._portion(batch.pk, reading, lambda: ended.append(1), NOW) is False
    assert SerialUnit.objects.count() == 4
    serial_import.run(import_id=batch.pk, done=lambda: ended.append(2), now=NOW)
    batch.refresh_from_db()
    assert figures(batch) == ("done", 10, 9, 0, 1)
    assert (rejects(batch), ended) == ({11: "twice_in_file"}, [2])
    serial_import.run(import_id=batch.pk, done=lambda: ended.append(3), now=NOW)
    assert (SerialUnit.objects.count(), ended) == (9, [2, 3])
    assert findings(now=NOW) == []
