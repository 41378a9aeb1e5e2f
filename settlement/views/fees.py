"""Provider fees, estimated against billed; points owed by month of expiry."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import xlsx_file
from settlement.queries import charts, fee_exports, point_exports, points, provider_fees

from .access import finance_page, page_of
from .reports import period


def _asked(request) -> dict:
    begin, end = period(request)
    by = request.GET.get("by", provider_fees.DAY)
    return {"begin": begin, "end": end, "by": by if by in (provider_fees.DAY, provider_fees.MONTH) else "day"}


@require_GET
@finance_page
def fee_report(request):
    asked = _asked(request)
    found = provider_fees.fees(**asked)
    context = {
        **asked,
        "found": found,
        "accounts": provider_fees.accounts(),
        **page_of(request, found.rows, size=100),
    }
    return render(request, "settlement/report_fees.html", context)


@require_GET
@finance_page
def fee_xlsx(request):
    asked = _asked(request)
    found = provider_fees.fees(**asked)
    content = fee_exports.fees_xlsx(found, title=f"{asked['begin']} {asked['end']}")
    return xlsx_file(content, f"provider-fees-{asked['begin']}-{asked['end']}.xlsx", rows=len(found.rows))


@require_GET
@finance_page
def points_page(request):
    owed = points.liability(day=clock.today())
    bars = [(f"{month:%Y-%m}", fen) for month, _points, fen in owed.months]
    context = {
        "owed": owed,
        "history": points.history(),
        "chart": charts.columns(bars) if len(bars) > 1 else None,
        "account_id": points.account_id(),
    }
    return render(request, "settlement/points.html", context)


@require_GET
@finance_page
def points_xlsx(request):
    today = clock.today()
    owed, history = points.liability(day=today), points.history()
    content = point_exports.points_xlsx(owed, history)
    return xlsx_file(content, f"points-owed-{today}.xlsx", rows=len(owed.months) + len(history))
