"""One delivery: what is due now, and each step at the door."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import AgainReason, Delivery, DoorVisit, PhotoKind, RefusalReason
from fulfillment.queries import route
from fulfillment.services import delivery, doors, identity_proof, part, photos
from fulfillment.services.identity_proof import SEEN_BY_EYE
from fulfillment.views.amounts import fen_of
from fulfillment.views.courier import parsing, sending
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

STEPS = ("arrive", "identity", "sign", "cash")
# What a person at the door can say; that no visit met anybody is found by counting.
REASONS = RefusalReason.at_the_door()


@login_required
@require_GET
def parcel(request, code: str):
    return _page(request, code)


def _page(request, code: str, refusal: DomainError | None = None):
    found = doors.readable(request.actor, code)
    stop, contents = route.one(found)
    today = clock.local_day(clock.now())
    present = found.visits.filter(number=found.visit).first() if found.arrived_at else None
    lines, tries_left = route.lines(found, contents), _tries_left(found)
    context = {
        "stop": stop,
        "delivery": found,
        "destination": stop.destination,
        "contents": contents,
        "lines": lines,
        "refused": [line for line in lines if line.back],
        "photos": list(found.fulfillment.photos.all()),
        "photo_kinds": PhotoKind.choices,
        "step": found.next_step,
        "steps": steps_of(found),
        "wanted": [step for step in STEPS if step not in _not_needed(found)],
        "reasons": REASONS,
        "present_visit": present,
        "present_place": _place_of(present) if present else "",
        "tries_left": tries_left,
        "used_up": found.next_step == "identity" and not tries_left,
        "again_reasons": AgainReason.choices,
        "seen_choices": [(each, each.label) for each in SEEN_BY_EYE],
        "visits_left": settings.DELIVERY_MOST_VISITS - found.visit,
        "comes_again_on": _comes_again_on(found, today),
        "tomorrow": today + timedelta(days=1),
        "last_day": today + timedelta(days=settings.DELIVERY_AGAIN_WITHIN_DAYS),
        "refusal": refusal,
        "entered": request.POST,
        "map_url": _map_url(stop.destination),
        "refuse_url": reverse("fulfillment:courier-act", args=[found.fulfillment.code, "refuse"]),
        "again_url": reverse("fulfillment:courier-act", args=[found.fulfillment.code, "again"]),
        "part_url": reverse("fulfillment:courier-act", args=[found.fulfillment.code, "part"]),
    }
    return render(request, "fulfillment/courier_parcel.html", context, status=422 if refusal else 200)


def _comes_again_on(found: Delivery, today: date) -> date | None:
    """After a visit in vain the day of the next one, until the parcel is on the van again."""
    waits = found.visit > 1 and not found.loaded_at and not found.finished_at
    return found.due_on if waits and found.due_on > today else None


def _tries_left(found: Delivery) -> int:
    """Identity checks that remain at this visit; of no meaning at another step."""
    if found.next_step != "identity":
        return 0
    return max(0, identity_proof.tries_left(found.fulfillment, since=found.arrived_at))


def _place_of(visit: DoorVisit) -> str:
    """How far from the address the courier stood, or why nobody knows."""
    if visit.distance_m is None:
        return visit.get_position_display()
    if visit.distance_m < 1000:
        return _("%(metres)s m from the address") % {"metres": visit.distance_m}
    return _("%(km)s km from the address") % {"km": f"{visit.distance_m / 1000:.1f}"}


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


@require_POST
def act(request, code: str, step: str):
    """One step at the door; a refusal stays on the page."""
    if step not in ACTIONS:
        raise Http404
    return sending.answer(
        request,
        f"{code}/{step}",
        lambda: _acted(request, code, step),
        again=lambda error: _page(request, code, error),
    )


def _acted(request, code: str, step: str):
    found = ACTIONS[step](request, code)
    if not sending.is_kept(request):
        return redirect("fulfillment:courier-parcel", code=code)
    return {
        "parcel": found.fulfillment.code,
        "next_step": found.next_step,
        "state": found.fulfillment.state,
    }


def _arrive(request, code):
    now = clock.now()
    return delivery.arrive(
        actor=request.actor,
        code=code,
        fix=parsing.fix(request),
        now=parsing.when(request),
        recorded_at=now,
    )


def _identity(request, code):
    """Identity is never proven later: what comes from a device's memory counts as of now."""
    return identity_proof.check_identity(
        actor=request.actor,
        code=code,
        name=request.POST.get("name", ""),
        id_tail=request.POST.get("id_tail", ""),
        seen=request.POST.get("seen", ""),
        now=clock.now(),
    )


def _part(request, code):
    return part.keep_a_part(
        actor=request.actor,
        code=code,
        taken=parsing.units(request, "taken-"),
        serials=parsing.serials(request, "serials-"),
        reason=request.POST.get("reason", ""),
        now=parsing.when(request),
    )


def _photo(request, code):
    file = request.FILES.get("photo")
    raw = file.read() if file else photos.bytes_of(request.POST.get("photo", ""))
    kind = request.POST.get("kind", "")
    photos.add(actor=request.actor, code=code, raw=raw, kind=kind, now=parsing.when(request))
    return doors.readable(request.actor, code)


def _sign(request, code):
    signature = request.POST.get("signature", "")
    return delivery.sign(actor=request.actor, code=code, signature=signature, now=parsing.when(request))


def _cash(request, code):
    return delivery.collect(
        actor=request.actor,
        code=code,
        amount_fen=fen_of(request.POST.get("amount", "")),
        now=parsing.when(request),
    )


def _refuse(request, code):
    return delivery.refuse(
        actor=request.actor,
        code=code,
        reason=request.POST.get("reason", ""),
        now=parsing.when(request),
        recorded_at=clock.now(),
    )


def _again(request, code):
    return delivery.come_again(
        actor=request.actor,
        code=code,
        reason=request.POST.get("reason", ""),
        next_on=parsing.day(request, "next_on"),
        now=parsing.when(request),
        recorded_at=clock.now(),
    )


ACTIONS = {
    "arrive": _arrive,
    "identity": _identity,
    "part": _part,
    "photo": _photo,
    "sign": _sign,
    "cash": _cash,
    "refuse": _refuse,
    "again": _again,
}


@login_required
@never_cache
@require_GET
def photo(request, code: str, digest: str):
    """A photo of a parcel of the courier's own company."""
    raw = photos.of_parcel(actor=request.actor, code=code, digest=digest)
    return HttpResponse(raw, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})
