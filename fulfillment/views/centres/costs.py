"""/ops/centres/costs/: what a centre costs and what is asked of it; versions by date, new from a day on."""

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.models import CentreCosts
from fulfillment.queries.centres import versions
from fulfillment.services import centre_costs
from fulfillment.services.centre_costs import Costs
from fulfillment.views.routing.figures import FiguresPage


def _publish(figures: dict[str, int], **of) -> None:
    centre_costs.publish(costs=Costs(**figures), **of)


PAGE = FiguresPage(
    template="fulfillment/centres/costs.html",
    where="centres",
    then="fulfillment:centre-costs",
    model=CentreCosts,
    service=centre_costs,
    versions=versions,
    publish=_publish,
    words={
        "fixed_month_fen": gettext_lazy("Fixed cost a month"),
        "investment_fen": gettext_lazy("Investment"),
        "handling_fen": gettext_lazy("Handling per parcel"),
        "unit_fen": gettext_lazy("Replenishment per unit"),
        "assortment": gettext_lazy("Articles it would hold"),
        "horizon_days": gettext_lazy("Orders of the last days"),
        "payback_months": gettext_lazy("Investment back within (months)"),
    },
    done=gettext_lazy("The new costs are in the calendar."),
)


@login_required
def page(request):
    return PAGE.answer(request)


@login_required
@require_POST
def withdraw(request):
    return PAGE.withdrawn(request)
