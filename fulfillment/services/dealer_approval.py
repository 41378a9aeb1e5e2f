"""The branch approves a dealer's order or says no; routing sends the goods like any others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import DealerOrderApproved
from ..models import DealerOrder, DealerOrderState, HoldReason
from . import dealer_dispatch, dealer_numbers, dealer_progress
from .dealer_credit import at_branch, locked_terms
from .dealer_order_steps import OrderUnknown, OrderWrongState, locked_order, move
from .dealer_waiting import DealerHeld, hold_of
from .wrong_input import ReasonMissing

_S = DealerOrderState


class OwnOrder(DomainError):
    code = "own_order"
    message = _("You ordered this yourself. Somebody else of the branch must approve it.")


@transaction.atomic
def approve(*, actor: Actor, number: str, now: datetime, fewer_numbers: bool = False) -> DealerOrder:
    """The branch approves: numbers come at once, goods are promised and routed or ordered from our supplier.

    fewer_numbers: what is not free in the pool is dropped. Raises OrderUnknown, OrderWrongState, OwnOrder,
    DealerHeld (overdue or blocked meanwhile), dealer_numbers.NumbersShort, NoNumbers,
    dealer_sourcing.NoSupplier, reservation.OutOfStock.
    """
    order = locked_order(number)
    terms = locked_terms(order.dealer_id)
    if not at_branch(actor, terms):
        raise OrderUnknown(number=number)
    if order.created_by is not None and order.created_by == actor.user_id:
        raise OwnOrder()
    if order.state != _S.SUBMITTED:
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
    came, dropped = dealer_numbers.allot(order, terms, fewer=fewer_numbers, now=now)
    has_goods = order.lines.exists()
    state = dealer_dispatch.send_or_source(order, actor=actor, now=now) if has_goods else _S.APPROVED
    move(order, state, actor=actor, now=now)
    dealer_numbers.record(order, came, dropped, now=now)
    if not has_goods:
        dealer_progress.finish(order, now=now)
    return order


@transaction.atomic
def reject(*, actor: Actor, number: str, reason: str, now: datetime) -> DealerOrder:
    """The branch says no. Raises OrderUnknown, OrderWrongState, ReasonMissing."""
    order = locked_order(number)
    if not at_branch(actor, locked_terms(order.dealer_id)):
        raise OrderUnknown(number=number)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    move(order, _S.REJECTED, actor=actor, note=reason, now=now)
    return order
