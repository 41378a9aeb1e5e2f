"""What a centre costs and what is asked of it: versions by date; before the first the settings' figures."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import CentreCosts
from . import dated_tables

# field: least and most. A month's cost of a hundred million yuan, ten years, a thousand yuan per parcel.
BOUNDS = {
    "fixed_month_fen": (0, 10_000_000_000),
    "investment_fen": (0, 100_000_000_000),
    "handling_fen": (0, 100_000),
    "unit_fen": (0, 100_000),
    "assortment": (1, 1_000_000),
    "horizon_days": (1, 365),
    "payback_months": (1, 120),
}


class CostsWrong(Invalid):
    code = "centre_costs_wrong"
    message = _("“%(what)s” lies between %(least)s and %(most)s.")


class CostsInPast(DomainError):
    code = "centre_costs_in_past"
    message = _("Costs begin tomorrow at the earliest: %(day)s was or is reckoned with those in force.")


@dataclass(frozen=True)
class Costs:
    """Amounts in fen. unit: bringing one unit there; assortment: best selling articles that lie there.

    horizon_days: so far back orders are looked at; payback_months: the investment is back by then.
    """

    fixed_month_fen: int
    investment_fen: int
    handling_fen: int
    unit_fen: int
    assortment: int
    horizon_days: int
    payback_months: int

    @property
    def asked_a_month(self) -> float:
        """What a centre has to save in a month, fen: its fixed cost and its part of the investment."""
        return self.fixed_month_fen + self.investment_fen / self.payback_months


def standard() -> Costs:
    return Costs(**settings.CENTRE_COSTS)


def in_force(*, now: datetime) -> Costs:
    """One statement."""
    row = CentreCosts.objects.on(clock.local_day(now)).values(*BOUNDS).first()
    return Costs(**row) if row else standard()


def check(costs: Costs) -> Costs:
    """Raise CostsWrong."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(costs, name) <= most:
            what = CentreCosts._meta.get_field(name).verbose_name
            raise CostsWrong(field=name, what=what, least=least, most=most)
    return costs


@transaction.atomic
def publish(*, costs: Costs, starts: date, actor: Actor, now: datetime, seen: str = "") -> CentreCosts:
    """Put costs in force from `starts` on; the version before ends there, later planned ones give way.

    seen: the edition they were made from (dated_tables). Raises NotAllowed, CostsInPast, CostsWrong,
    TableChanged.
    """
    actor.must_have("operator")
    dated_tables.must_be_coming(starts, now=now, otherwise=CostsInPast)
    figures = asdict(check(costs))
    dated_tables.open_alone(CentreCosts, seen=seen)
    line = CentreCosts.objects.all()
    return dated_tables.put_in_force(line, figures, starts=starts, actor=actor, now=now)
