"""Where a centre of its own would pay, as operators see it: the newest reckoning, its cities, proposals."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from members.actors import Actor
from members.place_names import place_name
from omnichannel.kernel.errors import NotFound

from ..models import CentreCosts, CentreProposal, CentreProposalState, CentreReckoning, ReckoningState

READERS = ("operator", "auditor")
HEAVY = ("flows",)


@dataclass(frozen=True)
class Overview:
    """newest: the last one that came to its end; under_way: waiting or running; failed: after the newest.

    One that was lost with its worker counts as failed, before the next one closes it.
    """

    newest: CentreReckoning | None
    under_way: CentreReckoning | None
    failed: CentreReckoning | None


def overview(actor: Actor, *, now: datetime) -> Overview:
    """One statement. Raises NotAllowed."""
    actor.must_have(*READERS)
    rows = CentreReckoning.objects.defer(*HEAVY).order_by("-pk")
    newest = CentreReckoning.objects.filter(state=ReckoningState.DONE).order_by("-pk").values("pk")[:1]
    last = CentreReckoning.objects.order_by("-pk").values("pk")[:1]
    found = {row.pk: row for row in rows.filter(Q(pk__in=newest) | Q(pk__in=last))}
    done = next((row for row in found.values() if row.state == ReckoningState.DONE), None)
    other = next((row for row in found.values() if row.state != ReckoningState.DONE), None)
    ended = other is not None and (other.is_over or other.is_lost(now))
    return Overview(done, None if ended else other, other if ended else None)


def reckoning(actor: Actor, pk: int) -> CentreReckoning | None:
    actor.must_have(*READERS)
    return CentreReckoning.objects.defer(*HEAVY, "candidates").filter(pk=pk).first()


def newest_with_flows(actor: Actor) -> CentreReckoning | None:
    """For what-if. Raises NotAllowed."""
    actor.must_have(*READERS)
    return CentreReckoning.objects.filter(state=ReckoningState.DONE).order_by("-pk").first()


def proposals(actor: Actor, *, state: str = "", words: str = "") -> QuerySet[CentreProposal]:
    """The newest first. Raises NotAllowed."""
    actor.must_have(*READERS)
    rows = CentreProposal.objects.order_by("-pk")
    if state in CentreProposalState.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(
            Q(city__icontains=words)
            | Q(province__icontains=words)
            | Q(reason__icontains=words)
            | Q(decided_by__icontains=words)
            | Q(ended_reason__icontains=words)
            | Q(ended_by__icontains=words)
        )
    return rows


def open_proposals(actor: Actor) -> list[CentreProposal]:
    """The one that saves most first. Raises NotAllowed."""
    rows = proposals(actor, state=CentreProposalState.OPEN)
    return sorted(rows, key=lambda row: row.fixed_month_fen - row.saving_fen)


def proposal(actor: Actor, pk: int) -> CentreProposal:
    """Raises NotAllowed, NotFound."""
    found = proposals(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def versions(actor: Actor) -> list[CentreCosts]:
    """The newest first. Raises NotAllowed."""
    actor.must_have(*READERS)
    return list(CentreCosts.objects.order_by("-starts"))


def centre_name(row: dict) -> str:
    """Of a centre's row, in the language of the page."""
    return row["name_en"] if (get_language() or "").startswith("en") and row["name_en"] else row["name"]


def fitting(rows: list[dict], *, words: str = "", verdict: str = "") -> list[dict]:
    """Cities by words of their names in either language, and by what was found."""
    wanted = words.casefold()
    return [
        row
        for row in rows
        if (not verdict or row["verdict"] == verdict) and (not wanted or wanted in _names(row))
    ]


def _names(row: dict) -> str:
    names = (row["city"], row["province"], place_name(row["city"]), place_name(row["province"]))
    return " ".join(names).casefold()
