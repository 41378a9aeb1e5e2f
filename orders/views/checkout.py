"""Checkout on one page: who, how, pay."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.functional import cached_property

from catalog.values import local_number
from fulfillment.queries import stock
from fulfillment.services import preview
from members import queries as members
from members.channels import Channel
from members.services import addresses, identity, membership
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from orders.forms import ANY_ADDRESS, CheckoutForm
from orders.models import Payment
from orders.models.intake import State, Way
from orders.queries.cards import usable_of
from orders.queries.checkout import spendable_fen
from orders.services import baskets, payments
from orders.services.placement import Placed
from orders.values import CardPart, Customer, Delivery, Terms
from orders.views import sessions
from orders.views.lines import summary_lines, units

NEAREST_STORES = 6


def checkout(request):
    """GET shows the page, POST places the basket's order and goes on to payment."""
    page = _Page(request, request.POST.get("way") or request.GET.get("way") or Way.SHIP)
    if request.method == "POST":
        return page.submit()
    if page.quoted is None:
        return redirect("orders:basket")
    if request.htmx:
        return render(request, page.part(), page.context())
    return render(request, "orders/checkout.html", page.context())


class _Page:
    """One visit of the checkout: what it shows and what its form means."""

    def __init__(self, request, way):
        self.request, self.way = request, way
        self.actor = request.actor
        self.addresses = members.addresses_of(self.actor.user_id) if self.actor.user_id else []
        self.points_fen = spendable_fen(self.actor.user_id) if self.actor.user_id else 0
        self.cards = usable_of(self.actor.user_id) if self.actor.user_id else []
        self.place = request.session.get("place") or {}
        self.error = None

    @cached_property
    def shown(self):
        """(basket, line ids, quote) of the open basket."""
        return baskets.quote_open(
            actor=self.actor,
            session_basket_id=sessions.basket_id(self.request),
            channel=Channel.WEB,
            way=self.way,
            now=clock.now(),
        )

    @property
    def quoted(self):
        return self.shown[2]

    def part(self) -> str:
        asked = self.request.GET.get("part")
        return "orders/_cities.html" if asked == "cities" else "orders/_checkout_part.html"

    def stores(self):
        latitude, longitude = self.place.get("lat", 31.2304), self.place.get("lon", 121.4737)
        return members.stores_near(latitude, longitude, NEAREST_STORES)

    def initial(self) -> dict:
        default = next((each for each in self.addresses if each.is_default), None)
        user = self.request.user
        return {
            "basket_id": self.shown[0].pk,
            "shown_total": self.quoted.total_fen,
            "way": self.way,
            "name": default.name if default else getattr(user, "display_name", ""),
            "phone": local_number(user.phone or "") if user.is_authenticated else "",
            "address": str(default.pk) if default else ANY_ADDRESS,
            "province": self.request.GET.get("province") or self.place.get("province", "上海"),
            "city": self.place.get("city", "上海"),
            "means": "unipay",
        }

    def form(self, data=None) -> CheckoutForm:
        stores = self.stores() if self.way == Way.PICKUP else []
        form = CheckoutForm(
            data, initial=self.initial(), addresses=self.addresses, stores=stores, cards=self.cards
        )
        if data is not None and form.errors is not None and self.error and form.refuse(self.error):
            self.error = None
        return form

    def context(self, data=None) -> dict:
        return {
            "form": self.form(data),
            "quote": self.quoted,
            "basket_count": units(self.quoted),
            "lines": summary_lines(self.quoted),
            "way": self.way,
            "can_pickup": all(line.kind != "merchant_goods" for line in self.quoted.lines),
            "can_cod": self.can_cod(),
            "points_fen": 0 if self.quoted.sells_cards else min(self.points_fen, self.quoted.total_fen),
            "cards": [] if self.quoted.sells_cards else self.card_rows(),
            "known_identity": members.identity_of(self.actor.user_id) if self.needs_known_identity else None,
            "error": self.error,
            "pickup_stock": self.pickup_stock(),
            "promise": self.promise(),
        }

    def card_rows(self) -> list[dict]:
        """The member's prepaid cards, each with what it would pay of this order."""
        return [
            {"card": card, "pays_fen": min(card.balance_fen, self.quoted.total_fen)} for card in self.cards
        ]

    def promise(self) -> dict | None:
        """By which day it would be where the page begins: the default address, else the visitor's city."""
        if self.way != Way.SHIP or not self.quoted.has_goods:
            return None
        default = next((each for each in self.addresses if each.is_default), None)
        place = (self.place.get("province", "上海"), self.place.get("city", "上海"), "")
        if default:
            place = (default.province, default.city, default.district)
        goods = [(line.facts, line.wish.quantity) for line in self.quoted.lines if line.is_goods]
        day = preview.expected_on(lines=goods, channel=Channel.WEB, place=place, now=clock.now())
        return {"day": day, "city": place[1]} if day else None

    @property
    def needs_known_identity(self) -> bool:
        return self.quoted.needs_identity and self.actor.user_id is not None

    def can_cod(self) -> bool:
        """The placing decides; here only what is hopeless is not offered."""
        due = self.quoted.total_fen
        instant = any(line.is_instant for line in self.quoted.lines)
        return self.quoted.has_goods and not instant and due <= settings.COD_LIMIT_FEN

    def pickup_stock(self) -> list[int]:
        """The stores that can hand the whole basket over."""
        if self.way != Way.PICKUP:
            return []
        wanted = {line.wish.sku: line.wish.quantity for line in self.quoted.lines if line.is_goods}
        found = stock.availability(skus=list(wanted), channel=Channel.WEB)
        enough: dict[int, int] = {}
        for sku, locations in found.items():
            for each in locations:
                if each.salable >= wanted[sku]:
                    enough[each.location_id] = enough.get(each.location_id, 0) + 1
        return [location_id for location_id, count in enough.items() if count == len(wanted)]

    def submit(self):
        stores = self.stores() if self.way == Way.PICKUP else []
        form = CheckoutForm(self.request.POST, addresses=self.addresses, stores=stores, cards=self.cards)
        if form.is_valid():
            try:
                return self.place_order(form.cleaned_data)
            except DomainError as error:
                self.error = error
        return self.once_more()

    def once_more(self):
        """The page with what was entered, what is wrong with it, and today's total."""
        if self.quoted is None:
            return redirect("orders:basket")
        data = self.request.POST.copy()
        data["shown_total"] = self.quoted.total_fen
        status = self.error.status if self.error else 422
        return render(self.request, "orders/checkout.html", self.context(data), status=status)

    def place_order(self, asked: dict):
        now = clock.now()
        placed, payment = self.placed(asked, now=now)
        sessions.remember_order(self.request, placed.order_number)
        if payment is not None:
            return self.to_provider(placed, payment, now=now)
        return redirect("orders:order", number=placed.order_number)

    def to_provider(self, placed: Placed, payment: Payment, *, now):
        """Straight to the provider's page; to ours, which offers it again, where that cannot be had now."""
        number = placed.order_number
        try:
            payments.at_provider(payment, order_number=number, expires_at=placed.expires_at, now=now)
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
            return redirect("orders:pay", order_number=number)
        return redirect(payment.cashier_url)

    @transaction.atomic
    def placed(self, asked: dict, *, now) -> tuple[Placed, Payment | None]:
        """The basket closed, priced once and ordered, its payment begun: one transaction."""
        whose = {"actor": self.actor, "session_basket_id": sessions.basket_id(self.request)}
        basket = whose | {"basket_id": asked["basket_id"], "channel": Channel.WEB, "now": now}
        quoted = baskets.submit(way=self.way, **basket)
        points_fen = min(self.points_fen, quoted.total_fen) if asked["use_points"] else 0
        placed = baskets.place_basket(
            quoted=quoted,
            customer=self.customer(asked, quoted, now=now),
            delivery=self.delivery(asked, quoted),
            terms=Terms(
                means=asked["means"],
                shown_total=asked["shown_total"],
                points_fen=points_fen,
                card=CardPart(card_id=int(asked["card"])) if asked["card"] else None,
                admissions=sessions.admissions(self.request),
            ),
            **basket,
        )
        if placed.state != State.AWAITING_PAYMENT:
            return placed, None
        begun = payments.begin_new(
            order_id=placed.order_id, order_number=placed.order_number, due_fen=placed.due_fen, now=now
        )
        return placed, begun

    def delivery(self, asked: dict, quoted) -> Delivery:
        if not quoted.has_goods:
            return Delivery(way=Way.NONE)
        if asked["way"] == Way.PICKUP:
            store = asked["store"]
            return Delivery(way=Way.PICKUP, pickup_location_id=int(store) if store else None)
        if asked["address"] and asked["address"] != ANY_ADDRESS:
            known = addresses.destination_of(address_id=int(asked["address"]), actor=self.actor)
            return Delivery(way=Way.SHIP, destination=known)
        fields = ("name", "phone", "province", "city", "district", "street")
        return Delivery(
            way=Way.SHIP, destination=addresses.destination(**{each: asked[each] for each in fields})
        )

    def customer(self, asked: dict, quoted, *, now) -> Customer:
        member_id = self.actor.user_id
        if not quoted.needs_identity:
            return Customer(phone=asked["phone"], name=asked["name"], member_id=member_id)
        known = members.identity_of(member_id) if member_id else None
        if known is None or asked["id_number"]:
            member_id = member_id or membership.join(
                phone=asked["phone"], name=asked["name"], channel=Channel.WEB, now=now
            )
            known = identity.verify(
                member_id=member_id, name=asked["name"], id_number=asked["id_number"], now=now
            )
        return Customer(
            phone=asked["phone"], name=asked["name"], member_id=member_id, identity_id=known.identity_id
        )
