"""/routing/weights/: what routing weighs beside the freight; versions by date, a new one from a day on."""

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.models import RoutingWeights
from fulfillment.queries.weights import versions
from fulfillment.services.routing import weights
from fulfillment.services.routing.weights import Weights

from .figures import FiguresPage


def _publish(figures: dict[str, int], **of) -> None:
    weights.publish(terms=Weights(**figures), **of)


PAGE = FiguresPage(
    template="fulfillment/routing/weights.html",
    where="weights",
    then="fulfillment:routing-weights",
    model=RoutingWeights,
    service=weights,
    versions=versions,
    publish=_publish,
    words={
        "extra_package_fen": gettext_lazy("Each further package"),
        "late_day_fen": gettext_lazy("Each day until arrival"),
        "refusal_fen": gettext_lazy("A place that may decline"),
        "scarcity_fen": gettext_lazy("Rarity of the goods"),
        "unfilled_fen": gettext_lazy("A unit nobody can send"),
        "least_saving_fen": gettext_lazy("Least saving to move a parcel"),
    },
    done=gettext_lazy("The new weights are in the calendar."),
)


@login_required
def page(request):
    return PAGE.answer(request)


@login_required
@require_POST
def withdraw(request):
    return PAGE.withdrawn(request)
