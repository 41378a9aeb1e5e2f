"""The list of purchase orders, by state and as a file."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fulfillment.models import DealerOrderState
from fulfillment.queries import dealers
from fulfillment.views.stock.access import csv_file, page_of, text_of, wants_csv
from omnichannel.kernel.money import yuan

from .access import ORDER_TONES, dealer_page, frame

HEAD = (
    "number",
    "dealer",
    "branch",
    "state",
    "held_because",
    "amount",
    "ordered_by",
    "ordered_at",
    "approved_by",
    "numbers",
)


@dealer_page
@require_GET
def index(request):
    every = dealers.orders(request.actor)
    if text := text_of(request, "q"):
        every = every.filter(number__icontains=text) | every.filter(dealer__code__icontains=text)
    chosen = text_of(request, "state")
    rows = every.filter(state=chosen) if chosen in DealerOrderState.values else every
    if wants_csv(request):
        return csv_file("dealer-orders", HEAD, _lines(dealers.with_numbers(rows)), count=rows.count())
    context = frame(
        request,
        "orders",
        tabs=_tabs(dealers.counts(every), chosen, text),
        csv_query=urlencode({"q": text, "state": chosen, "format": "csv"}),
        **page_of(request, dealers.with_numbers(rows)),
    )
    context["rows"] = [(order, ORDER_TONES.get(order.state)) for order in context["page"]]
    return render(request, "fulfillment/dealers/orders.html", context)


def _tabs(counts: dict[str, int], chosen: str, text: str) -> list[dict]:
    tabs = [("", _("All"), sum(counts.values()))]
    tabs += [(value, label, counts.get(value, 0)) for value, label in DealerOrderState.choices]
    return [
        {
            "label": str(label)[:1].upper() + str(label)[1:],
            "url": f"?{urlencode({'state': value, 'q': text})}",
            "active": value == chosen,
            "count": count or None,
        }
        for value, label, count in tabs
    ]


def _lines(rows):
    for order in rows.iterator(chunk_size=1000):
        yield (
            order.number, order.dealer.code, order.branch.code, order.state, order.hold_reason,
            yuan(order.amount_fen), order.created_by_name, order.created_at.isoformat(),
            order.approved_by_name, order.numbers or 0,
        )  # fmt: skip
