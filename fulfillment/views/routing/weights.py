"""/routing/weights/: what routing weighs beside the freight; versions by date, a new one from a day on."""

from dataclasses import asdict
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.queries.weights import versions
from fulfillment.services import routing_weights
from fulfillment.services.routing_weights import Weights
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

PAGE = "fulfillment/routing/weights.html"
WORDS = {
    "extra_package_fen": gettext_lazy("Each further package"),
    "late_day_fen": gettext_lazy("Each day until arrival"),
    "refusal_fen": gettext_lazy("A place that may decline"),
    "scarcity_fen": gettext_lazy("Rarity of the goods"),
    "unfilled_fen": gettext_lazy("A unit nobody can send"),
    "least_saving_fen": gettext_lazy("Least saving to move a parcel"),
}


class AmountWrong(Invalid):
    code = "number_invalid"
    message = gettext_lazy("“%(value)s” is not an amount. Enter amounts like 7.60.")


@login_required
def page(request):
    if request.method == "POST":
        return _publish(request)
    return _show(request)


def _show(request, *, posted=None, status=200):
    now = clock.now()
    today = clock.local_day(now)
    rows, current = versions(request.actor), asdict(routing_weights.in_force(now=now))
    in_force = next((row for row in rows if row.starts <= today and (not row.ends or row.ends > today)), None)
    context = {
        "rows": [(row, [(words, getattr(row, name)) for name, words in WORDS.items()]) for row in rows],
        "words": list(WORDS.values()),
        "standard": [(WORDS[name], fen) for name, fen in asdict(routing_weights.standard()).items()],
        "in_force": in_force,
        "fields": [
            {"name": name, "label": words, "value": (posted or {}).get(name, f"{current[name] / 100:.2f}")}
            for name, words in WORDS.items()
        ],
        "may_change": request.actor.has("operator"),
        "starts": (posted or {}).get("starts") or (today + timedelta(days=1)).isoformat(),
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "today": today,
    }
    return render(request, PAGE, context, status=status)


def _publish(request):
    try:
        routing_weights.publish(
            terms=Weights(**{name: _fen(request.POST.get(name, "")) for name in WORDS}),
            starts=_day(request.POST.get("starts", "")),
            actor=request.actor,
            now=clock.now(),
        )
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
        return _show(request, posted=request.POST, status=refusal.status)
    messages.success(request, _("The new weights are in the calendar."))
    return redirect("fulfillment:routing-weights")


@login_required
@require_POST
def withdraw(request):
    try:
        routing_weights.withdraw(
            starts=_day(request.POST.get("starts", "")), actor=request.actor, now=clock.now()
        )
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    else:
        messages.success(request, _("Taken back; the version before goes on."))
    return redirect("fulfillment:routing-weights")


def _fen(text: str) -> int:
    try:
        value = float(text.strip())
    except ValueError:
        raise AmountWrong(field="weights", value=text[:20]) from None
    if not -1e6 < value < 1e6:
        raise AmountWrong(field="weights", value=text[:20])
    return round(value * 100)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AmountWrong(field="starts", value=text[:20]) from None
