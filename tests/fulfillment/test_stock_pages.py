"""The stock pages as their users see them: lists, a transfer, a count, proposals, files."""

import csv
import io

import pytest

from fulfillment.models import CoverRule, StockCount, StockLevel, StockTransfer
from fulfillment.queries import cover
from fulfillment.queries.invariants import findings
from fulfillment.services import stock
from members.models import Institution, StaffRole, User
from tests.support.dealing import number

EN = {"accept-language": "en"}


@pytest.fixture
def shop(company):
    for place in company.places.values():
        if place.kind in ("warehouse", "store"):
            place.path, place.parent = f"carrier/{place.code}/", company.carrier
            place.save()
    company.put("wh", a=40, b=40)
    company.put("st-a", a=1)
    company.put("mc", c=5)
    return company


@pytest.fixture
def sign_in(client, shop):
    """sign_in("wh", "warehouse"): a client of somebody who works there."""

    def enter(code: str, role: str, name: str = "") -> object:
        place = shop.places.get(code, shop.carrier)
        user, _new = User.objects.get_or_create(
            username=name or f"{role}-{code}", defaults={"is_staff": True}
        )
        StaffRole.objects.get_or_create(user=user, institution=place, role=role)
        client.force_login(user)
        return client

    return enter


def text(answer) -> str:
    return answer.content.decode()


def rows_of(answer) -> list[dict]:
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.parametrize("page", ["", "everywhere/?q=a", "movements/", "transfers/", "counts/", "cover/"])
def test_pages_open_for_who_works_with_goods_only(sign_in, client, page):
    assert client.get(f"/stock/{page}").status_code == 302
    assert sign_in("wh", "courier").get(f"/stock/{page}").status_code == 403
    assert sign_in("st-a", "clerk").get(f"/stock/{page}").status_code == 200
    assert sign_in("", "auditor").get(f"/stock/{page}").status_code == 200


def test_a_store_sees_its_own_shelves_a_merchant_only_its_own(sign_in):
    assert [
        row["location"] for row in rows_of(sign_in("st-a", "store_manager").get("/stock/?format=csv"))
    ] == ["st-a"]
    assert [row["owner"] for row in rows_of(sign_in("mc", "partner").get("/stock/?format=csv"))] == ["mc"]
    assert len(rows_of(sign_in("", "operator").get("/stock/?format=csv"))) == 3


def test_lists_are_filtered(sign_in):
    door = sign_in("", "operator")
    assert [row["sku"] for row in rows_of(door.get("/stock/?format=csv&place=wh&q=b"))] == ["b"]
    assert rows_of(door.get("/stock/?format=csv&place=st-b")) == []
    assert rows_of(door.get("/stock/?format=csv&state=out")) == []
    assert len(rows_of(door.get("/stock/movements/?format=csv&reason=received&place=wh"))) == 2
    assert rows_of(door.get("/stock/movements/?format=csv&end=2020-01-01")) == []
    refused = door.get("/stock/movements/?begin=never", headers=EN)
    assert refused.status_code == 400
    assert "filter_invalid" in text(refused)


def test_a_list_costs_the_same_however_long_it_is(sign_in, shop, django_assert_max_num_queries):
    door = sign_in("", "operator")
    for nth in range(20):
        shop.goods(f"x{nth}")
        shop.put("wh", **{f"x{nth}": 3})
    with django_assert_max_num_queries(14):
        door.get("/stock/")
    with django_assert_max_num_queries(14):
        door.get("/stock/movements/")
    with django_assert_max_num_queries(18):
        door.get("/stock/cover/")


def test_a_transfer_from_the_question_to_the_receipt(sign_in, now):
    asked = {"from": "wh", "to": "st-a", "lines": "A 5\nb", "note": "weekend"}
    door = sign_in("st-a", "store_manager")
    refused = door.post("/stock/transfers/new/", asked, headers=EN)
    assert (refused.status_code, "sku_unknown" in text(refused)) == (422, True)
    assert "weekend" in text(refused)


def test_a_transfer_is_agreed_sent_and_received_on_its_page(sign_in, shop, now):
    shop.goods("CASE-1")
    shop.put("wh", **{"CASE-1": 9})
    door = sign_in("st-a", "store_manager")
    made = door.post("/stock/transfers/new/", {"from": "wh", "to": "st-a", "lines": "case-1 5"})
    code = StockTransfer.objects.get().code
    assert made.url == f"/stock/transfers/{code}/"
    page = f"/stock/transfers/{code}/"
    line = StockTransfer.objects.get().lines.get()
    assert door.post(f"{page}agree/", headers=EN).status_code == 403
    keeper = sign_in("wh", "warehouse")
    assert "Do you give these goods?" in text(keeper.get(page, headers=EN))
    assert keeper.post(f"{page}refuse/", {"reason": ""}, headers=EN).status_code == 400
    keeper.post(f"{page}agree/")
    assert keeper.post(f"{page}send/", {f"units-{line.pk}": "many"}).status_code == 400
    keeper.post(f"{page}send/", {f"units-{line.pk}": "4"})
    listed = sign_in("st-a", "store_manager").get("/stock/?q=CASE-1", headers=EN)
    assert StockTransfer.objects.get().state == "under_way"
    assert listed.status_code == 200
    door.post(f"{page}receive/", {f"good-{line.pk}": "3", f"damaged-{line.pk}": "1"})
    assert StockLevel.objects.get(sku="CASE-1", location__code="st-a").on_hand == 3
    assert "damaged" in text(door.get(page, headers=EN))
    assert findings(now=now) == []
    assert sign_in("st-b", "store_manager").get(page).status_code == 404
    sent = rows_of(sign_in("", "operator").get("/stock/transfers/?format=csv"))
    assert (sent[0]["sent"], sent[0]["arrived"], sent[0]["damaged"]) == ("4", "3", "1")


def test_what_is_missing_of_a_transfer_is_asked_about_and_typing_stays(sign_in, shop, now):
    shop.goods("CASE-1")
    shop.goods("PHONE", kind="device", serial_kind="imei")
    shop.put("wh", **{"CASE-1": 9})
    phone = number("35", 15, 1)
    shop.put_serials("wh", "PHONE", "imei", [phone])
    door = sign_in("st-a", "store_manager")
    door.post("/stock/transfers/new/", {"from": "wh", "to": "st-a", "lines": "case-1 5\nphone 1"})
    transfer = StockTransfer.objects.get()
    page, keeper = f"/stock/transfers/{transfer.code}/", sign_in("wh", "warehouse")
    case, device = (transfer.lines.get(sku=sku).pk for sku in ("CASE-1", "PHONE"))
    keeper.post(f"{page}agree/")
    assert "transfer_serials" in text(keeper.post(f"{page}send/", {f"units-{case}": "5"}))
    stranger = keeper.post(f"{page}send/", {f"units-{case}": "4", f"serials-{device}": "353"}, headers=EN)
    assert ("serial_not_here" in text(stranger), 'value="4"' in text(stranger)) == (True, True)
    keeper.post(f"{page}send/", {f"units-{case}": "5", f"none-{device}": "yes"})
    door = sign_in("st-a", "store_manager")
    counted = {f"good-{case}": "3"}
    asked = door.post(f"{page}receive/", counted, headers=EN)
    assert ("transfer_missing" in text(asked), 'value="3"' in text(asked)) == (True, True)
    door.post(f"{page}receive/", counted | {"sure": "yes"})
    assert StockLevel.objects.get(sku="CASE-1", location__code="st-a").on_hand == 3
    assert findings(now=now) == []


def test_a_count_is_blind_and_approved_by_a_colleague(sign_in, shop, now):
    shop.goods("CASE-1")
    shop.put("st-a", **{"CASE-1": 777})
    door = sign_in("st-a", "clerk")
    nothing = door.post("/stock/counts/begin/", {"place": "st-a", "bins": "Z"}, follow=True, headers=EN)
    assert "count_empty" in text(nothing)
    door.post("/stock/counts/begin/", {"place": "st-a", "skus": "case-1"})
    count = StockCount.objects.get()
    page, line = f"/stock/counts/{count.code}/", count.lines.get()
    assert "777" not in text(door.get(page))
    assert rows_of(door.get("/stock/counts/?format=csv")) == []
    assert door.post(f"{page}save/", {"then": "finish"}).status_code == 409
    assert door.post(f"{page}save/", {f"counted-{line.pk}": "-3"}).status_code == 400
    door.post(f"{page}save/", {f"counted-{line.pk}": "770", "then": "finish"})
    assert "Who counted does not approve" in text(door.get(page, headers=EN))
    assert door.post(f"{page}approve/").status_code == 403
    boss = sign_in("st-a", "store_manager")
    assert "770" in text(boss.get(page))
    boss.post(f"{page}approve/")
    assert StockLevel.objects.get(sku="CASE-1").on_hand == 770
    told = rows_of(boss.get("/stock/counts/?format=csv"))
    assert (told[0]["expected"], told[0]["counted"], told[0]["difference"]) == ("777", "770", "-7")
    assert findings(now=now) == []


def test_what_runs_out_is_asked_for_with_a_click(sign_in, shop, now):
    boss = sign_in("st-a", "store_manager")
    told = rows_of(boss.get("/stock/cover/?format=csv"))
    assert [(row["sku"], row["location"], row["from"], row["units"]) for row in told] == [
        ("a", "st-a", "wh", "1")
    ]
    place = shop.places
    wish = f"{place['wh'].pk}|{place['st-a'].pk}|1|a"
    assert wish in text(boss.get("/stock/cover/"))
    boss.post("/stock/cover/ask/", {"proposal": [wish]})
    transfer = StockTransfer.objects.get()
    assert (transfer.state, transfer.lines.get().wanted) == ("requested", 1)
    assert rows_of(boss.get("/stock/cover/?format=csv")) == []  # what is asked for is coming
    refused = boss.post("/stock/cover/ask/", {"proposal": ["x"]}, follow=True, headers=EN)
    assert "quantity_invalid" in text(refused)
    nobody = sign_in("st-b", "clerk").post("/stock/cover/ask/", {"proposal": [wish]}, follow=True, headers=EN)
    assert "not_allowed" in text(nobody)
    assert StockTransfer.objects.count() == 1


def sell(shop, code: str, sku: str, units: int, now) -> None:
    stock.book(
        sku=sku, location_id=shop.places[code].pk, units=-units, place="customer", reason="shipped",
        reference=f"sold-{code}-{sku}", now=now,
    )  # fmt: skip


def test_demand_decides_what_is_short_and_what_lies_too_long(shop, now):
    CoverRule.objects.update(window_days=10, low_days=2, target_days=4, high_days=20, least_units=1)
    shop.put("st-b", a=7)
    shop.put("st-c", a=100)
    sell(shop, "st-b", "a", 6, now)
    sell(shop, "st-c", "a", 1, now)
    short = list(cover.cover(["carrier/"], state="short", now=now, text=""))
    assert [(row.location_id, row.per_day, row.days, row.lacks) for row in short] == [
        (shop.places["st-b"].pk, 6, 0, 23)
    ]
    over = list(cover.cover(["carrier/"], state="over", now=now))
    assert [row.location_id for row in over] == [shop.places["st-c"].pk]
    found = cover.proposals(short, now=now)[("a", shop.places["st-b"].pk)]
    assert (found.from_id, found.units) == (shop.places["wh"].pk, 23)
    Institution.objects.filter(code__in=["wh", "st-b"]).update(latitude=None)
    assert cover.proposals(short, now=now)[("a", shop.places["st-b"].pk)].distance_km is None


def test_stock_everywhere_tells_distance_and_time(sign_in, shop):
    shop.goods("CASE-1")
    shop.put("st-b", **{"CASE-1": 3})
    shop.put("wh", **{"CASE-1": 30})
    door = sign_in("st-a", "clerk")
    page = text(door.get("/stock/everywhere/?q=CASE-1", headers=EN))
    assert page.index("st-b") < page.index(">wh<")
    assert "2026-11-21 12:30" in page
    assert "2026-11-23" in page
    assert ">wh<" not in text(door.get("/stock/everywhere/?q=CASE-1&way=pickup"))
    assert "place_unknown" in text(door.get("/stock/everywhere/?q=CASE-1&city=nowhere", headers=EN))
    assert door.get("/stock/everywhere/?q=CASE-1&km=x&by=y&way=z").status_code == 200


def per_day(shop, code: str, now) -> float:
    rows = cover.cover(["carrier/"], state="", now=now, skus=["a"])
    return next(row.per_day for row in rows if row.location_id == shop.places[code].pk)


def test_each_door_s_sales_are_demand_and_what_came_back_is_not(shop, now):
    CoverRule.objects.update(window_days=10)
    shop.put("st-b", a=50)
    here = shop.places["st-b"].pk

    def move(reason: str, units: int, place: str) -> float:
        stock.book(
            sku="a", location_id=here, units=units, place=place, reason=reason, reference=reason, now=now
        )
        return per_day(shop, "st-b", now)

    assert move("shipped", -5, "transit") == 5
    assert move("handover_undone", 1, "transit") == 4
    assert move("shipped_2", -1, "transit") == 5
    assert move("returned", 2, "transit") == 3
    assert move("activated", -1, "customer") == 4
    assert move("sync_down", -6, "loss") == 10
    assert move("transfer_out", -3, "transit") == 10
    assert move("count_missing", -3, "loss") == 10
    assert move("sync_up", 4, "loss") == 10
