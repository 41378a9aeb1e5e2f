"""Proposals of centres: opened, renewed and lapsed by a reckoning; accepted or dismissed by an operator.

An accepted one ends when a reckoning first finds its centre standing, or when an operator gives it up.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotFound
from omnichannel.kernel.locks import advisory_lock

from ...models import CentreProposal, CentreProposalState
from .ground import Town, decided, point_of

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


class NotAccepted(DomainError):
    code = "centre_proposal_not_accepted"
    message = _("This proposal is “%(state)s”: only one that was accepted can be given up.")


class AskAgainWrong(Invalid):
    code = "centre_ask_again_wrong"
    message = _("The day from which it may be proposed again lies between %(least)s and %(most)s.")


def keep(stories: Mapping[Town, dict], *, standing: Collection[Town], now: datetime) -> dict[str, int]:
    """Open what is new, renew what is open, let lapse what would not pay any more; counts by what was done.

    What somebody decided while it was reckoned is not proposed anew. standing: cities that have a centre;
    an accepted proposal of theirs is built. In the caller's transaction; one at a time, as decisions are.
    """
    advisory_lock(LOCK)
    built = _note_built(standing, now)
    accepted, put_aside = decided(now=now)
    stories = {town: story for town, story in stories.items() if town not in accepted | put_aside.keys()}
    return _renew_open(stories, now) | {"built": built}


def _note_built(standing: Collection[Town], now: datetime) -> int:
    rows = CentreProposal.objects.select_for_update().filter(state=CentreProposalState.ACCEPTED)
    built = [row for row in rows.order_by("pk") if (row.province, row.city) in standing]
    for row in built:
        row.state, row.ended_at = CentreProposalState.BUILT, now
        row.save(update_fields=["state", "ended_at"])
    return len(built)


def _renew_open(stories: Mapping[Town, dict], now: datetime) -> dict[str, int]:
    rows = CentreProposal.objects.select_for_update().filter(state=CentreProposalState.OPEN).order_by("pk")
    known = {(row.province, row.city): row for row in rows}
    fresh = [_new(town, story, now) for town, story in stories.items() if town not in known]
    CentreProposal.objects.bulk_create(fresh)
    gone = [row for town, row in known.items() if town not in stories]
    for row in gone:
        _decide(row, CentreProposalState.LAPSED, by="", reason="", now=now)
    for town in known.keys() & stories.keys():
        _renew(known[town], stories[town], now)
    return {"opened": len(fresh), "lapsed": len(gone), "renewed": len(known) - len(gone)}


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
        # None is left of nothing invested: no centre is proposed whose saving is below what it is asked for.
        "payback_milli": round((found["payback"] or 0) * 1000),
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
        row.ask_again_on = _put_aside(reason, ask_again_on, now)
        _decide(row, CentreProposalState.DISMISSED, by=actor.label[:80], reason=reason.strip(), now=now)
    return row


def give_up(
    *, proposal_id: int, actor: Actor, reason: str, ask_again_on: date, now: datetime
) -> CentreProposal:
    """The accepted centre will not be set up: its city is like any other from `ask_again_on` on.

    Raises NotAllowed, ProposalUnknown, NotAccepted, ReasonNeeded, AskAgainWrong.
    """
    with transaction.atomic():
        row = _locked(proposal_id, actor)
        if row.state != CentreProposalState.ACCEPTED:
            raise NotAccepted(state=str(row.get_state_display()))
        row.ask_again_on = _put_aside(reason, ask_again_on, now)
        row.state, row.ended_at, row.ended_by = CentreProposalState.GIVEN_UP, now, actor.label[:80]
        row.ended_reason = reason.strip()[:REASON_LENGTH]
        row.save(update_fields=["state", "ended_at", "ended_by", "ended_reason", "ask_again_on"])
    return row


def _put_aside(reason: str, ask_again_on: date, now: datetime) -> date:
    """The day, with a reason and neither too soon nor too late. Raises ReasonNeeded, AskAgainWrong."""
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    today = clock.local_day(now)
    least, most = today + timedelta(days=1), today + timedelta(days=MOST_DAYS_ASIDE)
    if not least <= ask_again_on <= most:
        raise AskAgainWrong(field="ask_again_on", least=least.isoformat(), most=most.isoformat())
    return ask_again_on


def _open(proposal_id: int, actor: Actor) -> CentreProposal:
    row = _locked(proposal_id, actor)
    if row.state != CentreProposalState.OPEN:
        raise ProposalDecided(state=str(row.get_state_display()))
    return row


def _locked(proposal_id: int, actor: Actor) -> CentreProposal:
    """Decisions and what a reckoning writes come one after the other."""
    actor.must_have("operator")
    advisory_lock(LOCK)
    row = CentreProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None:
        raise ProposalUnknown()
    return row


def _decide(row: CentreProposal, state: str, *, by: str, reason: str, now: datetime) -> None:
    row.state, row.decided_by, row.reason, row.decided_at = state, by, reason[:REASON_LENGTH], now
    row.save(update_fields=["state", "decided_by", "reason", "decided_at", "ask_again_on"])
