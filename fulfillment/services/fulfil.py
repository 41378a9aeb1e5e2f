"""An order is paid, or will be at the door: its goods are promised for good and get their route."""

from datetime import datetime

from omnichannel.kernel import outbox

from ..events import FulfillmentRequested
from . import reservation


def request(*, order_number: str, now: datetime) -> None:
    """Confirm the hold and ask for the route, in the caller's transaction. Two statements.

    Repeating it does nothing. Raises reservation.HoldLapsed when the hold was released before: reserve
    again first; reservation.DemandUnknown when nothing was ever reserved.
    """
    if reservation.confirm(order_number=order_number, now=now):
        outbox.publish(FulfillmentRequested(order_number=order_number))
