"""A supplier answers our order: confirms it for a day, moves the day, declines it, makes what was ordered.

Every step is taken under the lock of the order; the database refuses one after the order's end
(trigger supplierorder_answer).
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import SupplierOrderConfirmed, SupplierOrderDeclined
from ..models import (
    SUPPLIER_STEPS,
    SupplierEventKind,
    SupplierOrder,
    SupplierOrderEvent,
    SupplierOrderKind,
    SupplierOrderState,
    SupplierProgress,
)
from ..queries.supplier_pages import owns
from .dealer_purchase_end import end
from .dealer_sourcing import PurchaseOver, PurchaseUnknown, count_up, locked_purchase
from .wrong_input import ReasonMissing

_P, _K = SupplierProgress, SupplierEventKind


class SupplierOrderUnknown(NotYours):
    code = "supplier_order_unknown"
    message = _("There is no order %(number)s for you.")


class AnswerNotNow(DomainError):
    code = "supplier_answer_not_now"
    message = _("Order %(number)s is “%(state)s”; this step is not possible now.")


class DayWrong(Invalid):
    code = "supplier_day_wrong"
    message = _("Promise a day from today on, at most %(days)s days ahead.")


class NotMade(DomainError):
    code = "supplier_order_not_made"
    message = _("Order %(number)s is sent from stock: there is no production to report.")


class SentAlready(DomainError):
    code = "supplier_order_sent"
    message = _("Goods of %(number)s were announced or have come. Withdraw the notice, or call us.")


@transaction.atomic
def confirm(*, actor: Actor, number: str, promised_on: date, note: str = "", now: datetime) -> SupplierOrder:
    """The supplier will deliver by a day; later on the same step moves the day. Twice changes nothing.

    Raises SupplierOrderUnknown, PurchaseOver, DayWrong.
    """
    order = own_order(actor, number)
    must_be_open(order)
    must_be_ahead(promised_on, now)
    if order.progress == _P.ASKED:
        kind = _K.CONFIRMED
        order.progress = _P.CONFIRMED
    elif order.promised_on == promised_on:
        return order
    else:
        kind = _K.PROMISED
    order.promised_on = promised_on
    _keep(order, now)
    record(order, kind, actor=actor, now=now, promised_on=promised_on, note=note)
    outbox.publish(
        SupplierOrderConfirmed(
            supplier_order=order.number,
            supplier_id=order.supplier_id,
            dealer_order=order.dealer_order.number,
            promised_on=promised_on.isoformat(),
            days_later=order.days_later,
            occurred_at=now.isoformat(),
        )
    )
    return order


@transaction.atomic
def decline(*, actor: Actor, number: str, reason: str, now: datetime) -> SupplierOrder:
    """The supplier will not deliver: our order ends, and what lacks is bought elsewhere by itself.

    Raises SupplierOrderUnknown, PurchaseOver, ReasonMissing, SentAlready, notice_counts.FileBeingRead.
    Twice changes nothing.
    """
    order = own_order(actor, number)
    if order.progress == _P.DECLINED:
        return order
    must_be_open(order)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    count_up(order)
    if any(line.announced or line.received for line in order.lines.all()):
        raise SentAlready(number=order.number)
    order.progress = _P.DECLINED
    end(order, SupplierOrderState.CANCELLED, actor=actor, reason=reason, now=now)
    record(order, _K.DECLINED, actor=actor, now=now, note=reason)
    outbox.publish(
        SupplierOrderDeclined(
            supplier_order=order.number,
            supplier_id=order.supplier_id,
            dealer_order=order.dealer_order.number,
            reason=reason.strip()[:160],
            occurred_at=now.isoformat(),
        )
    )
    return order


@transaction.atomic
def start_production(*, actor: Actor, number: str, note: str = "", now: datetime) -> SupplierOrder:
    """Raises SupplierOrderUnknown, PurchaseOver, NotMade, AnswerNotNow. Twice changes nothing."""
    return _make(actor, number, _P.MAKING, _K.STARTED, note, now)


@transaction.atomic
def finish_production(*, actor: Actor, number: str, note: str = "", now: datetime) -> SupplierOrder:
    """Raises SupplierOrderUnknown, PurchaseOver, NotMade, AnswerNotNow. Twice changes nothing."""
    return _make(actor, number, _P.MADE, _K.FINISHED, note, now)


def _make(actor: Actor, number: str, progress: str, kind: str, note: str, now: datetime) -> SupplierOrder:
    order = own_order(actor, number)
    if order.progress == progress:
        return order
    must_be_open(order)
    if order.kind != SupplierOrderKind.PRODUCTION:
        raise NotMade(number=order.number)
    if progress not in SUPPLIER_STEPS.get(order.progress, ()):
        raise AnswerNotNow(number=order.number, state=str(order.get_progress_display()))
    order.progress = progress
    _keep(order, now)
    record(order, kind, actor=actor, now=now, note=note)
    return order


def own_order(actor: Actor, number: str) -> SupplierOrder:
    """The order of the actor's supplier, locked. Raises SupplierOrderUnknown."""
    try:
        order = locked_purchase(number)
    except PurchaseUnknown as unknown:
        raise SupplierOrderUnknown(number=number.strip()[:32]) from unknown
    if not owns(actor, order.supplier.path):
        raise SupplierOrderUnknown(number=number.strip()[:32])
    return order


def must_be_open(order: SupplierOrder) -> None:
    if order.state != SupplierOrderState.OPEN:
        raise PurchaseOver(number=order.number)


def must_be_ahead(day: date, now: datetime) -> None:
    today = clock.local_day(now)
    if not today <= day <= today + timedelta(days=settings.SUPPLIER_PROMISE_MOST_DAYS):
        raise DayWrong(field="day", days=settings.SUPPLIER_PROMISE_MOST_DAYS)


def _keep(order: SupplierOrder, now: datetime) -> None:
    order.changed_at = now
    order.save(update_fields=["progress", "promised_on", "changed_at"])


def record(
    order: SupplierOrder,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    note: str = "",
    promised_on: date | None = None,
    reference: str = "",
) -> None:
    """A step in the order's history, which stays."""
    SupplierOrderEvent.objects.create(
        order=order,
        kind=kind,
        promised_on=promised_on,
        reference=reference,
        note=note.strip()[:160],
        who=actor.label[:80],
        at=now,
    )
