"""A purchase from a supplier ends before everything came: cancelled, or closed with what there is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError

from ..models import NoticeState, SupplierOrder, SupplierOrderState
from . import supply_contracts
from .dealer_sourcing import PurchaseOver, PurchaseUnknown, count_up, locked_purchase, tell_delivered
from .wrong_input import ReasonMissing

CLOSERS = ("warehouse_lead", "operator")


class NothingCame(DomainError):
    code = "supplier_order_nothing_came"
    message = _("Nothing of %(number)s has come: cancel it instead of closing it.")


class GoodsUnderWay(DomainError):
    code = "supplier_goods_under_way"
    message = _("Goods of %(number)s are announced: check that notice in, or withdraw it, before you end it.")


class AnsweredMeanwhile(DomainError):
    code = "supplier_answered_meanwhile"
    message = _("%(number)s is “%(answer)s” by now: look at it again before you cancel it.")


class SomethingCame(DomainError):
    code = "supplier_order_something_came"
    message = _("Part of %(number)s has come: close it with what there is.")


@transaction.atomic
def cancel(*, actor: Actor, number: str, reason: str, now: datetime, seen: str = "") -> SupplierOrder:
    """Nothing of it came and nothing will; the dealer's order waits until somebody buys or sends.

    seen: the supplier's answer as the operator saw it; nobody cancels what was confirmed meanwhile.
    Operators. Raises PurchaseUnknown, PurchaseOver, ReasonMissing, GoodsUnderWay, AnsweredMeanwhile,
    SomethingCame, notice_counts.FileBeingRead.
    """
    purchase = _open(actor, ("operator",), number, reason)
    if seen and seen != purchase.progress:
        raise AnsweredMeanwhile(number=purchase.number, answer=str(purchase.get_progress_display()))
    if _has_come(purchase):
        raise SomethingCame(number=purchase.number)
    end(purchase, SupplierOrderState.CANCELLED, actor=actor, reason=reason, now=now)
    return purchase


@transaction.atomic
def close_short(*, actor: Actor, number: str, reason: str, now: datetime) -> SupplierOrder:
    """The rest will not come: what came is owed for, and what the dealer's order lacks is bought anew.

    Raises PurchaseUnknown, PurchaseOver, ReasonMissing, GoodsUnderWay, NothingCame,
    notice_counts.FileBeingRead.
    """
    purchase = _open(actor, CLOSERS, number, reason)
    if not _has_come(purchase):
        raise NothingCame(number=purchase.number)
    end(purchase, SupplierOrderState.CLOSED, actor=actor, reason=reason, now=now)
    tell_delivered(purchase, now=now)
    return purchase


def _open(actor: Actor, roles: tuple[str, ...], number: str, reason: str) -> SupplierOrder:
    purchase = locked_purchase(number)
    if not any(actor.can(role, purchase.location.path) for role in roles):
        raise PurchaseUnknown(number=number)
    if purchase.state != SupplierOrderState.OPEN:
        raise PurchaseOver(number=purchase.number)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if purchase.notices.filter(state=NoticeState.ANNOUNCED).exists():
        raise GoodsUnderWay(number=purchase.number)
    count_up(purchase)
    return purchase


def _has_come(purchase: SupplierOrder) -> bool:
    return purchase.lines.filter(received__gt=0).exists()


def end(purchase: SupplierOrder, state: str, *, actor: Actor, reason: str, now: datetime) -> None:
    """End a locked, open purchase; what never came may be called off its contract again."""
    supply_contracts.give_back(purchase)
    purchase.state, purchase.changed_at = state, now
    purchase.ended_by, purchase.end_reason = actor.label[:80], reason.strip()[:160]
    purchase.save(update_fields=["state", "progress", "changed_at", "ended_by", "end_reason"])
