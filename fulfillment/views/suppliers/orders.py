"""Our orders to a supplier, as that supplier sees them: the list, and as a file."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fulfillment.models import SupplierOrder, SupplierOrderKind, SupplierOrderState, SupplierProgress
from fulfillment.queries import supplier_pages
from fulfillment.services.listing_review import REVIEWERS
from fulfillment.views.access import staff_page
from fulfillment.views.stock.access import csv_file, csv_query, page_of, text_of, wants_csv
from fulfillment.views.supplier_timeline import ANSWER_TONES
from omnichannel.kernel import clock
from omnichannel.kernel.money import yuan

from .access import ORDER_TONES, answer_words, chosen, frame, supplier_page

HEAD = (
    "number", "kind", "state", "answer", "deliver_to", "ordered_at", "wanted_on", "promised_on",
    "units", "announced", "received", "amount",
)  # fmt: skip


@staff_page(*supplier_pages.OWN, *REVIEWERS, "auditor")
@require_GET
def start(request):
    """A supplier's people come to our orders, operators to what suppliers listed."""
    own = supplier_pages.suppliers_of(request.actor)
    reviews = request.actor.has(*REVIEWERS, "auditor")
    return redirect("fulfillment:supplier-review" if reviews and not own else "fulfillment:supplier-orders")


@supplier_page
@require_GET
def index(request):
    rows = _filtered(request)
    if wants_csv(request):
        return csv_file("supplier-orders", HEAD, _lines(rows), count=rows.count())
    now = clock.now()
    context = frame(
        request,
        "orders",
        states=SupplierOrderState.choices,
        answers=SupplierProgress.choices,
        kinds=SupplierOrderKind.choices,
        csv_query=csv_query(request),
        **page_of(request, supplier_pages.with_units(rows)),
    )
    context["rows"] = [_row(order, now) for order in context["page"]]
    return render(request, "fulfillment/suppliers/orders.html", context)


def _filtered(request):
    rows = supplier_pages.orders(request.actor)
    if text := text_of(request, "q"):
        found = (
            Q(number__icontains=text) | Q(lines__sku__icontains=text) | Q(notices__waybill__icontains=text)
        )
        rows = rows.filter(pk__in=SupplierOrder.objects.filter(found).values("pk"))
    for name, column, values in (
        ("state", "state", SupplierOrderState.values),
        ("answer", "progress", SupplierProgress.values),
        ("kind", "kind", SupplierOrderKind.values),
    ):
        if value := chosen(request, name, values):
            rows = rows.filter(**{column: value})
    return rows


def _row(order: SupplierOrder, now) -> dict:
    waits = order.state == SupplierOrderState.OPEN and order.progress == SupplierProgress.ASKED
    answer_by = supplier_pages.answer_by(order)
    return {
        "order": order,
        "tone": ORDER_TONES.get(order.state),
        "answer_tone": ANSWER_TONES[order.progress],
        "answer_words": answer_words(order),
        "answer_by": answer_by if waits else None,
        "too_late": waits and answer_by < now,
    }


def _lines(rows):
    for order in supplier_pages.with_units(rows).iterator(chunk_size=1000):
        yield (
            order.number, order.kind, order.state, order.progress, order.location.name,
            order.created_at.isoformat(), order.expected_on.isoformat(),
            order.promised_on.isoformat() if order.promised_on else "",
            order.ordered, order.sent, order.came, yuan(order.amount_fen),
        )  # fmt: skip
