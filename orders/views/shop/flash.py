"""A flash sale's page: when it begins, where one stands in the queue, and that it is one's turn."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from catalog.queries import offerings
from catalog.queries.detail import Address
from catalog.queries.prices import price_tags
from fulfillment.queries import campaigns as sales
from fulfillment.services import campaigns
from members.channels import Channel
from omnichannel.kernel import clock
from orders.views import sessions
from orders.views.shop.frame import frame, product_url

ASKS_EVERY, ASKS_SELDOM = 3, 15  # seconds; seldom where little changes
COUNTED_DOWN = timedelta(days=1)  # before the queue opens; earlier the day is enough


@require_GET
def flash(request, code: str):
    """The page; for htmx the part that changes, without the articles' prices."""
    sale, now = _sale(code), clock.now()
    context = {"sale": sale, "now": now} | _standing(request, sale, now)
    if request.htmx:
        return render(request, "orders/shop/_flash_queue.html", context)
    return render(request, "orders/shop/flash.html", frame(request, goods=_goods(sale, now), **context))


@require_POST
def queue(request, code: str):
    """Take a place in the queue; a second time it is the same place."""
    if _sale(code).phase(clock.now()) in ("soon", "open"):
        sessions.ticket(request, code, make=True)
    return redirect("orders:flash", code=code)


@require_POST
def leave(request, code: str):
    """Give the place up."""
    sale = _sale(code)
    if ticket := sessions.ticket(request, code):
        campaigns.leave(sale, ticket)
    sessions.drop_ticket(request, code)
    return redirect("orders:flash", code=code)


def _sale(code: str) -> sales.Sale:
    sale = sales.sale(code)
    if sale is None or not sale.is_on or Channel.WEB not in sale.channels:
        raise Http404
    return sale


def _standing(request, sale: sales.Sale, now) -> dict:
    """step: announced, over, ordered, turn, sold_out, wait, or join for whoever has no place yet."""
    ticket, phase = sessions.ticket(request, sale.code), sale.phase(now)
    if phase in ("announced", "over"):
        opens = sale.queue_opens
        return {
            "phase": phase,
            "step": phase,
            "queue_opens": opens,
            "opens_today": opens - now <= COUNTED_DOWN,
        }
    if ticket and sales.has_ordered(campaign_id=sale.id, ticket=ticket):
        return {"phase": phase, "step": "ordered"}
    standing = campaigns.stand(sale, ticket, now=now) if ticket else campaigns.Standing()
    if standing.token:
        sessions.keep_admission(request, sale.code, standing.token)
        step, again = "turn", ASKS_SELDOM
    elif phase == "open" and not sale.left:
        step, again = "sold_out", ASKS_SELDOM if ticket else 0
    else:
        step, again = ("wait", ASKS_EVERY) if ticket else ("join", 0)
    return {
        "phase": phase,
        "step": step,
        "asks_every": again,
        "standing": standing,
        "turn_is_over": step in ("wait", "sold_out") and sessions.had_turn(request, sale.code),
        "wait_minutes": -(-standing.wait_seconds // 60),
        "buyable": _facts(sale) if step == "turn" else (),
    }


def _facts(sale: sales.Sale) -> list[tuple]:
    """(item, facts) of the articles that are public, in the sale's order. One statement."""
    known = offerings.by_sku([item.sku for item in sale.items])
    return [(item, known[item.sku]) for item in sale.items if item.sku in known]


def _goods(sale: sales.Sale, now) -> list[dict]:
    """The articles as the page shows them: picture, price, units for one customer."""
    found = _facts(sale)
    tags = price_tags(product_ids=[facts.product_id for _i, facts in found], channel=Channel.WEB, now=now)
    return [
        {
            "item": item,
            "facts": facts,
            "url": f"{product_url(Address(facts.slug, facts.card_id))}?sku={facts.sku}",
            "picture": facts.picture,
            "tag": tags.get(facts.product_id),
        }
        for item, facts in found
    ]
