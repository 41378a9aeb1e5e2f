"""The dealers of a branch, and one dealer's desk."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from catalog.queries import number_stock
from fulfillment.models import COMMITTED, ReplenishmentProposal, ReplenishmentState
from fulfillment.queries import dealer_surpluses, dealers, route
from fulfillment.queries.carriers import hubs_of
from fulfillment.views.stock.access import page_of, text_of
from omnichannel.kernel import clock

from .access import dealer_of, dealer_page, frame, may


@dealer_page
@require_GET
def index(request):
    """Who sees one dealer goes straight to its desk."""
    rows = dealers.terms(request.actor)
    first = list(rows[:2])
    if len(first) == 1 and not text_of(request, "q"):
        return redirect("fulfillment:dealer", code=first[0].dealer.code)
    if text := text_of(request, "q"):
        rows = rows.filter(
            Q(dealer__code__icontains=text)
            | Q(dealer__name__icontains=text)
            | Q(dealer__name_en__icontains=text)
        )
    paging = page_of(request, rows)
    ids = [each.pk for each in paging["page"]]
    found, stocks = dealers.standings(ids, today=clock.today()), number_stock.stocks(ids)
    context = frame(
        request,
        "dealers",
        rows=[(each, found[each.pk], stocks.get(each.pk)) for each in paging["page"]],
        surpluses=dealer_surpluses.waiting(request.actor),
        **paging,
    )
    return render(request, "fulfillment/dealers/index.html", context)


@dealer_page
@require_GET
def desk(request, code: str):
    """How the dealer stands, what waits for it, what it ordered lately."""
    terms = dealer_of(request, code)
    orders = dealers.with_numbers(dealers.orders(request.actor).filter(dealer=terms.pk))
    proposals = ReplenishmentProposal.objects.filter(dealer=terms.pk, state=ReplenishmentState.OPEN)
    context = frame(
        request,
        "desk",
        terms,
        standing=dealers.standings([terms.pk], today=clock.today())[terms.pk],
        may=may(request, terms),
        parcels=dealers.to_count([terms.pk]),
        surpluses=dealer_surpluses.waiting(request.actor, dealer_id=terms.pk),
        open_orders=orders.filter(state__in=(*COMMITTED, "on_hold"))[:10],
        last_orders=orders.exclude(state__in=(*COMMITTED, "on_hold"))[:5],
        proposals=proposals.count(),
        unsold_numbers=number_stock.unsold(terms.pk),
        deliveries=_deliveries(request.actor, terms.pk),
    )
    return render(request, "fulfillment/dealers/desk.html", context)


def _deliveries(actor, dealer_id: int) -> int | None:
    """Customers' parcels that a trunk line brings to this dealer's people; None where they carry none."""
    if dealer_id not in {card.id for card in hubs_of(actor)}:
        return None
    day = route.day(dealer_id, today=clock.today())
    return day.to_go + day.later
