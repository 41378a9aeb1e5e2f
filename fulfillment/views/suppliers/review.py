"""What suppliers listed, for the operators who decide about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import ListingState, SupplierItem, SupplierListing
from fulfillment.queries import supplier_pages
from fulfillment.services import listing_review, supplier_listings
from fulfillment.views.dealers.access import frame
from fulfillment.views.stock.access import page_of, text_of
from members.queries import institutions_of_kind
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import review_page
from .listings import details, filtered, jpeg, shown


@review_page
@require_GET
def index(request):
    rows = filtered(request, supplier_pages.every_listing())
    if code := text_of(request, "supplier"):
        rows = rows.filter(supplier__code=code)
    context = frame(
        request,
        "listings",
        states=ListingState.choices,
        suppliers=institutions_of_kind("supplier"),
        **page_of(request, rows),
    )
    context["rows"] = shown(context["page"])
    return render(request, "fulfillment/suppliers/review.html", context)


@review_page
@require_GET
def one(request, pk: int):
    return _page(request, pk)


def _page(request, pk: int, refusal: DomainError | None = None):
    row = _listing(pk)
    item = SupplierItem.objects.filter(supplier=row.supplier_id, sku=row.sku).first()
    waits = row.state == ListingState.PROPOSED
    own = row.proposed_by is not None and row.proposed_by == request.actor.user_id
    context = frame(
        request,
        "listings",
        item=item if waits else None,
        others=_others(row),
        before=_before(row),
        may_decide=waits and not own and request.actor.has(*listing_review.REVIEWERS),
        own=waits and own,
        entered=request.POST,
        **details(row, refusal),
    )
    return render(request, "fulfillment/suppliers/decide.html", context, status=422 if refusal else 200)


def _listing(pk: int) -> SupplierListing:
    row = SupplierListing.objects.select_related("supplier").filter(pk=pk).first()
    if row is None:
        raise supplier_listings.ListingUnknown()
    return row


def _others(row: SupplierListing):
    """What other suppliers take for the same article, the cheapest first."""
    items = SupplierItem.objects.filter(sku=row.sku).exclude(supplier=row.supplier_id)
    return list(items.select_related("supplier").order_by("cost_fen")[:5])


def _before(row: SupplierListing) -> list[SupplierListing]:
    """Earlier decisions about this article of this supplier."""
    rows = SupplierListing.objects.filter(supplier=row.supplier_id, sku=row.sku, decided_at__isnull=False)
    return list(rows.exclude(pk=row.pk).order_by("-decided_at")[:10])


@review_page
@require_POST
def act(request, pk: int, step: str):
    if step not in ("accept", "decline"):
        raise Http404
    values = {"actor": request.actor, "listing_id": pk, "now": clock.now()}
    try:
        if step == "accept":
            row = listing_review.accept(sku=request.POST.get("sku", ""), **values)
            told = (
                _("Accepted. Price it and show it in the shop.")
                if row.is_new
                else _("Accepted. It holds now.")
            )
        else:
            listing_review.decline(reason=request.POST.get("reason", ""), **values)
            told = _("Declined.")
    except DomainError as error:
        if error.status in (403, 404):
            raise
        return _page(request, pk, refusal=error)
    messages.success(request, told)
    return redirect("fulfillment:supplier-decide", pk=pk)


@review_page
@require_GET
def picture(request, pk: int):
    return jpeg(_listing(pk))
