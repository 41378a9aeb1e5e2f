"""/ops/lead/: what waits for the lead of a location: weights, accounts, slots, who has what in hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import WeightCase, WorkInHand
from fulfillment.queries import openings, stations
from fulfillment.services import provisioning, recall, sim_take, weights, workplaces
from fulfillment.views.ops import place, surroundings
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

RECENT = 12


@login_required
@require_GET
def page(request):
    return _page(request)


@login_required
@require_POST
def decide_weight(request, pk: int):
    here, _places = place(request)
    try:
        case = weights.decide(
            actor=request.actor,
            location_id=here.id,
            case_id=pk,
            accept=request.POST.get("accept") == "1",
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, refusal=error, refused=pk)
    text = _("Accepted: %(parcel)s may be packed.") if case.accepted else _("To be opened again: %(parcel)s.")
    messages.success(request, text % {"parcel": case.fulfillment.code})
    return redirect("fulfillment:lead")


@login_required
@require_POST
def ask_again(request):
    here, _places = place(request)
    asked = provisioning.retry_at(actor=request.actor, location_id=here.id, now=clock.now())
    text = ngettext("%(count)s opening is asked for again", "%(count)s openings are asked for again", asked)
    messages.success(request, text % {"count": asked})
    return redirect("fulfillment:lead")


@login_required
@require_POST
def close_again(request, pk: int):
    provisioning.retry_closing(job_id=pk, actor=request.actor)
    messages.success(request, _("The network is asked to close the account."))
    return redirect("fulfillment:lead")


@login_required
@require_POST
def decide_cards(request, code: str):
    """Three cards were refused: further ones are allowed, or the parcel goes to the operators."""
    here, _places = place(request)
    more = request.POST.get("what") == "more"
    decide = sim_take.allow_more if more else recall.give_back_cards
    told = {"actor": request.actor, "location_id": here.id, "code": code, "now": clock.now()}
    try:
        decide(reason=request.POST.get("reason", ""), **told)
    except DomainError as error:
        return _page(request, refusal=error, refused=code)
    text = _("%(parcel)s may take further cards.") if more else _("%(parcel)s is with the operators.")
    messages.success(request, text % {"parcel": code})
    return redirect("fulfillment:lead")


def _page(request, refusal: DomainError | None = None, refused: int | str = 0):
    here, places = place(request)
    workplaces.must_lead(request.actor, here.id)
    now = clock.now()
    decided = WeightCase.objects.filter(fulfillment__location_id=here.id).exclude(decided_at=None)
    taken = WorkInHand.objects.filter(location_id=here.id).exclude(taken_from=None)
    stuck = openings.stuck(here.id, now=now)
    context = surroundings(here, places) | {
        "cases": stations.weight_cases(here.id),
        "decided": decided.select_related("fulfillment").order_by("-decided_at")[:RECENT],
        "stuck": stuck,
        "can_ask": any(each.next == "ask_again" for each in stuck),
        "in_hand": WorkInHand.objects.filter(location_id=here.id, ended_at=None)
        .select_related("wave", "fulfillment")
        .order_by("since"),
        "takeovers": taken.select_related("wave", "fulfillment", "taken_from").order_by("-pk")[:RECENT],
        "refusal": refusal,
        "refused": refused,
        "refused_code": refused if isinstance(refused, str) else "",
        "entered": request.POST.get("reason", ""),
        "leads": True,
        "operator": request.actor.can("operator", here.path),
        "now": now,
    }
    return render(request, "fulfillment/lead.html", context, status=refusal.status if refusal else 200)
