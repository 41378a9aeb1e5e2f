"""One proposes what shall hold from a day on, another decides: versions of rules, funding, limits.

A proposal begins after the open business day or not at all; what has begun is never touched again. The
database keeps the same promises (settlement_keep_decided).
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound
from settlement.models import DecisionState
from settlement.rights import CLERK, LEAD

from . import audit_trail
from .business_day import lock_current_day


class ProposalUnknown(NotFound):
    code = "proposal_unknown"
    message = _("We do not know this proposal.")


class DateNotAhead(Invalid):
    code = "date_not_ahead"
    message = _("It must begin after the open business day %(day)s, so that nothing booked changes.")


class DateTaken(DomainError):
    code = "date_taken"
    message = _("Something else is proposed or confirmed to begin on this day.")


class AlreadyDecided(DomainError):
    code = "proposal_decided"
    message = _("This proposal is decided already.")


class HasBegun(DomainError):
    code = "version_has_begun"
    message = _("It holds already and stays. Propose what shall hold from a later day on.")


class OwnProposal(NotAllowed):
    code = "own_proposal"
    message = _("Nobody decides what they proposed. Ask a colleague.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why.")


def must_propose(actor) -> None:
    """Finance clerk or lead, and a person; raises NotAllowed."""
    actor.must_have(CLERK, LEAD)
    if actor.user_id is None:
        raise NotAllowed()


def must_be_ahead(valid_from: date) -> None:
    """Hold the open day until the transaction ends; raises DateNotAhead."""
    day = lock_current_day()
    if valid_from <= day:
        raise DateNotAhead(field="valid_from", day=day.isoformat())


def proposed(row, *, actor, what: str, subject: str, details: dict, now: datetime) -> None:
    """Write a proposal that its service has checked, and its entry in the audit trail."""
    row.state, row.proposed_by_id, row.proposed_at = DecisionState.PROPOSED, actor.user_id, now
    row.save(force_insert=True)
    audit_trail.record(actor=actor, action=f"{what}.proposed", subject=subject, details=details, now=now)


def confirm(row, *, actor, what: str, subject: str, now: datetime) -> None:
    """Confirm a locked row. Raises OwnProposal, AlreadyDecided, DateNotAhead."""
    must_decide(row, actor)
    must_be_ahead(row.valid_from)
    _decide(row, DecisionState.CONFIRMED, "", actor=actor, what=what, subject=subject, now=now)


def reject(row, *, actor, reason: str, what: str, subject: str, now: datetime) -> None:
    """Turn a locked row down. Raises OwnProposal, AlreadyDecided, ReasonMissing."""
    must_decide(row, actor)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    _decide(row, DecisionState.REJECTED, reason, actor=actor, what=what, subject=subject, now=now)


def withdraw(row, *, actor, reason: str, what: str, subject: str, now: datetime) -> None:
    """Take back what has not begun: a proposal by its maker or a lead, a confirmed one by a lead.

    Raises HasBegun, AlreadyDecided, ReasonMissing, NotAllowed.
    """
    must_propose(actor)
    if row.state == DecisionState.CONFIRMED or row.proposed_by_id != actor.user_id:
        actor.must_have(LEAD)
    if row.state not in (DecisionState.PROPOSED, DecisionState.CONFIRMED):
        raise AlreadyDecided()
    if row.state == DecisionState.CONFIRMED and row.valid_from <= lock_current_day():
        raise HasBegun()
    if not reason.strip():
        raise ReasonMissing(field="reason")
    _decide(row, DecisionState.WITHDRAWN, reason, actor=actor, what=what, subject=subject, now=now)


def act(row, action: str, *, actor, reason: str, **common) -> None:
    """confirm, reject or withdraw a locked row, as a page names it; raises what they raise."""
    if action == "confirm":
        confirm(row, actor=actor, **common)
    elif action == "reject":
        reject(row, actor=actor, reason=reason, **common)
    elif action == "withdraw":
        withdraw(row, actor=actor, reason=reason, **common)
    else:
        raise ProposalUnknown()


def must_decide(row, actor) -> None:
    """A finance lead who did not propose what waits; raises NotAllowed, AlreadyDecided, OwnProposal."""
    actor.must_have(LEAD)
    if row.state != DecisionState.PROPOSED:
        raise AlreadyDecided()
    if actor.user_id is None or row.proposed_by_id == actor.user_id:
        raise OwnProposal()


def _decide(row, state: str, answer: str, *, actor, what: str, subject: str, now: datetime) -> None:
    row.state, row.answer, row.decided_by_id, row.decided_at = state, answer.strip()[:160], actor.user_id, now
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    details = {"valid_from": row.valid_from, "answer": row.answer, "id": row.pk}
    audit_trail.record(actor=actor, action=f"{what}.{state}", subject=subject, details=details, now=now)
