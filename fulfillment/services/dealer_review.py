"""An order before it is placed: lines, sum, and why it would wait. The form asks here, and who places it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..models import DealerTerms
from ..queries.dealers import Standing
from . import dealer_number_limit, dealer_number_quotes
from .dealer_credit import objection, standing_of
from .dealer_number_limit import NumberStanding
from .dealer_number_quotes import NumberWish
from .dealer_quotes import quote


@dataclass(frozen=True)
class Review:
    """lines: (units, unit price in fen) by SKU; total in fen; why: a HoldReason, empty when it need not wait.

    standing and number_standing are those before this order.
    """

    lines: dict[str, tuple[int, int]]
    total: int
    standing: Standing
    number_standing: NumberStanding
    why: str


def look(
    terms: DealerTerms, wanted: Mapping[str, int], numbers: Mapping[NumberWish, int], *, now: datetime
) -> Review:
    """Raises what quote and dealer_number_quotes.check raise, and dealer_number_limit.MoreThanLimit."""
    lines = quote(terms.pk, wanted, now=now) if wanted or not numbers else {}
    dealer_number_quotes.check(numbers, province=terms.dealer.province)
    units = sum(numbers.values())
    dealer_number_limit.must_fit(terms, units)
    total = sum(count * price for count, price in lines.values())
    standing, number_standing = standing_of(terms.pk, now=now), dealer_number_limit.standing_of(terms)
    return Review(lines, total, standing, number_standing, why_wait(standing, number_standing, total, units))


def why_wait(standing: Standing, number_standing: NumberStanding, total: int, units: int) -> str:
    """Why an order of this sum (fen) and so many numbers waits, or empty: money first, then numbers."""
    return objection(standing, total) or dealer_number_limit.objection(number_standing, units)
