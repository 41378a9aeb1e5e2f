"""/ops/centres/what-if/: what would be proposed at other figures; nothing is saved."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fulfillment.queries import centres
from fulfillment.queries.centre_map import centre_map
from fulfillment.services.centres import what_if
from fulfillment.services.centres.what_if import Wish
from fulfillment.views.centres.words import centre_row, city_row
from fulfillment.views.routing.figures import MOST, FigureWrong
from fulfillment.views.routing.versions import number_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

FIELDS = {
    "fixed": gettext_lazy("Fixed cost a month, ¥"),
    "investment": gettext_lazy("Investment, ¥"),
    "months": gettext_lazy("Investment back within, months"),
    "covered": gettext_lazy("Orders a centre could fill, %"),
}


@login_required
@require_GET
def page(request):
    row = centres.newest_with_flows(request.actor)
    context = {"where": "centres", "newest": row}
    if row is not None and row.flows:
        context |= _tried(request, row)
    status = context.pop("status", 200)
    return render(request, "fulfillment/centres/what_if.html", context, status=status)


def _tried(request, row) -> dict:
    before = what_if.wish_of(row)
    standard = _typed(before)
    values = {name: request.GET.get(name, "").strip() or standard[name] for name in FIELDS}
    known = {"fields": [(name, label, values[name], standard[name]) for name, label in FIELDS.items()]}
    try:
        found = what_if.reckon(row, _wish(values), now=clock.now())
    except DomainError as refusal:
        return known | {"refused": f"{refusal} ({refusal.code})", "status": refusal.status}
    return known | _outcome(row, found)


def _outcome(row, found) -> dict:
    was = {(each["province"], each["city"]): each["verdict"] for each in row.candidates}
    cities = [city_row(each) for each in found.candidates]
    for each in cities:
        earlier = was.get((each["province"], each["city"]), "")
        each["changed"] = earlier != each["verdict"] and "proposed" in (earlier, each["verdict"])
    proposed = [each for each in cities if each["verdict"] == "proposed"]
    standing = [centre_row(each) for each in row.centres]
    areas = [(each["point"], found.stories[each["province"], each["city"]]["area"]) for each in proposed]
    return {
        "cities": cities,
        "proposed": proposed,
        "before": [each for each in row.candidates if each["verdict"] == "proposed"],
        "saving": sum(each["saving_fen"] for each in proposed),
        "gap_fen": round(found.choice.gap),
        "proven": found.choice.proven,
        "map": centre_map(found.candidates, standing, areas),
    }


def _typed(wish: Wish) -> dict[str, str]:
    """As it stands in the fields: amounts in yuan."""
    return {
        "fixed": f"{wish.fixed_month_fen / 100:.2f}",
        "investment": f"{wish.investment_fen / 100:.2f}",
        "months": str(wish.payback_months),
        "covered": f"{wish.covered_percent:g}",
    }


def _wish(values: dict[str, str]) -> Wish:
    """Raises FigureWrong."""
    found = {name: _number(name, text) for name, text in values.items()}
    return Wish(
        fixed_month_fen=round(found["fixed"] * 100),
        investment_fen=round(found["investment"] * 100),
        payback_months=round(found["months"]),
        covered_percent=found["covered"],
    )


def _number(name: str, text: str) -> float:
    return number_of(
        text.replace(",", ""), FigureWrong(field=name, what=FIELDS[name], value=text[:20]), most=MOST
    )
