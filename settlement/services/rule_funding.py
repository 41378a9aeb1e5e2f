"""Who bears a discount or points, from a day on: proposed by one, confirmed by another."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.queries import institution
from omnichannel.kernel.errors import Invalid
from settlement.models import LIVE_STATES, Funder, FundingSubject, FundingTerm

from . import rule_decisions


class FundingInvalid(Invalid):
    code = "funding_invalid"
    message = _("Say what is borne, of which offer, and by whom; a sponsor is an institution.")


@transaction.atomic
def propose_funding(
    *,
    actor,
    subject: str,
    funder: str,
    valid_from: date,
    now: datetime,
    offer_code: str = "",
    sponsor_id: int | None = None,
) -> FundingTerm:
    """Propose who bears an offer's discount, or points. Raises FundingInvalid, DateNotAhead, DateTaken."""
    rule_decisions.must_propose(actor)
    _check(subject, funder, offer_code, sponsor_id)
    rule_decisions.must_be_ahead(valid_from)
    taken = FundingTerm.objects.filter(subject=subject, offer_code=offer_code, valid_from=valid_from)
    if taken.filter(state__in=LIVE_STATES).exists():
        raise rule_decisions.DateTaken(field="valid_from")
    row = FundingTerm(
        subject=subject, offer_code=offer_code, funder=funder, sponsor_id=sponsor_id, valid_from=valid_from
    )
    details = {"subject": subject, "offer": offer_code, "funder": funder, "sponsor": sponsor_id}
    rule_decisions.proposed(row, actor=actor, what="funding", subject=_subject(row), details=details, now=now)
    return row


def _check(subject: str, funder: str, offer_code: str, sponsor_id: int | None) -> None:
    if subject not in FundingSubject.values or funder not in Funder.values or len(offer_code) > 128:
        raise FundingInvalid()
    if (subject == FundingSubject.OFFER) != bool(offer_code):
        raise FundingInvalid(field="offer_code")
    if (funder == Funder.SPONSOR) != (sponsor_id is not None):
        raise FundingInvalid(field="sponsor")
    if sponsor_id is not None:
        institution(sponsor_id)


@transaction.atomic
def decide_funding(*, actor, term_id: int, action: str, reason: str = "", now: datetime) -> FundingTerm:
    """action: confirm, reject or withdraw. Raises what rule_decisions raises."""
    row = FundingTerm.objects.select_for_update().filter(pk=term_id).first()
    if row is None:
        raise rule_decisions.ProposalUnknown()
    rule_decisions.act(
        row, action, actor=actor, reason=reason, what="funding", subject=_subject(row), now=now
    )
    return row


def _subject(row: FundingTerm) -> str:
    return f"funding {row.offer_code or row.subject}"
