"""A parcel in a courier's hands: whose it is, and that its steps come in order."""

from django.utils.translation import gettext_lazy as _

from fulfillment.models import Delivery
from fulfillment.queries.carriers import carries
from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError


class ParcelUnknown(NotYours):
    """Unknown, or another courier company's: both look the same from outside."""

    code = "parcel_unknown"
    message = _("You have no parcel %(parcel)s.")


class StepOrder(DomainError):
    code = "delivery_step_order"
    message = _("This step is not due. Reload the page to see what comes next.")


def parcel_at_door(actor: Actor, code: str) -> Delivery:
    """The delivery of a parcel of the actor's courier company, locked. Raises ParcelUnknown."""
    rows = Delivery.objects.select_for_update(of=("self", "fulfillment"))
    return _of_actor(rows.select_related("fulfillment__demand", "courier"), actor, code)


def readable(actor: Actor, code: str) -> Delivery:
    """A delivery to look at, not locked. Raises ParcelUnknown."""
    rows = Delivery.objects.select_related("fulfillment__demand", "fulfillment__location", "courier")
    return _of_actor(rows, actor, code)


def _of_actor(rows, actor: Actor, code: str) -> Delivery:
    found = rows.filter(fulfillment__code=code.strip().upper()).first()
    if found is None or not carries(actor, found.courier):
        raise ParcelUnknown(parcel=code.strip()[:40])
    return found


def must_be(delivery: Delivery, step: str) -> None:
    if delivery.next_step != step:
        raise StepOrder()


def must_go_on(delivery: Delivery) -> None:
    """Raise StepOrder when the delivery is over."""
    if delivery.finished_at:
        raise StepOrder()
