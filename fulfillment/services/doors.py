"""A parcel in a courier's hands: whose it is, and that its steps come in order."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fulfillment.models import Delivery, FulfillmentOrder
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


def locked(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """These deliveries, locked when read, in the order of their parcels, which are locked now.

    Two statements: one that locks both takes the delivery first, and whoever has the parcel already (an
    operator who gives it up as lost) waits for the delivery, in a circle.
    """
    parcels = FulfillmentOrder.objects.filter(pk__in=rows.order_by().values("fulfillment_id"))
    found = parcels.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    both = rows.filter(fulfillment_id__in=list(found)).select_for_update(of=("self",))
    return both.select_related("fulfillment__demand", "courier").order_by("fulfillment_id")


def parcel_at_door(actor: Actor, code: str) -> Delivery:
    """The delivery of a parcel of the actor's courier company, locked. Raises ParcelUnknown."""
    return _of_actor(locked(_by_code(Delivery.objects.all(), code)), actor, code)


def readable(actor: Actor, code: str) -> Delivery:
    """A delivery to look at, not locked. Raises ParcelUnknown."""
    rows = Delivery.objects.select_related("fulfillment__demand", "fulfillment__location", "courier")
    return _of_actor(_by_code(rows, code), actor, code)


def _by_code(rows: QuerySet[Delivery], code: str) -> QuerySet[Delivery]:
    return rows.filter(fulfillment__code=code.strip().upper())


def _of_actor(rows: QuerySet[Delivery], actor: Actor, code: str) -> Delivery:
    found = rows.first()
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
