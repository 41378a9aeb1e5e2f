"""The basket page."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from catalog.queries.numbers import held_by
from catalog.values import msisdn_of
from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid
from orders.forms import BasketAddForm
from orders.services import baskets
from orders.values import Wish
from orders.views import sessions
from orders.views.lines import basket_rows, units, unpriced_rows


def show(request):
    return render(request, "orders/basket.html", _context(request))


def _context(request) -> dict:
    """The basket priced; one that cannot be priced is shown without prices, with the reason."""
    now = clock.now()
    whose = {"actor": request.actor, "session_basket_id": sessions.basket_id(request)}
    try:
        basket, line_ids, quoted = baskets.quote_open(channel=Channel.WEB, now=now, **whose)
    except DomainError as refusal:
        basket = baskets.open_basket(**whose)
        return {"rows": unpriced_rows(baskets.wishes_of(basket.pk)), "error": refusal}
    return {
        "quote": quoted,
        "rows": basket_rows(line_ids, quoted, holds=_holds(basket, quoted, now=now)),
        "basket_count": units(quoted),
        "to_free_fen": _to_free_delivery(quoted),
    }


def _holds(basket, quoted, *, now) -> dict:
    """Number → until when it is kept; no query without a number."""
    if quoted is None or not any(line.kind == "sim" for line in quoted.lines):
        return {}
    return {card.msisdn: card.held_until for card in held_by(baskets.holder_of(basket.pk), now)}


def _to_free_delivery(quoted) -> int:
    """Fen of goods that are missing for free delivery; 0 where it is free."""
    if quoted is None or not quoted.shipping_fen:
        return 0
    goods = sum(line.amount_fen for line in quoted.lines if line.is_goods)
    return settings.FREE_SHIPPING_FROM_FEN - goods


@require_POST
def add(request):
    form = BasketAddForm(request.POST)
    if not form.is_valid():
        raise Invalid(field=next(iter(form.errors)))
    asked = form.cleaned_data
    wish = Wish(
        sku=asked["sku"],
        quantity=1 if asked["quantity"] is None else asked["quantity"],
        msisdn=msisdn_of(asked["msisdn"]) if asked["msisdn"] else "",
        plan_sku=asked["plan_sku"],
        target_msisdn=msisdn_of(asked["target_msisdn"]) if asked["target_msisdn"] else "",
    )
    basket = baskets.add(
        actor=request.actor,
        session_basket_id=sessions.basket_id(request),
        wish=wish,
        visitor=sessions.number_holder(request),
        channel=Channel.WEB,
        now=clock.now(),
    )
    sessions.keep_basket(request, basket)
    messages.success(request, _("It is in your basket."))
    return redirect("orders:basket")


@require_POST
def change(request, line_id: int):
    basket = baskets.open_basket(actor=request.actor, session_basket_id=sessions.basket_id(request))
    try:
        quantity = int(request.POST.get("quantity", ""))
    except ValueError as error:
        raise baskets.QuantityWrong(most=baskets.MOST_UNITS) from error
    if basket is None:
        raise baskets.LineGone()
    baskets.set_quantity(basket=basket, line_id=line_id, quantity=quantity)
    if request.htmx:
        context = _context(request)
        if not context["rows"]:
            return HttpResponseClientRedirect(reverse("orders:basket"))
        return render(request, "orders/_basket.html", context)
    return redirect("orders:basket")
