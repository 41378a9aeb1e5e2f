"""The route of the day: load the van, go from stop to stop, share the place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import route
from fulfillment.services import delivery, positions, timetable
from fulfillment.views.courier import parsing, sending
from fulfillment.views.places import carrier_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

PAGE = 25


def company(request):
    return carrier_of(request)[0]


@login_required
@require_GET
def today(request):
    return _page(request)


def _page(request, refusal: DomainError | None = None):
    (here, carriers), now = carrier_of(request), clock.now()
    day = clock.local_day(now)
    pages = Paginator(route.stops(here.id, today=day), PAGE)
    page = pages.get_page(request.GET.get("page"))
    finished = route.finished(here.id, today=day) if page.number == 1 else []
    context = {
        "company": here,
        "carriers": carriers,
        "is_hub": here.kind != "courier",
        "runs": timetable.runs_to(here.id, now=now) if here.kind != "courier" else [],
        "day": route.day(here.id, today=day),
        "today": day,
        "page": page,
        "pages": pages.get_elided_page_range(page.number),
        "stops": [
            (number, route.stop_of(row)) for number, row in enumerate(page.object_list, page.start_index())
        ],
        "later": route.later(here.id, today=day) if page.number == 1 else [],
        "finished": finished,
        "last_round": None if finished or pages.count else route.last_round(here.id, today=day),
        "refusal": refusal,
    }
    return render(request, "fulfillment/courier.html", context, status=422 if refusal else 200)


@require_POST
def load(request):
    """The parcel that was scanned, or all that wait."""
    return sending.answer(request, "load", lambda: _load(request), again=lambda error: _page(request, error))


def _load(request):
    scanned = request.POST.get("code", "").strip()
    loaded = delivery.load(
        actor=request.actor,
        courier_id=company(request).id,
        codes=[scanned] if scanned else None,
        now=parsing.when(request),
    )
    messages.success(request, _said(loaded, scanned.upper()))
    return {"loaded": loaded} if sending.is_kept(request) else redirect("fulfillment:courier")


def _said(loaded: int, scanned: str) -> str:
    if scanned:
        text = _("%(parcel)s is on the van.") if loaded else _("%(parcel)s is on the van already.")
        return text % {"parcel": scanned}
    text = ngettext("%(count)s parcel is on the van.", "%(count)s parcels are on the van.", loaded)
    return text % {"count": loaded}


@login_required
@require_POST
def position(request):
    """The place that the courier shares with those who wait, or the end of sharing."""
    positions.share(
        actor=request.actor,
        courier_id=company(request).id,
        fix=parsing.fix(request),
        now=clock.now(),
    )
    return HttpResponse(status=204)
