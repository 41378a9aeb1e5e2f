"""From a figure down to its trades, from a trade to the order's money story."""

from urllib.parse import urlencode

from django.db.models import Sum
from django.shortcuts import render
from django.views.decorators.http import require_GET

from members.channels import Channel
from members.queries import institution_by_code
from omnichannel.kernel.downloads import csv_file
from omnichannel.kernel.filters import date_of
from settlement.models import AccountKind, TradeKind
from settlement.queries import clearing_report, exports, list_exports, trades

from .access import finance_page, page_of
from .list_files import list_file


def _found(request):
    return trades.trades(
        day=date_of(request, "day"),
        original=date_of(request, "original"),
        channel=request.GET.get("channel", ""),
        kind=request.GET.get("kind", ""),
        text=request.GET.get("q", "").strip(),
        begin=date_of(request, "begin"),
        end=date_of(request, "end"),
        party=request.GET.get("party", "").strip()[:40],
    )


@require_GET
@finance_page
def trade_file(request, kind: str):
    rows = _found(request)
    shown = rows.iterator(chunk_size=2000)
    return list_file(kind, "trades", list_exports.TRADES, shown, count=rows.count())


@require_GET
@finance_page
def trade_list(request):
    found = _found(request)
    shown = page_of(request, found)
    shown["page"].object_list = trades.with_orders(shown["page"].object_list)
    context = {
        "sum": found.aggregate(fen=Sum("amount_fen", default=0))["fen"],
        "kinds": TradeKind.choices,
        "channels": Channel.choices,
        "kept": [(name, request.GET.get(name, "")) for name in ("begin", "end", "party")],
        **shown,
    }
    return render(request, "settlement/trade_list.html", context)


def _asked(request) -> dict:
    return {
        "day": date_of(request, "day"),
        "begin": date_of(request, "begin"),
        "end": date_of(request, "end"),
        "original": date_of(request, "original"),
        "party": request.GET.get("party", ""),
        "channel": request.GET.get("channel", ""),
        "column": request.GET.get("column", ""),
        "holder": request.GET.get("holder", ""),
    }


@require_GET
@finance_page
def share_list(request):
    """The shares behind a figure of the report; their sum is the figure."""
    asked = _asked(request)
    found = trades.shares(**asked)
    context = {
        **asked,
        "party_label": _party_label(asked["party"]),
        "period": "?" + urlencode({name: asked[name] for name in ("begin", "end") if asked[name]}),
        "column_label": exports.column_labels().get(asked["column"], ""),
        "columns": exports.column_labels(),
        "channels": Channel.choices,
        "sum": found.aggregate(fen=Sum("amount_fen", default=0))["fen"],
        **page_of(request, found),
    }
    return render(request, "settlement/share_list.html", context)


def _party_label(party: str) -> str:
    if party in AccountKind.values:
        return clearing_report.own_label(party)
    return institution_by_code(party).label if party else ""


@require_GET
@finance_page
def share_csv(request):
    found = trades.shares(**_asked(request))
    return csv_file(exports.shares_csv(found), "shares.csv", rows=found.count())


@require_GET
@finance_page
def trade_page(request, trade_id: int):
    (row,) = trades.with_orders([trades.trade(trade_id)])
    context = {
        "trade": row,
        "shares": trades.shares_of(row),
        "postings": trades.postings_of(row.journal_id, row.business_date),
    }
    return render(request, "settlement/trade.html", context)


@require_GET
@finance_page
def order_page(request, order_number: str):
    return render(
        request, "settlement/order.html", {"number": order_number, **trades.order_story(order_number)}
    )
