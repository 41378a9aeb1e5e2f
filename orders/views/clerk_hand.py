"""What somebody at a counter has in hand, made ready for the page: lines, stock, the customer, the sum."""

from collections import Counter
from datetime import datetime

from catalog.queries import offerings
from catalog.values import local_number, worded
from fulfillment.queries import stock
from fulfillment.queries.promised import Promised, promised
from members.actors import Actor
from omnichannel.kernel.errors import DomainError
from orders.forms import ClerkOrderForm
from orders.models import OrderIntake
from orders.models.intake import Way
from orders.services import counters, dealer_till, quoting
from orders.values import Quote, Wish
from orders.views.clerk_customer import customer_card

MOST_PLACES = 8
LATELY = 5


def hand(
    *,
    actor: Actor,
    asked,
    wishes: list[Wish],
    store,
    sale: str,
    now: datetime,
    error: DomainError | None = None,
    form=None,
) -> dict:
    """The console's context. `asked` is what the form said last, so that nothing typed is lost."""
    way = _way(asked, wishes, store)
    quoted, refusal = _quoted(wishes, store, way, now)
    till = dealer_till.look(store, now=now) if store.kind == counters.DEALER else None
    cash = till is None or not till.refusal
    short = cash and till is not None and quoted is not None and quoted.total_fen > till.left_fen
    first = {"province": store.province, "city": store.city}
    phone = _phone(asked, wishes)
    customer = customer_card(phone, counter=store, actor=actor)
    means = _means(asked, cash=cash and (not short or asked.get("card_number")))
    initial = first | asked.dict() | {"phone": phone, "means": means} | _name(asked, customer["card"])
    lines = _lines(store, quoted, province=initial["province"], now=now)
    recent = OrderIntake.objects.filter(institution_id=store.id, channel=counters.channel_of(store))
    return {
        "institution": store,
        "store": store,
        "quote": quoted,
        "sale": sale,
        "way": way,
        "till": till,
        "cash": cash,
        "short_of_cash": short,
        "lines": lines,
        "all_here": all(row["here"] >= row["line"].wish.quantity for row in lines if row["line"].is_goods),
        "recent": recent.order_by("-placed_at")[:LATELY],
        "error": error or refusal,
        "form": form or ClerkOrderForm(initial=initial),
        **customer,
    }


def _way(asked, wishes: list[Wish], store) -> str:
    """What was chosen; else at a dealer's, where people come for what lies there, the counter if all does."""
    if asked.get("way") in (Way.SHIP, Way.PICKUP):
        return asked["way"]
    if store.kind != counters.DEALER:
        return Way.SHIP
    facts = offerings.by_sku([wish.sku for wish in wishes])
    wanted = Counter()
    for wish in wishes:
        if wish.sku in facts and facts[wish.sku].is_goods:
            wanted[wish.sku] += wish.quantity
    free = stock.salable_at(store.id, skus=wanted, channel=counters.channel_of(store))
    return Way.PICKUP if all(free[sku] >= units for sku, units in wanted.items()) else Way.SHIP


def _means(asked, *, cash) -> str:
    """What was chosen; cash, else by phone, where nothing was or the dealer's till cannot take all of it."""
    chosen = asked.get("means") or "cash"
    return chosen if chosen != "cash" or cash else "unipay"


def _phone(asked, wishes: list[Wish]) -> str:
    """Who tops up a number is its customer until somebody types another."""
    targets = [wish.target_msisdn for wish in wishes if wish.target_msisdn]
    return asked.get("phone") or (local_number(targets[0]) if targets else "")


def _name(asked, card) -> dict:
    """Known customers have a name until somebody types another."""
    return {"name": card.name} if card and not asked.get("name") else {}


def _quoted(wishes, store, way, now) -> tuple[Quote | None, DomainError | None]:
    if not wishes:
        return None, None
    try:
        channel = counters.channel_of(store)
        quoted = quoting.quote(wishes, channel=channel, institution_id=store.id, way=way, now=now)
    except DomainError as refusal:
        return None, refusal
    return quoted, None


def _lines(store, quoted: Quote | None, *, province: str, now: datetime) -> list[dict]:
    """Quoted lines, each with the stock here and everywhere, nearest first, and when it can be had;
    `place` among the wishes."""
    if quoted is None:
        return []
    where = stock_rows(store, [line.wish.sku for line in quoted.lines if line.is_goods])
    here = {sku: _on_shelf(store, rows) for sku, rows in where.items()}
    where = {sku: rows[:MOST_PLACES] for sku, rows in where.items()}
    places = {each.location_id for rows in where.values() for each in rows}
    terms = promised(places, province=province, now=now)
    tops = [index for index, line in enumerate(quoted.lines) if line.with_line is None]
    return [
        {
            "line": line,
            "label": worded(line.title, line.title_en),
            "place": tops.index(index) if index in tops else None,
            "stock": [
                (each, terms.get(each.location_id, Promised())) for each in where.get(line.wish.sku, [])
            ],
            "here": here.get(line.wish.sku, 0),
        }
        for index, line in enumerate(quoted.lines)
    ]


def _on_shelf(store, rows) -> int:
    return sum(each.salable for each in rows if each.location_id == store.id)


def stock_rows(store, skus) -> dict:
    """Where the articles lie, nearest first. At a dealer's: its own shelf and ours."""
    return stock.availability(
        skus=skus,
        channel=counters.channel_of(store),
        latitude=store.latitude,
        longitude=store.longitude,
        own=own_of(store),
    )


def own_of(store) -> list[str] | None:
    """What a dealer's counter is held to where goods of all places are shown."""
    return [store.path] if store.kind == counters.DEALER else None
