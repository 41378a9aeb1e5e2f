"""A new purchase order: choose, look at the sum and the credit, order."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.values import OfferingFacts
from fulfillment.models import HoldReason, StockLevel
from fulfillment.services import (
    dealer_credit,
    dealer_orders,
    dealer_proposals,
    dealer_quotes,
    dealer_review,
)
from fulfillment.services.wrong_input import UnitsInvalid
from fulfillment.views.stock.access import labels, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound

from . import number_lines
from .access import dealer_of, dealer_page, frame, may


@dataclass(frozen=True)
class Article:
    """One line of the form; price in fen, on_hand at the dealer, units as typed."""

    facts: OfferingFacts
    price: int
    on_hand: int
    units: str


@dealer_page
@require_http_methods(["GET", "POST"])
def new(request, code: str):
    """Quantities, then the review with sum and credit, then the order; nothing is kept until then."""
    terms = dealer_of(request, code)
    if not may(request, terms)["order"]:
        raise NotAllowed()
    action = request.POST.get("action", "") if request.method == "POST" else ""
    try:
        if action == "order":
            return place(request, terms)
        if action == "review":
            return review(request, terms, wanted_of(request))
    except NotFound:
        raise
    except DomainError as error:
        return _form(request, terms, refusal=error)
    return _form(request, terms)


def wanted_of(request) -> dict[str, int]:
    typed = {name.removeprefix("units-"): text for name, text in request.POST.items() if name[:6] == "units-"}
    counted = {sku: _units(sku, text) for sku, text in typed.items()}
    return {sku: units for sku, units in counted.items() if units}


def _units(sku: str, text: str) -> int:
    try:
        return whole(text, empty=0)
    except UnitsInvalid as refusal:
        raise dealer_quotes.UnitsWrong(field="units", sku=sku[:64]) from refusal


def _form(request, terms, refusal: DomainError | None = None):
    articles = _articles(request, terms)
    text = request.POST.get("q", "").strip().lower()
    shown = [each for each in articles if not text or text in _words(each.facts)]
    context = frame(
        request,
        "new",
        terms,
        articles=shown,
        typed_kinds={each.facts.kind for each in shown if each.units},
        # What was typed and is filtered away travels on.
        hidden=[each for each in articles if each.units and each not in shown],
        q=request.POST.get("q", ""),
        standing=dealer_credit.standing_of(terms.pk, now=clock.now()),
        refusal=refusal,
        **number_lines.section(request, terms),
    )
    return render(request, "fulfillment/dealers/new.html", context, status=422 if refusal else 200)


def _words(facts: OfferingFacts) -> str:
    return f"{facts.sku} {facts.title} {facts.title_en} {facts.brand}".lower()


def _articles(request, terms) -> list[Article]:
    facts = dealer_quotes.orderable()
    paid = dealer_quotes.prices_for(terms.pk, facts, now=clock.now())
    levels = StockLevel.objects.filter(location=terms.pk)
    on_hand = {
        sku: units - reserved for sku, units, reserved in levels.values_list("sku", "on_hand", "reserved")
    }
    found = [
        Article(each, paid[each.sku], on_hand.get(each.sku, 0), _typed(request, each.sku))
        for each in facts
        if each.sku in paid
    ]
    return sorted(
        found, key=lambda each: (dealer_quotes.KINDS.index(each.facts.kind), each.facts.brand, each.facts.sku)
    )


def _typed(request, sku: str) -> str:
    return request.POST.get(f"units-{sku}", "").strip()


def review(request, terms, wanted: dict[str, int], template_where: str = "new"):
    """Lines, sum, and what the credit says; the same prices must hold when it is ordered."""
    now = clock.now()
    numbers = number_lines.wanted_of(request)
    found = dealer_review.look(terms, wanted, numbers, now=now)
    names = labels(found.lines)
    context = frame(
        request,
        template_where,
        terms,
        lines=[
            (sku, names.get(sku, sku), units, price, units * price)
            for sku, (units, price) in found.lines.items()
        ],
        total=found.total,
        numbers=number_lines.rows_of(numbers, with_free=True),
        many=sum(numbers.values()),
        number_standing=found.number_standing,
        standing=found.standing,
        after=found.standing.limit - found.standing.exposure - found.total,
        why=HoldReason(found.why).label if found.why else "",
        waits_for_sales=found.why == HoldReason.NUMBERS,
        key=request.POST.get("key") or uuid4().hex,
        proposals=request.POST.get("proposals", ""),
    )
    return render(request, "fulfillment/dealers/review.html", context)


def place(request, terms):
    """Ordering; a changed price leads back to the review with the new sum."""
    wanted = wanted_of(request)
    shown = request.POST.get("shown_total", "")
    what = {
        "actor": request.actor,
        "dealer_id": terms.pk,
        "wanted": wanted,
        "shown_total": int(shown) if shown.isdigit() else -1,
        "key": request.POST.get("key", "")[:64],
        "now": clock.now(),
    }
    try:
        if request.POST.get("proposals"):
            order = dealer_proposals.order(**what)
        else:
            order = dealer_orders.place(**what, numbers=number_lines.wanted_of(request))
    except dealer_proposals.ProposalsGone as gone:
        messages.error(request, str(gone))
        return redirect("fulfillment:dealer-proposals", code=terms.dealer.code)
    except dealer_orders.PriceChanged as changed:
        messages.error(request, str(changed))
        return review(request, terms, wanted)
    if order.hold_reason:
        messages.error(request, _("Order %(number)s is on hold.") % {"number": order.number})
    else:
        messages.success(request, _("Order %(number)s waits for approval.") % {"number": order.number})
    return redirect("fulfillment:dealer-order", number=order.number)
