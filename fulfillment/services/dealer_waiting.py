"""A dealer's order that waits for goods goes on: by itself when they came, or by its branch's hand."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError

from ..models import DealerOrder, DealerOrderState, HoldReason, SupplierOrderState
from . import dealer_dispatch, reservation
from .dealer_credit import at_branch, locked_terms, objection, standing_of
from .dealer_order_steps import OrderUnknown, OrderWrongState, locked_order, move, tell
from .dealer_sourcing import NoSupplier

NO_SUPPLIER, NO_WAY = "no_supplier", "no_way_to_dealer"


class DealerHeld(DomainError):
    code = "dealer_held"
    message = _("Nothing is sent now: %(why)s.")


class StillComing(DomainError):
    code = "supplier_order_under_way"
    message = _("What is missing is ordered already. Cancel or close that purchase to buy elsewhere.")


def hold_of(dealer_id: int, *, now: datetime) -> str:
    """Why nothing may be sent to this dealer, or empty. A sum beyond the limit is asked at order time."""
    why = objection(standing_of(dealer_id, now=now), 0)
    return why if why in (HoldReason.OVERDUE, HoldReason.BLOCKED) else ""


@transaction.atomic
def goods_came(*, number: str, now: datetime) -> None:
    """Our supplier delivered: an order that waited for it is promised now, or what lacks is ordered anew.

    A blocked or overdue dealer gets nothing: its order waits on, and says why.
    """
    order = locked_order(number)
    if order.state == DealerOrderState.WAITING_GOODS and not _held(order, now):
        _go_on(order, now)


def _held(order: DealerOrder, now: datetime) -> bool:
    locked_terms(order.dealer_id)
    why = hold_of(order.dealer_id, now=now)
    if why != order.hold_reason:
        order.hold_reason = why
        order.save(update_fields=["hold_reason"])
        if why:
            tell(order, SYSTEM, why, now)
    return bool(why)


def _go_on(order: DealerOrder, now: datetime) -> None:
    """What cannot go on is told in the order's history and stays on the branch's list."""
    try:
        with transaction.atomic():
            state = dealer_dispatch.send_or_source(order, actor=SYSTEM, now=now)
    except NoSupplier:
        tell(order, SYSTEM, NO_SUPPLIER, now)
    except reservation.OutOfStock:
        tell(order, SYSTEM, NO_WAY, now)
    else:
        if state != order.state:
            move(order, state, now=now)


@transaction.atomic
def send_now(*, actor: Actor, number: str, now: datetime) -> DealerOrder:
    """The goods are there by another way: promise and route the order without its purchase.

    What is still coming for it goes on the shelf. Raises OrderUnknown, OrderWrongState, DealerHeld,
    dealer_dispatch.GoodsMissing, reservation.OutOfStock.
    """
    order = _waiting(actor, number, now)
    move(order, dealer_dispatch.send(order, now=now), actor=actor, now=now)
    return order


@transaction.atomic
def buy_again(*, actor: Actor, number: str, now: datetime) -> DealerOrder:
    """Buy what is missing and not under way; send the order when nothing is missing.

    Raises OrderUnknown, OrderWrongState, DealerHeld, StillComing, NoSupplier, reservation.OutOfStock.
    """
    order = _waiting(actor, number, now)
    bought = order.supplier_orders.count()
    state = dealer_dispatch.send_or_source(order, actor=actor, now=now)
    if state != order.state:
        move(order, state, actor=actor, now=now)
    elif order.supplier_orders.count() == bought:
        raise StillComing()
    else:
        tell(order, actor, "bought_again", now)
    return order


def _waiting(actor: Actor, number: str, now: datetime) -> DealerOrder:
    order = locked_order(number)
    if not at_branch(actor, locked_terms(order.dealer_id)):
        raise OrderUnknown(number=number)
    if order.state != DealerOrderState.WAITING_GOODS:
        raise OrderWrongState(number=order.number, state=str(order.get_state_display()))
    why = hold_of(order.dealer_id, now=now)
    if why:
        raise DealerHeld(why=str(HoldReason(why).label))
    order.hold_reason = ""
    return order


def try_again(*, now: datetime, dealer_id: int | None = None) -> int:
    """Send what waits and lies in our warehouses by now; returns how many orders went on.

    Nothing is bought. An order for which a purchase is open waits for it.
    """
    rows = DealerOrder.objects.filter(state=DealerOrderState.WAITING_GOODS)
    if dealer_id is not None:
        rows = rows.filter(dealer_id=dealer_id)
    coming = rows.filter(supplier_orders__state=SupplierOrderState.OPEN).values("pk")
    return sum(_try(number, now) for number in rows.exclude(pk__in=coming).values_list("number", flat=True))


@transaction.atomic
def _try(number: str, now: datetime) -> bool:
    order = locked_order(number)
    if order.state != DealerOrderState.WAITING_GOODS or _held(order, now):
        return False
    try:
        with transaction.atomic():
            state = dealer_dispatch.send(order, now=now)
    except (dealer_dispatch.GoodsMissing, reservation.OutOfStock):
        return False
    move(order, state, now=now)
    return True
