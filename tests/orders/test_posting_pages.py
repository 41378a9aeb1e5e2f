"""The counter's pages for posted parcels, the postage table, and who may not see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fulfillment.models import FulfillmentOrder, PostageRate, Posting
from fulfillment.queries import postings
from fulfillment.services import delivery
from orders.models import OrderIntake
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import LIN, id_number, settle
from tests.support.posting import PRICE, RECEIVER_PHONE, hand_over, on_the_van, parcel_of, post, refuse

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def counter(client):
    client.force_login(ordering.user_named("clerk1"))
    return client


def asked(page, **changes) -> dict:
    """The form as the page sends it."""
    return {
        "posting": page.context["form"]["posting"].value(),
        "shown_total": PRICE,
        "phone": LIN,
        "name": "林晓",
        "id_number": id_number(LIN),
        "to_name": "王芳",
        "to_phone": RECEIVER_PHONE,
        "province": "江苏",
        "city": "南京",
        "district": "玄武区",
        "street": "珠江路 88 号",
        "weight_g": 2300,
        "length_cm": 30,
        "width_cm": 20,
        "height_cm": 10,
        "contents": "两本书",
        "declared": "200",
        "is_inspected": "on",
        "means": "cash",
    } | changes


def send(counter, **changes):
    return counter.post("/clerk/post/", asked(counter.get("/clerk/post/"), **changes), headers=EN)


def test_one_click_takes_it_in(counter):
    answer = send(counter)
    number = OrderIntake.objects.get().number
    assert answer.url == f"/clerk/parcels/{number}/"
    page = counter.get(answer.url, headers=EN).content.decode()
    assert "Print the label" in page
    assert Posting.objects.get().declared_fen == 20_000


def test_the_same_form_twice_is_one_parcel(counter):
    form = asked(counter.get("/clerk/post/"))
    first, second = counter.post("/clerk/post/", form), counter.post("/clerk/post/", form)
    assert first.url == second.url
    assert FulfillmentOrder.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"weight_g": "0"}, "from 1 g to 30,000 g", 422),
        ({"weight_g": "31000"}, "from 1 g to 30,000 g", 422),
        ({"weight_g": "heavy"}, "Enter a whole number", 422),
        ({"length_cm": "151"}, "from 1 cm to 150 cm", 422),
        ({"id_number": ""}, "Enter the number of the ID card", 422),
        ({"id_number": id_number(LIN)[:-1] + "A"}, "ID", 422),
        ({"is_inspected": ""}, "forbidden goods", 422),
        ({"contents": ""}, "what is in the parcel", 422),
        ({"declared": "10000.01"}, "A declared value is at most", 422),
        ({"to_phone": "123"}, "mobile number", 422),
        ({"street": ""}, "Enter street and number", 422),
        ({"shown_total": PRICE + 1}, "price_changed", 409),
        ({"shown_total": ""}, "price_changed", 409),
        ({"card_number": "8638000000000000", "card_pin": "1"}, "card", None),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken_in(counter, changes, code, status):
    answer = send(counter, **changes)
    assert status is None or answer.status_code == status
    assert code in answer.content.decode()
    assert "两本书" in answer.content.decode() or "contents" in changes
    assert not OrderIntake.objects.exists()


def test_a_place_that_nobody_serves_is_said_before_and_after(counter):
    PostageRate.objects.filter(zone="near").delete()
    answer = send(counter)
    assert "nobody has set the postage" in answer.content.decode()
    assert not OrderIntake.objects.exists()


def test_the_sum_follows_what_is_typed(counter):
    def total(**typed):
        answer = counter.post("/clerk/post/sum/", {"province": "江苏"} | typed, headers=EN)
        return answer.content.decode()

    whole = {"weight_g": "2300", "length_cm": "30", "width_cm": "20", "height_cm": "10"}
    assert f'value="{PRICE}"' in total(**whole)
    assert "by its volume" in total(**whole | {"height_cm": "100"})
    assert "give the postage" in total(weight_g="2300")
    assert "shown_total" not in total(**whole | {"weight_g": "999999"})


def test_the_cities_of_another_province(counter):
    assert "南京" in counter.get("/clerk/post/cities/", {"province": "江苏"}).content.decode()


def test_the_list_finds_by_number_phone_and_name(counter):
    placed = post()
    fo = parcel_of(placed)
    for text in ("", fo.code, placed.order_number.lower(), RECEIVER_PHONE[-4:], LIN, "王芳", "林"):
        assert fo.code in counter.get("/clerk/parcels/", {"q": text}).content.decode(), text
    for text in ("HT000", "0000", "nobody", "%", "x" * 300):
        assert fo.code not in counter.get("/clerk/parcels/", {"q": text}).content.decode(), text


def test_a_day_that_is_none_is_said_and_not_passed_over(counter):
    post()
    assert len(counter.get("/clerk/parcels/", {"day": "2026-11-20"}).context["rows"]) == 1
    assert counter.get("/clerk/parcels/", {"day": "2026-11-19"}).context["rows"] == []
    wrong = counter.get("/clerk/parcels/", {"day": "20.11."}, headers=EN)
    assert (wrong.status_code, "20.11. is not a date" in wrong.content.decode()) == (400, True)
    assert counter.get("/clerk/parcels/", {"q": "\0"}).status_code < 500


def test_the_list_costs_no_more_with_a_longer_past(counter, django_assert_num_queries):
    post()
    counter.get("/clerk/parcels/")
    with CaptureQueriesContext(connection) as few:
        counter.get("/clerk/parcels/")
    for _more in range(2):
        post()
    with django_assert_num_queries(len(few)):
        page = counter.get("/clerk/parcels/")
    assert (len(page.context["rows"]), page.context["counts"]) == (3, {"here": 3, "back": 0})


def test_what_lies_here_is_counted_until_it_is_given_back(counter):
    first, _other = post(), post()
    assert postings.counts(parcel_of(first).location_id) == {"here": 2, "back": 0}
    refuse(first)
    ordering.sell(ordering.TEA)
    settle()
    assert postings.counts(parcel_of(first).location_id) == {"here": 1, "back": 1}
    seen = {"name": "林晓", "id_tail": id_number(LIN)[-4:]}
    counter.post(f"/clerk/parcels/{first.order_number}/back/", seen)
    assert postings.counts(parcel_of(first).location_id) == {"here": 1, "back": 0}


def test_what_is_wrong_with_the_receiver_is_said_beside_the_receiver(counter):
    answer = send(counter, to_name="王" * 40, to_phone=RECEIVER_PHONE, street="x" * 200)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["street"])
    wrong = send(counter, to_name="王\t芳").context["form"]
    assert list(wrong.errors) == ["to_name"]


def test_the_store_takes_it_back_for_its_sender_and_leads_on_to_giving_it_back(client):
    placed = post()
    fo = on_the_van(placed)
    delivery.refuse(actor=ordering.staff("courier1"), code=fo.code, reason="changed_mind", now=NOON)
    client.force_login(ordering.user_named("clerk1"))
    page = client.get(f"/store/{fo.code}/", headers=EN).content.decode()
    assert ("Taken back for its sender" in page, "Back in stock" in page) == (True, False)
    assert client.post(f"/store/{fo.code}/back/").status_code == 302
    page = client.get(f"/store/{fo.code}/", headers=EN).content.decode()
    assert f"/clerk/parcels/{placed.order_number}/" in page


def test_an_operator_finds_and_gives_back_on_the_page(client):
    placed = post()
    fo = hand_over(placed)
    path = f"/routing/standing/{fo.code}/"
    client.force_login(ordering.user_named("operator1"))
    assert client.post(f"{path}lost/", {"reason": "gone"}).status_code == 302
    page = client.get(path, headers=EN).content.decode()
    assert ('id="found"' in page, 'id="give"' in page) == (True, False)
    assert client.post(f"{path}found/", {"reason": ""}).status_code == 400
    assert client.post(f"{path}found/", {"reason": "behind the shelf"}).status_code == 302
    page = client.get(path, headers=EN).content.decode()
    assert ('id="found"' in page, 'id="give"' in page) == (False, True)
    assert client.post(f"{path}give/", {"reason": "seen at the office"}).status_code == 302
    assert parcel_of(placed).demand.posting.collected_at
    page = client.get(path, headers=EN).content.decode()
    assert 'id="give"' not in page
    assert "seen at the office" in page


@pytest.mark.parametrize("username", ["auditor", "clerk1", "manager1", "fclerk"])
def test_nobody_else_finds_or_gives_back_there(client, username):
    placed = post()
    fo = refuse(placed)
    client.force_login(ordering.user_named(username))
    assert 'id="give"' not in client.get(f"/routing/standing/{fo.code}/").content.decode()
    client.post(f"/routing/standing/{fo.code}/give/", {"reason": "x"})
    assert parcel_of(placed).demand.posting.collected_at is None


def standing(counter) -> str:
    names = ("unpaid", "here", "under_way", "delivered", "back", "over")
    pages = {name: counter.get("/clerk/parcels/", {"standing": name}) for name in names}
    found = [name for name, page in pages.items() if page.context["rows"]]
    rows = [row.standing for page in pages.values() for row in page.context["rows"]]
    assert rows == found
    return " ".join(found)


def test_each_parcel_stands_in_one_place_of_the_list(counter):
    placed = post(means="unipay")
    assert standing(counter) == "unpaid"
    ordering.pay(placed)
    assert standing(counter) == "here"
    hand_over(placed)
    assert standing(counter) == "under_way"


def test_what_came_back_waits_for_its_sender(counter):
    placed = post()
    refuse(placed)
    settle()
    path = f"/clerk/parcels/{placed.order_number}/"
    assert standing(counter) == "back"
    wrong = counter.post(f"{path}back/", {"name": "王芳", "id_tail": id_number(LIN)[-4:]}, headers=EN)
    assert wrong.status_code == 409
    assert "identity_differs" in wrong.content.decode()
    right = counter.post(f"{path}back/", {"name": "林晓", "id_tail": id_number(LIN)[-4:]})
    assert right.url == path
    assert standing(counter) == "over"


def test_called_off_at_the_counter_the_receipt_says_what_to_pay_out(counter):
    placed = post()
    settle()
    counter.post(f"/clerk/orders/{placed.order_number}/cancel/")
    settle()
    page = counter.get(f"/clerk/parcels/{placed.order_number}/", headers=EN).content.decode()
    assert "Pay out ¥19.00" in page


@pytest.mark.parametrize(
    "path", ["/clerk/post/", "/clerk/parcels/", "/clerk/parcels/HT1/", "/clerk/post/cities/"]
)
@pytest.mark.parametrize("username", ["wh1", "courier1", "dealer1", "auditor"])
def test_the_pages_are_the_stores_alone(client, path, username):
    client.force_login(ordering.user_named(username))
    assert client.get(path).status_code == 403


def test_another_store_s_parcel_is_not_there(client):
    placed = post()
    client.force_login(ordering.user_named("clerk2"))
    assert client.get(f"/clerk/parcels/{placed.order_number}/").status_code == 404
    assert client.get("/clerk/parcels/").context["rows"] == []


def test_the_sender_s_order_page_tells_of_a_parcel(client):
    placed = post()
    settle()
    client.force_login(ordering.user(LIN))
    page = client.get(f"/orders/{placed.order_number}/", headers=EN).content.decode()
    assert "We have your parcel" in page
    assert "Accepted at the counter" in page


@pytest.mark.parametrize("path", ["/routing/{}/", "/routing/standing/{}-1/"])
def test_operators_see_it_without_a_route(client, path):
    placed = post()
    settle()
    client.force_login(ordering.user_named("operator1"))
    assert client.get(path.format(placed.order_number)).status_code == 200


def test_its_store_prepares_nothing_and_hands_it_over(counter, client):
    placed = post()
    fo = parcel_of(placed)
    page = client.get("/store/", {"section": "leave"}).content.decode()
    assert fo.code in page
    assert "两本书和一条围巾" in page
    shown = client.get(f"/store/{fo.code}/", headers=EN).content.decode()
    assert "Missing or damaged" not in shown
    assert client.get(f"/ops/labels/{fo.code}.pdf").content.startswith(b"%PDF")


def test_operators_publish_postage_from_tomorrow_on(client):
    client.force_login(ordering.user_named("operator1"))
    page = client.get("/routing/postage/", headers=EN)
    table = {field["key"]: field["value"] for zone in page.context["zones"] for field in zone["fields"]}
    table |= {"seen": page.context["edition"], "near:first_fen": "14.50"}
    assert client.post("/routing/postage/", table | {"starts": "2026-11-20"}).status_code == 409
    assert client.post("/routing/postage/", table | {"starts": "2026-11-21"}).status_code == 302
    assert PostageRate.objects.get(zone="near", starts="2026-11-21").first_fen == 1450
    client.post("/routing/postage/withdraw/", {"zone": "near", "starts": "2026-11-21"})
    assert not PostageRate.objects.filter(zone="near", starts="2026-11-21").exists()


def test_a_reader_reads_postage_and_changes_nothing(client):
    client.force_login(ordering.user_named("auditor"))
    assert client.get("/routing/postage/").status_code == 200
    assert client.post("/routing/postage/", {"starts": "2026-11-21"}).status_code == 403


def test_a_track_is_found_without_signing_in_and_only_so_often(client):
    fo = parcel_of(post())
    wrong = {"parcel": fo.code, "phone": "0000"}
    unknown = {"parcel": "HT0-1", "phone": "0042"}
    answers = [client.post("/track/", each, headers=EN) for each in (wrong, unknown)]
    said = [answer.context["refusal"].code for answer in answers]
    assert said == ["parcel_unknown"] * 2
    assert client.post("/track/", {"parcel": fo.code, "phone": "0042"}).status_code == 302
    for _guess in range(20):
        last = client.post("/track/", wrong)
    assert last.status_code == 429


def test_called_off_by_its_sender_online(client):
    placed = post()
    settle()
    client.force_login(ordering.user(LIN))
    client.post(f"/orders/{placed.order_number}/cancel/")
    settle()
    assert parcel_of(placed).state == "cancelled"
    page = client.get(f"/orders/{placed.order_number}/", headers=EN).content.decode()
    assert "waits for you in the store" in page
