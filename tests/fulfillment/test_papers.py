"""What label and manifest say: way, people, measured weight, money and identity."""

from datetime import timedelta

import pytest

from fulfillment.documents.label import label
from fulfillment.documents.manifest import manifest_sheet
from fulfillment.models import CourierChoice, FulfillmentOrder, FulfillmentState, Manifest, Wave, WaveEntry
from fulfillment.queries import papers
from fulfillment.services import handover, labels, packing
from fulfillment.services.undo import undo_last
from tests.fulfillment.house import CASE

S = FulfillmentState


def facts_of(fo):
    fo = FulfillmentOrder.objects.select_related("demand", "location").get(pk=fo.pk)
    return papers.label_facts(fo, planned_courier=labels.planned_courier(fo))


def packed(house, worker, **more):
    fo = house.parcel((CASE, 1), state=S.PICKED, weight_g=400, **more)
    where = {"actor": worker, "location_id": house.east.pk, "now": house.now}
    packing.pack(code=fo.code, weight_g=410, **where)
    return fo


def test_the_label_names_the_planned_courier_and_what_the_scale_showed(house, worker_east):
    CourierChoice.objects.create(location=house.east, to_province="", courier=house.swift)
    fo = packed(house, worker_east, cod_fen=12900)
    wave = Wave.objects.create(
        location=house.east,
        courier=house.swift,
        cut_off=house.now + timedelta(hours=2),
        built_at=house.now,
        built_by="x",
    )
    WaveEntry.objects.create(wave=wave, fulfillment=fo, slot=7)
    told = facts_of(fo)
    assert (told.carrier, told.sender, told.name) == ("捷运", "昆山仓", "林晓")
    assert (told.weight_g, told.is_measured, told.cod_fen) == (410, True, 12900)
    assert (told.wave, told.departs) == (f"{wave.code} № 7", wave.cut_off)
    assert label(told).startswith(b"%PDF")


def test_after_the_hand_over_the_label_names_who_took_it(house, worker_east):
    CourierChoice.objects.create(location=house.east, to_province="", courier=house.swift)
    fo = packed(house, worker_east)
    handover.hand_over(location_id=house.east.pk, ids=[fo.pk], now=house.now, courier_id=house.star.pk)
    assert facts_of(fo).carrier == "星达"


def test_a_parcel_through_a_hub_names_both(house, worker_east):
    fo = packed(house, worker_east)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(via=house.south)
    told = facts_of(fo)
    assert (told.carrier, told.via) == ("广州仓", "广州仓")
    assert label(told).startswith(b"%PDF")


def test_a_pick_up_names_who_collects_it(house):
    fo = house.parcel((CASE, 1), location=house.store, way="pickup", state=S.PACKED)
    fo.demand.wish |= {"destination": None, "contact_name": "王芳"}
    fo.demand.save()
    told = facts_of(fo)
    assert (told.is_pickup, told.name, told.carrier, told.is_measured) == (True, "王芳", "", False)
    assert label(told).startswith(b"%PDF")


def test_a_weight_that_is_taken_back_is_forgotten(house, worker_east):
    fo = packed(house, worker_east)
    undo_last(station="pack", location_id=house.east.pk, actor=worker_east, now=house.now)
    fo.refresh_from_db()
    assert fo.packed_g is None


def test_the_manifest_lists_weight_money_and_marks_with_who_signed(house, worker_east):
    first, second = packed(house, worker_east, cod_fen=5000), packed(house, worker_east)
    FulfillmentOrder.objects.filter(pk=second.pk).update(needs_identity=True)
    where = {"actor": worker_east, "location_id": house.east.pk, "now": house.now}
    for fo in (first, second):
        handover.scan(code=fo.code, **where)
    manifest = Manifest.objects.get()
    rows = papers.manifest_rows(manifest)
    assert [(row.weight_g, row.cod_fen, row.needs_identity) for row in rows] == [
        (410, 5000, False),
        (410, 0, True),
    ]
    assert rows[0].place == "上海 上海 黄浦"
    handover.close(manifest_id=manifest.pk, received_by="王伟", **where)
    manifest.refresh_from_db()
    assert (manifest.received_by, manifest.handed_over_by) == ("王伟", worker_east.label)
    assert manifest_sheet(manifest, rows, rows).startswith(b"%PDF")


@pytest.mark.parametrize("typed", ["", "  ", "HT26112-1", "8986001"])
def test_a_scan_is_no_name(typed):
    with pytest.raises(handover.SignerMissing):
        handover.must_be_a_name(typed)


def test_many_parcels_take_several_pages(house):
    manifest = Manifest.objects.create(
        location=house.east, courier=house.swift, opened_at=house.now, handed_over_by="x", parcels=80
    )
    row = papers.ManifestRow("HT1-1", "上海", 100, False, 0, False)
    assert manifest_sheet(manifest, [row] * 80).count(b"/Type /Page\n") == 3
