"""The peer's side of the storefront measurement, within the peer's own project and settings."""

import re
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from oscar.apps.address.models import Country
from oscar.apps.basket.models import Basket
from oscar.apps.catalogue.categories import create_from_breadcrumbs
from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass
from oscar.apps.checkout.calculators import OrderTotalCalculator
from oscar.apps.order.models import Order, ShippingAddress
from oscar.apps.order.utils import OrderCreator
from oscar.apps.partner.models import Partner, StockRecord
from oscar.apps.partner.strategy import Default
from oscar.apps.shipping.methods import Free

from benchmarks.goods import LISTED, PER_PAGE, articles, basket
from benchmarks.walking import Walk, must, serve, visitor

UNITS = 1_000_000
PLACE = {
    "first_name": "Xiao",
    "last_name": "Lin",
    "line1": "1 Nanjing East Road",
    "line4": "Shanghai",
    "postcode": "200000",
}


def load() -> None:
    kind = ProductClass.objects.create(name="goods", track_stock=True)
    categories = {}
    for article in articles():
        if article.category not in categories:
            categories[article.category] = create_from_breadcrumbs(f"{article.root} > {article.category}")
    products = Product.objects.bulk_create(
        Product(title=each.title, slug=each.code, upc=each.sku, description=each.text, product_class=kind)
        for each in articles()
    )
    pairs = list(zip(articles(), products, strict=True))
    ProductCategory.objects.bulk_create(
        ProductCategory(product=product, category=categories[each.category]) for each, product in pairs
    )
    partner = Partner.objects.create(name="bench")
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product,
            partner=partner,
            partner_sku=each.sku,
            price_currency="CNY",
            price=Decimal(each.price) / 100,
            num_in_stock=UNITS,
        )
        for each, product in pairs
    )
    Country.objects.create(iso_3166_1_a2="CN", printable_name="China", name="China", is_shipping_country=True)
    get_user_model().objects.create_user("lin", "lin@example.com", "bench-2026")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def product_list(walk: Walk) -> None:
    category = Category.objects.get(name=LISTED)
    with walk.step("list page"):
        page = must(visitor().get(f"/list/{category.pk}/"))
    shown = set(re.findall(rb'<h3[^>]*>\s*<a href="([^"]+)"', page.content))
    assert len(shown) == PER_PAGE, f"{len(shown)} products on the page"


def product_page(walk: Walk) -> None:
    """By a visitor who has seen nothing yet."""
    product = Product.objects.get(upc=f"BENCH-{walk.turn * 7 % 1000:04d}")
    with walk.step("product page"):
        page = must(visitor().get(product.get_absolute_url()))
    assert product.title.encode() in page.content


def order(lines: int):
    """A member's order through OrderCreator, each step in a transaction as a request has it."""

    def act(walk: Walk) -> None:
        user = get_user_model().objects.get(username="lin")
        wanted = [f"BENCH-{number:04d}" for number in basket(lines, walk.turn)]
        products = list(Product.objects.filter(upc__in=wanted).select_related("product_class"))
        with walk.step("its basket"), transaction.atomic():
            mine = Basket.objects.create(owner=user)
            mine.strategy = Default()
            for product in products:
                mine.add_product(product, 1)
        with walk.step(f"order of {lines} lines"), transaction.atomic():
            _place(mine, user)

    return act


def _place(mine: Basket, user) -> Order:
    address = ShippingAddress.objects.create(country_id="CN", **PLACE)
    method = Free()
    charge = method.calculate(mine)
    placed = OrderCreator().place_order(
        basket=mine,
        total=OrderTotalCalculator().calculate(mine, charge),
        shipping_method=method,
        shipping_charge=charge,
        user=user,
        shipping_address=address,
    )
    mine.submit()
    return placed


def checkout(walk: Walk) -> None:
    """A guest's whole purchase over HTTP as shipped, which takes no payment."""
    client = visitor()
    wanted = [f"BENCH-{number:04d}" for number in basket(2, walk.turn)]
    for product in Product.objects.filter(upc__in=wanted):
        must(client.post(f"/basket/add/{product.pk}/", {"quantity": 1}), 302)
    with walk.step("basket page"):
        must(client.get("/basket/"))
    with walk.step("who"):
        must(client.get("/checkout/"))
        email = {"username": f"guest{walk.turn}@example.com", "options": "anonymous"}
        must(client.post("/checkout/", email), 302)
    with walk.step("shipping address"):
        must(client.get("/checkout/shipping-address/"))
        must(client.post("/checkout/shipping-address/", PLACE | {"country": "CN"}), 302)
    with walk.step("shipping and payment method"):
        must(client.get("/checkout/shipping-method/"), 302)
        must(client.get("/checkout/payment-method/"), 302)
    with walk.step("payment details"):
        must(client.get("/checkout/payment-details/"))
    with walk.step("preview"):
        must(client.get("/checkout/preview/"))
    with walk.step("place the order"):
        must(client.post("/checkout/preview/", {"action": "place_order"}), 302)
    with walk.step("confirmed order"):
        must(client.get("/checkout/thank-you/"))


def main() -> None:
    load()
    actions = {"list": product_list, "product": product_page, "checkout": checkout}
    actions |= {"order2": order(2), "order10": order(10)}
    serve(actions)
