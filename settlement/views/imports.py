"""Till imports and their sales."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from omnichannel.kernel.filters import date_of
from settlement.models import ImportedSale, TillImport
from settlement.queries import list_exports, till_report

from .access import finance_page, page_of
from .list_files import list_file


@require_GET
@finance_page
def import_list(request):
    wanted = _wanted(request)
    return render(
        request, "settlement/import_list.html", wanted | page_of(request, till_report.imports(**wanted))
    )


def _wanted(request) -> dict:
    return {"text": request.GET.get("q", "").strip()[:40], "day": date_of(request, "day")}


@require_GET
@finance_page
def import_file(request, kind: str):
    rows = till_report.imports(**_wanted(request))
    return list_file(kind, "till-imports", list_exports.IMPORTS, rows, count=rows.count())


@require_GET
@finance_page
def import_page(request, import_id: int):
    batch = get_object_or_404(TillImport.objects.select_related("chain"), pk=import_id)
    sales = ImportedSale.objects.filter(batch=batch).select_related("store").order_by("original_date", "pk")
    original, store = date_of(request, "original"), request.GET.get("store", "").strip()
    if original:
        sales = sales.filter(original_date=original)
    if store:
        sales = sales.filter(store__code=store)
    context = {
        "batch": batch,
        "original": original,
        "store": store,
        "rejects": batch.rejects.all()[:100],
        **page_of(request, sales),
    }
    return render(request, "settlement/import.html", context)


@require_GET
@finance_page
def sale_page(request, sale_id: int):
    sale = get_object_or_404(ImportedSale.objects.select_related("store", "batch"), pk=sale_id)
    return render(
        request, "settlement/sale.html", {"sale": sale, "lines": sale.lines.select_related("product")}
    )
