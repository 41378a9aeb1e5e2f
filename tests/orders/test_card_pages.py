"""Prepaid cards as people see them: PIN, own cards, checkout, counter, admin, finance."""

import re

import pytest

from members.models import Message
from members.services.messages import text_of
from orders.models import OrderIntake, PrepaidCard
from orders.services import card_freeze, card_pins
from tests.support import carding, ordering
from tests.support.carding import CARD_50, CARD_100, balance
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, CHEN, LIN, PHONE, STRANGER

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
HOME = {"province": "上海", "city": "上海", "district": "黄浦区", "street": "南京东路 1 号"}
SHIPPED = {"way": "ship", "address": "new"} | HOME


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def lin(client):
    client.force_login(ordering.user())
    return client


def other(client, phone: str = CHEN):
    client.force_login(ordering.user(phone))
    return client


def check_out(client, **changes):
    first = client.get("/checkout/").context["form"].initial
    known = {"basket_id": first["basket_id"], "shown_total": first["shown_total"]}
    fields = {"name": "林晓", "phone": LIN, "means": "unipay"}
    return client.post("/checkout/", known | fields | changes)


def test_a_card_is_bought_on_the_web_and_its_pin_shown_once(lin):
    product = lin.get("/search/?q=PREPAID-CARD-100", follow=True)
    assert product.status_code == 200
    assert lin.post("/basket/add/", {"sku": CARD_100, "quantity": 1}).url == "/basket/"
    page = lin.get("/checkout/")
    assert page.context["points_fen"] == 0
    assert page.context["cards"] == []
    check_out(lin)
    intake = OrderIntake.objects.get(sells_cards=True)
    ordering.pay(intake.number)
    card = PrepaidCard.objects.get()
    shown = lin.get(f"/orders/{intake.number}/").content.decode()
    assert card.spaced in shown
    address = f"/orders/{intake.number}/cards/{card.pk}/pin/"
    assert address in shown
    answer = lin.post(address)
    pin = re.search(r"data-pin>(\d{6})<", answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    assert card_pins.verified(number=card.number, pin=pin, actor=ordering.member()).pk == card.pk
    again = lin.post(address)
    assert again.status_code == 409
    assert address not in lin.get(f"/orders/{intake.number}/").content.decode()


def test_another_member_sees_neither_order_nor_card(client):
    card = carding.held()
    number = card.line.intake.number
    stranger = other(client)
    assert stranger.get(f"/me/cards/{card.pk}/").status_code == 404
    for deed in ("freeze", "unfreeze", "reload", "pin-code", "pin"):
        assert stranger.post(f"/me/cards/{card.pk}/{deed}/", {"amount": "x:1"}).status_code == 404
    for deed in ("pin", "keep"):
        assert stranger.post(f"/orders/{number}/cards/{card.pk}/{deed}/").status_code == 404
    assert PrepaidCard.objects.get().state == "active"


def test_a_visitor_is_asked_to_sign_in(client):
    for address in ("/me/cards/", "/me/cards/1/"):
        assert client.get(address).url.startswith("/sign-in/")


def test_staff_of_the_store_do_not_show_the_pin(client):
    placed = ordering.sell(CARD_100, delivery=ordering.NOTHING, phone=LIN)
    card = carding.of(placed)[0]
    client.force_login(ordering.user_named("clerk1"))
    page = client.get(f"/orders/{placed.order_number}/").content.decode()
    assert card.spaced not in page
    answer = client.post(f"/orders/{placed.order_number}/cards/{card.pk}/pin/")
    assert answer.status_code == 404
    assert PrepaidCard.objects.get().pin_hash == ""


def test_a_card_that_was_given_is_taken_by_number_and_pin(client):
    card, pin = carding.with_pin()
    chen = other(client)
    assert chen.get("/me/cards/").status_code == 200
    wrong = chen.post("/me/cards/add/", {"card_number": card.number, "card_pin": "abcdef"})
    assert wrong.status_code == 400
    assert 'data-code="card_pin_wrong"' in wrong.content.decode()
    assert chen.post("/me/cards/add/", {"card_number": "", "card_pin": ""}).status_code == 422
    asked = {"card_number": card.spaced, "card_pin": pin, "next": "/checkout/"}
    assert chen.post("/me/cards/add/", asked).url == "/checkout/"
    assert card.spaced in chen.get("/me/cards/").content.decode()
    assert "PIN" not in chen.get(f"/me/cards/{card.pk}/").content.decode()  # Chinese says 密码


def test_the_holder_freezes_lets_pay_again_and_reloads(lin):
    card = carding.held()
    address = f"/me/cards/{card.pk}/"
    assert lin.post(f"{address}freeze/").url == address
    assert PrepaidCard.objects.get().state == "frozen"
    assert lin.post(f"{address}unfreeze/").url == address
    amount = f"{CARD_50}:5000"
    assert amount in lin.get(address).content.decode()
    paid = lin.post(f"{address}reload/", {"amount": amount}).url
    number = OrderIntake.objects.order_by("-pk").first().number
    assert paid == f"/pay/{number}/"
    ordering.pay(number)
    assert balance(card) == 15000
    assert lin.post(f"{address}reload/", {"amount": "nonsense"}).status_code == 400
    assert lin.post(f"{address}reload/", {"amount": f"{CARD_50}:1"}).status_code == 409
    card_freeze.freeze(card_id=card.pk, actor=ordering.operator(), reason="stolen", now=NOON)
    assert lin.post(f"{address}unfreeze/").status_code == 403


def test_a_new_pin_is_made_with_the_code_from_the_message(lin):
    card = carding.held()
    address = f"/me/cards/{card.pk}/"
    assert lin.post(f"{address}pin-code/").status_code == 200
    code = re.search(r"\d{6}", text_of(Message.objects.first()))[0]
    wrong = "000000" if code != "000000" else "111111"
    assert lin.post(f"{address}pin/", {"code": wrong}).status_code == 400
    answer = lin.post(f"{address}pin/", {"code": code})
    pin = re.search(r"data-pin>(\d{6})<", answer.content.decode())[1]
    assert card_pins.verified(number=card.number, pin=pin, actor=ordering.member(CHEN)).pk == card.pk


def test_a_card_pays_at_the_checkout(lin):
    card = carding.held()
    lin.post("/basket/add/", {"sku": CHARGER, "quantity": 1})
    assert [row["card"].pk for row in lin.get("/checkout/").context["cards"]] == [card.pk]
    answer = check_out(lin, card=card.pk, **SHIPPED)
    intake = OrderIntake.objects.get(sells_cards=False)
    assert answer.url == f"/orders/{intake.number}/"
    assert (intake.state, intake.due_fen) == ("confirmed", 0)
    assert balance(card) == 10000 - intake.total_fen


def test_the_checkout_takes_no_card_of_another(client):
    card = carding.held()
    chen = other(client)
    chen.post("/basket/add/", {"sku": CHARGER, "quantity": 1})
    assert check_out(chen, card=card.pk, **SHIPPED).status_code == 422
    assert balance(card) == 10000


def test_a_mixed_basket_is_refused_where_it_is_filled(lin):
    lin.post("/basket/add/", {"sku": CHARGER, "quantity": 1})
    assert lin.post("/basket/add/", {"sku": CARD_50, "quantity": 1}).status_code == 400


def test_at_the_counter_the_form_takes_number_and_pin(client):
    card, pin = carding.with_pin()
    client.force_login(ordering.user_named("clerk1"))
    client.post("/clerk/take/", {"sku": CHARGER})
    page = client.get("/clerk/")
    asked = {
        "sale": page.context["sale"], "shown_total": page.context["quote"].total_fen, "phone": STRANGER,
        "name": "周敏", "means": "cash", "way": "ship", "card_number": card.spaced,
    } | HOME  # fmt: skip
    refusal = client.post("/clerk/sell/", asked | {"card_pin": "xxxxxx"})
    assert refusal.status_code == 400
    number = client.post("/clerk/sell/", asked | {"card_pin": pin}).url.split("/")[-2]
    intake = OrderIntake.objects.get(number=number)
    assert intake.card_fen == min(10000, intake.total_fen)
    receipt = client.get(f"/clerk/orders/{number}/")
    assert receipt.status_code == 200


def test_operators_freeze_and_refund_with_a_reason(client):
    card = carding.bought()[0]
    client.force_login(ordering.user_named("operator1"))
    assert client.get("/admin/order/prepaidcard/").status_code == 200
    assert client.get(f"/admin/order/prepaidcard/{card.pk}/change/").status_code == 200
    deed = f"/admin/order/prepaidcard/{card.pk}/freeze/"
    assert client.get(deed, follow=True).status_code == 200
    assert client.post(deed, {"reason": " "}, follow=True).status_code == 400
    client.post(deed, {"reason": "reported stolen"}, follow=True)
    assert PrepaidCard.objects.get().state == "frozen"
    client.post(f"/admin/order/prepaidcard/{card.pk}/refund/", {"reason": "wrong gift"}, follow=True)
    assert PrepaidCard.objects.get().state == "void"
    ordering.settle()


def test_finance_sees_what_is_outstanding(client):
    carding.held()
    carding.order(PHONE, part=carding.by(PrepaidCard.objects.get(), amount_fen=4000))
    ordering.settle()
    client.force_login(ordering.user_named("fclerk"))
    page = client.get("/finance/ledger/cards/")
    assert page.context["owed"].books.ledger_fen == 6000
    assert page.context["owed"].books.difference_fen == 0
    assert client.get("/finance/ledger/cards.xlsx").status_code == 200
    client.force_login(ordering.user())
    assert client.get("/finance/ledger/cards/").status_code == 403
