"""What a dealer accepted for us: its own pages, and the same for finance."""

from collections.abc import Callable
from functools import wraps

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from members.queries import institution_by_code, institutions_by_ids
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.queries import acceptance, acceptance_exports

from .access import page_of, partner_page


def _dealer(request):
    """(whose pages these are, whether finance looks); raises NotAllowed, InstitutionUnknown."""
    is_finance, code = request.actor.has(*rights.READERS), request.GET.get("partner", "").strip()[:40]
    if is_finance and code:
        card = institution_by_code(code)
    else:
        own = request.actor.institution_for(rights.PARTNER)
        card = institutions_by_ids([own])[own]
    rights.must_see_statement(request.actor, path=card.path)
    return card, is_finance


def _frame(request) -> dict:
    """The dealer, the period and what an address of these pages begins with."""
    card, is_finance = _dealer(request)
    begin, end = acceptance.period_of(date_of(request, "begin"), date_of(request, "end"), today=clock.today())
    return {
        "institution": card,
        "is_finance": is_finance,
        "partner": card.code if is_finance else "",
        "begin": begin,
        "end": end,
        "query": request.GET.urlencode(),
    }


def _acceptance_page(view: Callable) -> Callable:
    """view(request, context), for the dealer's people and finance.

    Finance has no acceptance of its own: it comes from an institution's statement.
    """

    @require_GET
    @partner_page
    @wraps(view)
    def guarded(request):
        if request.actor.has(*rights.READERS) and not request.GET.get("partner"):
            return redirect("settlement:report-statements")
        return view(request, _frame(request))

    return guarded


@_acceptance_page
def days(request, context: dict):
    """By business day: orders, cash, commission, net."""
    rows = _rows(acceptance.days, context)
    sums = {"total": acceptance.total(rows), "orders": sum(row.orders for row in rows)}
    return render(request, "settlement/acceptance.html", context | sums | page_of(request, rows))


@_acceptance_page
def days_file(request, context: dict):
    rows = _rows(acceptance.days, context)
    return _file(acceptance_exports.days_csv(rows), "acceptance", context, len(rows))


@_acceptance_page
def orders(request, context: dict):
    """The orders behind the days of a period."""
    rows = _rows(acceptance.orders, context)
    context["total"] = acceptance.total(rows)
    return render(request, "settlement/acceptance_orders.html", context | page_of(request, rows))


@_acceptance_page
def orders_file(request, context: dict):
    rows = _rows(acceptance.orders, context)
    return _file(acceptance_exports.orders_csv(rows), "accepted-orders", context, len(rows))


def _rows(read: Callable, context: dict) -> list:
    return read(context["institution"].id, begin=context["begin"], end=context["end"])


def _file(lines, name: str, context: dict, count: int):
    card = context["institution"]
    file = f"{name}-{card.code}-{context['begin']}-{context['end']}.csv"
    response = csv_file(lines, file, rows=count)
    response.institution_id = card.id
    return response
