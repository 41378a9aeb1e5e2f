"""The storefront's browsing pages: what they show, in both languages, and what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from catalog.demo_goods.items import Item
from catalog.models import Number, NumberHold, Product
from fulfillment.models import LocationProfile
from fulfillment.services import stock
from members.models import Institution
from tests.support.range import NOW, Range, a_number

STORE = {"province": "上海", "city": "上海", "latitude": 31.24, "longitude": 121.49}


@pytest.fixture
def shop(db, freeze_at) -> Range:
    freeze_at(NOW)
    made = Range()
    place = Institution.objects.create(
        code="st-1", path="huatong/st-1/", kind="store", name="南京东路店", name_en="Nanjing Road Store",
        opens_at="09:00", closes_at="20:00", **STORE,
    )  # fmt: skip
    LocationProfile.objects.update_or_create(location=place, defaults={"is_open": True})
    for sku in ("SAIL-INK-128GB", "CASE", "MOONCAKE", "LAMP"):
        _put(place, sku)
    return made


def _put(place, sku: str) -> None:
    stock.book(
        sku=sku, location_id=place.pk, units=5, place="supplier", reason="received", reference=sku, now=NOW
    )


def many(shop, count: int = 25) -> None:
    """A category with more than a page of goods, all in the store."""
    shop.more(
        Item(f"cable-{n}", "accessory", "more-accessories", f"数据线 {n}", f"Cable {n}", 1_000 + n)
        for n in range(count)
    )
    place = Institution.objects.get(code="st-1")
    for n in range(count):
        _put(place, f"CABLE-{n}")


def product_path(shop, code: str) -> str:
    return reverse("orders:product", kwargs={"slug": code, "pk": shop.card_id(code)})


def page(client, path: str, language: str = "zh-hans", headers=None, **more) -> str:
    answer = client.get(path, headers={"accept-language": language} | (headers or {}), **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_list_page_costs_at_most_eight_queries(shop, client, django_assert_max_num_queries):
    many(shop)
    with django_assert_max_num_queries(8):
        text = page(client, "/c/accessories/")
    assert text.count('class="product-card"') == 20
    assert "今天" in text or "today until 20:00" in text


@pytest.mark.parametrize("code", ["sail", "case", "sim-youth", "plan-39", "top-up-50", "lamp"])
def test_a_product_page_costs_at_most_eight_queries(shop, client, code, django_assert_max_num_queries):
    page(client, product_path(shop, code))
    with django_assert_max_num_queries(8):
        page(client, product_path(shop, code))


def test_the_home_page_costs_at_most_ten_queries(shop, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert "月饼礼盒" in page(client, "/")


def test_pages_speak_the_visitors_language(shop, client):
    assert "云帆手机" in page(client, "/search/?q=sail")
    english = page(client, "/search/?q=sail", "en")
    assert "Sail phone" in english
    assert "云帆手机" not in english


def test_the_second_page_and_the_last(shop, client):
    many(shop)
    assert page(client, "/c/accessories/?page=2").count('class="product-card"') == 6
    assert 'class="product-card"' not in page(client, "/c/accessories/?page=99")


@pytest.mark.parametrize(
    "query",
    [
        "?page=x",
        "?page=-1",
        "?page=99999999999",
        "?price=abc",
        "?sort=nope",
        "?kind=",
    ],
)
def test_strange_addresses_are_answered(shop, client, query):
    page(client, f"/c/phones/{query}")
    page(client, f"/search/{query}")


def test_an_empty_search_result_says_what_to_do(shop, client):
    text = page(client, "/search/", "en", data={"q": "🎉🎉"})
    assert "We found nothing for these words" in text


def test_facets_stand_in_the_address(shop, client):
    text = page(client, "/search/?brand=华通&kind=device", "en")
    assert text.count('class="product-card"') == 1
    assert 'href="/search/?kind=device"' in text


def test_an_unknown_category_or_product_is_not_found(shop, client):
    assert client.get("/c/nothing/").status_code == 404
    assert client.get("/p/nothing-999999/").status_code == 404
    Product.objects.filter(code="lamp").update(is_public=False)
    assert client.get(product_path(shop, "lamp")).status_code == 404


def test_an_old_slug_leads_to_the_new_address(shop, client):
    answer = client.get(f"/p/old-name-{shop.card_id('sail')}/")
    assert (answer.status_code, answer["Location"]) == (301, product_path(shop, "sail"))


def test_the_price_says_why_it_is_what_it_is(shop, client):
    shop.price("CASE", 6_900, channel="web", reason="网上直降")
    text = page(client, product_path(shop, "case"))
    assert "网上直降" in text
    assert "¥79.00" in text
    assert 'name="shown_fen" value="6900"' in text
    assert "网上直降 in English" in page(client, product_path(shop, "case"), "en")


def test_a_store_near_is_shown_with_its_hours(shop, client, freeze_at):
    text = page(client, product_path(shop, "sail"), "en")
    assert "Nanjing Road Store" in text
    assert "today until 20:00" in text
    freeze_at(NOW + timedelta(hours=9))  # nine in the evening
    assert "closed now, open tomorrow" in page(client, product_path(shop, "sail"), "en")


def test_a_variant_without_stock_cannot_be_bought(shop, client):
    text = page(client, f"{product_path(shop, 'sail')}?sku=SAIL-SEA-256GB", "en")
    assert "Out of stock" in text
    assert "Add to basket" not in text


def test_another_city_is_remembered_and_only_ours(shop, client):
    Institution.objects.create(
        code="st-hz", path="st-hz/", kind="store", name="杭州店", province="浙江", city="杭州"
    )
    answer = client.post("/place/", {"city": "杭州", "next": "/c/phones/"})
    assert (answer.status_code, answer["Location"]) == (302, "/c/phones/")
    assert client.session["place"]["province"] == "浙江"
    assert client.post("/place/", {"city": "杭州", "next": "https://evil.example/"})["Location"] == "/"
    assert client.post("/place/", {"city": "Atlantis"}).status_code == 400


def test_type_ahead_rows_lead_to_products(shop, client):
    text = page(client, "/search/suggest/?q=moon", "en")
    assert f'href="{product_path(shop, "mooncake")}"' in text
    assert 'role="option"' in text


def press(client, tail="9071", path="/numbers/hold/", name="msisdn", **more):
    return client.post(
        path, {name: a_number(tail)} | more, headers={"hx-request": "true", "accept-language": "en"}
    )


def test_a_number_is_held_shown_and_given_back(shop, client):
    text = press(client).content.decode()
    assert "Kept for you" in text
    assert f'name="msisdn" value="{a_number()}" form="buy" checked' in text
    assert Number.objects.get(pk=a_number()).state == "held"
    assert "Kept for you" in page(client, product_path(shop, "sim-youth"), "en")
    assert "Kept for you" not in press(client, path="/numbers/drop/", name="drop").content.decode()
    assert Number.objects.get(pk=a_number()).state == "available"


def test_a_taken_number_says_so_and_shows_others(shop, client):
    press(client)
    other = press(type(client)())
    assert other.status_code == 422
    assert "Somebody else has just taken this number" in other.content.decode()
    assert NumberHold.objects.count() == 1


@pytest.mark.parametrize("msisdn", ["", "138", "😀", "8613999999999", "x" * 300])
def test_a_number_that_is_none_is_refused_in_words(shop, client, msisdn):
    answer = client.post("/numbers/hold/", {"msisdn": msisdn}, headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert 'id="number-choice"' in answer.content.decode()


def test_the_grid_filters(shop, client):
    text = page(client, "/numbers/?tail=0521", headers={"hx-request": "true"})
    assert text.count('class="number"') == 1
    assert "<html" not in text
    page(client, "/numbers/?tail=😀&draw=x&grade=x&city=nowhere&without_4=9")


def test_a_held_number_goes_into_the_basket(shop, client):
    press(client)
    wish = {
        "sku": "SIM-YOUTH",
        "quantity": 1,
        "shown_fen": 1_000,
        "msisdn": a_number(),
        "plan_sku": "PLAN-39",
    }
    assert client.post(reverse("orders:basket-add"), wish).status_code == 302
    hold = NumberHold.objects.get(ended_at=None)
    assert hold.holder.startswith("basket:")
