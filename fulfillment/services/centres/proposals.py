"""Proposals of centres: opened, renewed and lapsed by a reckoning; accepted or dismissed by an operator."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotFound
from omnichannel.kernel.locks import advisory_lock

from ...models import CentreProposal, CentreProposalState
from .ground import Town, point_of

MOST_DAYS_ASIDE = 730
REASON_LENGTH = 200
LOCK = "centre proposals"


class ProposalUnknown(NotFound):
    code = "centre_proposal_unknown"
    message = _("There is no such proposal.")


class ProposalDecided(DomainError):
    code = "centre_proposal_decided"
    message = _("This proposal is “%(state)s”: somebody decided it, or it lapsed. Look at the list again.")


class ReasonNeeded(Invalid):
    code = "centre_reason_needed"
    message = _("Say in a few words why there shall be no centre.")


class AskAgainWrong(Invalid):
    code = "centre_ask_again_wrong"
    message = _("The day from which it may be proposed again lies between %(least)s and %(most)s.")


def keep(stories: Mapping[Town, dict], *, now: datetime) -> dict[str, int]:
    """Open what is new, renew what is open, let lapse what would not pay any more; counts by what was done.

    In the caller's transaction; one reckoning at a time.
    """
    advisory_lock(LOCK)
    rows = CentreProposal.objects.select_for_update().filter(state=CentreProposalState.OPEN).order_by("pk")
    standing = {(row.province, row.city): row for row in rows}
    fresh = [_new(town, story, now) for town, story in stories.items() if town not in standing]
    CentreProposal.objects.bulk_create(fresh)
    gone = [row for town, row in standing.items() if town not in stories]
    for row in gone:
        _decide(row, CentreProposalState.LAPSED, by="", reason="", now=now)
    for town in standing.keys() & stories.keys():
        _renew(standing[town], stories[town], now)
    return {"opened": len(fresh), "lapsed": len(gone), "renewed": len(standing) - len(gone)}


def _new(town: Town, story: dict, now: datetime) -> CentreProposal:
    latitude, longitude = point_of(town)
    return CentreProposal(
        province=town[0],
        city=town[1],
        latitude=latitude,
        longitude=longitude,
        state=CentreProposalState.OPEN,
        proposed_at=now,
        **_figures(story, now),
    )


def _figures(story: dict, now: datetime) -> dict:
    found, costs = story["figures"], story["costs"]
    return {
        "orders_milli": round(found["taken_day"] * 1000),
        "needed_milli": round(found["needed_day"] * 1000),
        "saving_fen": found["saving_fen"],
        "fixed_month_fen": costs["fixed_month_fen"],
        "investment_fen": costs["investment_fen"],
        "payback_milli": round(found["payback"] * 1000),
        "story": story,
        "reckoned_at": now,
    }


def _renew(row: CentreProposal, story: dict, now: datetime) -> None:
    values = _figures(story, now)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def accept(*, proposal_id: int, actor: Actor, note: str = "", now: datetime) -> CentreProposal:
    """A centre will be set up there; the warehouse itself is entered by an operator.

    Raises NotAllowed, ProposalUnknown, ProposalDecided.
    """
    with transaction.atomic():
        row = _open(proposal_id, actor)
        _decide(row, CentreProposalState.ACCEPTED, by=actor.label[:80], reason=note.strip(), now=now)
    return row


def dismiss(
    *, proposal_id: int, actor: Actor, reason: str, ask_again_on: date, now: datetime
) -> CentreProposal:
    """No centre there for now: the city is not proposed before `ask_again_on`.

    Raises NotAllowed, ProposalUnknown, ProposalDecided, ReasonNeeded, AskAgainWrong.
    """
    with transaction.atomic():
        row = _open(proposal_id, actor)
        if not reason.strip():
            raise ReasonNeeded(field="reason")
        today = clock.local_day(now)
        least, most = today + timedelta(days=1), today + timedelta(days=MOST_DAYS_ASIDE)
        if not least <= ask_again_on <= most:
            raise AskAgainWrong(field="ask_again_on", least=least.isoformat(), most=most.isoformat())
        row.ask_again_on = ask_again_on
        _decide(row, CentreProposalState.DISMISSED, by=actor.label[:80], reason=reason.strip(), now=now)
    return row


def _open(proposal_id: int, actor: Actor) -> CentreProposal:
    actor.must_have("operator")
    row = CentreProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None:
        raise ProposalUnknown()
    if row.state != CentreProposalState.OPEN:
        raise ProposalDecided(state=str(row.get_state_display()))
    return row


def _decide(row: CentreProposal, state: str, *, by: str, reason: str, now: datetime) -> None:
    row.state, row.decided_by, row.reason, row.decided_at = state, by, reason[:REASON_LENGTH], now
    row.save(update_fields=["state", "decided_by", "reason", "decided_at", "ask_again_on"])
