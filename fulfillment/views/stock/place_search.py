"""/stock/places/: the places that fit what somebody types into a field, for whoever chooses among many."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment.queries.places import EVERYWHERE
from fulfillment.services import count_opening, transfers
from fulfillment.services.workplaces import HOUSE_ROLES
from fulfillment.views.access import KINDS, stock_page
from fulfillment.views.station import HOUSES
from fulfillment.views.store import COUNTERS
from members.queries import institutions_like

from .access import text_of

SHOWN = 20
# What is chosen -> in which roles, of which kinds. Without roles: any, as /stock/everywhere/ shows.
PURPOSES = {
    "count": (count_opening.COUNTERS, KINDS),
    "receive": (transfers.ASKERS, KINDS),
    "give": (None, KINDS),
    "house": (HOUSE_ROLES, HOUSES),
    "counter": (HOUSE_ROLES, COUNTERS),
}


@stock_page
@require_GET
def page(request, purpose: str):
    """The first of them; none where the actor has no business there."""
    if purpose not in PURPOSES:
        raise Http404
    (roles, kinds), text = PURPOSES[purpose], text_of(request, "q")
    paths = [EVERYWHERE] if roles is None else request.actor.paths(*roles)
    found = institutions_like(text, kinds=kinds, paths=paths, limit=SHOWN + 1)
    context = {"places": found[:SHOWN], "more": len(found) > SHOWN, "text": text}
    return render(request, "fulfillment/stock/_place_options.html", context)
