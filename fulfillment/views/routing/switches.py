"""/routing/planning/switches/: who switched which of the optimiser's jobs on or off, and when."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment.queries import planning
from fulfillment.views.stock.access import csv_file, text_of, wants_csv
from omnichannel.kernel import clock

PAGE = 25
COLUMNS = ("at", "job", "on", "by")


@login_required
@require_GET
def page(request):
    kind, who = text_of(request, "job"), text_of(request, "who")
    found = planning.switches(request.actor, kind=kind, who=who)
    if wants_csv(request):
        return csv_file("optimiser-switches", COLUMNS, map(_cells, found.iterator()), count=found.count())
    context = {
        "where": "planning",
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "kinds": planning.Kind.choices,
        "kind": kind,
        "who": who,
    }
    return render(request, "fulfillment/routing/switches.html", context)


def _cells(row) -> list:
    at = row.changed_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")
    return [at, row.kind, int(row.is_on), row.changed_by]
