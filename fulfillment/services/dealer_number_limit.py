"""How many unsold numbers a dealer may have: the credit of numbers, asked under the lock of its terms.

A number costs the dealer nothing, so money does not limit it; numbers that lie unsold with a dealer are
lost to everybody else. What counts is what was agreed with the dealer (DealerTerms.number_limit).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from catalog.queries import number_stock
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import COMMITTED, DealerNumberLine, DealerTerms, HoldReason
from .dealer_credit import LONGEST_TERM_DAYS, DealerUnknown, at_branch, locked_terms
from .dealer_order_steps import credit_eased

MOST_UNSOLD = 100_000


class MoreThanLimit(DomainError):
    code = "number_limit_exceeded"
    message = _("At most %(limit)s unsold numbers are agreed with this dealer; this order alone has more.")


class NumberTermsInvalid(Invalid):
    code = "number_terms_invalid"
    message = _("Between 0 and 100,000 unsold numbers, kept for 1 to 180 days.")


@dataclass(frozen=True)
class NumberStanding:
    """Numbers of a dealer that are not sold, and those on order that count already."""

    limit: int
    unsold: int
    on_order: int

    @property
    def used(self) -> int:
        return self.unsold + self.on_order

    @property
    def free(self) -> int:
        return max(0, self.limit - self.used)


def standing_of(terms: DealerTerms) -> NumberStanding:
    """Two statements."""
    lines = DealerNumberLine.objects.filter(order__dealer=terms.pk, order__state__in=COMMITTED)
    on_order = lines.aggregate(units=Sum(F("quantity") - F("allotted") - F("dropped")))["units"] or 0
    return NumberStanding(terms.number_limit, number_stock.unsold(terms.pk), on_order)


def objection(standing: NumberStanding, units: int) -> str:
    """Why an order of so many numbers must wait, or empty."""
    return HoldReason.NUMBERS if units and units > standing.free else ""


def must_fit(terms: DealerTerms, units: int) -> None:
    """Raise MoreThanLimit for an order that could wait for ever."""
    if units > terms.number_limit:
        raise MoreThanLimit(limit=terms.number_limit)


@transaction.atomic
def agree(*, actor: Actor, dealer_id: int, number_limit: int, number_days: int, now: datetime) -> DealerTerms:
    """The branch says how many unsold numbers the dealer may have, for how many days; each change is kept.

    A lower limit takes nothing away, nor from orders that wait for approval, about which the branch decides:
    what is ordered from now on waits until enough is sold. Days count for numbers that come from now on.
    Raises DealerUnknown, NumberTermsInvalid.
    """
    terms = locked_terms(dealer_id)
    if not at_branch(actor, terms):
        raise DealerUnknown()
    if not (0 <= number_limit <= MOST_UNSOLD and 1 <= number_days <= LONGEST_TERM_DAYS):
        raise NumberTermsInvalid(field="number_limit")
    terms.number_limit, terms.number_days = number_limit, number_days
    terms.save(update_fields=["number_limit", "number_days"])
    credit_eased(dealer_id, f"number-terms-{number_limit}-{now.isoformat()}", now=now)
    return terms
