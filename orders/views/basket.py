"""The basket page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.queries import offerings
from catalog.values import msisdn_of
from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid
from orders.forms import BasketAddForm
from orders.services import baskets
from orders.values import Wish
from orders.views import sessions


def show(request):
    basket = baskets.open_basket(actor=request.actor, session_basket_id=sessions.basket_id(request))
    return render(request, "orders/basket.html", _context(basket))


def _context(basket, error: DomainError | None = None) -> dict:
    line_ids, quoted = baskets.quote_basket(basket, channel=Channel.WEB, now=clock.now())
    return {"basket": basket, "quote": quoted, "rows": rows_of(line_ids, quoted), "error": error}


def rows_of(line_ids, quoted) -> list[dict]:
    """Basket lines with what belongs to each: a SIM's plan stands under its SIM."""
    if quoted is None:
        return []
    pictures = offerings.by_sku([line.wish.sku for line in quoted.lines])
    tops = [(index, line) for index, line in enumerate(quoted.lines) if line.with_line is None]
    plans = {line.with_line: line for line in quoted.lines if line.with_line is not None}
    return [
        {
            "id": pk,
            "line": line,
            "plan": plans.get(index),
            "offering": pictures.get(line.wish.sku),
        }
        for pk, (index, line) in zip(line_ids, tops, strict=True)
    ]


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
        return render(request, "orders/_basket.html", _context(basket))
    return redirect("orders:basket")
