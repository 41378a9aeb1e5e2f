"""The clearing report of any period, grouped as the address says, down to the trades of each figure."""

from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.filters import date_of
from settlement.queries import charts, clearing_exports, clearing_groups, group_labels, product_parts
from settlement.queries.clearing_groups import Asked

from .access import ROWS, finance_page, page_of

PAGE = 100
OVER_TIME = ("day", "month")


def period(request) -> tuple[date, date]:
    """The days of the address; without any, this month until today."""
    begin, end = date_of(request, "begin"), date_of(request, "end")
    end = end or (clock.today() if begin is None or begin <= clock.today() else begin)
    return begin or end.replace(day=1), end


def _asked(request) -> Asked:
    begin, end = period(request)
    texts = {name: request.GET.get(name, "").strip()[:80] for name in ("party", "channel", "product")}
    then = request.GET.get("then", "channel" if "by" not in request.GET else "")
    return Asked(begin, end, by=request.GET.get("by") or "institution", then=then, **texts)


def _rows(asked: Asked) -> list[group_labels.Shown]:
    return group_labels.shown(asked, clearing_groups.lines(asked))


@require_GET
@finance_page
def index(request):
    return redirect("settlement:report-clearing")


@require_GET
@finance_page
def clearing(request):
    asked = _asked(request)
    rows = _rows(asked)
    columns = clearing_exports.labels_of_columns()
    totals = {name: sum(row.line.amounts[name] for row in rows) for name in columns}
    if not totals[clearing_groups.OTHER]:
        columns.pop(clearing_groups.OTHER)
    total = sum(totals.values())
    context = {
        "asked": asked,
        "heads": [clearing_groups.LABELS[name] for name in asked.groups],
        "dimensions": clearing_groups.LABELS,
        "columns": columns,
        "totals": [(name, totals[name]) for name in columns],
        "total": total,
        "booked": clearing_groups.booked_fen(asked) if asked.is_whole else None,
        "everything": group_labels.behind(asked),
        "detail_query": urlencode(group_labels.behind(asked)),
        "by_product": "product" in asked.groups or bool(asked.product),
        "product_label": _product_label(asked),
        "channels": Channel.choices,
        "chart": _chart(asked, rows),
        **page_of(request, rows, size=PAGE),
    }
    return render(request, "settlement/report_clearing.html", context)


def _product_label(asked: Asked) -> str:
    product = clearing_groups.product_of(asked.product)
    return group_labels.products([product])[product][1] if asked.product else ""


def _chart(asked: Asked, rows: list) -> charts.Chart | None:
    """The first grouping's totals: over time as columns, else the largest as rows."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.labels[0]] = sums.get(row.labels[0], 0) + row.line.total
    points = [(label, fen) for label, fen in sums.items() if fen]
    if len(points) < 2:
        return None
    return charts.columns(points) if asked.by in OVER_TIME else charts.rows(points)


@require_GET
@finance_page
def clearing_csv(request):
    asked = _asked(request)
    rows = _rows(asked)
    return csv_file(clearing_exports.groups_csv(asked, rows), _name(asked, "csv"), rows=len(rows))


@require_GET
@finance_page
def clearing_xlsx(request):
    asked = _asked(request)
    rows = _rows(asked)
    return xlsx_file(clearing_exports.groups_xlsx(asked, rows), _name(asked, "xlsx"), rows=len(rows))


def _name(asked: Asked, suffix: str) -> str:
    return f"clearing-{'-'.join(asked.groups)}-{asked.begin}-{asked.end}.{suffix}"


@require_GET
@finance_page
def parts(request):
    """The trades behind a product's figure, each with the part of its share that is the product's."""
    asked = _asked(request)
    column, number = request.GET.get("column", ""), request.GET.get("page", "1")
    start = (max(int(number), 1) - 1) * ROWS if number.isdigit() else 0
    found = product_parts.parts(asked, column=column, start=start, size=ROWS)
    paginator = Paginator(range(found.count), ROWS)
    page = paginator.get_page(number)
    page.object_list = found.rows
    context = {
        "asked": asked,
        "found": found,
        "product_label": _product_label(asked),
        "column_label": clearing_exports.labels_of_columns().get(column, ""),
        "page": page,
        "pages": list(paginator.get_elided_page_range(page.number)),
    }
    return render(request, "settlement/report_parts.html", context)
