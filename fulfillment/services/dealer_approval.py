"""The branch approves a dealer's order or says no; routing sends the goods like any others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import DealerOrderApproved
from ..models import DealerOrder, DealerOrderState, HoldReason
from . import dealer_dispatch
from .dealer_credit import at_branch, locked_terms
from .dealer_order_steps import OrderUnknown, OrderWrongState, ReasonMissing, locked_order, move
from .dealer_waiting import DealerHeld, hold_of


class OwnOrder(DomainError):
    code = "own_order"
    message = _("You ordered this yourself. Somebody else of the branch must approve it.")


@transaction.atomic
def approve(*, actor: Actor, number: str, now: datetime) -> DealerOrder:
    """The branch approves; goods are promised and routed, or ordered from our supplier when short.

    Raises OrderUnknown, OrderWrongState, OwnOrder, DealerHeld (overdue or blocked meanwhile),
    dealer_sourcing.NoSupplier, reservation.OutOfStock.
    """
    order = locked_order(number)
    terms = locked_terms(order.dealer_id)
    if not at_branch(actor, terms):
        raise OrderUnknown(number=number)
    if order.created_by is not None and order.created_by == actor.user_id:
        raise OwnOrder()
    if order.state != DealerOrderState.SUBMITTED:
        raise OrderWrongState(number=order.number, state=str(order.get_state_display()))
    why = hold_of(order.dealer_id, now=now)
    if why:
        raise DealerHeld(why=str(HoldReason(why).label))
    order.approved_by, order.approved_by_name, order.approved_at = actor.user_id, actor.label[:80], now
    order.save(update_fields=["approved_by", "approved_by_name", "approved_at"])
    outbox.publish(
        DealerOrderApproved(
            order_number=order.number,
            dealer_id=order.dealer_id,
            branch_id=order.branch_id,
            amount_fen=order.amount_fen,
            occurred_at=now.isoformat(),
        )
    )
    move(order, dealer_dispatch.send_or_source(order, actor=actor, now=now), actor=actor, now=now)
    return order


@transaction.atomic
def reject(*, actor: Actor, number: str, reason: str, now: datetime) -> DealerOrder:
    """The branch says no. Raises OrderUnknown, OrderWrongState, ReasonMissing."""
    order = locked_order(number)
    if not at_branch(actor, locked_terms(order.dealer_id)):
        raise OrderUnknown(number=number)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    move(order, DealerOrderState.REJECTED, actor=actor, note=reason, now=now)
    return order
