"""/stock/places/: the places that fit what somebody types into a field, for whoever chooses among many."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment.queries.places import EVERYWHERE
from fulfillment.services import count_opening, transfers
from fulfillment.views.access import KINDS, stock_page
from members.queries import institutions_like

from .access import text_of

SHOWN = 20
# What is chosen -> the roles in which it is chosen; None: any place, as /stock/everywhere/ shows them.
PURPOSES = {"count": count_opening.COUNTERS, "receive": transfers.ASKERS, "give": None}


@stock_page
@require_GET
def page(request, purpose: str):
    """The first of them; none where the actor has no business there."""
    if purpose not in PURPOSES:
        raise Http404
    roles, text = PURPOSES[purpose], text_of(request, "q")
    paths = [EVERYWHERE] if roles is None else request.actor.paths(*roles)
    found = institutions_like(text, kinds=KINDS, paths=paths, limit=SHOWN + 1)
    context = {"places": found[:SHOWN], "more": len(found) > SHOWN, "text": text}
    return render(request, "fulfillment/stock/_place_options.html", context)
