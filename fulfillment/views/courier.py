"""/courier/: the day's route on a phone, and one delivery at a time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import Delivery, RefusalReason
from fulfillment.queries import route
from fulfillment.services import cod, delivery, doors, identity_proof
from fulfillment.views.amounts import fen_of
from fulfillment.views.places import place_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display

PAGE = 25
STEPS = ("arrive", "identity", "sign", "cash")


def company(request):
    return place_of(request, "courier", kinds=("courier",))[0]


@login_required
@require_GET
def today(request):
    here, now = company(request), clock.now()
    day = clock.local_day(now)
    pages = Paginator(route.stops(here.id, today=day), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "company": here,
        "day": route.day(here.id, today=day),
        "today": day,
        "pay_in_url": reverse("fulfillment:courier-pay-in"),
        "page": page,
        "pages": pages.get_elided_page_range(page.number),
        "stops": [
            (number, route.stop_of(row)) for number, row in enumerate(page.object_list, page.start_index())
        ],
        "finished": route.finished(here.id, today=day) if page.number == 1 else [],
    }
    return render(request, "fulfillment/courier.html", context)


@login_required
@require_POST
def load(request):
    here = company(request)
    scanned = request.POST.get("code", "").strip()
    loaded = delivery.load(
        actor=request.actor, courier_id=here.id, codes=[scanned] if scanned else None, now=clock.now()
    )
    text = ngettext("%(count)s parcel is on the van.", "%(count)s parcels are on the van.", loaded)
    messages.success(request, text % {"count": loaded})
    return redirect("fulfillment:courier")


@login_required
@require_POST
def pay_in(request):
    here = company(request)
    remittance = cod.remit(courier_id=here.id, actor=request.actor, now=clock.now())
    messages.success(request, _("%(amount)s paid in.") % {"amount": display(remittance.amount_fen)})
    return redirect("fulfillment:courier")


@login_required
@require_GET
def parcel(request, code: str):
    return _page(request, code)


def _page(request, code: str, refusal: DomainError | None = None):
    found = doors.readable(request.actor, code)
    stop, contents = route.one(found)
    context = {
        "stop": stop,
        "delivery": found,
        "destination": stop.destination,
        "contents": contents,
        "step": found.next_step,
        "steps": steps_of(found),
        "reasons": RefusalReason.choices,
        "refusal": refusal,
        "entered": request.POST,
        "map_url": _map_url(stop.destination),
        "refuse_url": reverse("fulfillment:courier-act", args=[found.fulfillment.code, "refuse"]),
    }
    return render(request, "fulfillment/courier_parcel.html", context, status=422 if refusal else 200)


def steps_of(found: Delivery) -> list[dict]:
    """The stepper: only what this delivery needs."""
    labels = {"arrive": _("Arrive"), "identity": _("ID"), "sign": _("Sign"), "cash": _("Cash")}
    wanted = [step for step in STEPS if step not in _not_needed(found)]
    now_at = wanted.index(found.next_step) if found.next_step in wanted else len(wanted)
    return [
        {"label": labels[step], "state": "done" if at < now_at else "now" if at == now_at else "next"}
        for at, step in enumerate(wanted)
    ]


def _not_needed(found: Delivery) -> set[str]:
    unneeded = set()
    if not found.identity_id:
        unneeded.add("identity")
    if not found.cod_fen:
        unneeded.add("cash")
    return unneeded


def _map_url(destination) -> str:
    if destination is None or destination.latitude is None:
        return ""
    return f"geo:{destination.latitude},{destination.longitude}"


@login_required
@require_POST
def act(request, code: str, step: str):
    """One step at the door; a refusal stays on the page."""
    if step not in ACTIONS:
        raise Http404
    try:
        ACTIONS[step](request, code)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, code, refusal=error)
    return redirect("fulfillment:courier-parcel", code=code)


def _arrive(request, code):
    delivery.arrive(actor=request.actor, code=code, now=clock.now())


def _identity(request, code):
    name, id_tail = request.POST.get("name", ""), request.POST.get("id_tail", "")
    identity_proof.check_identity(actor=request.actor, code=code, name=name, id_tail=id_tail, now=clock.now())


def _sign(request, code):
    signature = request.POST.get("signature", "")
    delivery.sign(actor=request.actor, code=code, signature=signature, now=clock.now())


def _cash(request, code):
    delivery.collect(
        actor=request.actor,
        code=code,
        amount_fen=fen_of(request.POST.get("amount", "")),
        means=request.POST.get("means", ""),
        now=clock.now(),
    )


def _refuse(request, code):
    reason = request.POST.get("reason", "")
    delivery.refuse(actor=request.actor, code=code, reason=reason, now=clock.now())


ACTIONS = {"arrive": _arrive, "identity": _identity, "sign": _sign, "cash": _cash, "refuse": _refuse}
