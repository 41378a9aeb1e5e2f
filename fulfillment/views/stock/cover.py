"""/stock/cover/: what runs out, what lies too long, and one click that asks another location for it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import cover as queries
from fulfillment.services import redistribution
from fulfillment.services.redistribution import Wish
from fulfillment.services.transfers import ASKERS
from fulfillment.views.access import stock_page
from members import queries as members
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import csv_file, frame, labels, page_of, paths_of, text_of, wants_csv, whole

HEAD = (
    "sku", "article", "location", "name", "free", "per_day", "days", "coming", "leaving", "target",
    "from", "units", "distance_km",
)  # fmt: skip


@stock_page
@require_GET
def page(request):
    state = queries.OVER if request.GET.get("state") == queries.OVER else queries.SHORT
    asked = {
        "text": text_of(request, "q"),
        "kind": text_of(request, "kind"),
        "province": text_of(request, "province"),
        "now": clock.now(),
    }
    found = queries.cover(paths_of(request), state=state, **asked)
    if wants_csv(request):
        covers = list(found)
        return csv_file(f"cover-{state}", HEAD, _csv_rows(covers, state), count=len(covers))
    paging = page_of(request, found)
    rows = _rows(list(paging["page"]), state, request.actor)
    context = frame(
        request,
        "cover",
        state=state,
        rows=rows,
        tabs=_tabs(request, state),
        may_ask=any(row["may_ask"] for row in rows),
        kinds=members.kind_choices(queries.KINDS),
        provinces=members.provinces(),
        **paging,
    )
    return render(request, "fulfillment/stock/cover.html", context)


def _tabs(request, state: str) -> list[dict]:
    names = {queries.SHORT: _("Running out"), queries.OVER: _("Too much")}
    return [
        {"label": label, "url": f"?state={name}", "active": name == state} for name, label in names.items()
    ]


def _rows(covers: list, state: str, actor) -> list[dict]:
    wanted = queries.proposals(covers, now=clock.now()) if state == queries.SHORT else {}
    givers = {proposal.from_id for proposal in wanted.values()}
    places = members.institutions_by_ids({row.location_id for row in covers} | givers)
    names = labels({row.sku for row in covers})
    return [
        {
            "row": row,
            "label": names.get(row.sku, row.sku),
            "place": places[row.location_id],
            "proposal": proposal,
            "giver": places[proposal.from_id] if proposal else None,
            "may_ask": proposal is not None
            and any(actor.can(role, places[row.location_id].path) for role in ASKERS),
        }
        for row in covers
        for proposal in [wanted.get((row.sku, row.location_id))]
    ]


def _csv_rows(covers: list, state: str):
    wanted = queries.proposals(covers, now=clock.now()) if state == queries.SHORT and covers else {}
    givers = {proposal.from_id for proposal in wanted.values()}
    places = members.institutions_by_ids({row.location_id for row in covers} | givers)
    names = labels({row.sku for row in covers})
    for row in covers:
        place, proposal = places[row.location_id], wanted.get((row.sku, row.location_id))
        offer = (places[proposal.from_id].code, proposal.units, proposal.distance_km) if proposal else ()
        days = "" if row.days is None else row.days
        yield (
            row.sku, names.get(row.sku, ""), place.code, place.label, row.free, round(row.per_day, 2), days,
            row.coming, row.leaving, row.target, *offer,
        )  # fmt: skip


@stock_page
@require_POST
def ask(request):
    """The chosen proposals become transfer requests: all or none."""
    back = reverse("fulfillment:stock-cover")
    try:
        wishes = [_wish(text) for text in request.POST.getlist("proposal")]
        made = redistribution.ask(actor=request.actor, wishes=wishes, now=clock.now())
    except DomainError as error:
        messages.error(request, f"{error} ({error.code})")
        return redirect(back)
    text = ngettext("%(count)s transfer is asked for.", "%(count)s transfers are asked for.", len(made))
    messages.success(request, text % {"count": len(made)})
    return redirect("fulfillment:stock-transfers")


def _wish(text: str) -> Wish:
    """ "from|to|units|SKU"; raises UnitsInvalid."""
    giver, taker, units, sku = [*text.split("|", 3), "", "", "", ""][:4]
    return Wish(sku=sku, from_id=whole(giver), to_id=whole(taker), units=whole(units))
