"""What a customer is asked about a pick-up."""

from dataclasses import dataclass
from datetime import datetime, time

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, PickupProposal, ProposalState
from fulfillment.queries.open_units import open_lines
from fulfillment.values import Demand, Wanted


@dataclass(frozen=True)
class OpenProposal:
    """The store that cannot, and the one that could; kilometres between them.

    lacking: the units that are asked about. rest: whether other units of the order are somewhere, waiting or
    collected; they stay as they are.
    """

    before: str
    store: str
    address: str
    opens_at: time | None
    closes_at: time | None
    distance_km: float
    answer_by: datetime
    lacking: tuple[Wanted, ...]
    rest: bool


def open_proposal(order_number: str, *, now: datetime) -> OpenProposal | None:
    """Three queries."""
    rows = PickupProposal.objects.filter(
        demand__order_number=order_number,
        demand__state="exception",
        state=ProposalState.ASKED,
        answer_by__gt=now,
    )
    row = rows.select_related("from_location", "to_location", "demand").first()
    if row is None:
        return None
    return OpenProposal(
        before=row.from_location.label,
        store=row.to_location.label,
        address=row.to_location.address,
        opens_at=row.to_location.opens_at,
        closes_at=row.to_location.closes_at,
        distance_km=row.distance_km,
        answer_by=row.answer_by,
        lacking=open_lines(row.demand, Demand.of_dict(row.demand.wish)),
        rest=has_rest(row.demand),
    )


def has_rest(demand: FulfillmentDemand) -> bool:
    """Whether a live parcel carries other units of the order."""
    return FulfillmentOrder.objects.live().filter(demand=demand).exists()
