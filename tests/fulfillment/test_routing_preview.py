"""The preview explains a routing and reserves nothing."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from fulfillment.models import FulfillmentDemand, StockLevel
from fulfillment.services.reservation import OutOfStock
from members.api.authentication import key_hash
from members.models import ChannelKey, Institution, StaffRole, User

WISH = {"destination": {"province": "上海", "city": "上海"}, "lines": [{"sku": "a", "quantity": 1}]}


@pytest.fixture
def send(client):
    """Whoever is signed in, or the system that has the key."""

    def post(body, key=None):
        return client.post(
            "/api/v1/routing/preview",
            body,
            content_type="application/json",
            headers={"authorization": f"Bearer {key}"} if key else {},
        )

    return post


@pytest.fixture
def sign_in(client, company):
    def role_at(role, place):
        user = User.objects.create_user(username=f"{role}-{place.code}", is_staff=True)
        StaffRole.objects.create(user=user, role=role, institution=place)
        client.force_login(user)

    return role_at


@pytest.fixture
def ask(send, sign_in, company):
    """An operator asks."""
    sign_in("operator", company.carrier)
    return send


@pytest.fixture
def ask_by_key(send, company):
    """The system of an institution asks."""

    def post(body, place):
        ChannelKey.objects.create(
            name="x",
            channel="app",
            institution=place,
            prefix="htk_app00001",
            key_hash=key_hash("htk_app00001_x"),
        )
        return send(body, key="htk_app00001_x")

    return post


def an_institution(kind):
    return Institution.objects.create(code=f"x-{kind}", path=f"x-{kind}/", kind=kind, name=kind)


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


# Who may ask, and what each is told.
def names_in(told) -> set[str]:
    """Every key, however deep."""
    if isinstance(told, list):
        return set().union(*map(names_in, told))
    if isinstance(told, dict):
        return set(told) | set().union(*map(names_in, told.values()))
    return set()


ANSWER = {"way", "items", "a", "chosen", "packages", "location", "units", "distance_km", "days", "via"}


@pytest.mark.parametrize("role", ["operator", "auditor"])
def test_operators_and_auditors_see_what_everything_costs(send, sign_in, company, role):
    company.put("wh", a=1)
    sign_in(role, company.carrier)
    told = send(WISH).json()
    assert {"cost_fen", "freight_fen", "compared", "dropped", "gap_fen"} <= names_in(told)


@pytest.mark.parametrize("role", ["clerk", "store_manager", "warehouse", "warehouse_lead"])
def test_the_house_s_staff_is_told_the_answer_without_money(send, sign_in, company, role):
    company.put("wh", a=1)
    company.put("st-a", a=1)
    sign_in(role, company.places["st-a"])
    told = send(WISH).json()
    assert told["chosen"]["packages"][0]["location"] == "wh"
    assert told["promised_on"] == "2026-11-23"
    assert names_in(told) == ANSWER | {"promised_on"}


def test_the_house_s_staff_is_told_that_nobody_can_serve(send, sign_in, company):
    sign_in("clerk", company.places["st-a"])
    told = send(WISH).json()
    assert (told["chosen"], told["promised_on"]) == (None, None)
    assert "dropped" not in told


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("partner", "dealer"),
        ("clerk", "dealer"),
        ("store_manager", "merchant"),
        ("courier", "courier"),
        ("finance_clerk", "carrier"),
        ("finance_lead", "carrier"),
    ],
)
def test_who_serves_nobody_of_ours_is_told_nothing(send, sign_in, company, role, kind):
    company.put("wh", a=1)
    sign_in(role, company.carrier if kind == "carrier" else an_institution(kind))
    answer = send(WISH)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    assert "wh" not in answer.content.decode()


def test_a_store_of_a_dealer_is_told_nothing(send, sign_in, company):
    dealer = an_institution("dealer")
    store = Institution.objects.create(code="x-st", path=f"{dealer.path}x-st/", kind="store", name="x")
    sign_in("store_manager", store)
    assert send(WISH).status_code == 403


def test_a_channel_of_the_house_is_told_the_answer_and_a_dealer_s_system_nothing(ask_by_key, company):
    company.put("wh", a=1)
    told = ask_by_key(WISH, company.carrier).json()
    assert names_in(told) == ANSWER | {"promised_on"}
    ChannelKey.objects.all().delete()
    refused = ask_by_key(WISH, an_institution("dealer"))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")


def test_visitors_and_customers_are_refused(send, client):
    assert send(WISH).status_code in (401, 403)
    client.force_login(User.objects.create(username="member"))
    answer = send(WISH, key=None)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_the_description_of_the_api_says_who_sees_what(client):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    told = schema["paths"]["/api/v1/routing/preview"]["post"]
    assert "Operators and auditors are told all of it" in told["description"]
    assert "not_allowed" in told["description"]
    parts = schema["components"]["schemas"]
    assert set(parts["RoutingPreviewOut"]["required"]) == {"way", "items", "chosen", "promised_on"}
    assert "freight_fen" not in parts["PackageOut"]["required"]


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
