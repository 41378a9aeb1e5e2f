"""Orders that wait for an operator: found and locked for whoever may act on them."""

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import FulfillmentDemand
from ..models.demands import DemandState
from .reservation import DemandUnknown


class NotAnException(DomainError):
    code = "demand_not_an_exception"
    message = _("Order %(order_number)s is not waiting for an operator.")


def known(order_number: str, actor: Actor) -> FulfillmentDemand:
    """For reading. Raises NotAllowed, DemandUnknown."""
    actor.must_have("operator")
    row = FulfillmentDemand.objects.filter(order_number=order_number).first()
    if row is None:
        raise DemandUnknown(order_number=order_number)
    return row


def taken_on(order_number: str, actor: Actor) -> FulfillmentDemand:
    """The exception, locked. Raises NotAllowed, DemandUnknown, NotAnException."""
    actor.must_have("operator")
    row = FulfillmentDemand.objects.select_for_update().filter(order_number=order_number).first()
    if row is None:
        raise DemandUnknown(order_number=order_number)
    if row.state != DemandState.EXCEPTION:
        raise NotAnException(order_number=order_number)
    return row
