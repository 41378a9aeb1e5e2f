"""A location does not serve a parcel after all: its units are looked for elsewhere, or an operator asked."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM
from omnichannel.kernel.errors import DomainError

from ..models import Exclusion, FulfillmentDemand, FulfillmentOrder, Reservation, ReservationState, Way
from ..models.routing import EVERY_LINE
from .pickup_consent import propose, withdraw
from .route import ask_for_route, give_up

MOST_ATTEMPTS = 3
ATTEMPTS_USED = "attempts_used"
PICKUP_DECLINED = "pickup_declined"


class PostedStays(DomainError):
    code = "posting_not_replaceable"
    message = _("Parcel %(parcel)s is the customer's own: nothing can be sent in its place.")


def must_be_replaceable(fo: FulfillmentOrder) -> None:
    """Raise PostedStays for what only its sender has."""
    if fo.is_posted:
        raise PostedStays(parcel=fo.code)


def reassign(fo: FulfillmentOrder, *, reason: str, now: datetime) -> None:
    """Leave the location of a locked fulfillment out and route its units again.

    After three locations of one of its lines the demand goes to the operators. A pick-up never moves without
    the customer's word: the customer is asked about another store, and where there is none the operators
    decide. The units stay held where they are until a new route moves them. Raises PostedStays.
    """
    must_be_replaceable(fo)
    row = FulfillmentDemand.objects.select_for_update().get(pk=fo.demand_id)
    lines = list(fo.lines.values_list("line_id", flat=True).distinct())
    left_out = [
        Exclusion(demand=row, location_id=fo.location_id, line_id=line_id, reason=reason[:40], at=now)
        for line_id in lines
    ]
    Exclusion.objects.bulk_create(left_out, ignore_conflicts=True)
    units = Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED)
    units.update(fulfillment=None, changed_at=now)
    told = {"declined": {"parcel": fo.code, "reason": reason}}
    if fo.way == Way.PICKUP:
        withdraw(row, actor=SYSTEM, now=now)  # asked once, about all that lacks by now
        if not propose(row, told=told, now=now):
            give_up(row, PICKUP_DECLINED, told, now=now)
    elif _attempts(row, lines) >= MOST_ATTEMPTS:
        give_up(row, ATTEMPTS_USED, told, now=now)
    else:
        ask_for_route(row, now=now)


def _attempts(row: FulfillmentDemand, lines: list[int]) -> int:
    """Locations that could not serve the line that was tried most."""
    tried = row.exclusions.of_lines(lines).values_list("line_id", "location_id")
    return max(len({where for of, where in tried if of in (line_id, EVERY_LINE)}) for line_id in lines)
