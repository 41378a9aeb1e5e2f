"""Sell-in against sell-out, and the network's list of activations."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import dealer_sales, dealers
from fulfillment.services import activation_import
from fulfillment.services.serial_file import MOST_BYTES, FileTooLarge
from fulfillment.views.serials.imports import FileMissing
from fulfillment.views.stock.access import csv_file, labels, page_of, text_of, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.filters import date_of

from .access import dealer_page, frame

HEAD = ("day", "dealer", "name", "sku", "article", "sell_in", "sell_out")
SPAN = timedelta(days=27)


@dealer_page
@require_GET
def page(request):
    """The last four weeks, or the days of the address; summed per model, or day by day as CSV."""
    return _page(request)


def _page(request, refusal: DomainError | None = None):
    end = date_of(request, "end") or clock.today()
    begin = date_of(request, "begin") or end - SPAN
    rows = dealer_sales.days(
        request.actor, begin=begin, end=end, dealer=text_of(request, "dealer"), sku=text_of(request, "sku")
    )
    if wants_csv(request):
        return csv_file(f"sell-in-out-{begin}-{end}", HEAD, _lines(rows), count=len(rows))
    models = dealer_sales.by_model(rows, weeks=((end - begin).days + 1) / 7)
    query = request.GET.copy()
    query["format"] = "csv"
    paging = page_of(request, models)
    names = labels({each.sku for each in paging["page"]})
    context = frame(
        request,
        "sales",
        begin=begin,
        end=end,
        dealers=dealers.terms(request.actor),
        sell_in=sum(each.sell_in for each in models),
        sell_out=sum(each.sell_out for each in models),
        piling=sum(each.piles_up for each in models),
        csv_query=query.urlencode(),
        may_load=request.actor.has("operator"),
        refusal=refusal,
        **paging,
    )
    context["rows"] = [(each, names.get(each.sku, each.sku)) for each in paging["page"]]
    return render(request, "fulfillment/dealers/sales.html", context, status=422 if refusal else 200)


def _lines(rows):
    names = labels({row.sku for row in rows})
    for row in rows:
        yield (
            row.day, row.dealer.code, row.dealer.label, row.sku, names.get(row.sku, ""), row.sell_in,
            row.sell_out,
        )  # fmt: skip


@dealer_page
@require_POST
def activated(request):
    """The network's list is accepted; its own page shows how far a worker has read it."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise FileMissing(field="file")
        if file.size > MOST_BYTES:
            raise FileTooLarge(field="file")
        batch = activation_import.submit(
            actor=request.actor, content=file.read(), file_name=file.name, now=clock.now()
        )
    except DomainError as error:
        return _page(request, refusal=error)
    return redirect("fulfillment:serial-import", pk=batch.pk)
