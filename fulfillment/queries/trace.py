"""Why an order's goods come from where they come."""

from dataclasses import dataclass
from datetime import datetime

from ..models import RoutingTrace


@dataclass(frozen=True)
class Trace:
    """One routing. story: dropped (location, reason), compared and chosen plans with costs in fen."""

    attempt: int
    outcome: str
    at: datetime
    story: dict


def of_order(order_number: str) -> list[Trace]:
    """All routings of an order, oldest first; one statement."""
    rows = RoutingTrace.objects.filter(demand__order_number=order_number).order_by("pk")
    return [Trace(row.attempt, row.outcome, row.at, row.story) for row in rows]
