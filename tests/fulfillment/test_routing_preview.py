"""The preview explains a routing and reserves nothing."""

import pytest

from fulfillment.models import FulfillmentDemand, StockLevel
from fulfillment.services.reservation import OutOfStock
from members.api.authentication import key_hash
from members.models import ChannelKey, Institution, User

WISH = {"destination": {"province": "上海", "city": "上海"}, "lines": [{"sku": "a", "quantity": 1}]}


@pytest.fixture
def ask(client, company):
    ChannelKey.objects.create(
        name="app",
        channel="app",
        institution=company.carrier,
        prefix="htk_app00001",
        key_hash=key_hash("htk_app00001_x"),
    )

    def post(body, key="htk_app00001_x"):
        return client.post(
            "/api/v1/routing/preview",
            body,
            content_type="application/json",
            headers={"authorization": f"Bearer {key}"} if key else {},
        )

    return post


def test_the_choice_is_explained(ask, company):
    company.put("wh", a=1)
    company.put("st-a", a=1)
    answer = ask(WISH)
    assert answer.status_code == 200
    told = answer.json()
    assert told["chosen"]["packages"][0]["location"] == "wh"
    assert [plan["packages"][0]["location"] for plan in told["compared"]] == ["wh", "st-a"]
    assert not FulfillmentDemand.objects.exists()
    assert not StockLevel.objects.filter(reserved__gt=0).exists()


def test_nobody_can_serve_is_an_answer_too(ask):
    assert ask(WISH).json()["chosen"] is None


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"lines": []}, 400, "invalid"),
        ({"lines": [{"sku": "a", "quantity": 0}]}, 400, "invalid"),
        ({"lines": [{"sku": "a", "quantity": 1}]}, 400, "destination_missing"),
        (WISH | {"pickup_location": "nowhere"}, 404, "institution_unknown"),
        (WISH | {"destination": {"province": "Atlantis", "city": "x"}}, 400, "place_unknown"),
        (WISH | {"lines": [{"sku": "nothing", "quantity": 1}]}, 404, "sku_unknown"),
        (WISH | {"lines": [{"sku": "a", "quantity": 1}] * 201}, 400, "invalid"),
        (WISH | {"channel": "pigeon"}, 400, "invalid"),
        (WISH | {"destination": WISH["destination"] | {"latitude": "nan", "longitude": 1}}, 400, "invalid"),
        ([], 400, "invalid"),
    ],
)
def test_bad_input_is_told_with_a_code(ask, body, status, code):
    answer = ask(body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_card_is_written_where_its_number_is_at_home(ask, company):
    company.put("wh", a=1)
    company.put("st-a", a=1)
    company.profile("wh", home_province="北京")
    company.profile("st-a", home_province="上海")
    card = WISH | {"lines": [{"sku": "a", "quantity": 1, "number_province": "上海"}]}
    told = ask(card).json()
    assert [package["location"] for package in told["chosen"]["packages"]] == ["st-a"]
    assert {"location": "wh", "reason": "other_home_province"} in told["dropped"]


def test_only_staff_and_channels_may_ask(ask, client):
    assert ask(WISH, key=None).status_code in (401, 403)
    client.force_login(User.objects.create(username="member"))
    assert ask(WISH, key=None).status_code == 403


def test_a_place_without_coordinates_is_left_out_with_its_reason(ask, company):
    company.put("wh", a=1)
    company.put("st-a", a=1)
    Institution.objects.filter(pk=company.places["wh"].pk).update(latitude=None, longitude=None)
    told = ask(WISH).json()
    assert [package["location"] for package in told["chosen"]["packages"]] == ["st-a"]
    assert {each["location"]: each["reason"] for each in told["dropped"]}["wh"] == "no_coordinates"
    Institution.objects.update(latitude=None, longitude=None)
    assert ask(WISH).json()["chosen"] is None
    with pytest.raises(OutOfStock) as refusal:
        company.hold("o1", {"a": 1})
    assert refusal.value.code == "out_of_stock"
    assert not StockLevel.objects.filter(reserved__gt=0).exists()
