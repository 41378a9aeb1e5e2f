"""Whether a dealer may order on credit: asked at order time, under the lock of its terms."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import DealerCreditEased
from ..models import DealerTerms, HoldReason
from ..queries.dealers import BRANCH, OWN, READERS, Standing, standings

LONGEST_TERM_DAYS = 180


class DealerUnknown(NotYours):
    """Not a dealer with terms, or another's: both look the same from here."""

    code = "dealer_unknown"
    message = _("We do not know this dealer.")


class LimitBelowExposure(DomainError):
    code = "credit_limit_below_exposure"
    message = _("The dealer owes and ordered more than that. Block the dealer instead of lowering the limit.")


class TermsInvalid(Invalid):
    code = "dealer_terms_invalid"
    message = _("Days are between 0 and 180, the limit is not negative.")


class SupplyInvalid(Invalid):
    code = "supply_terms_invalid"
    message = _(
        "The lead time is 0 to 180 days, an order comes every 1 to 180 days, the service level is 50 to 99 "
        "percent, the look back 7 to 366 days."
    )


def locked_terms(dealer_id: int) -> DealerTerms:
    """The dealer's terms, locked until the transaction ends: nobody else grants it credit meanwhile."""
    rows = DealerTerms.objects.select_for_update(of=("self",)).select_related("dealer", "branch")
    found = rows.filter(pk=dealer_id).first()
    if found is None:
        raise DealerUnknown()
    return found


def terms_of(dealer_id: int) -> DealerTerms:
    """The dealer's terms, not locked. Raises DealerUnknown."""
    found = DealerTerms.objects.select_related("dealer", "branch").filter(pk=dealer_id).first()
    if found is None:
        raise DealerUnknown()
    return found


def standing_of(dealer_id: int, *, now: datetime) -> Standing:
    return standings([dealer_id], today=clock.local_day(now))[dealer_id]


def objection(standing: Standing, amount_fen: int) -> str:
    """Why an order of this amount must wait, or empty."""
    if standing.is_blocked:
        return HoldReason.BLOCKED
    if standing.is_overdue:
        return HoldReason.OVERDUE
    if standing.exposure + amount_fen > standing.limit:
        return HoldReason.CREDIT
    return ""


def works_for(actor: Actor, terms: DealerTerms) -> bool:
    """The dealer's own people and those of its branch."""
    return at_branch(actor, terms) or any(actor.can(role, terms.dealer.path) for role in OWN)


def at_branch(actor: Actor, terms: DealerTerms) -> bool:
    return any(actor.can(role, terms.branch.path) for role in BRANCH)


def must_work_for(actor: Actor, terms: DealerTerms) -> None:
    if not works_for(actor, terms):
        raise DealerUnknown()


def readable_terms(actor: Actor, code: str) -> DealerTerms:
    """The terms of the dealer with this code, to look at. Raises DealerUnknown."""
    found = DealerTerms.objects.select_related("dealer", "branch").filter(dealer__code=code).first()
    if found is None:
        raise DealerUnknown()
    paths = (found.dealer.path, found.branch.path)
    sees = any(actor.can(role, paths[0]) for role in OWN)
    sees = sees or any(actor.can(role, paths[1]) for role in READERS if role not in OWN)
    if not sees:
        raise DealerUnknown()
    return found


@transaction.atomic
def set_terms(
    *,
    actor: Actor,
    dealer_id: int,
    credit_limit_fen: int,
    payment_days: int,
    is_blocked: bool,
    now: datetime,
) -> DealerTerms:
    """A finance lead of the branch or above changes what was agreed; each change is kept.

    Raises DealerUnknown, TermsInvalid, LimitBelowExposure.
    """
    terms = locked_terms(dealer_id)
    if not actor.can("finance_lead", terms.branch.path):
        raise DealerUnknown()
    if credit_limit_fen < 0 or not 0 <= payment_days <= LONGEST_TERM_DAYS:
        raise TermsInvalid(field="payment_days")
    if standing_of(dealer_id, now=now).exposure > credit_limit_fen:
        raise LimitBelowExposure()
    terms.credit_limit_fen, terms.payment_days = credit_limit_fen, payment_days
    terms.is_blocked = is_blocked
    terms.save(update_fields=["credit_limit_fen", "payment_days", "is_blocked"])
    cause = f"terms-{credit_limit_fen}-{payment_days}-{int(is_blocked)}"
    outbox.publish(DealerCreditEased(dealer_id=terms.pk, cause=cause, occurred_at=now.isoformat()))
    return terms


@transaction.atomic
def set_supply(
    *,
    actor: Actor,
    dealer_id: int,
    lead_days: int,
    review_days: int,
    service_percent: int,
    demand_days: int,
) -> DealerTerms:
    """The branch says by which figures replenishment is proposed; each change is kept.

    Raises DealerUnknown, SupplyInvalid.
    """
    terms = locked_terms(dealer_id)
    if not at_branch(actor, terms):
        raise DealerUnknown()
    sound = 0 <= lead_days <= LONGEST_TERM_DAYS and 1 <= review_days <= LONGEST_TERM_DAYS
    if not (sound and 50 <= service_percent <= 99 and 7 <= demand_days <= 366):
        raise SupplyInvalid(field="demand_days")
    terms.lead_days, terms.review_days = lead_days, review_days
    terms.service_percent, terms.demand_days = service_percent, demand_days
    terms.save(update_fields=["lead_days", "review_days", "service_percent", "demand_days"])
    return terms
