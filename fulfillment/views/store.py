"""/store/: what was routed to a store, from "do you take it?" to the customer's hands."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import FulfillmentState, Way
from fulfillment.models.postings import BACK
from fulfillment.queries import account_jobs, manifests, store
from fulfillment.queries.tracking import seal_of
from fulfillment.services import account_opening, shortage, undo
from fulfillment.services.identity_proof import SEEN_BY_EYE
from fulfillment.services.workplaces import HOUSE_ROLES, leads_at, readable
from fulfillment.views import store_steps
from fulfillment.views.places import place_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

PAGE = 30
COUNTERS = ("store", "dealer", "merchant")
_S = FulfillmentState


def place(request):
    return place_of(request, *HOUSE_ROLES, kinds=COUNTERS)


def reasons() -> list[tuple[str, str]]:
    return [
        ("not_on_shelf", _("It is not on the shelf")),
        ("damaged", _("The goods are damaged")),
        ("reserved_for_customer", _("A customer in the store has it in hand")),
        ("too_busy", _("No hands free today")),
    ]


def section_names() -> dict[str, str]:
    return {
        "accept": _("To answer"),
        "prepare": _("To prepare"),
        "leave": _("To hand on"),
        "pickup": _("For pick-up"),
        "back": _("Coming back"),
    }


@login_required
@require_GET
def inbox(request):
    here, places = place(request)
    names, counts = section_names(), store.counts(here.id)
    wanted = request.GET.get("section", "")
    if wanted not in names:
        wanted = next((name for name in names if counts[name]), "accept")
    tabs = [
        {"label": label, "url": f"?section={name}", "active": name == wanted, "count": counts[name] or None}
        for name, label in names.items()
    ]
    page = Paginator(store.section(here.id, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "institution": here,
        "place": here,
        "places": places,
        "switch": [{"card": card, "query": urlencode({"place": card.id})} for card in places],
        "switch_kind": "counter",
        "tabs": tabs,
        "section": wanted,
        "page": page,
        "rows": store.rows_of(list(page.object_list)),
        "loading": manifests.loading(here.id),
        "now": clock.now(),
    }
    return render(request, "fulfillment/store.html", context)


@login_required
@require_GET
def find(request):
    """A scanned parcel or order number leads to its page."""
    here, _places = place(request)
    scanned = request.GET.get("code", "")
    code = store.code_of(here.id, scanned)
    if code:
        return redirect("fulfillment:store-parcel", code=code)
    elsewhere = store.collected_at(scanned)
    if elsewhere:
        text = _("This order is collected at %(store)s.") % {"store": elsewhere}
    else:
        text = _("There is no such parcel in this store.")
    messages.error(request, text)
    return redirect("fulfillment:store")


@login_required
@require_GET
def parcel(request, code: str):
    return _page(request, code)


def _page(request, code: str, refusal: DomainError | None = None, refused: str = ""):
    readable(request.actor, code)
    here, _places = place(request)
    row = store.row(here.id, code)
    if row is None:
        raise Http404
    undoing = row.fo.account_undos.filter(finished_at=None).first()
    context = {
        "institution": here,
        "place": here,
        "row": row,
        "undoing": undoing,
        "accounts": account_jobs.accounts_of(here.id, row.fo.code)
        if row.fo.state in account_opening.OPENED
        else [],
        "step": step_of(row),
        "may_lack": row.fo.state in shortage.OPEN_TO_REPORTS and row.fo.state != _S.IN_WAVE,
        "lacks": refusal is not None and refused == "short",
        "last": _last(row.fo, request.actor),
        "reasons": reasons(),
        "whys": [("missing", _("They are not there")), ("damaged", _("They are damaged"))],
        "pieces": [_piece(line, request.POST) for line in row.contents],
        "seen_choices": [(each, each.label) for each in SEEN_BY_EYE],
        "locked_until": store.code_locked_until(row.fo.pk, now=clock.now()),
        "leads": leads_at(request.actor, here.id),
        "track_path": f"/track/{row.fo.code}/{seal_of(row.fo.code)}/",
        "refusal": refusal,
        "now": clock.now(),
        "entered": request.POST,
    }
    return render(request, "fulfillment/store_parcel.html", context, status=422 if refusal else 200)


def _last(fo, actor):
    """The step that may be taken back here; a card that the network works on has its own tool."""
    at_network = fo.state in (_S.SIM_TAKEN, _S.ACCOUNT_OPEN)
    return None if at_network else undo.last_of_parcel(fo, store_steps.UNDONE_HERE, actor)


def _piece(line, posted) -> dict:
    """A line in the question how many are there; a card that is taken is not asked about."""
    gone = posted.getlist(f"gone-{line.line_id}")
    return {
        "line": line,
        "entered": posted.get(f"serials-{line.line_id}", ""),
        "good": posted.get(f"good-{line.line_id}", ""),
        "ticks": [(serial, serial in gone) for serial in line.serials],
        "is_card": bool(line.msisdn and line.serials),
    }


def step_of(row: store.InboxRow) -> str:
    """Which form the page shows."""
    state = row.fo.state
    if state == _S.DELIVERED and row.back:
        return "back"
    if state in BACK and row.fo.is_posted:
        return "for_sender"
    if state == _S.PICKED:
        return "card" if row.has_card else "pack"
    if state == _S.PACKED:
        return "ready" if row.fo.way == Way.PICKUP else "leave"
    return {
        _S.AWAITING_ACCEPTANCE: "answer",
        _S.ACCEPTED: "pick",
        _S.IN_WAVE: "wave",
        _S.SIM_TAKEN: "account",
        _S.ACCOUNT_OPEN: "pack",
        _S.READY_FOR_PICKUP: "pickup",
        _S.REFUSED: "back",
        _S.HANDED_OVER: "posted",
        _S.OUT_FOR_DELIVERY: "posted",
    }.get(state, "over")


@login_required
@require_POST
def act(request, code: str, step: str):
    """One step of a parcel; a refusal stays on the page beside what was entered."""
    if step not in store_steps.ACTIONS:
        raise Http404
    here, _places = place(request)
    try:
        fo = readable(request.actor, code)
        store_steps.ACTIONS[step](request, here.id, fo)
    except NotFound:
        raise
    except DomainError as error:
        return _page(request, code, refusal=error, refused=step)
    return redirect("fulfillment:store-parcel", code=code)
