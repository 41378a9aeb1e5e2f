"""The console of a counter, a store's or a dealer's: scan or search, the customer's phone, one click."""

from dataclasses import asdict, replace
from uuid import uuid4

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from catalog.kinds import Kind
from catalog.queries import articles, offerings, prices
from catalog.values import msisdn_of
from fulfillment.queries import stock
from members import queries as members
from members.services import addresses
from omnichannel.kernel import clock, idempotency
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from orders.forms import ClerkOrderForm
from orders.models.intake import Way
from orders.services import clerk, counters, quoting
from orders.values import CardPart, Delivery, Wish
from orders.views import counter_numbers
from orders.views.clerk_customer import customer_card
from orders.views.clerk_hand import hand, own_of

MOST_HITS, MOST_OF_KIND = 8, 24
# What people come to a counter for most, each at one press.
QUICK = (Kind.TOP_UP, Kind.DATA_PACK, Kind.SIM, Kind.DEVICE)
KEY, SALE = "clerk_wishes", "clerk_sale"
HAND = "orders/clerk/_hand.html"
CONSOLE = "orders/clerk/console.html"


def store_of(request):
    """The store or the dealer at whose counter this person works; raises NotAllowed for everybody else."""
    grants = sorted(request.actor.grants, key=lambda grant: grant.path)
    places = [grant.institution_id for grant in grants if grant.role in counters.SELLERS]
    cards = members.institutions_by_ids(places)
    for place in places:
        if counters.works_at(request.actor, cards[place]):
            return cards[place]
    raise NotAllowed()


def _wishes(request) -> list[Wish]:
    return [Wish(**each) for each in request.session.get(KEY, [])]


def _keep(request, wishes: list[Wish]) -> None:
    request.session[KEY] = [asdict(wish) for wish in wishes]


def _context(request, store, **more) -> dict:
    wishes, sale = _wishes(request), _sale(request)
    context = hand(
        actor=request.actor,
        asked=request.POST,
        wishes=wishes,
        store=store,
        sale=sale,
        now=clock.now(),
        **more,
    )
    return context | {"quick": [{"kind": kind.value, "label": kind.label} for kind in QUICK]}


@require_GET
def console(request):
    """The page; what the clerk has in hand stays in the session."""
    return render(request, CONSOLE, _context(request, store_of(request)))


@require_GET
def search(request):
    """Hits for what was typed or scanned, with the price and the stock here and elsewhere."""
    store = store_of(request)
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = _of_kind(kind) if kind else articles.matching(text, limit=MOST_HITS)
    tags = prices.price_tags(
        product_ids=[each.product_id for each in found.values()],
        channel=counters.channel_of(store),
        institution_id=store.id,
        now=clock.now(),
    )
    rows = [{"offering": each, "tag": tags.get(each.product_id)} for each in found.values()]
    if kind:
        rows = [row for row in rows if row["tag"]]  # what is on sale here
    rows = _stocked(store, rows, cut=_handy if kind else list)
    context = {"rows": rows, "text": text or kind, "kind": kind}
    instant = bool(kind) and all(row["offering"].is_instant for row in rows)
    return render(request, f"orders/clerk/{'_instant' if instant else '_hits'}.html", context)


def _of_kind(kind: str) -> dict:
    """What a button of the console opens. Raises Invalid."""
    if kind not in QUICK:
        raise Invalid(field="kind")
    return {each.sku: each for each in offerings.of_kind(kind)}


def _stocked(store, rows: list[dict], *, cut) -> list[dict]:
    """The rows that `cut` leaves, with units `here` and `elsewhere`: all are looked for on the own shelf,
    those that are shown in all other places too."""
    channel = counters.channel_of(store)
    here = stock.salable_at(store.id, skus=_goods(rows), channel=channel)
    rows = cut([row | {"here": here.get(row["offering"].sku, 0)} for row in rows])
    every = stock.salable_total(_goods(rows), channel, own=own_of(store))
    return [row | {"elsewhere": every.get(row["offering"].sku, 0) - row["here"]} for row in rows]


def _goods(rows: list[dict]) -> list[str]:
    return [row["offering"].sku for row in rows if row["offering"].is_goods]


def _handy(rows: list[dict]) -> list[dict]:
    """What lies here first, then by price."""
    return sorted(rows, key=lambda row: (not row["here"], row["tag"].amount))[:MOST_OF_KIND]


@require_POST
def take(request):
    """Put an article into the clerk's hand. A SIM gets a number and a plan from the form."""
    store = store_of(request)
    wish = Wish(
        sku=request.POST.get("sku", ""),
        quantity=1,
        msisdn=msisdn_of(request.POST["msisdn"]) if request.POST.get("msisdn") else "",
        plan_sku=request.POST.get("plan_sku", ""),
        target_msisdn=msisdn_of(request.POST["target_msisdn"]) if request.POST.get("target_msisdn") else "",
    )
    channel = counters.channel_of(store)
    quoting.quote([wish], channel=channel, institution_id=store.id, now=clock.now())
    _keep(request, _added(_wishes(request), wish))
    return render(request, HAND, _context(request, store))


def _added(wishes: list[Wish], wish: Wish) -> list[Wish]:
    """One more of the same article, or one article more."""
    for place, each in enumerate(wishes):
        if replace(each, quantity=1) == wish and not wish.msisdn and not wish.target_msisdn:
            more = replace(each, quantity=min(each.quantity + 1, quoting.MOST_UNITS))
            return [*wishes[:place], more, *wishes[place + 1 :]]
    return [*wishes, wish]


@require_POST
def drop(request):
    """Take the line at `place` out of the hand again; `all` empties it."""
    store = store_of(request)
    place, wishes = request.POST.get("place", ""), _wishes(request)
    if request.POST.get("all"):
        wishes = []
    elif not place.isascii() or not place.isdigit():
        raise Invalid(field="place")
    else:
        wishes = [wish for index, wish in enumerate(wishes) if index != int(place)]
    _keep(request, wishes)
    return render(request, HAND, _context(request, store))


@require_POST
def refresh(request):
    """The hand again, for another way of delivery or another province."""
    return render(request, HAND, _context(request, store_of(request)))


@require_GET
def customer(request):
    """The card of a customer by phone, as much of it as this counter may see."""
    store = store_of(request)
    card = customer_card(request.GET.get("phone", ""), counter=store, actor=request.actor)
    return render(request, "orders/clerk/_customer.html", card)


@require_POST
def sell(request):
    """The one click."""
    store = store_of(request)
    form = ClerkOrderForm(request.POST)
    if not form.is_valid():
        return render(request, CONSOLE, _context(request, store, form=form), status=422)
    try:
        number = _sell_once(request, store, form.cleaned_data)
    except DomainError as error:
        unplaced = None if form.refuse(error) else error
        context = _context(request, store, error=unplaced, form=form)
        return render(request, CONSOLE, context, status=error.status)
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
        wishes=_wishes(request),
        phone=asked["phone"],
        name=asked["name"],
        id_number=asked["id_number"],
        delivery=_delivery(request, store, asked),
        means=asked["means"],
        shown_total=asked["shown_total"],
        card=CardPart(number=asked["card_number"], pin=asked["card_pin"]) if asked["card_number"] else None,
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
def sim_options(request):
    """Numbers to choose from, and the plans, for a SIM in the hand."""
    store = store_of(request)
    sku, tail = request.GET.get("sku", ""), request.GET.get("tail", "")
    known = offerings.by_sku([sku])
    context = {
        **counter_numbers.offered(store, city=request.GET.get("city", ""), tail=tail, now=clock.now()),
        "plans": offerings.plans(tier=known[sku].tier if sku in known else ""),
        "sku": sku,
        "tail": tail,
    }
    return render(request, "orders/clerk/_sim.html", context)
