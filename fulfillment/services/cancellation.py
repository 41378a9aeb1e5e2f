"""An order is called off while its goods are still in the house."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM, Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import FulfillmentCancelled
from ..models import FulfillmentDemand, FulfillmentLine, FulfillmentOrder
from ..models.demands import GIVEN_UP, IN_HOUSE, DemandState, FulfillmentState
from .account_closing import set_aside_used_cards
from .claims import let_go
from .reservation import release_units
from .steps import advance_many


class TooLate(DomainError):
    code = "already_handed_over"
    message = _("Order %(order_number)s is on its way or delivered; it can be refused or returned.")


@transaction.atomic
def cancel(*, order_number: str, now: datetime, actor: Actor = SYSTEM, reason: str = "") -> frozenset[int]:
    """Cancel whatever the order wants from us; returns the ids of its cancelled fulfillments.

    All or none: raises TooLate when any parcel has left the house. Repeating it does nothing and gives
    the same ids; an order that wants nothing from us gives none.
    """
    live = _locked_parcels(order_number)
    row = FulfillmentDemand.objects.select_for_update().filter(order_number=order_number).first()
    if row is None:
        return frozenset()
    if row.state != DemandState.CANCELLED:
        _cancel(row, live | _locked_parcels(order_number), actor, reason, now)
    cancelled = row.fulfillments.filter(state=FulfillmentState.CANCELLED)
    return frozenset(cancelled.values_list("pk", flat=True))


def _locked_parcels(order_number: str) -> dict[int, FulfillmentOrder]:
    """By id, locked in order; asked again under the demand's lock, as a route may just have added some."""
    rows = FulfillmentOrder.objects.select_for_update(of=("self",)).order_by("pk")
    live = rows.filter(demand__order_number=order_number).exclude(state__in=GIVEN_UP)
    return {fo.pk: fo for fo in live}


def _cancel(row: FulfillmentDemand, live: dict, actor: Actor, reason: str, now: datetime) -> None:
    fos = list(live.values())
    if any(fo.state not in IN_HOUSE for fo in fos):
        raise TooLate(order_number=row.order_number)
    if fos:
        advance_many(fos, FulfillmentState.CANCELLED, now=now, actor=actor, note=reason)
    # A flash sale's units go back before stock levels are locked.
    row.state, row.reason, row.changed_at = DemandState.CANCELLED, reason[:120], now
    row.save(update_fields=["state", "reason", "changed_at"])
    if fos:
        set_aside_used_cards(fos, now=now)
        let_go(FulfillmentLine.objects.filter(fulfillment__in=fos), now=now)
    release_units(demand_id=row.pk, now=now)
    outbox.publish(
        *(
            FulfillmentCancelled(
                order_number=row.order_number, fulfillment_id=fo.pk, occurred_at=now.isoformat()
            )
            for fo in fos
        )
    )
