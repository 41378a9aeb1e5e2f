"""What operators do with orders that no location could serve."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import FulfillmentCancelled
from ..models import Exclusion, FulfillmentDemand
from ..models.demands import DemandState
from . import cancellation
from .reassignment import ask_for_route
from .reservation import DemandUnknown


class NotAnException(DomainError):
    code = "demand_not_an_exception"
    message = _("Order %(order_number)s is not waiting for an operator.")


@transaction.atomic
def re_route(*, order_number: str, actor: Actor, now: datetime, ask_all_again: bool = True) -> None:
    """Route an exception once more; the locations that declined are asked again unless told otherwise.

    Raises NotAllowed, DemandUnknown, NotAnException.
    """
    row = _exception(order_number, actor, FulfillmentDemand.objects.select_for_update())
    if ask_all_again:
        Exclusion.objects.filter(demand=row).delete()
    ask_for_route(row, now=now)


@transaction.atomic
def cancel(*, order_number: str, actor: Actor, reason: str, now: datetime) -> frozenset[int]:
    """Give an order up; the news lets the order be refunded. Raises NotAllowed, DemandUnknown, TooLate."""
    row = _exception(order_number, actor, FulfillmentDemand.objects.all())
    ids = cancellation.cancel(order_number=row.order_number, actor=actor, reason=reason, now=now)
    if not ids:
        outbox.publish(
            FulfillmentCancelled(order_number=order_number, fulfillment_id=0, occurred_at=now.isoformat())
        )
    return ids


def _exception(order_number: str, actor: Actor, rows) -> FulfillmentDemand:
    """The demand from `rows`; for a cancellation not locked yet, parcels are locked before demands."""
    actor.must_have("operator")
    row = rows.filter(order_number=order_number).first()
    if row is None:
        raise DemandUnknown(order_number=order_number)
    if row.state != DemandState.EXCEPTION:
        raise NotAnException(order_number=order_number)
    return row
