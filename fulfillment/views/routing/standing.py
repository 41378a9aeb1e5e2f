"""/routing/standing/: parcels that stand still, as a list and a file; one of them with its tools."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import FulfillmentState, Posting, StandstillDecision
from fulfillment.models.postings import BACK
from fulfillment.queries import standstill
from fulfillment.reasons import actor_words, words
from fulfillment.services import pickup_deadline, posted_ends
from fulfillment.services import standstill as tools
from fulfillment.values import is_supply
from fulfillment.views.stock.access import csv_file, labels, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound

PAGE = 25
COLUMNS = (
    "parcel",
    "order",
    "state",
    "code",
    "location",
    "courier",
    "waybill",
    "since",
    "limit_hours",
    "over_since",
    "due_on",
)
_S = FulfillmentState


@login_required
@require_GET
def page(request):
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("state", "place", "q")}
    now = clock.now()
    found = standstill.standing(
        request.actor,
        now=now,
        state=asked["state"],
        place=asked["place"],
        text=asked["q"].replace("\0", ""),
    )
    if wants_csv(request):
        rows = map(_cells, found.iterator(chunk_size=2000))
        return csv_file("standing-parcels", COLUMNS, rows, count=found.count())
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    nothing = bool(asked["q"]) and not shown.object_list
    context = {
        "where": "standing",
        "page": shown,
        "rows": [_row(fo, now) for fo in shown],
        "groups": standstill.groups(request.actor, now=now),
        "asked": asked,
        "elsewhere": standstill.one(request.actor, asked["q"]) if nothing else None,
    }
    return render(request, "fulfillment/routing/standing.html", context)


def _row(fo, now) -> dict:
    delivery = getattr(fo, "delivery", None)
    return {
        "fo": fo,
        "label": standstill.label(fo.state),
        "delivery": delivery,
        "days": (now - fo.until).days,
        "hours": int((now - fo.until).total_seconds() // 3600),
    }


def _cells(fo) -> list:
    delivery = getattr(fo, "delivery", None)
    told = [fo.code, fo.demand.order_number, standstill.label(fo.state), fo.state, fo.location.label]
    carried = [delivery.courier.label, delivery.waybill] if delivery else ["", ""]
    times = [_local(fo.since), fo.limit_hours, _local(fo.until)]
    return [*told, *carried, *times, delivery.due_on.isoformat() if delivery else ""]


def _local(moment) -> str:
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


@login_required
@require_GET
def parcel(request, code: str):
    return _show(request, code)


def _show(request, code: str, *, tool: str = "", refusal: DomainError | None = None):
    """The page; after a refusal with the tool's dialog open, as it was filled in."""
    fo = standstill.one(request.actor, code)
    if fo is None:
        raise Http404
    now = clock.now()
    out = standstill.units_are_out(fo)
    watched = fo.state in standstill.WATCHED or (out and fo.state == _S.DELIVERED)
    events = fo.events.order_by("-pk")[:12]
    context = {
        "where": "standing",
        "row": _row(fo, now),
        "fo": fo,
        "watched": watched,
        "stands": watched and fo.until < now,
        "events": [
            {"event": e, "who": actor_words(e.who), "note": words(e.note) if e.note else ""} for e in events
        ],
        "decisions": [
            {"row": row, "why": words(row.reason)}
            for row in StandstillDecision.objects.filter(fulfillment=fo)[:20]
        ],
        "lines": _named(fo),
        "may": _may(fo, out) if request.actor.has("operator") else {},
        "in_time": now < fo.until,
        "opened": {tool.replace("-", "_"): True},
        "told": f"{refusal} ({refusal.code})" if refusal else "",
        "posted": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/routing/standing_parcel.html", context, status=status)


def _named(fo) -> list[dict]:
    """What is in it, with the names of the articles; of a posted parcel what its sender said."""
    if fo.is_posted:
        told = Posting.objects.filter(demand=fo.demand_id).values_list("contents", flat=True)
        return [{"sku": "", "name": contents, "quantity": 1} for contents in told]
    lines = list(fo.lines.order_by("line_id"))
    names = labels(line.sku for line in lines)
    return [{"sku": line.sku, "name": names.get(line.sku, ""), "quantity": line.quantity} for line in lines]


def _may(fo, out: bool) -> dict[str, bool]:
    """What makes sense about this parcel; the services ask again."""
    outside = fo.state in tools.ON_THE_WAY
    gone = outside or fo.state == _S.REFUSED or (out and fo.state == _S.DELIVERED)
    waits = fo.state == _S.READY_FOR_PICKUP
    return {
        "lost": gone,
        "again": outside and not is_supply(fo.code) and not fo.is_posted,
        "back": gone,
        "move": fo.state in tools.AT_ITS_PLACE and not fo.is_posted,
        "remind": waits,
        "shelve": waits,
        "found": fo.is_posted and fo.state == _S.LOST,
        "give": fo.is_posted and fo.state in BACK and not fo.demand.posting.collected_at,
    }


@login_required
@require_POST
def act(request, code: str, tool: str):
    """One of the tools. A refusal is told in its dialog where another try makes sense; nothing is done."""
    if tool not in TOOLS:
        raise Http404
    service, done = TOOLS[tool]
    try:
        fo = service(
            code=code, reason=request.POST.get("reason", "")[:160], actor=request.actor, now=clock.now()
        )
    except (NotAllowed, NotFound, tools.NotThisTool) as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    except DomainError as refusal:
        return _show(request, code, tool=tool, refusal=refusal)
    else:
        messages.success(request, POSTED_DONE.get(tool, done) if fo.is_posted else done)
    return redirect("fulfillment:standing-parcel", code=code)


def _again(**told):
    return tools.give_up_as_lost(send_again=True, **told)


TOOLS = {
    "lost": (tools.give_up_as_lost, gettext_lazy("Written off as lost. What was paid for it goes back.")),
    "again": (_again, gettext_lazy("Written off as lost. Its goods are being routed once more.")),
    "back": (tools.take_back, gettext_lazy("Back in its house. Put the goods on the shelf.")),
    "move": (tools.re_route, gettext_lazy("Another place is being found.")),
    "remind": (pickup_deadline.remind, gettext_lazy("The customer was reminded by text message.")),
    "shelve": (
        pickup_deadline.back_to_shelf,
        gettext_lazy("Called off: the goods are free to sell, what was paid goes back."),
    ),
    "found": (posted_ends.found, gettext_lazy("It waits in its store. Its sender was told by text message.")),
    "give": (posted_ends.give_back, gettext_lazy("Noted as given back. Its store may give it out.")),
}
POSTED_DONE = {
    "lost": gettext_lazy("Noted as lost. The postage goes back, the sender was told by text message."),
    "back": gettext_lazy("It waits in its store. Its sender was told by text message."),
}
