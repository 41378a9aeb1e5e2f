"""Papers of the warehouse carry names and addresses: printing one leaves an entry in the trail."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentState, SerialImport, SerialImportReject
from fulfillment.queries import stations
from fulfillment.services import waves
from settlement.models import AuditEntry
from tests.fulfillment.house import CASE

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def at_work(client, house):
    client.force_login(house.user("wh1", "warehouse", house.east))
    return client


def recorded() -> list[tuple]:
    rows = AuditEntry.objects.order_by("pk").values_list(
        "actor__username", "action", "subject", "details__rows"
    )
    return list(rows)


def test_a_label_and_a_manifest(at_work, house):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PACKED)
    at_work.get(f"/ops/labels/{fo.code}.pdf")
    at_work.post("/ops/station/handover/", {"code": fo.code})
    manifest = stations.open_manifests(house.east.pk)[0]
    at_work.get(f"/ops/manifests/{manifest.pk}.pdf")
    assert recorded() == [
        ("wh1", "paper.printed", f"{fo.code}.pdf", 1),
        ("wh1", "paper.printed", f"{manifest.code}.pdf", 1),
    ]


def test_a_pick_list(at_work, house):
    for _ in range(2):
        house.parcel((CASE, 1))
    built = waves.build(location_id=house.east.pk, cut_off=house.now + timedelta(hours=2), now=house.now)[0]
    at_work.get(f"/ops/waves/{built.pk}.pdf")
    assert recorded() == [("wh1", "paper.printed", f"{built.code}.pdf", 2)]


def test_refused_rows_of_a_serial_file(at_work, house):
    batch = SerialImport.objects.create(
        location=house.east, kind="imei", state="done", uploaded_by="wh1", created_at=house.now
    )
    SerialImportReject.objects.create(batch=batch, line_number=2, serial="1", code="wrong_length")
    at_work.get(f"/serials/imports/{batch.pk}/rejected.csv")
    assert recorded() == [("wh1", "file.exported", f"rejected-{batch.pk}.csv", 1)]


def test_what_another_house_asks_for_leaves_none(at_work, house):
    foreign = house.parcel((CASE, 1), location=house.south, state=FulfillmentState.PACKED)
    assert at_work.get(f"/ops/labels/{foreign.code}.pdf").status_code == 404
    assert recorded() == []
