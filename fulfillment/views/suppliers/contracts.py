"""A supplier's contracts of central procurement, with what is called off and left; looked at only."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fulfillment.queries import supplier_pages
from fulfillment.views.stock.access import csv_file, csv_query, labels, page_of, text_of, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.money import yuan

from .access import frame, supplier_page

HEAD = ("number", "sku", "cost", "agreed", "called_off", "left", "lot", "lead_days", "from", "until")


@supplier_page
@require_GET
def index(request):
    today, rows = clock.today(), supplier_pages.contracts(request.actor)
    if text := text_of(request, "q"):
        rows = rows.filter(number__icontains=text) | rows.filter(sku__icontains=text)
    state = text_of(request, "state")
    if state == "running":
        rows = rows.filter(starts__lte=today, ends__gt=today)
    elif state == "ended":
        rows = rows.filter(ends__lte=today)
    elif state == "coming":
        rows = rows.filter(starts__gt=today)
    if wants_csv(request):
        return csv_file("contracts", HEAD, _lines(rows), count=rows.count())
    context = frame(
        request,
        "contracts",
        states=[("running", _("running")), ("coming", _("not begun")), ("ended", _("ended"))],
        csv_query=csv_query(request),
        **page_of(request, rows),
    )
    names = labels(row.sku for row in context["page"])
    context["rows"] = [(row, names.get(row.sku, row.sku), _standing(row, today)) for row in context["page"]]
    return render(request, "fulfillment/suppliers/contracts.html", context)


def _standing(contract, today) -> tuple[str, str]:
    """Its badge: label and tone."""
    if contract.ends <= today:
        return _("ended"), ""
    if contract.starts > today:
        return _("not begun"), "accent"
    return _("running"), "ok"


def _lines(rows):
    for row in rows.iterator(chunk_size=1000):
        yield (
            row.number, row.sku, yuan(row.cost_fen), row.units, row.called, row.left, row.lot, row.lead_days,
            row.starts.isoformat(), row.ends.isoformat(),
        )  # fmt: skip
