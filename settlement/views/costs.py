"""Channel cost: the report, and the file that brings costs in."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.tables import BOM
from settlement import rights
from settlement.models import CostImport
from settlement.queries import cost_exports, cost_lines, costs, list_exports, monthly
from settlement.services.cost_file import COLUMNS, CostFileInvalid
from settlement.services.costs import import_costs

from .access import finance_page, page_of
from .list_files import list_file

MOST_BYTES = 4 * 1024 * 1024
EXAMPLE = (
    BOM + ",".join(COLUMNS) + "\r\n",
    "2026-10-sh-store-rent,sh,store,2026-10,lease,125000.00\r\n",
    "2026-10-sh-store-queries,sh,store,2026-10,queries,48210\r\n",
)


class CostFileMissing(Invalid):
    code = "cost_file_missing"


def _month(request, name: str, today: date) -> date:
    return monthly.month_of(request.GET.get(name, "").strip(), today=today)


def _asked(request) -> costs.Asked:
    today = clock.today()
    end = _month(request, "end", today)
    begin = _month(request, "begin", today) if request.GET.get("begin") else end
    by = request.GET.get("by") or "channel"
    return costs.Asked(begin, end, by=by, then=request.GET.get("then", ""))


@require_GET
@finance_page
def cost_report(request):
    return _page(request)


def _page(request, refusal: CostFileInvalid | None = None):
    asked = _asked(request)
    found = costs.report(asked)
    context = {
        "asked": asked,
        "found": found,
        "heads": [costs.DIMENSIONS[name] for name in asked.groups],
        "dimensions": costs.DIMENSIONS,
        "kinds": costs.KINDS,
        "refusal": refusal,
        "columns": COLUMNS,
        "files": CostImport.objects.all()[:8],
        "may_import": request.actor.has(rights.CLERK, rights.LEAD),
        **page_of(request, found.lines, size=100),
    }
    return render(request, "settlement/report_costs.html", context, status=refusal.status if refusal else 200)


@require_GET
@finance_page
def cost_xlsx(request):
    asked = _asked(request)
    name = f"channel-cost-{asked.begin:%Y-%m}-{asked.end:%Y-%m}.xlsx"
    found = costs.report(asked)
    return xlsx_file(cost_exports.costs_xlsx(asked, found), name, rows=len(found.lines))


@require_GET
@finance_page
def cost_example(request):
    return csv_file(iter(EXAMPLE), "channel-costs-example.csv", rows=len(EXAMPLE) - 1)


@require_POST
@finance_page
def cost_load(request):
    """A file of costs; what is wrong with it stands line by line above the report, and nothing is booked."""
    file = request.FILES.get("file")
    if file is None or file.size > MOST_BYTES:
        raise CostFileMissing(field="file")
    try:
        batch = import_costs(actor=request.actor, content=file.read(), file_name=file.name, now=clock.now())
    except CostFileInvalid as refusal:
        return _page(request, refusal)
    said = _("%(new)s of %(rows)s rows are booked, the others were before.")
    messages.success(request, said % {"new": batch.rows_new, "rows": batch.rows})
    return redirect("settlement:report-costs")


def _texts(request) -> dict:
    return {name: request.GET.get(name, "").strip()[:40] for name in ("kind", "channel", "branch")}


@require_GET
@finance_page
def postings_file(request, kind: str):
    asked = _asked(request)
    rows = cost_lines.postings(begin=asked.begin, last=asked.last, **_texts(request))
    shown = rows.iterator(chunk_size=2000)
    return list_file(kind, "cost-postings", list_exports.COST_POSTINGS, shown, count=rows.count())


@require_GET
@finance_page
def cost_postings(request):
    """The postings behind a cost figure."""
    asked, texts = _asked(request), _texts(request)
    rows = cost_lines.postings(begin=asked.begin, last=asked.last, **texts)
    context = {"asked": asked, **texts, "kinds": costs.KINDS, "sum": cost_lines.sum_fen(rows),
               **page_of(request, rows)}  # fmt: skip
    return render(request, "settlement/report_cost_postings.html", context)
