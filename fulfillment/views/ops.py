"""/ops/: the board, and what is printed or started from it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.documents.label import label as label_paper
from fulfillment.documents.manifest import manifest_sheet
from fulfillment.documents.pick_list import pick_list as pick_list_paper
from fulfillment.documents.slots import slot_signs
from fulfillment.models import FulfillmentState, Wave
from fulfillment.queries import account_jobs, papers, stations
from fulfillment.queries.board import board
from fulfillment.queries.pace import pace
from fulfillment.queries.waves import pick_rows
from fulfillment.services import handover, labels, returns, timetable, waves, workplaces
from fulfillment.services.workplaces import HOUSE_ROLES
from fulfillment.views.pace_chart import packed_chart
from fulfillment.views.places import place_of
from fulfillment.views.station import HOUSES
from fulfillment.views.stations import STATIONS
from members.queries import institutions_by_ids
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import paper
from omnichannel.kernel.errors import DomainError

PIPELINE = (
    FulfillmentState.ACCEPTED,
    FulfillmentState.IN_WAVE,
    FulfillmentState.PICKED,
    FulfillmentState.SIM_TAKEN,
    FulfillmentState.ACCOUNT_OPEN,
    FulfillmentState.PACKED,
)


def place(request):
    return place_of(request, *HOUSE_ROLES, kinds=HOUSES)


def surroundings(here, places) -> dict:
    """What every page of the operations centre needs in its head."""
    switch = [{"card": card, "query": urlencode({"place": card.id})} for card in places]
    return {"place": here, "institution": here, "places": places, "switch": switch}


@login_required
@require_GET
def page(request):
    here, places = place(request)
    now = clock.now()
    found, paces = board(here.id, now=now), pace(here.id, now=now)
    steps = [(state.label, found.backlog.get(state, 0)) for state in PIPELINE]
    context = surroundings(here, places) | {
        "board": found,
        "pace": paces,
        "chart": packed_chart(paces),
        "departures": _departures(here.id, now),
        "steps": steps,
        "most": max([count for _label, count in steps] + [1]),
        "now": now,
        "oldest_minutes": int((now - found.oldest_at).total_seconds() // 60) if found.oldest_at else None,
        "leads": workplaces.leads(request.actor, here.path),
    }
    template = "fulfillment/_board.html" if request.htmx else "fulfillment/board.html"
    return render(request, template, context)


def _departures(location_id: int, now) -> list[dict]:
    found = sorted(timetable.departures(location_id, now=now).values(), key=lambda each: each.leaves_at)
    names = institutions_by_ids([each.courier_id for each in found])
    today = clock.local_day(now)
    return [
        vars(each)
        | {"courier": names[each.courier_id].label, "today": clock.local_day(each.leaves_at) == today}
        for each in found
    ]


@login_required
@require_POST
def build_waves(request):
    here, _places = place(request)
    built = waves.build(location_id=here.id, actor=request.actor, now=clock.now())
    text = ngettext("%(count)s wave was built.", "%(count)s waves were built.", len(built))
    messages.success(request, text % {"count": len(built)})
    return redirect("fulfillment:ops")


@login_required
@require_POST
def come_back(request):
    here, _places = place(request)
    try:
        fo = returns.receive_back(
            actor=request.actor, location_id=here.id, code=request.POST.get("code", ""), now=clock.now()
        )
    except DomainError as error:
        messages.error(request, f"{error} ({error.code})")
    else:
        messages.success(request, _("Parcel %(parcel)s is back in stock.") % {"parcel": fo.code})
    return redirect("fulfillment:ops")


@login_required
@require_GET
def openings(request):
    here, _places = place(request)
    context = {"station": STATIONS["account"], "leads": workplaces.leads(request.actor, here.path)}
    return render(request, "fulfillment/_openings.html", context | account_jobs.at_the_network(here.id))


@login_required
@require_POST
def close_manifest(request, pk: int):
    here, _places = place(request)
    without = request.POST.get("without_missing") == "1"
    handover.close(
        actor=request.actor, location_id=here.id, manifest_id=pk, without_missing=without, now=clock.now()
    )
    return redirect("fulfillment:manifest", pk=pk)


@login_required
@require_GET
def manifest(request, pk: int):
    found = workplaces.manifest(request.actor, pk)
    rows, left = papers.manifest_rows(found), papers.left_behind_rows(found)
    return paper(manifest_sheet(found, rows, left), f"{found.code}.pdf", rows=len(rows) + len(left))


@login_required
@require_GET
def label(request, code: str):
    """The paper itself: whoever fetches it has printed it, and it is counted."""
    fo, number = labels.print_label(actor=request.actor, code=code, now=clock.now())
    facts = papers.label_facts(fo, planned_courier=labels.planned_courier(fo))
    return paper(label_paper(facts, number=number), f"{fo.code}.pdf", rows=1)


@login_required
@require_GET
def pick_list(request, pk: int):
    here, _places = place(request)
    wave = get_object_or_404(Wave.objects.select_related("location", "courier"), pk=pk, location=here.id)
    rows = pick_rows(wave)
    return paper(pick_list_paper(wave, rows), f"{wave.code}.pdf", rows=len(rows))


@login_required
@require_GET
def wall_signs(request):
    here, _places = place(request)
    codes = [slot.code for slot in stations.wall(here.id)]
    return paper(slot_signs(codes), f"wall-{here.code}.pdf", rows=len(codes))
