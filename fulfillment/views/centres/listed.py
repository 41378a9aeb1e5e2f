"""/ops/centres/: proposals, map, every city with its reason, the centres that stand; the table as a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import CentreProposalState
from fulfillment.models.centres import LOST
from fulfillment.queries import centres, planning
from fulfillment.queries.centre_map import centre_map
from fulfillment.services import centre_costs
from fulfillment.services.centres import asking
from fulfillment.views.centres.words import VERDICTS, centre_row, city_row
from fulfillment.views.stock.access import csv_file, text_of, wants_csv
from omnichannel.kernel import clock

PAGE = 25
FEW_DAYS = 7
COLUMNS = ("province", "city", "verdict", "orders_day", "taken_day", "needed_day", "share", "saving_fen",
           "asked_fen", "payback", "days_earlier", "merged", "near", "near_km")  # fmt: skip
DECIDED_COLUMNS = ("province", "city", "state", "orders_day", "needed_day", "saving_fen", "fixed_month_fen",
                   "investment_fen", "payback_months", "proposed_at", "decided_at", "decided_by", "reason",
                   "ask_again_on", "ended_at", "ended_by", "ended_reason")  # fmt: skip


@login_required
@require_GET
def page(request):
    view = centres.overview(request.actor, now=clock.now())
    rows = view.newest.candidates if view.newest else []
    words, verdict = text_of(request, "q"), text_of(request, "verdict")
    verdict = verdict if verdict in VERDICTS else ""
    found = centres.fitting(rows, words=words, verdict=verdict)
    if wants_csv(request):
        lines = ([row.get(name) for name in COLUMNS] for row in found)
        return csv_file("centres", COLUMNS, lines, count=len(found))
    return render(
        request, "fulfillment/centres/list.html", _context(request, view, rows, found, words, verdict)
    )


def _context(request, view, rows, found, words, verdict) -> dict:
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    proposals = centres.open_proposals(request.actor)
    standing = [centre_row(row) for row in view.newest.centres] if view.newest else []
    areas = [((row.latitude, row.longitude), row.story["area"]) for row in proposals]
    return surroundings(request, view) | {
        "proposals": proposals,
        "map": centre_map(rows, standing, areas),
        "page": shown,
        "cities": [city_row(row) for row in shown],
        "verdicts": [(name, label) for name, (label, _tone) in VERDICTS.items()],
        "q": words,
        "verdict": verdict,
        "standing": standing,
        "below": [row for row in standing if row["verdict"] in ("below", "idle")],
        "total": len(rows),
        "saving": sum(row.net_fen for row in proposals),
    }


def surroundings(request, view) -> dict:
    """What the pages about centres say of the reckoning they rest on."""
    newest = view.newest
    return {
        "where": "centres",
        "newest": newest,
        "under_way": view.under_way,
        "failed": view.failed,
        "failed_why": _why(view.failed),
        "steps": asking.STEPS,
        "few_days": bool(newest) and 0 < newest.figures["days"] < FEW_DAYS,
        "costs": centre_costs.in_force(now=clock.now()),
        "may_decide": request.actor.has("operator"),
        "is_on": planning.is_on(planning.Kind.CENTRES),
    }


def _why(failed) -> str:
    """A bug by its name; one that nobody closed yet was lost too."""
    if failed is None or failed.failure not in ("", LOST):
        return failed.failure if failed else ""
    return _("no worker finished it in time")


@login_required
@require_POST
def reckon(request):
    asking.ask(actor=request.actor, now=clock.now())
    return redirect("fulfillment:centres")


@login_required
@require_GET
def progress(request, pk: int):
    """The part of the page that waits; over or lost, it asks the browser for the whole page."""
    row = centres.reckoning(request.actor, pk)
    context = {"under_way": row, "steps": asking.STEPS}
    answer = render(request, "fulfillment/centres/_progress.html", context)
    if row is None or row.is_over or row.is_lost(clock.now()):
        if row is not None and row.state == "done":
            messages.success(request, _("Reckoned anew."))
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_GET
def decided(request):
    """Every proposal there was, with who decided what and why."""
    state, words = text_of(request, "state"), text_of(request, "q")
    rows = centres.proposals(request.actor, state=state, words=words)
    if wants_csv(request):
        lines = map(_cells, rows.iterator())
        return csv_file("centre-proposals", DECIDED_COLUMNS, lines, count=rows.count())
    context = {
        "where": "centres",
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "states": CentreProposalState.choices,
        "state": state if state in CentreProposalState.values else "",
        "q": words,
    }
    return render(request, "fulfillment/centres/decided.html", context)


def _cells(row) -> list:
    told = {
        "orders_day": row.orders_a_day,
        "needed_day": row.needed_a_day,
        "proposed_at": _moment(row.proposed_at),
        "decided_at": _moment(row.decided_at),
        "ended_at": _moment(row.ended_at),
    }
    return [told[name] if name in told else getattr(row, name) for name in DECIDED_COLUMNS]


def _moment(at) -> str:
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if at else ""
