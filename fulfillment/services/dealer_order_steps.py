"""The states of a dealer's order: found, locked, moved on with its history."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM, Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import DealerCreditEased
from ..models import (
    COMMITTED,
    DEALER_ORDER_STEPS,
    DealerOrder,
    DealerOrderEvent,
    DealerOrderState,
    DealerTerms,
)
from .dealer_credit import works_for


class OrderUnknown(NotYours):
    code = "dealer_order_unknown"
    message = _("There is no order %(number)s.")


class OrderWrongState(DomainError):
    code = "dealer_order_wrong_state"
    message = _("Order %(number)s is “%(state)s”; this step is not possible now.")


def readable(actor: Actor, number: str) -> DealerOrder:
    """An order of a dealer that the actor works for, not locked. Raises OrderUnknown."""
    rows = DealerOrder.objects.select_related("dealer", "branch")
    order = rows.filter(number=number.strip().upper()).first()
    if order is None:
        raise OrderUnknown(number=number.strip()[:32])
    terms = DealerTerms.objects.select_related("dealer", "branch").get(pk=order.dealer_id)
    if not works_for(actor, terms):
        raise OrderUnknown(number=number.strip()[:32])
    return order


def locked_order(number: str) -> DealerOrder:
    """The order, locked. Orders are locked before terms, terms before demands and levels."""
    rows = DealerOrder.objects.select_for_update(of=("self",)).select_related("dealer", "branch")
    order = rows.filter(number=number.strip().upper()).first()
    if order is None:
        raise OrderUnknown(number=number.strip()[:32])
    return order


def must_reach(order: DealerOrder, state: str) -> None:
    if state not in DEALER_ORDER_STEPS.get(order.state, ()):
        raise OrderWrongState(number=order.number, state=str(order.get_state_display()))


def move(order: DealerOrder, state: str, *, now: datetime, actor: Actor = SYSTEM, note: str = "") -> None:
    """The one way a locked order changes its state, with its history. Raises OrderWrongState."""
    must_reach(order, state)
    if order.state in COMMITTED and state not in COMMITTED:
        credit_eased(order.dealer_id, order.number, now=now)
    order.state, order.changed_at = state, now
    if state != DealerOrderState.ON_HOLD:
        order.hold_reason = ""
    order.save(update_fields=["state", "hold_reason", "changed_at"])
    tell(order, actor, note, now)


def credit_eased(dealer_id: int, cause: str, *, now: datetime) -> None:
    """Tell that less of the dealer's credit is used: its orders on hold are looked at again.

    Told by a fact, since orders are locked before terms and the teller holds one of them already.
    """
    outbox.publish(DealerCreditEased(dealer_id=dealer_id, cause=cause, occurred_at=now.isoformat()))


def tell(order: DealerOrder, actor: Actor, note: str, now: datetime) -> None:
    DealerOrderEvent.objects.create(
        order=order, state=order.state, who=actor.label[:80], note=note.strip()[:160], at=now
    )
