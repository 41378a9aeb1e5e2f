"""What each dealer should order now: reorder point from demand and lead time, with safety stock.

An (s, S) rule looked at every night, after Silver, Pyke and Thomas, Inventory and Production Management,
chapter 6: at or below the reorder point s = ⌈μ·L + z·σ·√L⌉ of shelf and order together, so many are
proposed that they reach S = ⌈μ·(L + R)⌉ + ⌈z·σ·√(L + R)⌉. μ and σ of a day's sell-out over the whole days
before today that the terms look back (demand_days), days without a sale counted; L the lead time, R the
days between orders, z from the service level. The page of the proposals says the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from statistics import NormalDist

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import DealerOrder, DealerTerms, ReplenishmentProposal, ReplenishmentState
from . import dealer_orders, dealer_quotes
from .dealer_credit import must_work_for, terms_of

# Mean and spread over all days of the window, those without a sale too; stock and what is on order.
_DEMAND = """
WITH sold AS (
    SELECT sku, sum(sell_out)::float8 AS total, sum(sell_out * sell_out)::float8 AS squares
    FROM fulfillment_dealerday
    WHERE dealer_id = %(dealer)s AND day >= %(begins)s AND day < %(ends)s
    GROUP BY sku HAVING sum(sell_out) > 0
), ordered AS (
    SELECT l.sku, sum(l.quantity - l.received - l.dropped)::int AS units
    FROM fulfillment_dealerorder o JOIN fulfillment_dealerorderline l ON l.order_id = o.id
    WHERE o.dealer_id = %(dealer)s AND o.state IN ('on_hold', 'submitted', 'waiting_goods', 'approved')
    GROUP BY l.sku
)
SELECT s.sku, s.total, s.squares, coalesce(v.on_hand - v.reserved, 0), coalesce(o.units, 0)
FROM sold s
LEFT JOIN fulfillment_stock v ON v.sku = s.sku AND v.location_id = %(dealer)s
LEFT JOIN ordered o ON o.sku = s.sku
ORDER BY s.sku
"""


class ProposalsGone(DomainError):
    code = "proposals_gone"
    message = _("Somebody ordered or dismissed some of these meanwhile. Look at what is still proposed.")


@dataclass(frozen=True)
class Figures:
    """All units; daily and spread per day."""

    daily: float
    spread: float
    safety: int
    reorder_point: int
    order_up_to: int

    def wanted(self, position: int) -> int:
        """Units to order at this stock position (on hand, unpromised, and on order)."""
        return max(0, self.order_up_to - position) if position <= self.reorder_point else 0


def figures(total: float, squares: float, terms: DealerTerms) -> Figures:
    """Of `total` units sold in the terms' days, `squares` the sum of the squares of the days' units."""
    days = terms.demand_days
    daily = total / days
    spread = sqrt(max(0.0, (squares - total * daily) / (days - 1)))
    z = NormalDist().inv_cdf(terms.service_percent / 100)
    lead, span = terms.lead_days, terms.lead_days + terms.review_days
    safety = ceil(z * spread * sqrt(span))
    return Figures(
        daily=daily,
        spread=spread,
        safety=safety,
        reorder_point=ceil(daily * lead + z * spread * sqrt(lead)),
        order_up_to=ceil(daily * span) + safety,
    )


def propose_all(*, now: datetime) -> int:
    """Every dealer's proposals, made anew; returns how many are open."""
    return sum(propose(dealer_id=pk, now=now) for pk in DealerTerms.objects.values_list("pk", flat=True))


@transaction.atomic
def propose(*, dealer_id: int, now: datetime, also_dismissed: bool = False) -> int:
    """Replace a dealer's open proposals by what today's figures say; returns how many there are.

    What was dismissed stays away as dismissed() says, unless also_dismissed.
    """
    terms = DealerTerms.objects.select_for_update().get(pk=dealer_id)
    orderable = {facts.sku for facts in dealer_quotes.orderable()}
    ReplenishmentProposal.objects.filter(dealer_id=dealer_id, state=ReplenishmentState.OPEN).delete()
    aside = {} if also_dismissed else dismissed(terms, now=now)
    rows = [_proposal(terms, row, now) for row in _demand(terms, now) if row[0] in orderable]
    wanted = [row for row in rows if row.quantity and not _is_put_aside(row, aside.get(row.sku))]
    return len(ReplenishmentProposal.objects.bulk_create(wanted))


def dismissed(terms: DealerTerms, *, now: datetime) -> dict[str, ReplenishmentProposal]:
    """By SKU the last proposal that was dismissed within the days between two orders; one query."""
    rows = ReplenishmentProposal.objects.filter(
        dealer_id=terms.pk,
        state=ReplenishmentState.DISMISSED,
        computed_at__gt=now - timedelta(days=terms.review_days),
    )
    return {row.sku: row for row in rows.order_by("computed_at", "pk")}


def _is_put_aside(row: ReplenishmentProposal, earlier: ReplenishmentProposal | None) -> bool:
    """Dismissed lately; it comes back before its time when less than the safety stock is left since then."""
    if earlier is None:
        return False
    return row.position >= min(row.safety, earlier.position)


def _demand(terms: DealerTerms, now: datetime) -> list[tuple]:
    today = clock.local_day(now)
    values = {"dealer": terms.pk, "begins": today - timedelta(days=terms.demand_days), "ends": today}
    with connection.cursor() as cursor:
        cursor.execute(_DEMAND, values)
        return cursor.fetchall()


def _proposal(terms: DealerTerms, row: tuple, now: datetime) -> ReplenishmentProposal:
    sku, total, squares, on_hand, on_order = row
    found = figures(total, squares, terms)
    return ReplenishmentProposal(
        dealer_id=terms.pk,
        sku=sku,
        state=ReplenishmentState.OPEN,
        on_hand=on_hand,
        on_order=on_order,
        daily_milli=round(found.daily * 1000),
        spread_milli=round(found.spread * 1000),
        safety=found.safety,
        reorder_point=found.reorder_point,
        quantity=found.wanted(on_hand + on_order),
        computed_at=now,
    )


@transaction.atomic
def order(
    *, actor: Actor, dealer_id: int, wanted: dict[str, int], shown_total: int, key: str, now: datetime
) -> DealerOrder:
    """Proposals become a purchase order, in the quantities that the person left standing.

    Raises what dealer_orders.place raises, and ProposalsGone: a colleague was faster.
    """
    made = dealer_orders.place(
        actor=actor, dealer_id=dealer_id, wanted=wanted, shown_total=shown_total, key=key, now=now
    )
    if made.proposals.count() < len(wanted):
        raise ProposalsGone()
    return made


@transaction.atomic
def dismiss(*, actor: Actor, dealer_id: int, skus: Iterable[str]) -> int:
    """Put proposals aside for the days between two orders; returns how many. Raises DealerUnknown."""
    must_work_for(actor, terms_of(dealer_id))
    rows = ReplenishmentProposal.objects.filter(
        dealer_id=dealer_id, sku__in=list(skus), state=ReplenishmentState.OPEN
    )
    return rows.update(state=ReplenishmentState.DISMISSED)
