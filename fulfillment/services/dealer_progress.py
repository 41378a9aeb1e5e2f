"""What the pipeline reports of dealers' goods, carried into their orders."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum

from ..models import (
    DealerOrder,
    DealerOrderState,
    DealerReceiptLine,
    FulfillmentDemand,
    FulfillmentLine,
    FulfillmentState,
    RefusedUnits,
)
from ..models.demands import GIVEN_UP, DemandState
from .dealer_order_steps import credit_eased, locked_order, move

BACK = (FulfillmentState.REFUSED, FulfillmentState.RETURNED, FulfillmentState.LOST)


@transaction.atomic
def reckon(*, number: str, now: datetime) -> None:
    """Count again what will not come any more: refused at the door, missing at the count, given up.

    Done when nothing is open any more. Repeating it does nothing.
    """
    order = locked_order(number)
    if order.state != DealerOrderState.APPROVED:
        return
    lost, coming, given_up = _missing(order), _parcelled(order), _is_given_up(order)
    for line in order.lines.all():
        dropped = lost.get(line.pk, 0) + coming.get((line.pk, "back"), 0)
        if given_up:
            dropped = line.quantity - line.received - coming.get((line.pk, "live"), 0)
        if dropped != line.dropped:
            line.dropped = dropped
            line.save(update_fields=["dropped"])
            credit_eased(order.dealer_id, f"{order.number}-{line.pk}-{dropped}", now=now)
    finish(order, now=now)


def finish(order: DealerOrder, *, now: datetime) -> None:
    """End a locked order of which no unit and no number is open."""
    lines, numbers = list(order.lines.all()), list(order.number_lines.all())
    if any(line.open_units for line in (*lines, *numbers)):
        return
    came = any(line.received for line in lines) or any(line.allotted for line in numbers)
    move(order, DealerOrderState.DONE if came else DealerOrderState.CANCELLED, now=now)


def _missing(order: DealerOrder) -> dict[int, int]:
    rows = DealerReceiptLine.objects.filter(receipt__order=order).values_list("line_id")
    return {pk: sent - got for pk, sent, got in rows.annotate(Sum("sent"), Sum("received"))}


def _parcelled(order: DealerOrder) -> dict[tuple[int, str], int]:
    """Units by line: "back" in parcels that came back, "live" in those on their way and not counted yet."""
    lines = FulfillmentLine.objects.filter(fulfillment__demand__order_number=order.number)
    lines = lines.exclude(fulfillment__state__in=GIVEN_UP).values_list("line_id")
    back = Q(fulfillment__state__in=BACK)
    found = {}
    for pk, units in lines.filter(back).annotate(Sum("quantity")):
        found[pk, "back"] = units
    waiting = lines.exclude(back).filter(fulfillment__dealer_receipt=None)
    for pk, units in waiting.annotate(Sum("quantity")):
        found[pk, "live"] = units
    not_taken = RefusedUnits.objects.filter(line__fulfillment__demand__order_number=order.number)
    for row in not_taken.select_related("line__fulfillment__dealer_receipt"):
        pk, counted = row.line.line_id, hasattr(row.line.fulfillment, "dealer_receipt")
        found[pk, "back"] = found.get((pk, "back"), 0) + row.quantity
        found[pk, "live"] = found.get((pk, "live"), 0) - (0 if counted else row.quantity)
    return found


def _is_given_up(order: DealerOrder) -> bool:
    """An operator cancelled the demand: what is in no parcel will not come."""
    return FulfillmentDemand.objects.filter(order_number=order.number, state=DemandState.CANCELLED).exists()
