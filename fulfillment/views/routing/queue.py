"""/routing/: what waits for an operator."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment.queries import operator_queue
from fulfillment.reasons import words
from omnichannel.kernel import clock

PAGE = 25
OLD = timedelta(hours=4)


@login_required
@require_GET
def page(request):
    reason, text = request.GET.get("reason", ""), request.GET.get("q", "").strip()[:40]
    found = operator_queue.queue(request.actor, reason=reason, text=text)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    rows = [
        {"demand": row, "why": words(row.reason), "old": now - row.changed_at > OLD, "where": _where(row)}
        for row in shown
    ]
    context = {
        "page": shown,
        "rows": rows,
        "reasons": operator_queue.reasons(request.actor),
        "reason": reason,
        "text": text,
        "runs": operator_queue.runs(request.actor),
    }
    return render(request, "fulfillment/routing/queue.html", context)


def _where(row) -> str:
    destination = row.wish.get("destination")
    return f"{destination['province']} {destination['city']}" if destination else ""
