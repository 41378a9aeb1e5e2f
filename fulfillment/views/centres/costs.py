"""/ops/centres/costs/: what a centre costs and what is asked of it; versions by date, new from a day on."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.queries.centres import versions
from fulfillment.services import centre_costs
from fulfillment.services.centre_costs import Costs
from fulfillment.views.routing.versions import calendar, first_day, number_of, published, taken_back
from omnichannel.kernel import clock
from omnichannel.kernel.errors import Invalid

PAGE = "fulfillment/centres/costs.html"
WORDS = {
    "fixed_month_fen": gettext_lazy("Fixed cost a month"),
    "investment_fen": gettext_lazy("Investment"),
    "handling_fen": gettext_lazy("Handling per parcel"),
    "unit_fen": gettext_lazy("Replenishment per unit"),
    "assortment": gettext_lazy("Articles it would hold"),
    "horizon_days": gettext_lazy("Orders of the last days"),
    "payback_months": gettext_lazy("Investment back within (months)"),
}
MOST = 1e9  # as typed: yuan, articles, days


class NumberWrong(Invalid):
    code = "number_invalid"
    message = gettext_lazy("%(what)s: “%(value)s” is not a number.")


@login_required
def page(request):
    if request.method == "POST":
        return _publish(request)
    return _show(request)


def _show(request, *, posted=None, refusal=None):
    now = clock.now()
    rows, current = versions(request.actor), asdict(centre_costs.in_force(now=now))
    known = calendar(request, posted, refusal)
    context = known | {
        "where": "centres",
        "edition": centre_costs.edition(),
        "rows": [(row, [_cell(name, getattr(row, name)) for name in WORDS]) for row in rows],
        "words": list(WORDS.values()),
        "standard": [_cell(name, value) for name, value in asdict(centre_costs.standard()).items()],
        "in_force": next((row for row in rows if row.is_in_force(known["today"])), None),
        "fields": [
            {"name": name, "label": words, "value": (posted or {}).get(name, _typed(name, current[name])),
             "is_money": name.endswith("_fen")}
            for name, words in WORDS.items()
        ],
    }  # fmt: skip
    return render(request, PAGE, context, status=refusal.status if refusal else 200)


def _cell(name: str, value: int) -> tuple:
    return WORDS[name], value, name.endswith("_fen")


def _typed(name: str, value: int) -> str:
    return f"{value / 100:.2f}" if name.endswith("_fen") else str(value)


def _publish(request):
    def publish():
        centre_costs.publish(
            costs=Costs(**{name: _number(name, request.POST.get(name, "")) for name in WORDS}),
            starts=first_day(request),
            actor=request.actor,
            now=clock.now(),
            seen=request.POST.get("seen", ""),
        )

    done = _("The new costs are in the calendar.")
    return published(request, publish, done=done, then="fulfillment:centre-costs", show=_show)


@login_required
@require_POST
def withdraw(request):
    def back():
        centre_costs.withdraw(starts=first_day(request), actor=request.actor, now=clock.now())

    return taken_back(request, back, then="fulfillment:centre-costs")


def _number(name: str, text: str) -> int:
    """Fen of an amount in yuan, else a whole number. Raises NumberWrong."""
    text = text.strip().replace(",", "")
    wrong = NumberWrong(field=name, what=WORDS[name], value=text[:20])
    value = number_of(text, wrong, most=MOST)
    if name.endswith("_fen"):
        return round(value * 100)
    if value != int(value):
        raise wrong
    return int(value)
