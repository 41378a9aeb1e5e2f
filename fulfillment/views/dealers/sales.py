"""Sell-in against sell-out, and the network's list of activations."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import dealer_sales, dealers
from fulfillment.services import activations, dealer_days
from fulfillment.services.serial_file import MOST_BYTES, FileTooLarge
from fulfillment.views.serials.imports import FileMissing
from fulfillment.views.stock.access import csv_file, date_of, labels, page_of, text_of, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import dealer_page, frame

HEAD = ("day", "dealer", "name", "sku", "article", "sell_in", "sell_out")
SPAN = timedelta(days=27)
MOST_SHOWN = 20


@dealer_page
@require_GET
def page(request):
    """The last four weeks, or the days of the address; summed per model, or day by day as CSV."""
    return _page(request)


def _page(request, refusal: DomainError | None = None, rejected=()):
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
        rejected=rejected,
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
    """The network's file: good rows count as sell-out at once, the others are named."""
    file = request.FILES.get("file")
    now = clock.now()
    try:
        if file is None:
            raise FileMissing(field="file")
        if file.size > MOST_BYTES:
            raise FileTooLarge(field="file")
        outcome = activations.load(actor=request.actor, content=file.read(), file_name=file.name, now=now)
    except DomainError as error:
        return _page(request, refusal=error)
    dealer_days.reckon_recent(now=now)
    text = ngettext(
        "%(count)s activation was recorded.", "%(count)s activations were recorded.", outcome.recorded
    )
    messages.success(request, text % {"count": outcome.recorded})
    if outcome.known:
        messages.success(request, _("%(count)s were known before.") % {"count": outcome.known})
    if outcome.rejected:
        return _page(request, rejected=outcome.rejected[:MOST_SHOWN])
    return redirect("fulfillment:dealer-sales")
