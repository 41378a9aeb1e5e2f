"""The optimiser's jobs as operators see them: on or off and by whom, what the last runs did."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from members.actors import Actor

from ..models import OptimiserRun, OptimiserSwitch, OptimiserSwitchEvent, ShadowPrice

Kind = OptimiserRun.Kind
READERS = ("operator", "auditor")


@dataclass(frozen=True)
class Job:
    """decided: the operators' word, or None where the settings hold. last: its newest run."""

    kind: Kind
    is_on: bool
    decided: OptimiserSwitch | None
    last: OptimiserRun | None


def standard(kind: str) -> bool:
    """As the settings say, where no operator decided."""
    switches = {
        Kind.PRICES: settings.ROUTING_SHADOW_PRICES,
        Kind.REEVALUATION: settings.ROUTING_REEVALUATION,
        Kind.CENTRES: settings.CENTRE_PROPOSALS,
    }
    return switches[Kind(kind)]


def is_on(kind: str) -> bool:
    """One statement."""
    decided = OptimiserSwitch.objects.filter(kind=kind).values_list("is_on", flat=True).first()
    return standard(kind) if decided is None else decided


def jobs(actor: Actor) -> list[Job]:
    """Every job; a statement each and one for what was decided. Raises NotAllowed."""
    actor.must_have(*READERS)
    decided = {row.kind: row for row in OptimiserSwitch.objects.all()}
    return [
        Job(
            kind=kind,
            is_on=decided[kind].is_on if kind in decided else standard(kind),
            decided=decided.get(kind),
            last=OptimiserRun.objects.filter(kind=kind).order_by("-at", "-pk").first(),
        )
        for kind in Kind
    ]


def switches(actor: Actor, *, kind: str = "", who: str = "") -> QuerySet[OptimiserSwitchEvent]:
    """Who switched what and when, the newest first, for a paginator. Raises NotAllowed."""
    actor.must_have(*READERS)
    rows = OptimiserSwitchEvent.objects.order_by("-changed_at", "-pgh_id")
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    return rows.filter(changed_by__icontains=who) if who else rows


def runs(actor: Actor, *, kind: str = "") -> QuerySet[OptimiserRun]:
    """The newest first, for a paginator. Raises NotAllowed."""
    actor.must_have(*READERS)
    rows = OptimiserRun.objects.order_by("-at", "-pk")
    return rows.filter(kind=kind) if kind in Kind.values else rows


def prices(actor: Actor) -> QuerySet[ShadowPrice]:
    """The stock's prices in force, the dearest first. Raises NotAllowed."""
    actor.must_have(*READERS)
    return ShadowPrice.objects.select_related("location").order_by("-fen", "sku", "location_id")
