"""/routing/<order>/: the story of an order's way, and the operator's tools while it waits."""

from math import inf

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import operator_queue
from fulfillment.reasons import words
from fulfillment.services import by_hand, exceptions, pickup_consent, recall, standstill
from fulfillment.services.operator_queue import NotAnException
from fulfillment.views.stock.access import labels
from members.queries import institution
from members.values import distance_km
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound


@login_required
@require_GET
def page(request, number: str):
    return _show(request, number)


def _show(request, number: str, *, tool: str = "", refusal: DomainError | None = None):
    """The page; after a refusal with the tool's dialog open, as it was filled in."""
    now = clock.now()
    routing = operator_queue.order_routing(request.actor, number, now=now)
    if routing is None:
        raise Http404
    may_act = routing.is_exception and request.actor.has("operator")
    found = by_hand.candidates(order_number=number, actor=request.actor, now=now) if may_act else []
    where = _where(routing.wish)
    wanted = routing.open if routing.is_exception and routing.open else routing.wish.lines
    places = [_row(*each, wanted, routing, where, request.POST) for each in found]
    names = labels(line.sku for line in wanted)
    context = {
        "where": "queue",
        "routing": routing,
        "why": words(routing.demand.reason),
        "has_coordinates": None not in where,
        "may_act": may_act,
        "may_call": request.actor.has("operator"),
        "is_pickup": routing.demand.way == "pickup",
        "places": sorted(places, key=lambda row: (not row["has_all"], bool(row["why"]), row["far"])),
        "may_ask": any(row["may_be_asked"] for row in places),
        "wanted": [(line, names.get(line.sku, line.sku)) for line in wanted],
        "is_rest": wanted != routing.wish.lines,
        "parcels": [_parcel(parcel, now) for parcel in routing.parcels],
        "opened": {tool.replace("-", "_"): True},
        "told": f"{refusal} ({refusal.code})" if refusal else "",
        "posted": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/routing/order.html", context, status=status)


def _where(wish) -> tuple[float | None, float | None]:
    """The customer's door; for a pick-up the store that was chosen first."""
    place = wish.destination or institution(wish.pickup_location_id)
    return place.latitude, place.longitude


def _row(place, label: str, objection: str, wanted, routing, where, posted) -> dict:
    """far: kilometres, without end for a place without coordinates."""
    known = None not in (*where, place.latitude, place.longitude)
    units = [_units(line, place, posted) for line in wanted]
    has_all = all(each["have"] >= each["line"].quantity for each in units)
    elsewhere = place.location_id != routing.wish.pickup_location_id
    return {
        "place": place,
        "label": label,
        "why": words(objection) if objection else "",
        "units": units,
        "has_all": has_all,
        "far": distance_km(*where, place.latitude, place.longitude) if known else inf,
        "known": known,
        "may_be_asked": has_all and elsewhere and place.kind == "store",
    }


def _units(line, place, posted) -> dict:
    """key: the field of these units; value: what was entered."""
    key = f"units:{line.line_id}:{place.code}"
    have = min(place.stock.get(line.sku, 0), line.quantity)
    return {"line": line, "have": have, "key": key, "value": posted.get(key, "")}


def _parcel(parcel, now) -> dict:
    """until: when its place has to have answered."""
    waits = parcel.state == "awaiting_acceptance" and parcel.accept_by
    return {
        "callable": parcel.state in recall.CALLABLE,
        "parcel": parcel,
        "until": parcel.accept_by if waits else None,
        "late": bool(waits) and parcel.accept_by <= now,
        "note": words(parcel.note) if parcel.note else "",
    }


@login_required
@require_POST
def act(request, number: str, tool: str):
    """One of the tools. A refusal is told, in its dialog where another try makes sense; nothing is done."""
    if tool not in TOOLS:
        raise Http404
    try:
        done = TOOLS[tool](request, number, clock.now())
    except (NotAllowed, NotFound, NotAnException, recall.NotCallable, standstill.WhyMissing) as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    except DomainError as refusal:
        return _show(request, number, tool=tool, refusal=refusal)
    else:
        messages.success(request, done)
    return redirect("fulfillment:routing-order", number=number)


def _again(request, number: str, now) -> str:
    anew = request.POST.get("all") == "on"
    exceptions.re_route(order_number=number, actor=request.actor, ask_all_again=anew, now=now)
    return _("The order is being routed once more.")


def _force(request, number: str, now) -> str:
    by_hand.force(
        order_number=number,
        location_code=request.POST.get("place", ""),
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=now,
    )
    return _("The order goes from the place you chose.")


def _split(request, number: str, now) -> str:
    by_hand.split(
        order_number=number,
        shares=list(_shares(request.POST)),
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=now,
    )
    return _("The order is shared out as you said.")


def _shares(posted):
    """Fields named units:<line>:<place>; what is no number counts as nothing."""
    for name, value in posted.items():
        parts = name.split(":", 2)
        if parts[0] == "units" and len(parts) == 3 and parts[1].isdigit() and value.strip().isdigit():
            yield by_hand.Share(int(parts[1]), parts[2], min(int(value), 10_000))


def _give_up(request, number: str, now) -> str:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise by_hand.WhyMissing(field="reason")
    exceptions.cancel(order_number=number, actor=request.actor, reason=reason, now=now)
    return _("Given up. What was paid for it goes back.")


def _ask(request, number: str, now) -> str:
    place = request.POST.get("place", "")
    pickup_consent.ask(order_number=number, location_code=place, actor=request.actor, now=now)
    return _("The customer is asked by message.")


def _call_back(request, number: str, now) -> str:
    """One of this order's parcels."""
    code, by_hand = request.POST.get("parcel", ""), request.POST.get("then") == "by_hand"
    if not code.startswith(f"{number}-"):
        raise Http404
    recall.call_back(
        code=code, by_hand=by_hand, reason=request.POST.get("reason", ""), actor=request.actor, now=now
    )
    if by_hand:
        return _("Called back: %(parcel)s. Choose a place now.") % {"parcel": code}
    return _("Called back: %(parcel)s. Another place is being found.") % {"parcel": code}


TOOLS = {
    "call-back": _call_back,
    "again": _again,
    "force": _force,
    "split": _split,
    "give-up": _give_up,
    "ask": _ask,
}
