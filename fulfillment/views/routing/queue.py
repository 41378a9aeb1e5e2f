"""/routing/: what waits for an operator; several at once are routed again; the list as a file."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import operator_queue
from fulfillment.reasons import words
from fulfillment.services import exceptions
from fulfillment.views.stock.access import csv_file, wants_csv
from members.place_names import place_name
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

PAGE = 25
OLD = timedelta(hours=4)
COLUMNS = (
    "order",
    "channel",
    "way",
    "reason",
    "code",
    "province",
    "city",
    "waits_since",
    "promised",
    "attempts",
)


@login_required
@require_GET
def page(request):
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("reason", "way", "q")}
    found = operator_queue.queue(
        request.actor, reason=asked["reason"], way=asked["way"], text=asked["q"].replace("\0", "")
    )
    if wants_csv(request):
        return csv_file("waiting-orders", COLUMNS, map(_cells, found.iterator()), count=found.count())
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    rows = [
        {"demand": row, "why": words(row.reason), "old": now - row.changed_at > OLD, "where": _where(row)}
        for row in shown
    ]
    context = {
        "where": "queue",
        "page": shown,
        "rows": rows,
        "reasons": operator_queue.reasons(request.actor),
        "ways": operator_queue.WAYS,
        "asked": asked,
        "elsewhere": asked["q"] if not rows and operator_queue.is_known(request.actor, asked["q"]) else "",
        "may_act": request.actor.has("operator"),
    }
    return render(request, "fulfillment/routing/queue.html", context)


def _where(row) -> str:
    """上海 stands once, as it is province and city."""
    place = row.wish.get("destination")
    return " ".join(map(place_name, dict.fromkeys((place["province"], place["city"])))) if place else ""


def _cells(row) -> list:
    place = row.wish.get("destination") or {}
    since = row.changed_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")
    where = [place.get("province", ""), place.get("city", "")]
    told = [row.order_number, row.channel, row.way, words(row.reason), row.reason, *where, since]
    return [*told, row.promised_on.isoformat() if row.promised_on else "", row.attempts]


@login_required
@require_POST
def again(request):
    """Route the chosen orders once more; what is refused is told, the others are done."""
    done = 0
    for number in request.POST.getlist("order")[:PAGE]:
        try:
            exceptions.re_route(order_number=number, actor=request.actor, now=clock.now())
        except DomainError as refusal:
            messages.error(request, f"{number[:32]}: {refusal} ({refusal.code})")
        else:
            done += 1
    if done:
        text = ngettext(
            "%(n)d order is being routed once more.", "%(n)d orders are being routed once more.", done
        )
        messages.success(request, text % {"n": done})
    elif not request.POST.getlist("order"):
        messages.error(request, _("Choose at least one order."))
    return redirect("fulfillment:routing")
