"""/ops/: the board, and what is printed or started from it."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.documents import label as documents
from fulfillment.models import Delivery, FulfillmentState
from fulfillment.queries import stations
from fulfillment.queries.board import board
from fulfillment.services import handover, returns, waves, workplaces
from fulfillment.services.workplaces import HOUSE_ROLES
from fulfillment.views.places import place_of
from fulfillment.views.station import HOUSES
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

CUT_OFF_AFTER = timedelta(hours=2)
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


@login_required
@require_GET
def page(request):
    here, places = place(request)
    now = clock.now()
    found = board(here.id, now=now)
    steps = [(state.label, found.backlog.get(state, 0)) for state in PIPELINE]
    context = {
        "place": here,
        "institution": here,
        "places": places,
        "switch": [{"card": card, "query": urlencode({"place": card.id})} for card in places],
        "board": found,
        "steps": steps,
        "most": max([count for _label, count in steps] + [1]),
        "now": now,
        "oldest_minutes": int((now - found.oldest_at).total_seconds() // 60) if found.oldest_at else None,
    }
    template = "fulfillment/_board.html" if request.htmx else "fulfillment/board.html"
    return render(request, template, context)


@login_required
@require_POST
def build_waves(request):
    here, _places = place(request)
    now = clock.now()
    built = waves.build(location_id=here.id, cut_off=now + CUT_OFF_AFTER, actor=request.actor, now=now)
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
    return render(request, "fulfillment/_openings.html", {"openings": stations.openings(here.id)})


@login_required
@require_POST
def close_manifest(request, pk: int):
    here, _places = place(request)
    handover.close(actor=request.actor, location_id=here.id, manifest_id=pk, now=clock.now())
    return redirect("fulfillment:manifest", pk=pk)


@login_required
@require_GET
def manifest(request, pk: int):
    found = workplaces.manifest(request.actor, pk)
    codes = list(found.deliveries.order_by("pk").values_list("fulfillment__code", flat=True))
    return _pdf(documents.manifest_sheet(found, codes), found.code)


@login_required
@require_GET
def label(request, code: str):
    fo = workplaces.readable(request.actor, code)
    delivery = Delivery.objects.filter(fulfillment=fo).select_related("courier").first()
    return _pdf(documents.label(fo, courier=delivery.courier.name if delivery else ""), fo.code)


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
