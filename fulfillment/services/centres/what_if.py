"""What would be proposed at other figures: from the newest reckoning's flows, nothing is written.

By the greedy choice with its bound, not by the solver: a page asks, and pages never load it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import clock
from omnichannel.kernel.errors import Invalid

from ...models import CentreReckoning
from .. import centre_costs
from ..centre_costs import Costs
from . import choice, flows, rates
from .flows import History
from .ground import ground
from .outcome import Case, Outcome, outcome

LEAST_PERCENT, MOST_PERCENT = 1, 100


class ShareWrong(Invalid):
    code = "centre_share_wrong"
    message = _("The covered share lies between %(least)s and %(most)s %%.")


@dataclass(frozen=True)
class Wish:
    """fixed, investment: fen; payback_months: of the investment; covered_percent: of all orders."""

    fixed_month_fen: int
    investment_fen: int
    payback_months: int
    covered_percent: float

    def costs(self, before: Costs) -> Costs:
        return replace(
            before,
            fixed_month_fen=self.fixed_month_fen,
            investment_fen=self.investment_fen,
            payback_months=self.payback_months,
        )


def wish_of(row: CentreReckoning) -> Wish:
    """The figures it was reckoned with."""
    costs = Costs(**row.costs)
    covered = round(100 * row.figures["covered"], 1)
    return Wish(costs.fixed_month_fen, costs.investment_fen, costs.payback_months, covered)


def reckon(row: CentreReckoning, wish: Wish, *, now: datetime) -> Outcome:
    """Six statements, all of them reads. Raises CostsWrong, ShareWrong."""
    costs = centre_costs.check(wish.costs(Costs(**row.costs)))
    share = _share(row, wish.covered_percent)
    case = Case.of(_history(row), rates.in_force(clock.local_day(now)), costs, ground(now=now), share=share)
    return outcome(case, choice.choose)


def _share(row: CentreReckoning, percent: float) -> float:
    """Of what was reckoned. Raises ShareWrong for another one, which cannot be meant."""
    if percent == wish_of(row).covered_percent:
        return 1.0
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise ShareWrong(field="covered", least=LEAST_PERCENT, most=MOST_PERCENT)
    return percent / 100 / (row.figures["covered"] or 1)


def _history(row: CentreReckoning) -> History:
    figures = row.figures
    begins, ends = date.fromisoformat(figures["begins"]), date.fromisoformat(figures["ends"])
    return History(begins, ends, figures["days"], flows.of_rows(row.flows), figures["articles"])
