"""Section 6 of the first day: each bad input is refused with a code, nothing half done, no trace page."""

import json
import re
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.test import Client

from members.models import Member, Message
from members.services.messages import text_of
from omnichannel.kernel.errors import DomainError
from orders.models import OrderIntake, Payment, ProviderCallback
from orders.services import payments
from orders.simulator import account, notices
from settlement.services import till_import
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, LIN, STRANGER, TEA, body, channel, intake, order, post

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]

WATCHED = (
    "order.Order",
    "order.OrderIntake",
    "order.OrderEvent",
    "order.Payment",
    "order.Refund",
    "basket.Basket",
    "basket.Line",
    "catalogue.NumberHold",
    "fulfillment.FulfillmentDemand",
    "fulfillment.StockMovement",
    "members.Member",
    "members.Identity",
    "members.PointsTxn",
    "members.Address",
    "settlement.Trade",
    "settlement.ImportedSale",
    "kernel.OutboxMessage",
    "kernel.IdempotencyRecord",
)
EMOJI = "林😀🎉晓"
LONG = "长" * 300


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def lin():
    """A browser that does not raise what a page raises: a fault would be seen as status 500."""
    browser = Client(raise_request_exception=False)
    browser.force_login(ordering.user())
    return browser


@pytest.fixture
def guest():
    return Client(raise_request_exception=False)


def counts() -> dict[str, int]:
    found = {name: apps.get_model(name).objects.count() for name in WATCHED}
    levels = apps.get_model("fulfillment.StockLevel").objects.values_list("reserved", flat=True)
    return found | {"reserved": sum(levels)}


@contextmanager
def nothing_done():
    before = counts()
    yield
    assert counts() == before


def refusal(answer) -> tuple[int, str]:
    """Status and code of a refusal in JSON or on a page; never a fault."""
    assert answer.status_code < 500, answer.content[:2000]
    assert b"Traceback" not in answer.content
    if answer.headers["Content-Type"].startswith("application/json"):
        return answer.status_code, answer.json()["error"]["code"]
    return answer.status_code, answer.context["code"]


def said(answer) -> set[str]:
    """Codes of what a form page says, beside its fields or above them."""
    assert 400 <= answer.status_code < 500, answer.status_code
    error, form = answer.context["error"], answer.context["form"]
    fields = {each.code for errors in form.errors.as_data().values() for each in errors}
    return fields | ({error.code} if error else set())


def put(browser, sku=TEA, **facts):
    return browser.post("/basket/add/", {"sku": sku, "quantity": 1} | facts)


def checkout(browser, **changes):
    first = browser.get("/checkout/").context["form"].initial
    fields = {
        "basket_id": first["basket_id"],
        "shown_total": first["shown_total"],
        "name": "周敏",
        "phone": STRANGER,
        "way": "ship",
        "address": "new",
        "province": "上海",
        "city": "上海",
        "district": "黄浦区",
        "street": "南京东路 1 号",
        "means": "unipay",
    }
    return browser.post("/checkout/", fields | changes)


# Unknown SKU


def test_an_unknown_sku_on_the_page(guest):
    with nothing_done():
        assert refusal(put(guest, sku="NO-SUCH-THING")) == (404, "sku_unknown")


def test_an_unknown_sku_over_the_api():
    wanted = body(TEA)
    wanted["lines"][0]["sku"] = "NO-SUCH-THING"
    with nothing_done():
        assert refusal(post(wanted)) == (404, "sku_unknown")


def test_an_unknown_product_page(guest):
    assert guest.get("/p/nothing-999999/").status_code == 404
    assert guest.get("/c/nothing/").status_code == 404


# Quantity 0 or a million


@pytest.mark.parametrize("quantity", ["0", "1000000", "-3", "9" * 30])
def test_an_impossible_quantity_on_the_page(guest, quantity):
    with nothing_done():
        assert refusal(put(guest, quantity=quantity)) == (400, "quantity_invalid")


@pytest.mark.parametrize("quantity", ["many", "1.5", "NaN"])
def test_a_quantity_that_is_no_number(guest, quantity):
    with nothing_done():
        assert refusal(put(guest, quantity=quantity)) == (400, "invalid")


@pytest.mark.parametrize("quantity", [0, 1_000_000, -1, 10**25])
def test_an_impossible_quantity_over_the_api(quantity):
    wanted = body(TEA)
    wanted["lines"][0]["quantity"] = quantity
    with nothing_done():
        assert refusal(post(wanted)) == (400, "quantity_invalid")


@pytest.mark.parametrize("quantity", ["1000000", "-1", "x", "", "9" * 5000])
def test_an_impossible_quantity_in_the_basket(guest, quantity):
    put(guest)
    line = guest.get("/basket/").context["rows"][0]["id"]
    with nothing_done():
        assert refusal(guest.post(f"/basket/{line}/", {"quantity": quantity})) == (400, "quantity_invalid")


# Price changed since shown


def test_the_price_has_changed_since_it_was_shown(guest):
    put(guest)
    with nothing_done():
        answer = checkout(guest, shown_total=100)
    assert (answer.status_code, answer.context["error"].code) == (409, "price_changed")
    assert "¥328.00" in answer.content.decode()


def test_the_price_has_changed_over_the_api():
    with nothing_done():
        answer = post(body(TEA, shown_total_fen=1))
    assert refusal(answer) == (409, "price_changed")
    assert answer.json()["error"]["total_fen"] == 32_800


# Basket of another


def test_another_s_basket_cannot_be_ordered(lin, guest):
    put(lin)
    put(guest, sku=CHARGER)
    theirs = lin.get("/checkout/").context["form"].initial["basket_id"]
    with nothing_done():
        answer = checkout(guest, basket_id=theirs)
    assert (answer.status_code, answer.context["error"].code) == (404, "not_found")


def test_another_s_basket_line_cannot_be_changed(lin, guest):
    put(lin)
    put(guest, sku=CHARGER)
    line = lin.get("/basket/").context["rows"][0]["id"]
    with nothing_done():
        assert refusal(guest.post(f"/basket/{line}/", {"quantity": "5"})) == (404, "not_found")


# Forged call-back, amount that differs


def called_back(how: str, guest):
    placed = order(TEA)
    begun = payments.start_unipay(order_number=placed.order_number, actor=ordering.member(), now=NOON)
    there = account.find(begun.out_trade_no)
    account.pay(there, now=NOON)
    headers, sent = notices.message(notices.record(there, how=how, now=NOON), now=NOON)
    with nothing_done():
        answer = guest.post(
            "/pay/unipay/notify/", sent, content_type="application/json", headers=dict(headers)
        )
    return placed, answer


def test_a_forged_callback_pays_nothing(guest):
    placed, answer = called_back("forged", guest)
    assert (answer.status_code, answer.json()["code"]) == (401, "signature_invalid")
    assert intake(placed).state == "awaiting_payment"
    assert ProviderCallback.objects.get().outcome == "signature_invalid"


def test_a_callback_with_another_amount_captures_nothing(guest):
    placed, answer = called_back("amount", guest)
    assert (answer.status_code, answer.json()["code"]) == (422, "amount_mismatch")
    assert (intake(placed).state, ordering.captured(placed)) == ("awaiting_payment", 0)


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b"\x00\xff", b"null", b"{}" * 20_000])
def test_a_callback_of_rubbish(guest, sent):
    with nothing_done():
        answer = guest.post("/pay/unipay/notify/", sent, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"]


# Idempotency key with another body


def test_a_reference_with_another_body():
    wanted = body(TEA)
    post(wanted)
    with nothing_done():
        assert refusal(post(wanted | {"shown_total_fen": 1})) == (422, "idempotency_key_reused")


# Wrong one-time code ten times


def test_a_wrong_code_ten_times(guest):
    guest.post("/sign-in/", {"phone": STRANGER})
    right = re.search(r"\d{6}", text_of(Message.objects.latest("pk")))[0]
    wrong = "000000" if right != "000000" else "111111"
    with nothing_done():
        answers = [guest.post("/sign-in/", {"phone": STRANGER, "code": wrong}) for _ in range(10)]
        late = guest.post("/sign-in/", {"phone": STRANGER, "code": right})
    assert [answer.status_code for answer in answers] == [400] * 5 + [409] * 4 + [429]
    assert late.status_code == 429
    assert "_auth_user_id" not in guest.session


# Someone else's order number


@pytest.mark.parametrize(
    "address",
    [
        "/orders/{}/",
        "/pay/{}/",
        "/pay/{}/return/",
        "/pay/{}/status/",
        "/finance/order/{}/",
        "/clerk/orders/{}/",
    ],
)
def test_someone_else_s_order_cannot_be_read(guest, address):
    number = order(TEA).order_number
    guest.force_login(ordering.user(STRANGER))
    assert refusal(guest.get(address.format(number)))[0] in (403, 404)
    assert number not in guest.get(address.format(number)).content.decode().split("<main", 1)[-1]


@pytest.mark.parametrize("address", ["/orders/{}/cancel/", "/pay/{}/start/", "/pay/{}/ask/"])
def test_someone_else_s_order_cannot_be_changed(guest, address):
    number = order(TEA).order_number
    guest.force_login(ordering.user(STRANGER))
    with nothing_done():
        assert refusal(guest.post(address.format(number))) == (404, "not_found")


@pytest.mark.parametrize("number", ["HT", "HT999", "0", "'; DROP TABLE x; --", "😀", "x" * 300, "a%00b"])
def test_a_number_that_no_order_has(lin, number):
    for address in (f"/orders/{number}/", f"/pay/{number}/"):
        assert lin.get(address).status_code in (400, 404)
    assert channel().get(f"/api/v1/orders/{number}").status_code in (400, 404)


# Malformed CSV


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "till_file_unreadable"),
        (b"a,b,c\n1,2,3\n", "till_columns_missing"),
        (b"\x00\x01\xff\xfe" * 100, "till_file_unreadable"),
        (b"PK\x03\x04" + b"\x80" * 400, "till_file_unreadable"),
    ],
    ids=["empty", "other columns", "binary", "a workbook"],
)
def test_a_file_that_is_no_till_export(tmp_path, content, code):
    path = tmp_path / "till.csv"
    path.write_bytes(content)
    with nothing_done(), ordering.refused(DomainError) as refused:
        till_import.import_store_sales(path=path, chain_code="ch-demo", now=NOON)
    assert refused.value.code == code


def test_malformed_rows_are_set_aside_with_line_and_reason(tmp_path):
    path = tmp_path / "till.csv"
    header = "store,till,receipt,sold_at,product,quantity,amount,store_discount,member_card\n"
    rows = (
        "7,1,R1,2026-11-19 10:00:00,P1,1,10.00,0.50,C1\n"
        "7,1,R2,yesterday,P1,1,10.00,,\n"
        "7,1,R3,2026-11-19 10:00:00,P1,1,ten,,\n"
        "7,1\n"
        f"7,1,R4,2026-11-19 10:00:00,{EMOJI},1,3.00,,\n"
    )
    path.write_text(header + rows, encoding="utf-8")
    batch = till_import.import_store_sales(path=path, chain_code="ch-demo", now=NOON)
    rejects = list(batch.rejects.order_by("line_number").values_list("line_number", flat=True))
    assert (batch.lines_loaded, batch.lines_rejected, rejects) == (2, 3, [3, 4, 5])
    assert all(batch.rejects.values_list("reason", flat=True))


# Phone number of 3 digits


def test_a_phone_of_three_digits_at_sign_in(guest):
    with nothing_done():
        answer = guest.post("/sign-in/", {"phone": "139"})
    assert answer.status_code == 400
    assert not Message.objects.exists()


def test_a_phone_of_three_digits_at_checkout(guest):
    put(guest)
    with nothing_done():
        answer = checkout(guest, phone="139")
    assert "phone_invalid" in said(answer)


def test_a_phone_of_three_digits_over_the_api():
    with nothing_done():
        assert refusal(post(body(TEA, customer={"phone": "139"}))) == (400, "phone_invalid")


def test_a_top_up_for_three_digits(guest):
    with nothing_done():
        assert refusal(put(guest, sku="TOP-UP-50", target_msisdn="139")) == (400, "msisdn_invalid")


# An emoji in a name: accepted, intact


def test_an_emoji_in_a_name_arrives_intact(guest):
    put(guest)
    assert checkout(guest, name=EMOJI, phone="13700000004").status_code == 302
    found = OrderIntake.objects.get()
    assert (found.contact_name, found.destination["name"]) == (EMOJI, EMOJI)
    assert EMOJI in guest.get(f"/orders/{found.number}/").content.decode()


def test_an_emoji_over_the_api_arrives_intact():
    answer = post(body(TEA, customer={"phone": "13700000005", "name": EMOJI}))
    assert answer.status_code == 201
    assert Member.objects.get(user__phone="13700000005").name == EMOJI


# 300-character address


def test_an_address_of_300_characters_at_checkout(guest):
    put(guest)
    with nothing_done():
        answer = checkout(guest, street=LONG)
    assert said(answer) & {"address_too_long", "max_length"}


def test_an_address_of_300_characters_over_the_api():
    wanted = body(TEA)
    wanted["delivery"]["address"]["street"] = LONG
    with nothing_done():
        assert refusal(post(wanted)) == (400, "invalid")


def test_an_address_of_300_characters_in_the_address_book(lin):
    fields = {"name": "林晓", "phone": LIN, "province": "上海", "city": "上海", "street": LONG}
    with nothing_done():
        assert lin.post("/me/addresses/new/", fields).status_code in (400, 422)


# Bodies that are no orders, and places that are none


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", "null", "7", '"x"', '{"lines": []}', json.dumps({"lines": [1, None, "x"]})]
)
def test_a_body_that_is_no_order(sent):
    with nothing_done():
        answer = channel().post("/api/v1/orders", sent, content_type="application/json")
    assert refusal(answer) == (400, "invalid")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"delivery": {"way": "pickup", "store_code": "st-nowhere"}}, 404),
        ({"delivery": {"way": "pickup"}}, 404),
        ({"delivery": {"way": "ship"}}, 400),
        ({"delivery": {"way": "teleport"}}, 400),
        ({"payment": {"means": "gold"}}, 400),
        ({"reference": "x" * 121}, 400),
        ({"reference": ""}, 400),
        ({"reference": "a\x00b"}, 400),
        ({"shown_total_fen": 10**30}, 409),
        ({"lines": []}, 400),
    ],
)
def test_an_order_with_one_thing_wrong(changes, status):
    with nothing_done():
        assert refusal(post(body(TEA) | changes))[0] == status


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=%00",
        "/search/suggest/?q=%00",
        "/search/?q=%F0%9F%98%80",
        "/search/?q=" + "x" * 2000,
        "/search/?page=0&sort=nothing&brand=%00",
        "/numbers/?tail=%00&city=%00",
        "/place/?city=%00",
        "/orders/%00/",
        "/c/%00/",
        "/api/v1/availability?sku=%00",
        "/api/v1/orders?reference=%00",
    ],
)
def test_addresses_that_nobody_means(lin, address):
    if address.startswith("/api/"):
        assert channel().get(address).status_code < 500
    else:
        assert lin.get(address).status_code < 500
    assert not Payment.objects.exists()
