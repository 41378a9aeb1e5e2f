"""What operators do with orders that no location could serve. By hand: see by_hand."""

from datetime import datetime

from django.db import transaction

from members.actors import Actor
from omnichannel.kernel import outbox

from ..events import FulfillmentCancelled
from ..models import Exclusion, FulfillmentDemand, FulfillmentOrder
from ..models.demands import DemandState
from ..queries.open_units import open_lines
from ..values import Demand
from . import cancellation, pickup_consent
from .completion import ARRIVED
from .operator_queue import NotAnException, taken_on
from .reservation import release_units
from .route import ask_for_route, keep

__all__ = ["NotAnException", "cancel", "re_route"]

RELEASED = "rest_given_up"


@transaction.atomic
def re_route(*, order_number: str, actor: Actor, now: datetime, ask_all_again: bool = True) -> None:
    """Route an exception once more; the locations that declined are asked again unless told otherwise.

    Raises NotAllowed, DemandUnknown, NotAnException.
    """
    row = taken_on(order_number, actor)
    pickup_consent.withdraw(row, actor=actor, now=now)
    if ask_all_again:
        Exclusion.objects.filter(demand=row).delete()
    ask_for_route(row, now=now)


@transaction.atomic
def cancel(*, order_number: str, actor: Actor, reason: str, now: datetime) -> frozenset[int]:
    """Give up what nobody can send; the news lets it be refunded. Parcels under way go on.

    Returns the ids of cancelled fulfillments: none, as what is given up never became one. Raises
    NotAllowed, DemandUnknown, NotAnException.
    """
    actor.must_have("operator")
    live = _live_parcels(order_number)
    row = taken_on(order_number, actor)
    pickup_consent.withdraw(row, actor=actor, now=now)
    if live:
        _give_up_rest(row, live, actor, reason, now)
        ids: frozenset[int] = frozenset()
    else:
        ids = cancellation.cancel(order_number=order_number, actor=actor, reason=reason, now=now)
    if not ids:
        outbox.publish(
            FulfillmentCancelled(order_number=order_number, fulfillment_id=0, occurred_at=now.isoformat())
        )
    return ids


def _live_parcels(order_number: str) -> list[FulfillmentOrder]:
    """Locked before their demand, as everywhere."""
    rows = FulfillmentOrder.objects.live().filter(demand__order_number=order_number)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _give_up_rest(row: FulfillmentDemand, live: list, actor: Actor, reason: str, now: datetime) -> None:
    """The open units are released and stay written in the wish as given up."""
    wish = Demand.of_dict(row.wish)
    rest = [(line.line_id, line.quantity) for line in open_lines(row, wish)]
    release_units(demand_id=row.pk, of_parcels=False, now=now)
    row.wish["given_up"] = [*row.wish.get("given_up", []), *map(list, rest)]
    row.save(update_fields=["wish"])
    done = all(parcel.state in ARRIVED for parcel in live)
    told = {"by": actor.label, "why": reason[:200], "given_up": {str(line): units for line, units in rest}}
    keep(row, DemandState.DONE if done else DemandState.ROUTED, "", told, now, outcome=RELEASED)
