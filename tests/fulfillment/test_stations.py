"""The stations and the board as their people use them: keyboard only, one scan after the other."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from fulfillment.models import (
    CourierChoice,
    FulfillmentOrder,
    FulfillmentState,
    LabelPrint,
    LeftBehind,
    Manifest,
    PickTask,
    ProvisioningJob,
    SerialUnit,
    StationRight,
    WallSlot,
    Wave,
    WeightCase,
)
from fulfillment.queries import stations
from fulfillment.queries.board import board
from fulfillment.services import packing, waves
from tests.fulfillment.house import CASE, PHONE, SIM

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def at_work(client, house):
    client.force_login(house.user("wh1", "warehouse", house.east))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def wave(house):
    def build():
        return waves.build(location_id=house.east.pk, cut_off=house.now + timedelta(hours=2), now=house.now)

    return build


@pytest.fixture
def scan(at_work):
    """scan("pick", code): type into the station's field with what its page sends along, press Enter."""

    def enter(station, code):
        page = at_work.get(f"/ops/station/{station}/", scan.hidden.get(station, {}))
        hidden = {name: str(value) for name, value in page.context["prompt"].hidden.items() if value}
        answer = at_work.post(f"/ops/station/{station}/", hidden | {"code": code})
        follow = answer.context["prompt"].hidden
        scan.hidden[station] = {name: value for name, value in follow.items() if name != "task" and value}
        return answer

    scan = enter
    scan.hidden = {}
    return enter


def test_a_parcel_goes_through_all_stations_by_scans_alone(house, wave, scan):
    imei, iccid = house.phones(1, house.east)[0], house.cards(1, house.east)[0]
    fo = house.parcel((PHONE, 1), (SIM, 1), weight_g=500)
    wave()
    assert "slot 1" in scan("pick", imei).content.decode()
    assert scan("sim", fo.code).context["verdict"].tone == "wait"
    assert scan("sim", iccid).context["verdict"].tone == "ok"
    assert scan("account", iccid).context["verdict"].tone == "ok"
    assert ProvisioningJob.objects.get().iccid == iccid
    fo.refresh_from_db()
    fo.state = FulfillmentState.ACCOUNT_OPEN
    fo.save()
    assert scan("pack", fo.code).context["verdict"].tone == "wait"
    refused = scan("pack", "300")
    assert (refused.status_code, refused.context["verdict"].code) == (422, "weight_differs")
    assert refused.context["prompt"].commands[0][0] == "A"
    assert scan("pack", "a").context["verdict"].tone == "wait"
    assert WeightCase.objects.get().measured_g == 300
    scan("pack", fo.code)
    assert f"/ops/labels/{fo.code}.pdf" in scan("pack", "498").content.decode()
    assert scan("handover", fo.code).context["verdict"].text == "→ Stellar"
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.HANDED_OVER


@pytest.mark.parametrize(
    ("station", "code", "refusal"),
    [
        ("pick", "WHAT-IS-THIS", "wrong_goods"),
        ("sim", "HT0000-1", "parcel_not_here"),
        ("account", "8986000000000000000", "card_unknown"),
        ("pack", "HT0000-1", "parcel_not_here"),
        ("handover", "HT0000-1", "parcel_not_here"),
        ("pick", "", "nothing_scanned"),
        ("handover", "U", "nothing_to_undo"),
    ],
)
def test_a_wrong_scan_is_red_and_says_why(house, wave, scan, station, code, refusal):
    house.parcel((CASE, 1))
    wave()
    answer = scan(station, code)
    assert (answer.status_code, answer.context["verdict"].tone) == (422, "bad")
    assert answer.context["verdict"].code == refusal
    assert refusal in answer.content.decode()


def test_undo_and_missing_are_typed(house, wave, scan):
    house.shelve(CASE, 1, house.east)
    fo = house.parcel((CASE, 1))
    wave()
    scan("pick", CASE)
    assert scan("pick", "u").context["verdict"].text == "Taken back"
    assert stations.picks(house.east.pk).count == 1
    assert scan("pick", "m").context["verdict"].tone == "wait"
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.IN_WAVE
    assert scan("pick", "0").context["verdict"].tone == "ok"
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.SHORT


def test_htmx_gets_the_station_alone(at_work, house, wave):
    house.parcel((CASE, 1))
    wave()
    answer = at_work.post("/ops/station/pick/", {"code": "ZZZ"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert 'data-verdict="bad"' in answer.content.decode()


@pytest.mark.parametrize("station", ["pick", "sort", "sim", "account", "pack", "handover"])
def test_an_empty_station_says_so(at_work, station):
    answer = at_work.get(f"/ops/station/{station}/")
    assert answer.context["prompt"].idle
    assert answer.context["queue"].count == 0


def test_an_idle_station_tells_where_work_waits(at_work, house, wave):
    house.shelve(CASE, 1, house.east)
    house.parcel((CASE, 1))

    def waits():
        found = at_work.get("/ops/station/pack/").context["elsewhere"]
        return [(row["key"], row["count"]) for row in found]

    assert waits() == [("Alt+1", 1)]
    wave()
    assert waits() == [("Alt+2", 1)]
    other = house.user("wh9", "warehouse", house.east)
    StationRight.objects.create(location=house.east, station="pick", user=other)
    assert waits() == []


def test_unknown_station_stranger_and_visitor(client, at_work, house):
    assert at_work.get("/ops/station/dance/").status_code == 404
    at_work.force_login(house.user("courier9", "courier", house.swift))
    assert at_work.get("/ops/station/pick/").status_code == 403
    at_work.logout()
    assert at_work.get("/ops/station/pick/").status_code == 302


def test_another_warehouse_cannot_be_chosen(at_work, house):
    answer = at_work.get("/ops/", {"place": house.south.pk})
    assert answer.context["place"].id == house.east.pk


def test_the_board_builds_waves_and_shows_them(at_work, house, django_assert_max_num_queries):
    for _ in range(3):
        house.parcel((CASE, 1))
    assert at_work.post("/ops/waves/").status_code == 302
    wave = Wave.objects.get()
    with django_assert_max_num_queries(26):
        page = at_work.get("/ops/").content.decode()
    assert wave.code in page
    assert "0 / 3" in page
    refused = at_work.post("/ops/waves/")
    assert (refused.status_code, "no_parcels_waiting" in refused.content.decode()) == (409, True)


def test_label_and_manifest_only_for_the_own_house(at_work, house, scan):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PACKED)
    foreign = house.parcel((CASE, 1), location=house.south, state=FulfillmentState.PACKED)
    assert at_work.get(f"/ops/labels/{fo.code}.pdf").content.startswith(b"%PDF")
    assert at_work.get(f"/ops/labels/{foreign.code}.pdf").status_code == 404
    scan("handover", fo.code)
    manifest = stations.open_manifests(house.east.pk)[0]
    closed = at_work.post(f"/ops/manifests/{manifest.pk}/close/", follow=True)
    assert closed.content.startswith(b"%PDF")
    at_work.force_login(house.user("wh2", "warehouse", house.south))
    assert at_work.get(f"/ops/manifests/{manifest.pk}.pdf").status_code == 404


def test_pages_speak_chinese_too(at_work, house):
    at_work.cookies["django_language"] = "zh-hans"
    with override("zh-hans"):
        assert "已全部拣完" in at_work.get("/ops/station/pick/").content.decode()


def test_the_store_prepares_a_parcel_step_by_step(client, house):
    client.force_login(house.user("clerk1", "clerk", house.store))
    client.cookies["django_language"] = "en"
    imei = house.phones(1, house.store)[0]
    fo = house.parcel(
        (PHONE, 1), location=house.store, state=FulfillmentState.AWAITING_ACCEPTANCE, way="pickup"
    )
    assert fo.code in client.get("/store/").content.decode()
    base = f"/store/{fo.code}"
    client.post(f"{base}/accept/")
    line = fo.lines.get()
    client.post(f"{base}/pick/", {f"serials-{line.pk}": imei})
    assert SerialUnit.objects.get(serial=imei).state == "claimed"
    client.post(f"{base}/pack/")
    client.post(f"{base}/ready/")
    wrong = client.post(f"{base}/pickup/", {"pickup_code": "12345"})
    assert (wrong.status_code, "pickup_code_wrong" in wrong.content.decode()) == (422, True)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.READY_FOR_PICKUP
    assert client.get("/store/find/", {"code": fo.demand.order_number}).url == f"{base}/"


def test_the_store_refuses_with_a_reason(client, house):
    client.force_login(house.user("clerk1", "clerk", house.store))
    fo = house.parcel((CASE, 1), location=house.store, state=FulfillmentState.AWAITING_ACCEPTANCE)
    assert client.post(f"/store/{fo.code}/refuse/").status_code == 422
    good = {f"good-{fo.lines.get().pk}": "0"}
    client.post(f"/store/{fo.code}/refuse/", {"reason": "not_on_shelf"} | good)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.DECLINED
    foreign = house.parcel((CASE, 1), location=house.other_store)
    assert client.get(f"/store/{foreign.code}/").status_code == 404
    assert client.post(f"/store/{foreign.code}/accept/").status_code == 404
    assert client.post(f"/store/{fo.code}/dance/").status_code == 404


def test_the_inbox_does_not_ask_more_for_more_parcels(client, house, django_assert_max_num_queries):
    client.force_login(house.user("clerk1", "clerk", house.store))
    for _ in range(6):
        house.parcel((CASE, 1), location=house.store, state=FulfillmentState.AWAITING_ACCEPTANCE)
    with django_assert_max_num_queries(20):
        client.get("/store/")


def test_a_packed_parcel_left_the_queue(house, wave):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED)
    assert stations.packs(house.east.pk).count == 1
    packing.pack_many(location_id=house.east.pk, ids=[fo.pk], now=house.now)
    assert (stations.packs(house.east.pk).count, stations.handovers(house.east.pk).count) == (0, 1)


def test_a_lead_at_the_scale_says_why(client, house):
    client.force_login(house.user("lead1", "warehouse_lead", house.east))
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED, weight_g=400)
    step = {"parcel": fo.code, "measured": "500"}
    assert client.post("/ops/station/pack/", step | {"code": "r"}).context["prompt"].hidden["why"] == "1"
    done = client.post("/ops/station/pack/", step | {"why": "1", "code": "gift wrap"})
    assert done.context["verdict"].tone == "ok"
    assert WeightCase.objects.get().reason == "gift wrap"


def test_the_wall_is_worked_by_scans(house, wave, scan):
    for position, code in enumerate(("A1", "A2")):
        WallSlot.objects.create(location=house.east, code=code, position=position)
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 2))
    wave()
    assert "tote" in scan("pick", CASE).context["verdict"].text
    assert scan("pack", fo.code).context["verdict"].code == "not_sorted"
    put = scan("sort", CASE)
    assert (put.context["verdict"].big, put.context["prompt"].keys[0][0]) == ("A1", "F")
    assert scan("sort", CASE).context["verdict"].code == "nothing_to_sort"
    assert scan("sort", "U").context["verdict"].text == "Taken back"
    scan("sort", CASE)
    assert scan("sort", "a1").context["verdict"].code == "slot_in_use"
    scan("pack", fo.code)
    scan("pack", "10")
    assert not WallSlot.objects.exclude(fulfillment=None).exists()


def test_the_manifest_names_what_is_missing_before_it_closes(house, scan, at_work):
    went, left = (house.parcel((CASE, 1), state=FulfillmentState.PACKED) for _ in range(2))
    scan("handover", went.code)
    assert scan("handover", "c").context["verdict"].text == "Who signs for Stellar?"
    assert scan("handover", went.code).context["verdict"].code == "signer_missing"
    refused = scan("handover", "Wang Wei")
    assert refused.context["verdict"].code == "parcels_missing"
    assert left.code in refused.content.decode()
    assert Manifest.objects.get().closed_at is None
    assert scan("handover", "y").context["verdict"].tone == "ok"
    assert LeftBehind.objects.get().fulfillment == left
    assert Manifest.objects.get().closed_at is not None
    assert Manifest.objects.get().received_by == "Wang Wei"
    assert scan("handover", "c").context["verdict"].code == "which_manifest"


def test_the_label_is_printed_again_and_counted(house, scan, at_work):
    assert scan("pack", "p").context["verdict"].code == "nothing_packed_yet"
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED)
    scan("pack", fo.code)
    scan("pack", "10")
    url = scan("pack", "p").context["verdict"].print_url
    for _ in range(2):
        assert at_work.get(url).content.startswith(b"%PDF")
    assert sorted(LabelPrint.objects.values_list("number", flat=True)) == [1, 2]


def test_a_station_that_names_its_people_is_closed_to_others(at_work, house):
    other = house.user("other", "warehouse", house.east)
    StationRight.objects.create(location=house.east, station="sim", user=other)
    closed = at_work.get("/ops/station/sim/")
    assert (closed.status_code, "station_not_yours" in closed.content.decode()) == (403, True)
    refused = at_work.post("/ops/station/sim/", {"code": "HT1-1"})
    assert refused.status_code in (403, 422)
    assert at_work.get("/ops/station/pick/").status_code == 200
    at_work.force_login(other)
    assert at_work.get("/ops/station/sim/").status_code == 200
    at_work.force_login(house.user("lead1", "warehouse_lead", house.east))
    assert at_work.get("/ops/station/sim/").status_code == 200


def test_the_pick_list_is_printed_for_the_own_house(at_work, house, wave):
    house.parcel((CASE, 1))
    built = wave()[0]
    assert at_work.get(f"/ops/waves/{built.pk}.pdf").content.startswith(b"%PDF")
    assert at_work.get("/ops/wall.pdf").content.startswith(b"%PDF")
    at_work.force_login(house.user("wh9", "warehouse", house.south))
    assert at_work.get(f"/ops/waves/{built.pk}.pdf").status_code == 404


def test_the_leads_page_is_for_leads(at_work, house, django_assert_max_num_queries):
    assert at_work.get("/ops/lead/").status_code == 403
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED, weight_g=400)
    case = WeightCase.objects.create(
        fulfillment=fo, measured_g=500, expected_g=400, asked_at=house.now, asked_by="wh1"
    )
    at_work.force_login(house.user("lead1", "warehouse_lead", house.east))
    with django_assert_max_num_queries(20):
        assert fo.code in at_work.get("/ops/lead/").content.decode()
    refused = at_work.post(f"/ops/lead/weights/{case.pk}/", {"accept": "1", "reason": ""})
    assert (refused.status_code, "weight_reason_needed" in refused.content.decode()) == (400, True)
    at_work.post(f"/ops/lead/weights/{case.pk}/", {"accept": "1", "reason": "two manuals"})
    case.refresh_from_db()
    assert (case.accepted, case.reason) == (True, "two manuals")


@pytest.mark.parametrize("step", ["task", "measured", "manifest"])
def test_a_number_that_is_none_does_no_harm(at_work, house, wave, step):
    house.parcel((CASE, 1))
    wave()
    for station in ("pick", "pack", "handover"):
        answer = at_work.post(f"/ops/station/{station}/", {step: "x' OR 1", "code": "C", "missing": "x"})
        assert answer.status_code in (200, 422)


def test_a_parcels_label_is_not_taken_for_its_goods(house, wave, scan):
    house.phones(1, house.east)
    fo, other = house.parcel((PHONE, 1)), house.parcel((CASE, 1))
    wave()
    assert scan("pick", other.code).context["verdict"].code == "label_scanned"
    assert not fo.lines.get().claims.exists()


def test_goods_of_a_cancelled_order_stay_on_the_shelf(at_work, house, wave):
    house.shelve(CASE, 1, house.east)
    fo = house.parcel((CASE, 1))
    wave()
    task = at_work.get("/ops/station/pick/").context["prompt"].hidden["task"]
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=FulfillmentState.CANCELLED)
    answer = at_work.post("/ops/station/pick/", {"code": CASE, "task": task})
    assert answer.context["verdict"].code == "pick_given_up"
    assert PickTask.objects.get().state == "todo"


def test_at_the_wrong_station_it_is_said_where_the_parcel_belongs(house, wave, scan):
    fo = house.parcel((CASE, 1), weight_g=100)
    wave()
    verdict = scan("handover", fo.code).context["verdict"]
    assert (verdict.code, verdict.more) == ("fulfillment_wrong_state", "It is not picked yet.")
    for state in (FulfillmentState.HANDED_OVER, FulfillmentState.OUT_FOR_DELIVERY):
        FulfillmentOrder.objects.filter(pk=fo.pk).update(state=state)
        for station in ("pack", "handover"):
            verdict = scan(station, fo.code).context["verdict"]
            assert (verdict.code, verdict.more) == (
                "fulfillment_wrong_state",
                "It has left with its courier.",
            )
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=FulfillmentState.READY_FOR_PICKUP)
    assert "at the counter" in scan("pack", fo.code).context["verdict"].more


def test_any_packed_parcels_label_is_printed_again(house, scan):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PACKED)
    answer = scan("pack", fo.code)
    assert answer.context["verdict"].code == "packed_already"
    assert scan("pack", "p").context["verdict"].print_url == f"/ops/labels/{fo.code}.pdf"


def test_a_parcel_of_another_courier_is_said_aloud(house, scan):
    house.shelve(CASE, 5, house.east)
    first, second = (house.parcel((CASE, 1), state=FulfillmentState.PACKED) for _ in range(2))
    assert scan("handover", first.code).context["verdict"].tone == "ok"
    CourierChoice.objects.create(location=house.east, courier=house.swift)
    verdict = scan("handover", second.code).context["verdict"]
    assert (verdict.tone, verdict.text) == ("wait", "Another courier: → Swift")
    assert Manifest.objects.count() == 2


def test_a_parcel_packed_twice_counts_once_on_the_board(house, scan):
    fo = house.parcel((CASE, 1), state=FulfillmentState.PICKED, weight_g=100)
    for _ in range(2):
        scan("pack", fo.code)
        scan("pack", "100")
        assert board(house.east.pk, now=house.now).packed_today == 1
        scan("pack", "u")
    assert board(house.east.pk, now=house.now).packed_today == 0
