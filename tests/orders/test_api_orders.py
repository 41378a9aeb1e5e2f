"""The channels' door: one reference is one order, whatever the network does between."""

import pytest

from omnichannel.kernel.models import IdempotencyRecord
from orders.models import OrderIntake, Payment
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, PHONE, TEA, body, channel, intake, post

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_channel_places_an_order():
    wanted = body(TEA, CHARGER)
    answer = post(wanted)
    card = answer.json()
    assert answer.status_code == 201
    assert (card["reference"], card["state"], card["channel"]) == (
        wanted["reference"],
        "awaiting_payment",
        "app",
    )
    assert sum(line["amount_fen"] for line in card["lines"]) + card["shipping_fen"] == card["total_fen"]
    assert [event["after"] for event in card["history"]] == ["awaiting_payment"]


def test_the_same_reference_again_answers_with_the_first_order():
    wanted = body(TEA)
    first, again = post(wanted), post(wanted)
    assert (again.status_code, again.json()) == (201, first.json())
    assert "Idempotent-Replayed" in again.headers
    assert "Idempotent-Replayed" not in first.headers
    assert OrderIntake.objects.count() == 1


def test_the_same_reference_with_another_body_is_refused():
    wanted = body(TEA)
    post(wanted)
    other = wanted | {"customer": {"phone": ordering.LIN, "name": "林晓"}}
    assert code(post(other)) == (422, "idempotency_key_reused")
    assert OrderIntake.objects.count() == 1


def test_a_refused_order_may_be_sent_again_under_its_reference():
    wanted = body(TEA)
    assert code(post(wanted | {"shown_total_fen": 1})) == (409, "price_changed")
    assert not IdempotencyRecord.objects.exists()
    assert post(wanted).status_code == 201


def test_two_channels_may_use_the_same_reference():
    assert post(body(TEA, reference="1")).status_code == 201
    assert post(body(TEA, name="dealer", reference="1"), name="dealer").status_code == 201


def test_each_channel_pays_its_own_price_and_the_dealer_is_attributed():
    ordering.priced(PHONE, 288_800, channel="dealer")
    answer = post(body(PHONE, name="dealer", means="collected"), name="dealer")
    found = intake(answer.json()["number"])
    assert answer.json()["lines"][0]["unit_fen"] == 288_800
    assert found.institution.code == "dl-lantian"


def test_money_that_the_channel_took_confirms_the_order():
    answer = post(body(TEA, name="kiosk", means="collected"), name="kiosk")
    money = Payment.objects.get()
    assert answer.json()["state"] == "confirmed"
    assert (money.means, money.collector_id) == ("cash", intake(answer.json()["number"]).institution_id)


def test_a_sim_over_the_api_needs_the_customer_s_identity():
    wish = ordering.sim()
    assert code(post(body(wish))) == (400, "identity_required")
    person = {"phone": ordering.LIN, "name": "林晓", "id_number": ordering.id_number()}
    assert post(body(wish, customer=person)).status_code == 201


def test_quoting_promises_nothing_and_keeps_nothing():
    lines = [{"sku": TEA, "quantity": 2}]
    answer = channel().post("/api/v1/quote", {"lines": lines}, format="json")
    assert (answer.status_code, answer.json()["total_fen"]) == (200, 2 * 32_800)
    assert not OrderIntake.objects.exists()


def test_reading_listing_and_finding_by_reference():
    numbers = [post(body(CHARGER)).json()["number"] for _ in range(3)]
    listed = channel().get("/api/v1/orders").json()
    assert [card["number"] for card in listed["orders"]] == numbers[::-1]
    assert listed["next_before"] is None
    older = channel().get("/api/v1/orders", {"before": numbers[1]}).json()
    assert [card["number"] for card in older["orders"]] == numbers[:1]
    reference = intake(numbers[0]).channel_reference
    found = channel().get("/api/v1/orders", {"reference": reference}).json()
    assert [card["number"] for card in found["orders"]] == numbers[:1]
    assert channel().get(f"/api/v1/orders/{numbers[0]}").json()["number"] == numbers[0]


def test_another_channel_s_order_does_not_exist():
    number = post(body(CHARGER)).json()["number"]
    assert code(channel("dealer").get(f"/api/v1/orders/{number}")) == (404, "not_found")
    cancelled = channel("dealer").post(f"/api/v1/orders/{number}/cancel", {"reason": "x"}, format="json")
    assert cancelled.status_code == 404
    assert channel("dealer").get("/api/v1/orders").json()["orders"] == []
    assert intake(number).state == "awaiting_payment"


def test_cancelling_twice_is_once():
    number = post(body(CHARGER)).json()["number"]
    for _ in range(2):
        answer = channel().post(f"/api/v1/orders/{number}/cancel", {"reason": "changed"}, format="json")
        assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert len(ordering.events(number)) == 2


def test_stock_is_told_nearest_first():
    answer = channel().get("/api/v1/availability", {"sku": TEA, "province": "上海", "city": "上海"})
    distances = [row["distance_km"] for row in answer.json()["stock"]]
    assert answer.status_code == 200
    assert distances
    assert distances == sorted(distances)


@pytest.mark.parametrize("key", ["", "htk_app00001_wrong", "htk_nobody00_demo", "\xe9"])
def test_without_the_right_key_nothing_is_told(key):
    caller = ordering.APIClient()
    if key:
        caller.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    for answer in (caller.get("/api/v1/orders"), caller.post("/api/v1/orders", body(TEA), format="json")):
        assert answer.status_code in (401, 403)
    assert not OrderIntake.objects.exists()


def test_a_member_who_is_signed_in_is_not_a_channel(client):
    client.force_login(ordering.user())
    assert client.get("/api/v1/orders").status_code == 403


def test_a_list_page_costs_the_same_however_many_orders(django_assert_max_num_queries):
    for _ in range(5):
        post(body(CHARGER))
    with django_assert_max_num_queries(5):
        channel().get("/api/v1/orders")
