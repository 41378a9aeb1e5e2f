"""Checkout on one page: who, how, pay."""

from django.shortcuts import redirect, render

from catalog.values import local_number
from fulfillment.queries import stock
from members import queries as members
from members.channels import Channel
from members.services import addresses, identity, membership
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from orders.forms import ANY_ADDRESS, CheckoutForm
from orders.models.intake import Way
from orders.queries.checkout import spendable_fen
from orders.services import baskets
from orders.values import Customer, Delivery, Terms
from orders.views import sessions
from orders.views.basket import rows_of

NEAREST_STORES = 6


def checkout(request):
    """GET shows the page, POST places the basket's order and goes on to payment."""
    basket = baskets.open_basket(actor=request.actor, session_basket_id=sessions.basket_id(request))
    way = request.POST.get("way") or request.GET.get("way") or Way.SHIP
    line_ids, quoted = baskets.quote_basket(basket, channel=Channel.WEB, way=way, now=clock.now())
    if quoted is None:
        return redirect("orders:basket")
    page = _Page(request, basket, line_ids, quoted, way)
    if request.method == "POST":
        return page.submit()
    if request.htmx:
        return render(request, page.part(), page.context())
    return render(request, "orders/checkout.html", page.context())


class _Page:
    """One visit of the checkout: what it shows and what its form means."""

    def __init__(self, request, basket, line_ids, quoted, way):
        self.request, self.basket, self.line_ids, self.quoted, self.way = (
            request,
            basket,
            line_ids,
            quoted,
            way,
        )
        self.actor = request.actor
        self.addresses = members.addresses_of(self.actor.user_id) if self.actor.user_id else []
        self.points_fen = spendable_fen(self.actor.user_id) if self.actor.user_id else 0
        self.place = request.session.get("place") or {}
        self.error = None
        self.form = None

    def part(self) -> str:
        asked = self.request.GET.get("part")
        return "orders/_cities.html" if asked == "cities" else "orders/_checkout_summary.html"

    def stores(self):
        if not self.quoted.has_goods:
            return []
        latitude, longitude = self.place.get("lat", 31.2304), self.place.get("lon", 121.4737)
        return members.stores_near(latitude, longitude, NEAREST_STORES)

    def initial(self) -> dict:
        default = next((each for each in self.addresses if each.is_default), None)
        user = self.request.user
        return {
            "basket_id": self.basket.pk,
            "shown_total": self.quoted.total_fen,
            "way": self.way,
            "name": default.name if default else "",
            "phone": local_number(user.phone or "") if user.is_authenticated else "",
            "address": str(default.pk) if default else ANY_ADDRESS,
            "province": self.request.GET.get("province") or self.place.get("province", "上海"),
            "city": self.place.get("city", "上海"),
            "means": "unipay",
        }

    def bound(self, data=None) -> CheckoutForm:
        if self.form is None:
            self.form = CheckoutForm(
                data, initial=self.initial(), addresses=self.addresses, stores=self.stores()
            )
        return self.form

    def context(self) -> dict:
        return {
            "form": self.bound(),
            "quote": self.quoted,
            "rows": rows_of(self.line_ids, self.quoted),
            "way": self.way,
            "points_fen": min(self.points_fen, self.quoted.total_fen),
            "known_identity": members.identity_of(self.actor.user_id) if self.needs_known_identity else None,
            "error": self.error,
            "pickup_stock": self.pickup_stock(),
        }

    @property
    def needs_known_identity(self) -> bool:
        return self.quoted.needs_identity and self.actor.user_id is not None

    def pickup_stock(self):
        """Which stores can hand the whole basket over: store id → True."""
        if self.way != Way.PICKUP:
            return {}
        wanted = {line.wish.sku: line.wish.quantity for line in self.quoted.lines if line.is_goods}
        found = stock.availability(skus=list(wanted), channel=Channel.WEB)
        enough: dict[int, int] = {}
        for sku, locations in found.items():
            for each in locations:
                if each.salable >= wanted[sku]:
                    enough[each.location_id] = enough.get(each.location_id, 0) + 1
        return {location_id: True for location_id, count in enough.items() if count == len(wanted)}

    def submit(self):
        form = self.bound(self.request.POST)
        if form.is_valid():
            try:
                return self.place_order(form.cleaned_data)
            except DomainError as error:
                self.error = error
        status = self.error.status if self.error else 422
        context = self.context()
        context["form"].data = context["form"].data.copy()
        context["form"].data["shown_total"] = self.quoted.total_fen
        return render(self.request, "orders/checkout.html", context, status=status)

    def place_order(self, asked: dict):
        now = clock.now()
        delivery = self.delivery(asked)
        customer = self.customer(asked, now=now)
        placed = baskets.place_basket(
            actor=self.actor,
            basket_id=asked["basket_id"],
            session_basket_id=sessions.basket_id(self.request),
            customer=customer,
            delivery=delivery,
            terms=Terms(
                means=asked["means"],
                shown_total=asked["shown_total"],
                points_fen=min(self.points_fen, self.quoted.total_fen) if asked["use_points"] else 0,
            ),
            channel=Channel.WEB,
            now=now,
        )
        sessions.remember_order(self.request, placed.order_number)
        if placed.state == "awaiting_payment":
            return redirect("orders:pay", order_number=placed.order_number)
        return redirect("orders:order", number=placed.order_number)

    def delivery(self, asked: dict) -> Delivery:
        if not self.quoted.has_goods:
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

    def customer(self, asked: dict, *, now) -> Customer:
        member_id = self.actor.user_id
        if not self.quoted.needs_identity:
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
