"""/routing/planning/: the optimiser's jobs, switched here, with what their runs did."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import planning
from fulfillment.services import optimiser_switch
from fulfillment.views.stock.access import csv_file, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

PAGE = 25
NEWEST = 5
DEAREST = 12
KIND_WORDS = {
    "prices": (
        gettext_lazy("Every night at 03:20"),
        gettext_lazy(
            "What a unit of each stock is worth to the orders to come, from the orders of the last weeks."
            " Routing leaves goods where they are worth more."
        ),
    ),
    "reevaluation": (
        gettext_lazy("Every 15 minutes"),
        gettext_lazy(
            "Orders that are routed and not yet accepted are planned together once more. A new plan holds"
            " where it saves enough and keeps the promised day."
        ),
    ),
    "centres": (
        gettext_lazy("Every night at 03:40"),
        gettext_lazy(
            "In which cities the volume of orders justifies an operations centre of its own, all cities"
            " compared together. It proposes, operators decide."
        ),
    ),
}
# status: words, tone of the badge
STATUS = {
    "optimal": (gettext_lazy("proven"), "ok"),
    "feasible": (gettext_lazy("not proven"), "warn"),
    "no_orders": (gettext_lazy("no orders"), ""),
    "nothing_waits": (gettext_lazy("nothing waited"), ""),
    "no_answer": (gettext_lazy("no answer"), "danger"),
}
COLUMNS = ("at", "job", "status", "orders", "changed", "saved_fen", "not_worth_it", "overtaken", "ms")


@login_required
@require_GET
def page(request):
    kind = request.GET.get("job", "")
    runs = planning.runs(request.actor, kind=kind)
    if wants_csv(request):
        return csv_file("optimiser-runs", COLUMNS, map(_cells, runs.iterator()), count=runs.count())
    shown = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    prices = planning.prices(request.actor)
    context = {
        "where": "planning",
        "jobs": [_job(job) for job in planning.jobs(request.actor)],
        "may_switch": request.actor.has("operator"),
        "page": shown,
        "runs": [(run, *STATUS.get(run.status, (run.status, ""))) for run in shown],
        "kinds": planning.Kind.choices,
        "kind": kind,
        "switches": planning.switches(request.actor)[:NEWEST],
        "prices": prices[:DEAREST],
        "price_count": prices.count(),
        "prices_on": planning.is_on(planning.Kind.PRICES),
    }
    return render(request, "fulfillment/routing/planning.html", context)


def _job(job: planning.Job) -> dict:
    often, what = KIND_WORDS[job.kind]
    status = STATUS.get(job.last.status, (job.last.status, "")) if job.last else ("", "")
    return {"job": job, "label": job.kind.label, "often": often, "what": what, "status": status}


def _cells(run) -> list:
    told = [run.figures.get(name, "") for name in ("saved_fen", "not_worth_it", "overtaken")]
    at = run.at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")
    return [at, run.kind, run.status, run.orders, run.changed, *told, run.milliseconds]


@login_required
@require_POST
def switch(request, kind: str):
    on = request.POST.get("on") == "1"
    try:
        optimiser_switch.switch(kind=kind, on=on, actor=request.actor, now=clock.now())
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    else:
        messages.success(request, _("Switched on from its next run on.") if on else _("Switched off."))
    return redirect("fulfillment:routing-planning")
