"""The serial pages: files sent and watched, one unit found, put aside and told about."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fulfillment.models import SerialImport, SerialUnit
from tests.support.dealing import NOW, PHONE, Dealing, follow_up, number
from tests.support.signed_in import door, text


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


@pytest.fixture
def house(dealing):
    return door("wilma", "warehouse", dealing.house)


def send(house, dealing, content: bytes, **more):
    values = {"place": dealing.house.pk, "kind": "imei", "sku": PHONE, "delivery_note": "LS-1"} | more
    return house.post("/serials/imports/", values | {"file": SimpleUploadedFile("a.csv", content)})


def test_a_file_is_sent_watched_and_its_rejects_downloaded(dealing, house):
    good = [number("86", 15, at) for at in range(3)]
    answer = send(house, dealing, "\n".join(["imei", *good, "123", good[0]]).encode())
    batch = SerialImport.objects.get()
    assert answer.url == f"/serials/imports/{batch.pk}/"
    waiting = house.get(answer.url, headers={"hx-request": "true"})
    assert 'hx-trigger="every 1s"' in text(waiting)
    follow_up()
    over = house.get(answer.url, headers={"hx-request": "true"})
    assert "hx-trigger" not in text(over)
    assert "wrong_length" in text(over)
    report = b"".join(house.get(f"{answer.url}rejected.csv").streaming_content).decode()
    assert [line.split(",")[0] for line in report.strip().splitlines()[1:]] == ["5", "6"]
    assert house.get("/serials/imports/").status_code == 200
    assert house.get("/serials/imports/imei.csv").status_code == 200


def test_a_malformed_file_is_told_at_once_and_what_was_typed_stays(dealing, house):
    page = send(house, dealing, b"")
    assert (page.status_code, "serial_file_missing" in text(page) or "serial_column" in text(page)) == (
        422,
        True,
    )
    page = send(house, dealing, b'imei\n"86')
    assert "serial_file_unreadable" in text(page)
    assert "LS-1" in text(page)
    assert not SerialImport.objects.exists()


def test_a_scan_leads_to_the_unit_and_its_steps(dealing, house):
    serial = dealing.stock(PHONE, 2)[0]
    assert house.get(f"/serials/?q={serial}").url == f"/serials/{serial}/"
    page = house.get(f"/serials/{serial}/")
    assert page.context["steps"] == ["quarantine", "scrap"]
    refused = house.post(f"/serials/{serial}/quarantine/", {"reason": ""})
    assert (refused.status_code, "reason_missing" in text(refused)) == (422, True)
    assert house.post(f"/serials/{serial}/quarantine/", {"reason": "damaged"}).status_code == 302
    assert SerialUnit.objects.get(serial=serial).state == "quarantine"
    assert house.get("/serials/?state=quarantine").context["page"].paginator.count == 1
    csv = b"".join(house.get("/serials/?state=quarantine&format=csv").streaming_content).decode()
    assert serial in csv


def test_another_locations_unit_is_unknown_here(dealing):
    serial = dealing.stock(PHONE, 1)[0]
    stranger = door("sten", "partner", dealing.other)
    assert stranger.get(f"/serials/{serial}/").status_code == 404
    assert stranger.post(f"/serials/{serial}/scrap/", {"reason": "damaged"}).status_code == 404
    assert stranger.get("/serials/").context["page"].paginator.count == 0
    money = door("mona", "finance_clerk", dealing.carrier)
    assert money.get("/serials/").status_code == 403
