"""Basket, checkout and the order's own page, as the customer's browser sees them."""

import pytest

from members.models import Identity, Member
from orders.gateways import unipay
from orders.models import OrderIntake
from orders.services import payments
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, LIN, STRANGER, TEA, intake, order, pay, settle

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
HOME = {"province": "上海", "city": "上海", "district": "黄浦区", "street": "南京东路 1 号"}


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def lin(client):
    client.force_login(ordering.user())
    return client


def put(client, sku=TEA, **facts):
    return client.post("/basket/add/", {"sku": sku, "quantity": 1} | facts)


def filled(page, **changes) -> dict:
    """The checkout form of a page with a new address."""
    first = page.context["form"].initial
    known = {"basket_id": first["basket_id"], "shown_total": first["shown_total"]}
    fields = {"name": "周敏", "phone": STRANGER, "way": "ship", "address": "new", "means": "unipay"}
    return known | fields | HOME | changes


def check_out(client, **changes):
    return client.post("/checkout/", filled(client.get("/checkout/"), **changes))


def test_a_guest_buys_with_four_requests(client):
    assert put(client).url == "/basket/"
    assert TEA in str(client.get("/basket/").context["rows"][0]["line"].wish)
    answer = check_out(client)
    found = OrderIntake.objects.get()
    assert answer.url == found.payments.get().cashier_url
    assert client.get(f"/orders/{found.number}/").status_code == 200


def test_without_the_provider_the_order_stands_and_can_be_paid_later(client, monkeypatch):
    def silent(*_bill, **_more):
        raise unipay.ProviderUnreachable()

    put(client)
    monkeypatch.setattr(payments, "at_provider", silent)
    answer = check_out(client)
    found = OrderIntake.objects.get()
    assert answer.url == f"/pay/{found.number}/"
    page = client.get(answer.url).content.decode()
    assert str(unipay.ProviderUnreachable.message) in page
    assert f'action="/pay/{found.number}/start/"' in page


def test_the_guest_s_order_is_this_browser_s_alone(client):
    put(client)
    check_out(client)
    number = OrderIntake.objects.get().number
    client.cookies.clear()
    assert client.get(f"/orders/{number}/").status_code == 404
    assert client.get(f"/pay/{number}/").status_code == 404
    assert client.post(f"/orders/{number}/cancel/").status_code == 404


def test_the_member_s_address_is_known(lin):
    put(lin)
    page = lin.get("/checkout/")
    address = page.context["form"].initial["address"]
    assert address != "new"
    lin.post("/checkout/", filled(page, address=address, name="林晓", phone=LIN))
    assert OrderIntake.objects.get().destination["name"] == "林晓"


def test_points_are_spent_where_the_box_is_ticked(lin):
    put(lin)
    check_out(lin, use_points="on", phone=LIN)
    assert OrderIntake.objects.get().points_fen == 28_600


def test_cash_on_delivery_goes_straight_to_the_order(client):
    put(client)
    answer = check_out(client, means="cod")
    assert answer.url == f"/orders/{OrderIntake.objects.get().number}/"


def test_pick_up_in_a_store(client):
    put(client, sku=CHARGER)
    page = client.get("/checkout/", {"way": "pickup"})
    store = page.context["form"].fields["store"].choices[0][0]
    client.post("/checkout/?way=pickup", filled(page, way="pickup", store=store))
    assert str(OrderIntake.objects.get().pickup_location_id) == store


def test_an_empty_basket_has_no_checkout(client):
    assert client.get("/checkout/").url == "/basket/"
    assert client.get("/basket/").status_code == 200


def test_a_price_that_changed_is_shown_again_and_nothing_is_ordered(client):
    put(client)
    answer = check_out(client, shown_total=1)
    assert answer.status_code == 409
    assert answer.context["error"].code == "price_changed"
    assert not OrderIntake.objects.exists()
    shown = answer.context["form"].data["shown_total"]
    assert check_out(client, shown_total=shown).status_code == 302


def test_a_refused_checkout_makes_no_member_and_no_identity(client):
    wish = ordering.sim()
    put(client, sku=wish.sku, msisdn=wish.msisdn, plan_sku=wish.plan_sku)
    members, identities = Member.objects.count(), Identity.objects.count()
    newcomer = {"name": "新客", "phone": "13700000003", "id_number": ordering.people.id_number("13700000003")}
    answer = check_out(client, shown_total=1, **newcomer)
    assert answer.context["error"].code == "price_changed"
    assert (Member.objects.count(), Identity.objects.count()) == (members, identities)
    assert check_out(client, **newcomer).status_code == 302


def test_the_second_click_on_order_does_not_order_twice(client):
    put(client)
    wanted = filled(client.get("/checkout/"))
    first, second = client.post("/checkout/", wanted), client.post("/checkout/", wanted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert OrderIntake.objects.count() == 1


def test_the_order_page_follows_the_order(lin):
    placed = order(TEA)
    address = f"/orders/{placed.order_number}/"
    assert lin.get(address).context["to_pay"]
    pay(placed)
    settle()
    page = lin.get(address, headers={"HX-Request": "true"})
    assert page.context["order"].state == "fulfilling"
    assert "<html" not in page.content.decode()
    assert [step["state"] for step in page.context["steps"]] == ["done", "now", "next", "next"]


def test_the_customer_cancels_on_the_page(lin):
    placed = order(TEA)
    assert lin.post(f"/orders/{placed.order_number}/cancel/").status_code == 302
    assert intake(placed).state == "cancelled"


def test_my_orders_are_mine(lin, client):
    placed = order(TEA)
    page = lin.get("/me/orders/")
    assert placed.order_number in page.content.decode()
    client.force_login(ordering.user(STRANGER))
    assert placed.order_number not in client.get("/me/orders/").content.decode()


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=999999", "state=nonsense", "state=open"]
)
def test_the_list_takes_any_query(lin, query):
    assert lin.get(f"/me/orders/?{query}").status_code == 200


def test_a_visitor_is_asked_to_sign_in_for_the_list(client):
    assert client.get("/me/orders/").url.startswith("/sign-in/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_speak_both_languages(lin, language):
    placed = order(TEA)
    put(lin, sku=CHARGER)
    for address in ("/basket/", "/checkout/", f"/orders/{placed.order_number}/", "/me/orders/"):
        page = lin.get(address, headers={"Accept-Language": language})
        assert page.status_code == 200
        assert f'lang="{language}' in page.content.decode().lower()


@pytest.mark.parametrize(
    ("address", "most"), [("/basket/", 6), ("/checkout/", 13), ("/orders/{}/", 8), ("/me/orders/", 7)]
)
def test_the_pages_ask_the_database_little(lin, django_assert_max_num_queries, address, most):
    placed = order(TEA, CHARGER)
    for sku in (TEA, CHARGER, "LUMA-MUG", "CABLE-C2C"):
        put(lin, sku=sku)
    lin.get("/basket/")
    with django_assert_max_num_queries(most):
        lin.get(address.format(placed.order_number))
