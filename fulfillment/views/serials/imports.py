"""Files of delivery notes: sent, watched while they are read, and what was set aside."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.queries.taken import with_serials
from fulfillment.models import ImportKind, SerialImport, SerialKind
from fulfillment.queries import serials
from fulfillment.services import number_import, serial_file, serial_import, serial_reversal
from fulfillment.services.serial_rules import WORDS
from fulfillment.views.access import receiving_places, serial_page
from fulfillment.views.stock.access import csv_file, labels, page_of
from omnichannel.kernel import clock, downloads
from omnichannel.kernel.errors import DomainError, Invalid, NotFound
from omnichannel.kernel.tables import BOM

SAMPLES = {
    ImportKind.IMEI: "imei,sku\n",
    ImportKind.ICCID: "iccid,sku\n",
    ImportKind.CARD: "card number,pin,face value,valid until,sku\n",
    ImportKind.NUMBER: "number,province,city\n",
    ImportKind.ACTIVATION: "serial,time\n",
}
SHOWN_REJECTS = 200


class FileMissing(Invalid):
    code = "serial_file_missing"
    message = gettext_lazy("Choose a file.")


@serial_page
@require_http_methods(["GET", "POST"])
def index(request):
    """The imports, and the forms to send another."""
    refusal = None
    if request.method == "POST":
        try:
            return redirect("fulfillment:serial-import", pk=_submit(request).pk)
        except DomainError as error:
            refusal = error
    return page(request, refusal)


def page(request, refusal: DomainError | None):
    """The list with both forms; a refusal stays beside what was entered."""
    may_number, number = request.actor.has(*number_import.ROLES), ImportKind.NUMBER
    context = {
        "where": "imports",
        "places": receiving_places(request),
        "may_number": may_number,
        "kinds": [*SerialKind.choices, *([(number.value, number.label)] if may_number else [])],
        "articles": _articles(),
        "entered": request.POST,
        "refusal": refusal,
        "failures": FAILURES,
        **page_of(request, serials.imports(request.actor)),
    }
    return render(request, "fulfillment/serials/imports.html", context, status=422 if refusal else 200)


def _articles() -> list[tuple[str, str]]:
    """SKU and name of what comes with serial numbers, shown in the shop or not."""
    kinds = with_serials()
    names = labels(kinds)
    return [(sku, names[sku]) for sku in sorted(kinds, key=lambda sku: (kinds[sku], sku))]


def _submit(request) -> SerialImport:
    file = request.FILES.get("file")
    if file is None:
        raise FileMissing(field="file")
    if file.size > serial_file.MOST_BYTES:
        raise serial_file.FileTooLarge(field="file")
    if request.POST.get("kind") == ImportKind.NUMBER:
        return number_import.submit(
            actor=request.actor,
            delivery_note=request.POST.get("delivery_note", ""),
            file_name=file.name,
            content=file.read(),
            now=clock.now(),
        )
    place = request.POST.get("place", "")
    return serial_import.submit(
        actor=request.actor,
        location_id=int(place) if place.isdigit() else 0,
        kind=request.POST.get("kind", ""),
        sku=request.POST.get("sku", ""),
        delivery_note=request.POST.get("delivery_note", ""),
        file_name=file.name,
        content=file.read(),
        now=clock.now(),
    )


FAILURES = {
    error.code: error.message
    for error in (
        serial_file.FileUnreadable,
        serial_file.ColumnMissing,
        serial_file.FileTooLarge,
        serial_file.FileEmpty,
    )
}


@serial_page
@require_GET
def one(request, pk: int):
    """How far an import is; the part with the figures asks again by itself until it is over."""
    return _one(request, pk)


def _one(request, pk: int, refusal: DomainError | None = None):
    batch = _batch(request, pk)
    rejects = batch.rejects.all()
    context = {
        "where": "imports",
        "batch": batch,
        "label": labels([batch.sku]).get(batch.sku, batch.sku),
        "rejects": [(row, WORDS.get(row.code, row.code)) for row in rejects[:SHOWN_REJECTS]],
        "failure": _failure(batch),
        "may_reverse": serial_reversal.may_reverse(request.actor, batch),
        "refusal": refusal,
    }
    template = "fulfillment/serials/_import.html" if request.htmx else "fulfillment/serials/import.html"
    return render(request, template, context, status=422 if refusal else 200)


@serial_page
@require_POST
def take_back(request, pk: int):
    """Take a wrong receipt back whole; a refusal stays on the page."""
    _batch(request, pk)
    try:
        serial_reversal.reverse(
            actor=request.actor, import_id=pk, reason=request.POST.get("reason", ""), now=clock.now()
        )
    except NotFound:
        raise
    except DomainError as error:
        return _one(request, pk, refusal=error)
    messages.success(
        request, _("The receipt was taken back. The same file may come in as the right article.")
    )
    return redirect("fulfillment:serial-import", pk=pk)


def _failure(batch: SerialImport) -> str:
    words = FAILURES.get(batch.failure, "")
    return str(words) % {"line": "?", "column": "serial"} if words else batch.failure


def _batch(request, pk: int) -> SerialImport:
    found = serials.imports(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@serial_page
@require_GET
def rejects(request, pk: int):
    """What was set aside, with line and reason, for a spreadsheet."""
    batch = _batch(request, pk)
    lines = (
        (row.line_number, row.serial, row.code, str(WORDS.get(row.code, row.code)), row.detail)
        for row in batch.rejects.iterator()
    )
    head = (_("line"), _("serial"), _("code"), _("reason"), _("detail"))
    return csv_file(f"rejected-{batch.pk}", head, lines, count=batch.rejects.count())


@serial_page
@require_GET
def sample(request, kind: str):
    """An empty file with the right header."""
    if kind not in SAMPLES:
        raise Http404
    return downloads.csv_file(iter((BOM, SAMPLES[kind])), f"{kind}.csv", rows=0)
