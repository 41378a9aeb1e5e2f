"""Our side of the storefront measurement; a process told by benchmarks.storefront."""

import re
from urllib.parse import urlsplit

from django.urls import reverse

from benchmarks import shop_goods
from benchmarks.goods import LISTED, PER_PAGE, basket
from benchmarks.walking import Walk, must, serve, visitor
from catalog.models import Product
from members.actors import Actor
from members.channels import Channel
from members.demo.people import demo_people
from omnichannel.kernel import clock
from omnichannel.settled import settle
from orders.models import Payment
from orders.services import placement, quoting
from orders.simulator import player
from orders.simulator.models import SimTransaction
from orders.values import Customer, Delivery, Source, Terms, Wish

PEOPLE = []
PLACE = {"province": "上海", "city": "上海", "district": "黄浦区", "street": "南京东路 1 号"}


def product_list(walk: Walk) -> None:
    with walk.step("list page"):
        page = must(visitor().get(f"/c/{LISTED}/"))
    shown = set(re.findall(rb'href="(/p/[^"]+)"', page.content))
    assert len(shown) == PER_PAGE, f"{len(shown)} products on the page"


def product_page(walk: Walk) -> None:
    """By a visitor who has seen nothing yet."""
    product = Product.objects.get(code=f"bench-{walk.turn * 7 % 1000:04d}")
    url = reverse("orders:product", kwargs={"slug": product.slug, "pk": product.pk})
    with walk.step("product page"):
        page = must(visitor().get(url))
    assert product.title.encode() in page.content


def order(lines: int):
    """A member's order through the one placement service: price check, offer, hold, history, outbox."""

    def act(walk: Walk) -> None:
        wishes = [Wish(f"BENCH-{number:04d}", 1) for number in basket(lines, walk.turn)]
        member_id, phone, name, destination, _points = PEOPLE[walk.turn % len(PEOPLE)]
        now = clock.now()
        shown = quoting.quote(wishes, channel=Channel.WEB, now=now)
        assert shown.savings, "the offer must apply"
        with walk.step(f"order of {lines} lines"):
            placed = placement.place(
                actor=Actor(user_id=member_id, name=name, channel=Channel.WEB),
                wishes=wishes,
                customer=Customer(phone=phone, name=name, member_id=member_id),
                delivery=Delivery(way="ship", destination=destination),
                terms=Terms(means="unipay", shown_total=shown.total_fen),
                source=Source(channel=Channel.WEB),
                now=now,
            )
        assert placed.state == "awaiting_payment"

    return act


def checkout(walk: Walk) -> None:
    """A new member's whole purchase over HTTP, from the basket page to the confirmed order.

    The provider's own pages are not ours to measure; its call-back to us is.
    """
    client = visitor()
    for number in basket(2, walk.turn):
        must(client.post("/basket/add/", {"sku": f"BENCH-{number:04d}", "quantity": 1}), 302)
    with walk.step("basket page"):
        must(client.get("/basket/"))
    with walk.step("checkout page"):
        page = must(client.get("/checkout/")).content.decode()
    phone = f"1{38_000_000_00 + walk.turn:010d}"
    form = {name: _hidden(page, name) for name in ("basket_id", "shown_total")}
    form |= PLACE | {"name": "林晓", "phone": phone, "way": "ship", "address": "new", "means": "unipay"}
    with walk.step("place the order, on to the provider"):
        must(client.post("/checkout/", form), 302)
    number = client.session["orders"][-1]
    headers, body = _paid_at_provider(number)
    with walk.step("provider's call-back"):
        must(client.generic("POST", "/pay/unipay/notify/", body, "application/json", headers=headers))
    back = _way_back(number)
    with walk.step("back from the provider: the confirmed order"):
        page = must(client.get(back)).content.decode()
    assert 'data-state="confirmed"' in page


def _hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="(\d+)"', page)[1]


def _way_back(number: str) -> str:
    """Where the provider sends the payer, on our host."""
    back = urlsplit(SimTransaction.objects.get(out_trade_no__startswith=number).return_url)
    return f"{back.path}?{back.query}"


def _paid_at_provider(number: str):
    """The payer pays at the provider, which signs its call-back."""
    payment = Payment.objects.get(intake__number=number)
    sent = []
    player.pay(
        out_trade_no=payment.out_trade_no,
        now=clock.now(),
        deliver=lambda headers, body: sent.append((dict(headers), body)),
    )
    return sent[0]


def main() -> None:
    shop_goods.load(now=clock.now())
    PEOPLE.extend(demo_people())
    actions = {"list": product_list, "product": product_page, "checkout": checkout}
    actions |= {"order2": order(2), "order10": order(10)}
    # As wsgi.py does when a server begins.
    settle()
    # The demo looks its simulated clock up in Valkey again and again; production does not.
    with clock.override(clock.now()):
        serve(actions)
