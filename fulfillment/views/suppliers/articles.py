"""What is on suppliers' lists now: a supplier's own, and everybody's for operators; and what leaves them."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import supplier_pages
from fulfillment.services import supplier_articles
from fulfillment.services.listing_review import REVIEWERS
from fulfillment.services.supplier_listings import SupplierUnknown
from fulfillment.views.dealers.access import frame as our_frame
from fulfillment.views.stock.access import csv_file, csv_query, labels, page_of, text_of, wants_csv
from members.queries import institutions_of_kind
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound
from omnichannel.kernel.money import yuan

from .access import frame, review_page, supplier_page

HEAD = ("supplier", "sku", "cost", "lead_days", "lot")


@supplier_page
@require_GET
def index(request):
    return _own(request)


@supplier_page
@require_POST
def take_off(request):
    return _taken_off(request, _own, then="fulfillment:supplier-articles")


def _own(request, refusal: DomainError | None = None):
    suppliers = request.suppliers if len(request.suppliers) > 1 else []
    context = frame(request, "articles", suppliers=suppliers, may_take_off=True, refusal=refusal)
    rows = supplier_pages.items(request.actor)
    return _list(request, "fulfillment/suppliers/articles.html", context, rows)


@review_page
@require_GET
def every(request):
    return _every(request)


@review_page
@require_POST
def take_off_any(request):
    return _taken_off(request, _every, then="fulfillment:supplier-review-articles")


def _every(request, refusal: DomainError | None = None):
    may, suppliers = request.actor.has(*REVIEWERS), institutions_of_kind("supplier")
    context = our_frame(request, "listings", suppliers=suppliers, may_take_off=may, refusal=refusal)
    return _list(request, "fulfillment/suppliers/every_article.html", context, supplier_pages.every_item())


def _list(request, template: str, context: dict, rows):
    if text := text_of(request, "q"):
        rows = rows.filter(sku__icontains=text)
    if code := text_of(request, "supplier"):
        rows = rows.filter(supplier__code=code)
    if wants_csv(request):
        return csv_file("articles", HEAD, _lines(rows), count=rows.count())
    context |= page_of(request, rows) | {"csv_query": csv_query(request)}
    names = labels(row.sku for row in context["page"])
    context["rows"] = [(row, str(row.pk), names.get(row.sku, row.sku)) for row in context["page"]]
    return render(request, template, context, status=422 if context["refusal"] else 200)


def _lines(rows):
    for row in rows.iterator(chunk_size=1000):
        yield row.supplier.code, row.sku, yuan(row.cost_fen), row.lead_days, row.lot


def _taken_off(request, page: Callable, *, then: str):
    try:
        row = supplier_articles.take_off(
            actor=request.actor,
            supplier_id=_supplier(request),
            sku=request.POST.get("sku", ""),
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return page(request, refusal=error)
    messages.success(request, _("%(sku)s is taken off the list.") % {"sku": row.sku})
    return redirect(then)


def _supplier(request) -> int:
    """Raises SupplierUnknown."""
    typed = request.POST.get("supplier", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise SupplierUnknown()
    return int(typed)
