"""A dealer orders on credit; its branch approves; routing sends the goods like any others."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from members.actors import SYSTEM, Actor, NotYours
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import DealerOrderApproved
from ..models import (
    DEALER_ORDER_STEPS,
    DealerOrder,
    DealerOrderEvent,
    DealerOrderLine,
    DealerOrderState,
    DealerTerms,
    HoldReason,
)
from ..values import SUPPLY_NUMBER
from . import cancellation, dealer_dispatch
from .dealer_credit import at_branch, locked_terms, must_work_for, objection, standing_of, works_for
from .dealer_quotes import NotForDealers, NothingOrdered, UnitsWrong, orderable, quote

__all__ = [
    "DealerHeld",
    "NotForDealers",
    "NothingOrdered",
    "OrderUnknown",
    "OrderWrongState",
    "OwnOrder",
    "PriceChanged",
    "ReasonMissing",
    "UnitsWrong",
    "approve",
    "cancel",
    "check_again",
    "locked_order",
    "move",
    "must_reach",
    "orderable",
    "place",
    "quote",
    "readable",
    "reject",
    "release_holds",
]


class PriceChanged(DomainError):
    code = "price_changed"
    message = _("Prices have changed since this page was shown. Look at the sum again and confirm it.")


class OrderUnknown(NotYours):
    code = "dealer_order_unknown"
    message = _("There is no order %(number)s.")


class OrderWrongState(DomainError):
    code = "dealer_order_wrong_state"
    message = _("Order %(number)s is “%(state)s”; this step is not possible now.")


class OwnOrder(DomainError):
    code = "own_order"
    message = _("You ordered this yourself. Somebody else of the branch must approve it.")


class DealerHeld(DomainError):
    code = "dealer_held"
    message = _("Nothing is sent now: %(why)s.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why.")


@transaction.atomic
def place(
    *, actor: Actor, dealer_id: int, wanted: Mapping[str, int], shown_total: int, key: str, now: datetime
) -> DealerOrder:
    """A purchase order; what the credit does not cover waits on hold. Sums in fen.

    `key` is the form's: the same form again is the same order. Raises DealerUnknown, PriceChanged, and
    what quote raises. The terms' lock lets one order at a time see what credit is left.
    """
    terms = locked_terms(dealer_id)
    must_work_for(actor, terms)
    known = DealerOrder.objects.filter(dealer_id=dealer_id, key=key).first()
    if known is not None:
        return known
    lines = quote(dealer_id, wanted, now=now)
    total = sum(units * price for units, price in lines.values())
    if total != shown_total:
        raise PriceChanged(total=total)
    why = objection(standing_of(dealer_id, now=now), total)
    return _write(terms, lines, total, why, key, actor, now)


def _write(terms: DealerTerms, lines, total: int, why: str, key: str, actor: Actor, now) -> DealerOrder:
    order = DealerOrder.objects.create(
        dealer_id=terms.pk,
        branch_id=terms.branch_id,
        state=DealerOrderState.ON_HOLD if why else DealerOrderState.SUBMITTED,
        hold_reason=why,
        amount_fen=total,
        key=key,
        created_by=actor.user_id,
        created_by_name=actor.label[:80],
        created_at=now,
        changed_at=now,
    )
    order.number = f"{SUPPLY_NUMBER}{clock.local_day(now):%y%m%d}{order.pk:06d}"
    order.save(update_fields=["number"])
    DealerOrderLine.objects.bulk_create(
        DealerOrderLine(order=order, sku=sku, quantity=units, unit_fen=price)
        for sku, (units, price) in sorted(lines.items())
    )
    _tell(order, actor, str(HoldReason(why).label) if why else "", now)
    return order


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
    must_reach(order, DealerOrderState.APPROVED)
    why = objection(standing_of(order.dealer_id, now=now), 0)
    if why in (HoldReason.OVERDUE, HoldReason.BLOCKED):
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


@transaction.atomic
def cancel(*, actor: Actor, number: str, reason: str, now: datetime) -> DealerOrder:
    """The dealer or its branch lets go of an order whose goods have not left.

    Raises OrderUnknown, OrderWrongState, ReasonMissing, cancellation.TooLate.
    """
    order = locked_order(number)
    if not works_for(actor, locked_terms(order.dealer_id)):
        raise OrderUnknown(number=number)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    must_reach(order, DealerOrderState.CANCELLED)
    if order.state == DealerOrderState.APPROVED:
        cancellation.cancel(order_number=order.number, actor=actor, reason=reason.strip(), now=now)
    order.lines.update(dropped=F("quantity") - F("received"))
    move(order, DealerOrderState.CANCELLED, actor=actor, note=reason, now=now)
    return order


@transaction.atomic
def release_holds(*, dealer_id: int, now: datetime, actor: Actor = SYSTEM) -> list[DealerOrder]:
    """Orders on hold that the credit covers by now go to their branch, the oldest first."""
    rows = DealerOrder.objects.select_for_update().filter(dealer_id=dealer_id)
    held = list(rows.filter(state=DealerOrderState.ON_HOLD).order_by("pk"))
    locked_terms(dealer_id)
    released = []
    for order in held:
        why = objection(standing_of(dealer_id, now=now), order.amount_fen)
        if why:
            order.hold_reason = why
            order.save(update_fields=["hold_reason"])
        else:
            order.hold_reason = ""
            move(order, DealerOrderState.SUBMITTED, actor=actor, now=now)
            released.append(order)
    return released


@transaction.atomic
def check_again(*, actor: Actor, number: str, now: datetime) -> DealerOrder:
    """Ask once more whether the credit covers an order on hold. Raises OrderUnknown."""
    order = readable(actor, number)
    release_holds(dealer_id=order.dealer_id, actor=actor, now=now)
    order.refresh_from_db()
    return order


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
    order.state, order.changed_at = state, now
    order.save(update_fields=["state", "hold_reason", "changed_at"])
    _tell(order, actor, note, now)


def _tell(order: DealerOrder, actor: Actor, note: str, now: datetime) -> None:
    DealerOrderEvent.objects.create(
        order=order, state=order.state, who=actor.label[:80], note=note.strip()[:160], at=now
    )
