"""What routing weighs beside the freight: versions by date; before the first one the settings' weights."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ...models import RoutingWeights
from .. import dated_tables
from .inputs import Policy

MOST_FEN = 1_000_000


class WeightsWrong(Invalid):
    code = "routing_weights_wrong"
    message = _("Every weight is an amount between 0 and 10,000 yuan.")


class WeightsInPast(DomainError):
    code = "routing_weights_in_past"
    message = _("Weights begin tomorrow at the earliest: orders of %(day)s are routed already.")


@dataclass(frozen=True)
class Weights:
    """Amounts in fen.

    extra_package: a package more; late_day: each day until arrival; refusal: a place that may decline, by
    its acceptance rate; scarcity: the last of something against all of it (inputs.Policy). unfilled: a unit
    that nobody can send, for the nightly prices; least_saving: what a moved parcel has to save.
    """

    extra_package_fen: int
    late_day_fen: int
    refusal_fen: int
    scarcity_fen: int
    unfilled_fen: int
    least_saving_fen: int


def standard() -> Weights:
    return Weights(
        extra_package_fen=settings.ROUTING_EXTRA_PACKAGE_FEN,
        late_day_fen=settings.ROUTING_LATE_DAY_FEN,
        refusal_fen=settings.ROUTING_REFUSAL_FEN,
        scarcity_fen=settings.ROUTING_SCARCITY_FEN,
        unfilled_fen=settings.ROUTING_UNFILLED_FEN,
        least_saving_fen=settings.ROUTING_LEAST_SAVING_FEN,
    )


def in_force(*, now: datetime) -> Weights:
    """One statement."""
    row = RoutingWeights.objects.on(clock.local_day(now)).values(*asdict(standard())).first()
    return Weights(**row) if row else standard()


def weights(*, now: datetime, priced: bool = False) -> Policy:
    """`priced`: shadow prices speak for the stock, so rarity does not. One statement."""
    found = policy_of(asdict(in_force(now=now)))
    return Policy(found.extra_package, found.late_day, found.refusal, 0) if priced else found


def policy_of(row: Mapping) -> Policy:
    """Of a row with the day's version, or with none."""
    if row.get("extra_package_fen") is None:
        row = asdict(standard())
    names = ("extra_package_fen", "late_day_fen", "refusal_fen", "scarcity_fen")
    return Policy(*(row[name] for name in names))


@transaction.atomic
def publish(*, terms: Weights, starts: date, actor: Actor, now: datetime, seen: str = "") -> RoutingWeights:
    """Put weights in force from `starts` on; the version before ends there, later planned ones give way.

    seen: the edition they were made from (dated_tables). Raises NotAllowed, WeightsInPast, WeightsWrong,
    TableChanged.
    """
    actor.must_have("operator")
    dated_tables.must_be_coming(starts, now=now, otherwise=WeightsInPast)
    figures = asdict(terms)
    if not all(0 <= value <= MOST_FEN for value in figures.values()):
        raise WeightsWrong(field="weights")
    dated_tables.open_alone(RoutingWeights, seen=seen)
    line = RoutingWeights.objects.all()
    return dated_tables.put_in_force(line, figures, starts=starts, actor=actor, now=now)
