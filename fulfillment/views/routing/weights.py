"""/routing/weights/: what routing weighs beside the freight; versions by date, a new one from a day on."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.queries.weights import versions
from fulfillment.services import routing_weights
from fulfillment.services.routing_weights import Weights
from fulfillment.views.routing.versions import calendar, first_day, number_of, published, taken_back
from omnichannel.kernel import clock
from omnichannel.kernel.errors import Invalid

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


def _show(request, *, posted=None, refusal=None):
    now = clock.now()
    rows, current = versions(request.actor), asdict(routing_weights.in_force(now=now))
    known = calendar(request, posted, refusal)
    context = known | {
        "where": "weights",
        "edition": routing_weights.edition(),
        "rows": [(row, [(words, getattr(row, name)) for name, words in WORDS.items()]) for row in rows],
        "words": list(WORDS.values()),
        "standard": [(WORDS[name], fen) for name, fen in asdict(routing_weights.standard()).items()],
        "in_force": next((row for row in rows if row.is_in_force(known["today"])), None),
        "fields": [
            {"name": name, "label": words, "value": (posted or {}).get(name, f"{current[name] / 100:.2f}")}
            for name, words in WORDS.items()
        ],
    }
    return render(request, PAGE, context, status=refusal.status if refusal else 200)


def _publish(request):
    def publish():
        routing_weights.publish(
            terms=Weights(**{name: _fen(request.POST.get(name, "")) for name in WORDS}),
            starts=first_day(request),
            actor=request.actor,
            now=clock.now(),
            seen=request.POST.get("seen", ""),
        )

    done = _("The new weights are in the calendar.")
    return published(request, publish, done=done, then="fulfillment:routing-weights", show=_show)


@login_required
@require_POST
def withdraw(request):
    def back():
        routing_weights.withdraw(starts=first_day(request), actor=request.actor, now=clock.now())

    return taken_back(request, back, then="fulfillment:routing-weights")


def _fen(text: str) -> int:
    return round(number_of(text.strip(), AmountWrong(field="weights", value=text[:20])) * 100)
