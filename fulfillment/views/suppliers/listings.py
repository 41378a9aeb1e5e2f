"""What a supplier lists with us: its listings, a new one, and how we decided."""

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.values import worded
from fulfillment.models import ListingState, SupplierItem, SupplierListing
from fulfillment.queries import supplier_pages
from fulfillment.services import dealer_quotes, photos, supplier_listings
from fulfillment.services.supplier_listings import Offered
from fulfillment.views.amounts import fen_of
from fulfillment.views.stock.access import csv_file, csv_query, labels, page_of, text_of, wants_csv, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound
from omnichannel.kernel.money import yuan

from .access import LISTING_TONES, chosen, frame, supplier_page

HEAD = ("sku", "new", "state", "cost", "lead_days", "lot", "proposed_at", "decided_at", "why")
WORDS = ("title", "title_en", "brand", "model", "description", "description_en")


@supplier_page
@require_GET
def index(request):
    rows = filtered(request, supplier_pages.listings(request.actor))
    if wants_csv(request):
        return csv_file("listings", HEAD, _lines(rows), count=rows.count())
    context = frame(
        request,
        "listings",
        states=ListingState.choices,
        csv_query=csv_query(request),
        **page_of(request, rows),
    )
    context["rows"] = shown(context["page"])
    return render(request, "fulfillment/suppliers/listings.html", context)


def filtered(request, rows):
    """The listings that the page's filters ask for."""
    if text := text_of(request, "q"):
        rows = rows.filter(
            Q(sku__icontains=text)
            | Q(title__icontains=text)
            | Q(title_en__icontains=text)
            | Q(brand__icontains=text)
        )
    if state := chosen(request, "state", ListingState.values):
        rows = rows.filter(state=state)
    if kind := chosen(request, "kind", ("new", "ours")):
        rows = rows.filter(is_new=kind == "new")
    return rows


def shown(rows) -> list[tuple[SupplierListing, str, str | None]]:
    """Each with its article's name and the tone of its state."""
    rows = list(rows)
    names = labels(row.sku for row in rows)
    return [(row, _name(row, names), LISTING_TONES.get(row.state)) for row in rows]


def _name(row: SupplierListing, names: dict[str, str]) -> str:
    """Of a new terminal as the supplier worded it: until it is accepted another article may have its SKU."""
    own = worded(row.title, row.title_en) or row.sku
    return own if row.is_new and row.state != ListingState.ACCEPTED else names.get(row.sku, own)


def details(row: SupplierListing, refusal: DomainError | None) -> dict:
    """What the supplier's page of a listing and the operators' both show."""
    name, tone = _name(row, labels([row.sku])), LISTING_TONES.get(row.state)
    return {"row": row, "name": name, "tone": tone, "refusal": refusal}


def _lines(rows):
    for row in rows.iterator(chunk_size=1000):
        yield (
            row.sku, int(row.is_new), row.state, yuan(row.cost_fen), row.lead_days, row.lot,
            row.proposed_at.isoformat(), row.decided_at.isoformat() if row.decided_at else "", row.reason,
        )  # fmt: skip


@supplier_page
@require_http_methods(["GET", "POST"])
def new(request):
    """`is_new`: a terminal that we do not have; else an article of ours. A refusal stays on the form."""
    refusal = None
    if request.method == "POST":
        try:
            row = supplier_listings.propose(
                actor=request.actor,
                supplier_id=_supplier(request),
                key=request.POST.get("key", "")[:64] or uuid4().hex,
                offered=_offered(request),
                now=clock.now(),
            )
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Listed. We tell you here how we decide."))
            return redirect("fulfillment:supplier-listing", pk=row.pk)
    return _form(request, refusal)


def _supplier(request) -> int:
    """The only supplier of who works for one. Raises SupplierUnknown."""
    typed = request.POST.get("supplier") or str(request.suppliers[0].id)
    chosen_one = next((card.id for card in request.suppliers if str(card.id) == typed), None)
    if chosen_one is None:
        raise supplier_listings.SupplierUnknown()
    return chosen_one


def _offered(request) -> Offered:
    """Raises AmountInvalid, UnitsInvalid, photos.PhotoTooLarge."""
    file = request.FILES.get("picture")
    if file and file.size > settings.DELIVERY_PHOTO_MOST_BYTES:
        raise photos.PhotoTooLarge(field="picture")
    return Offered(
        sku=request.POST.get("sku", ""),
        cost_fen=fen_of(request.POST.get("cost", "")),
        lead_days=whole(request.POST.get("lead", "")),
        lot=whole(request.POST.get("lot", "")),
        is_new=request.POST.get("what") == "new",
        picture=file.read() if file else b"",
        **{name: request.POST.get(name, "") for name in WORDS},
    )


def _form(request, refusal: DomainError | None):
    source = request.POST if request.method == "POST" else request.GET
    items = SupplierItem.objects.filter(supplier__in=[card.id for card in request.suppliers])
    listed = {item.sku: item for item in items}
    context = frame(
        request,
        "listings",
        is_new=source.get("what") == "new",
        suppliers=request.suppliers,
        articles=_articles(listed),
        known=listed.get(source.get("sku", "").strip().upper()),
        key=request.POST.get("key") or uuid4().hex,
        entered=source,
        refusal=refusal,
    )
    return render(request, "fulfillment/suppliers/list.html", context, status=422 if refusal else 200)


def _articles(listed: dict[str, SupplierItem]) -> list[tuple[str, str]]:
    """SKU and name of what may be listed: what dealers order, and what this supplier lists already."""
    names = {facts.sku: facts.label for facts in dealer_quotes.orderable()}
    names |= labels(listed.keys() - names.keys())
    return sorted(names.items(), key=lambda each: (each[0] not in listed, each[1]))


@supplier_page
@require_GET
def one(request, pk: int):
    return _one(request, pk)


def _one(request, pk: int, refusal: DomainError | None = None):
    row = _listing(request, pk)
    context = frame(
        request,
        "listings",
        may_withdraw=row.state == ListingState.PROPOSED,
        **details(row, refusal),
    )
    return render(request, "fulfillment/suppliers/listing.html", context, status=422 if refusal else 200)


def _listing(request, pk: int) -> SupplierListing:
    row = supplier_pages.listings(request.actor).filter(pk=pk).first()
    if row is None:
        raise supplier_listings.ListingUnknown()
    return row


@supplier_page
@require_POST
def withdraw(request, pk: int):
    try:
        supplier_listings.withdraw(actor=request.actor, listing_id=pk, now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        return _one(request, pk, refusal=error)
    messages.success(request, _("Withdrawn."))
    return redirect("fulfillment:supplier-listing", pk=pk)


@supplier_page
@require_GET
def picture(request, pk: int):
    return jpeg(_listing(request, pk))


def jpeg(row: SupplierListing) -> HttpResponse:
    raw = supplier_listings.picture_of(row)
    return HttpResponse(raw, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})
