"""What a dealer accepted for us: its own pages, and the same for finance."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from members.queries import institution_by_code, institutions_by_ids
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file
from settlement import rights
from settlement.queries import acceptance, acceptance_exports

from .access import date_of, page_of, partner_page


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


def _asks_for_all(request) -> bool:
    """Finance has no acceptance of its own: it comes from an institution's statement."""
    return request.actor.has(*rights.READERS) and not request.GET.get("partner")


@require_GET
@partner_page
def days(request):
    """By business day: orders, cash, commission, net."""
    if _asks_for_all(request):
        return redirect("settlement:report-statements")
    context = _frame(request)
    rows = acceptance.days(context["institution"].id, begin=context["begin"], end=context["end"])
    sums = {"total": acceptance.total(rows), "orders": sum(row.orders for row in rows)}
    return render(request, "settlement/acceptance.html", context | sums | page_of(request, rows))


@require_GET
@partner_page
def days_file(request):
    if _asks_for_all(request):
        return redirect("settlement:report-statements")
    context = _frame(request)
    rows = acceptance.days(context["institution"].id, begin=context["begin"], end=context["end"])
    return _file(acceptance_exports.days_csv(rows), "acceptance", context, len(rows))


@require_GET
@partner_page
def orders(request):
    """The orders behind the days of a period."""
    if _asks_for_all(request):
        return redirect("settlement:report-statements")
    context = _frame(request)
    rows = acceptance.orders(context["institution"].id, begin=context["begin"], end=context["end"])
    context["total"] = acceptance.total(rows)
    return render(request, "settlement/acceptance_orders.html", context | page_of(request, rows))


@require_GET
@partner_page
def orders_file(request):
    if _asks_for_all(request):
        return redirect("settlement:report-statements")
    context = _frame(request)
    rows = acceptance.orders(context["institution"].id, begin=context["begin"], end=context["end"])
    return _file(acceptance_exports.orders_csv(rows), "accepted-orders", context, len(rows))


def _file(lines, name: str, context: dict, count: int):
    card = context["institution"]
    file = f"{name}-{card.code}-{context['begin']}-{context['end']}.csv"
    response = csv_file(lines, file, rows=count)
    response.institution_id = card.id
    return response
