"""The clerk console: scan or search, stock everywhere, the customer's phone, one click."""

from dataclasses import asdict
from uuid import uuid4

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from catalog.queries import articles, numbers, offerings
from catalog.values import msisdn_of
from fulfillment.queries import stock
from members import queries as members
from members.channels import Channel
from members.models import StaffRole
from members.phones import PhoneInvalid
from members.services import addresses
from omnichannel.kernel import clock, idempotency
from omnichannel.kernel.errors import DomainError
from orders.forms import ClerkOrderForm
from orders.models import OrderIntake
from orders.models.intake import Way
from orders.queries import orders
from orders.services import clerk, quoting
from orders.values import Delivery, Wish

ROLES = (StaffRole.Role.CLERK, StaffRole.Role.STORE_MANAGER)
MOST_HITS = 8
RECENT = 20
KEY, SALE = "clerk_wishes", "clerk_sale"


def _store(request):
    return members.institution(request.actor.institution_for(*ROLES))


def _wishes(request) -> list[Wish]:
    return [Wish(**each) for each in request.session.get(KEY, [])]


def _keep(request, wishes: list[Wish]) -> None:
    request.session[KEY] = [asdict(wish) for wish in wishes]


@require_GET
def console(request):
    """The page; what the clerk has in hand stays in the session."""
    return render(request, "orders/clerk/console.html", _context(request, _store(request)))


def _context(request, store, error: DomainError | None = None, form=None) -> dict:
    wishes = _wishes(request)
    way = request.POST.get("way") or Way.SHIP
    quoted = None
    if wishes:
        try:
            quoted = quoting.quote(
                wishes, channel=Channel.STORE, institution_id=store.id, way=way, now=clock.now()
            )
        except DomainError as refusal:
            error = error or refusal
    recent = OrderIntake.objects.filter(institution_id=store.id, channel=Channel.STORE)
    return {
        "store": store,
        "institution": store,
        "quote": quoted,
        "sale": _sale(request),
        "way": way,
        "lines": _lines(store, quoted),
        "recent": recent.order_by("-placed_at")[:5],
        "error": error,
        "asked": request.POST,
        "card": None,
        "provinces": members.provinces(),
        "province": request.POST.get("province") or store.province,
        "cities": members.cities(request.POST.get("province") or store.province),
        "can_pay_later": settings.COD_LIMIT_FEN,
        "form": form,
    }


def _lines(store, quoted) -> list[dict]:
    """Quoted lines, each with the stock here and everywhere, nearest first."""
    if quoted is None:
        return []
    where = _stock_rows(store, [line.wish.sku for line in quoted.lines if line.is_goods])
    rows = [(line, where.get(line.wish.sku, [])) for line in quoted.lines]
    return [
        {
            "line": line,
            "stock": [each for each in places if each.salable][:MOST_HITS],
            "here": sum(each.salable for each in places if each.location_id == store.id),
        }
        for line, places in rows
    ]


def _stock_rows(store, skus) -> dict:
    if not skus:
        return {}
    return stock.availability(
        skus=list(dict.fromkeys(skus)),
        channel=Channel.STORE,
        latitude=store.latitude,
        longitude=store.longitude,
    )


@require_GET
def search(request):
    """Hits for what was typed or scanned, with the stock here and elsewhere."""
    store = _store(request)
    text = request.GET.get("q", "").strip()
    found = articles.matching(text, limit=MOST_HITS)
    where = _stock_rows(store, list(found))
    rows = [
        {
            "offering": each,
            "here": sum(s.salable for s in where.get(sku, []) if s.location_id == store.id),
            "elsewhere": sum(s.salable for s in where.get(sku, []) if s.location_id != store.id),
        }
        for sku, each in found.items()
    ]
    return render(request, "orders/clerk/_hits.html", {"rows": rows, "text": text})


@require_POST
def take(request):
    """Put an article into the clerk's hand. A SIM gets a number and a plan from the form."""
    store = _store(request)
    wishes = _wishes(request)
    wish = Wish(
        sku=request.POST.get("sku", ""),
        quantity=1,
        msisdn=msisdn_of(request.POST["msisdn"]) if request.POST.get("msisdn") else "",
        plan_sku=request.POST.get("plan_sku", ""),
        target_msisdn=msisdn_of(request.POST["target_msisdn"]) if request.POST.get("target_msisdn") else "",
    )
    quoting.quote([wish], channel=Channel.STORE, institution_id=store.id, now=clock.now())
    same = next((i for i, each in enumerate(wishes) if each.sku == wish.sku and not each.msisdn), None)
    if same is not None and not wish.target_msisdn:
        wishes[same] = Wish(**asdict(wishes[same]) | {"quantity": wishes[same].quantity + 1})
    else:
        wishes.append(wish)
    _keep(request, wishes)
    return render(request, "orders/clerk/_hand.html", _context(request, store))


@require_POST
def drop(request):
    """Take one line out of the hand again; `all` empties it."""
    store = _store(request)
    wishes = _wishes(request)
    if request.POST.get("all"):
        wishes = []
    else:
        wishes = [wish for wish in wishes if wish.sku != request.POST.get("sku")]
    _keep(request, wishes)
    return render(request, "orders/clerk/_hand.html", _context(request, store))


@require_POST
def refresh(request):
    """The hand again, for another way of delivery or another province."""
    return render(request, "orders/clerk/_hand.html", _context(request, _store(request)))


@require_GET
def customer(request):
    """The card of a customer by phone: points, open orders."""
    _store(request)
    phone = request.GET.get("phone", "").strip()
    context = {"card": None, "phone": phone, "open_orders": [], "addresses": []}
    try:
        card = members.member_card(phone=phone) if phone else None
    except PhoneInvalid:
        context["unfinished"] = True
        card = None
    if card:
        context |= {
            "card": card,
            "open_orders": OrderIntake.objects.open().filter(member_id=card.member_id)[:3],
            "addresses": members.addresses_of(card.member_id)[:3],
        }
    return render(request, "orders/clerk/_customer.html", context)


@require_POST
def sell(request):
    """The one click."""
    store = _store(request)
    form = ClerkOrderForm(request.POST)
    context = _context(request, store, form=form)
    if not form.is_valid():
        return render(request, "orders/clerk/console.html", context, status=422)
    try:
        number = _sell_once(request, store, form.cleaned_data)
    except DomainError as error:
        context["error"] = error
        return render(request, "orders/clerk/console.html", context, status=error.status)
    _keep(request, [])
    request.session.pop(SALE, None)
    return redirect("orders:clerk-order", number=number)


def _sell_once(request, store, asked: dict) -> str:
    """The order number; the same form sent twice is one sale."""
    body = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    _status, answer, _replayed = idempotency.once(
        caller=f"clerk:{request.actor.user_id}",
        route="clerk-sell",
        key=asked["sale"],
        body=body,
        effect=lambda: (201, {"number": _sell(request, store, asked).order_number}),
    )
    return answer["number"]


def _sale(request) -> str:
    """Names the sale in hand, so that a form sent twice is known."""
    if SALE not in request.session:
        request.session[SALE] = uuid4().hex
    return request.session[SALE]


def _sell(request, store, asked: dict):
    return clerk.sell(
        actor=request.actor,
        store_id=store.id,
        store_path=store.path,
        wishes=_wishes(request),
        phone=asked["phone"],
        name=asked["name"],
        id_number=asked["id_number"],
        delivery=_delivery(request, store, asked),
        means=asked["means"],
        shown_total=asked["shown_total"],
        now=clock.now(),
    )


def _delivery(request, store, asked: dict) -> Delivery:
    facts = offerings.by_sku([wish.sku for wish in _wishes(request)])
    if not any(each.is_goods for each in facts.values()):
        return Delivery(way=Way.NONE)
    if asked["way"] == Way.PICKUP:
        return Delivery(way=Way.PICKUP, pickup_location_id=store.id)
    fields = ("name", "phone", "province", "city", "district", "street")
    return Delivery(way=Way.SHIP, destination=addresses.destination(**{name: asked[name] for name in fields}))


@require_GET
def order(request, number: str):
    """The receipt: what was sold, what happens next."""
    store = _store(request)
    intake = orders.one(request.actor, number)
    lines = sorted(intake.terms.all(), key=lambda line: line.pk)
    return render(
        request,
        "orders/clerk/order.html",
        {"order": intake, "lines": lines, "store": store, "institution": store},
    )


@require_GET
def history(request):
    store = _store(request)
    found = OrderIntake.objects.filter(institution_id=store.id).order_by("-placed_at")
    text = request.GET.get("q", "").strip()
    if text:
        found = found.filter(number__iexact=text) | found.filter(contact_phone__endswith=text[-11:])
    if request.GET.get("state") in OrderIntake.State.values:
        found = found.filter(state=request.GET["state"])
    page = Paginator(found, RECENT).get_page(request.GET.get("page"))
    return render(
        request,
        "orders/clerk/history.html",
        {"page": page, "store": store, "institution": store, "q": text, "states": OrderIntake.State.choices},
    )


@require_GET
def sim_options(request):
    """Numbers of the store's city to choose from, and the plans, for a SIM in the hand."""
    store = _store(request)
    cards = numbers_for(store, request.GET.get("tail", ""))
    return render(
        request,
        "orders/clerk/_sim.html",
        {
            "numbers": cards,
            "plans": offerings.plans(tier=request.GET.get("tier", "")),
            "sku": request.GET.get("sku"),
        },
    )


def numbers_for(store, tail: str):
    return numbers.search_numbers(
        province=store.province, city=store.city, tail=tail, seed=f"clerk:{store.id}", now=clock.now()
    )
