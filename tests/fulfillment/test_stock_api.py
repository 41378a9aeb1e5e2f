"""The channels' view of stock, and what their systems may state about it."""

from datetime import datetime, timedelta

import pytest
from rest_framework.test import APIClient

from fulfillment.models import LocationProfile, StockLevel
from members.actors import SYSTEM
from members.models import Institution
from members.services import keys

SYNC = "/api/v1/stock/sync"


@pytest.fixture
def shop(company):
    for code in ("st-a", "st-b", "st-c", "wh"):
        place = company.places[code]
        place.path, place.parent = f"carrier/{code}/", company.carrier
        place.save()
    company.put("st-a", a=2)
    company.put("st-c", a=5)
    company.put("wh", a=9)
    return company


def caller(shop, channel="store") -> APIClient:
    _key, plain = keys.issue(name=channel, channel=channel, institution_id=shop.carrier.pk, actor=SYSTEM)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {plain}")
    return client


def ask(shop, channel="store", **wish):
    values = {"sku": "a", "province": "上海", "city": "上海"} | wish
    return caller(shop, channel).get("/api/v1/stock", values)


def codes(answer) -> list[str]:
    return [each["location"] for each in answer.json()["stock"][0]["locations"]]


def snapshot(now, *rows, **more) -> dict:
    cells = [{"location": place, "sku": sku, "quantity": units} for place, sku, units in rows]
    values = {"source": "erp-1", "sequence": 1, "basis": "on_hand", "taken_at": now.isoformat()}
    return values | {"rows": cells} | more


def test_stock_is_told_nearest_first_with_the_time_it_can_be_had(shop, now):
    answer = ask(shop)
    assert answer.status_code == 200
    found = answer.json()["stock"][0]
    assert (found["known"], found["salable"], codes(answer)) == (True, 16, ["st-a", "wh", "st-c"])
    near, house = found["locations"][:2]
    assert near["distance_km"] < house["distance_km"]
    assert datetime.fromisoformat(near["ready_at"]) == now + timedelta(minutes=30)
    assert (house["ready_at"], house["arrives_on"]) == (None, "2026-11-23")


def test_by_city_distance_and_time(shop, now):
    assert codes(ask(shop, in_city="杭州")) == ["st-c"]
    assert codes(ask(shop, within_km=100)) == ["st-a", "wh"]
    soon = (now + timedelta(hours=1)).isoformat()
    assert codes(ask(shop, by=soon)) == ["st-a", "st-c"]
    assert codes(ask(shop, by=soon, way="ship")) == []
    assert codes(ask(shop, way="pickup")) == ["st-a", "st-c"]
    assert codes(ask(shop, latitude=30.27, longitude=120.16)) == ["st-c", "wh", "st-a"]


def test_a_closed_store_is_ready_after_its_next_opening(shop, freeze_at, now):
    freeze_at(now + timedelta(hours=10))  # 22:00 in Shanghai
    near = ask(shop).json()["stock"][0]["locations"][0]
    assert near["ready_at"].startswith("2026-11-22T09:30")
    assert near["arrives_on"] == "2026-11-24"


def test_a_location_without_coordinates_is_named_last_and_says_so(shop, now):
    Institution.objects.filter(code="st-a").update(latitude=None, longitude=None)
    answer = ask(shop)
    assert codes(answer) == ["wh", "st-c", "st-a"]
    last = answer.json()["stock"][0]["locations"][-1]
    assert (last["distance_km"], last["arrives_on"], last["why_not"]) == (None, None, "no_coordinates")
    assert codes(ask(shop, within_km=5000)) == ["wh", "st-c"]


def test_who_does_not_send_says_why(shop):
    LocationProfile.objects.filter(location__code="wh").update(ships=False)
    rows = {each["location"]: each for each in ask(shop).json()["stock"][0]["locations"]}
    assert rows["wh"]["why_not"] == "does_not_ship"
    assert codes(ask(shop, way="ship")) == ["st-a", "st-c"]


def test_an_unknown_article_is_said_to_be_unknown(shop):
    answer = ask(shop, sku=["nothing", "b"])
    assert [(each["sku"], each["known"], each["salable"]) for each in answer.json()["stock"]] == [
        ("nothing", False, 0),
        ("b", True, 0),
    ]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"city": "无此城"}, "place_unknown"),
        ({"latitude": 31}, "invalid"),
        ({"latitude": 91, "longitude": 0}, "invalid"),
        ({"latitude": "nan", "longitude": 0}, "invalid"),
        ({"within_km": -1}, "invalid"),
        ({"by": "soon"}, "invalid"),
        ({"sku": [f"s{n}" for n in range(21)]}, "invalid"),
    ],
)
def test_bad_questions_are_refused(shop, wish, code):
    answer = ask(shop, **wish)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_a_snapshot_is_taken_row_by_row_and_answered_again(shop, now):
    door = caller(shop)
    body = snapshot(now, ("st-a", "a", 7), ("nowhere", "a", 1), ("st-a", "b", "many"), ("st-a", "c", True))
    answer = door.post(SYNC, body, format="json")
    assert answer.status_code == 200
    assert [row["outcome"] for row in answer.json()["rows"]] == [
        "taken", "unknown_location", "quantity_invalid", "quantity_invalid",
    ]  # fmt: skip
    assert answer.json()["counts"] == {"quantity_invalid": 2, "taken": 1, "unknown_location": 1}
    again = door.post(SYNC, body, format="json")
    assert (again.json(), again["Idempotent-Replayed"]) == (answer.json(), "true")
    other = door.post(SYNC, snapshot(now, ("st-a", "a", 8)), format="json")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert StockLevel.objects.get(sku="a", location__code="st-a").on_hand == 7


@pytest.mark.parametrize(
    "change",
    [
        {"basis": "roughly"},
        {"basis": None},
        {"sequence": 0},
        {"sequence": 2**63},
        {"source": "a b"},
        {"source": "x" * 31},
        {"rows": []},
        {"rows": [1]},
        {"taken_at": "yesterday"},
        {"taken_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_a_snapshot_that_cannot_be_right_is_refused_whole(shop, now, change):
    answer = caller(shop).post(SYNC, snapshot(now, ("st-a", "a", 7)) | change, format="json")
    assert answer.status_code == 400
    assert StockLevel.objects.get(sku="a", location__code="st-a").on_hand == 2


def test_a_shop_s_key_asks_but_does_not_state(shop, now):
    assert ask(shop, "web").status_code == 200
    refused = caller(shop, "kiosk").post(SYNC, snapshot(now, ("st-a", "a", 7)), format="json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")
    assert APIClient().get("/api/v1/stock", {"sku": "a"}).status_code == 401
