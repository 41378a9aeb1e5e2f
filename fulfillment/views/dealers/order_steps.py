"""What a person does with a purchase order: approve, reject, cancel, go on; decide about a surplus."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fulfillment.models import DealerOrderState
from fulfillment.services import (
    dealer_approval,
    dealer_holds,
    dealer_orders,
    dealer_surplus_decision,
    dealer_waiting,
)
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

from .access import dealer_page
from .order import page

_S = DealerOrderState


@dealer_page
@require_POST
def act(request, number: str, step: str):
    """One step of an order; a refusal stays on the page."""
    if step not in ACTIONS:
        raise Http404
    try:
        ACTIONS[step](request, number)
    except NotFound:
        raise
    except DomainError as error:
        return page(request, number, refusal=error)
    return redirect("fulfillment:dealer-order", number=number)


def _approve(request, number: str, *, fewer: bool = False) -> None:
    order = dealer_approval.approve(actor=request.actor, number=number, fewer_numbers=fewer, now=clock.now())
    if order.state == _S.DONE:
        messages.success(request, _("Approved. The numbers are with the dealer."))
        return
    if order.state == _S.WAITING_GOODS:
        messages.success(request, _("Approved. What is missing was ordered from the supplier."))
    else:
        messages.success(request, _("Approved. The goods are promised and being routed."))
    if order.number_lines.filter(allotted__gt=0).exists():
        messages.success(request, _("The numbers are with the dealer."))


def _reject(request, number: str) -> None:
    reason = request.POST.get("reason", "")
    dealer_approval.reject(actor=request.actor, number=number, reason=reason, now=clock.now())
    messages.success(request, _("Rejected."))


def _cancel(request, number: str) -> None:
    reason = request.POST.get("reason", "")
    order = dealer_orders.cancel(actor=request.actor, number=number, reason=reason, now=clock.now())
    if order.state == _S.DONE:
        messages.success(request, _("The goods are called off. The numbers stay with the dealer."))
    else:
        messages.success(request, _("Cancelled. Its credit is free again."))


def _check(request, number: str) -> None:
    order = dealer_holds.check_again(actor=request.actor, number=number, now=clock.now())
    if order.state == _S.ON_HOLD:
        messages.error(request, _("Still on hold: %(why)s.") % {"why": order.get_hold_reason_display()})
    else:
        messages.success(request, _("Nothing holds it any more. It waits for approval."))


def _send_now(request, number: str) -> None:
    dealer_waiting.send_now(actor=request.actor, number=number, now=clock.now())
    messages.success(request, _("The goods are promised and being routed."))


def _buy_again(request, number: str) -> None:
    order = dealer_waiting.buy_again(actor=request.actor, number=number, now=clock.now())
    if order.state == _S.WAITING_GOODS:
        messages.success(request, _("What is missing was ordered from the supplier."))
    else:
        messages.success(request, _("Nothing is missing any more: the goods are promised and being routed."))


def _surplus_id(request) -> int:
    text = request.POST.get("surplus", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _keep(request, number: str) -> None:
    _decide(request, keep=True)
    messages.success(request, _("The dealer keeps it; the invoice is on its account."))


def _send_back(request, number: str) -> None:
    _decide(request, keep=False)
    messages.success(request, _("It comes back. Say here when it has arrived."))


def _decide(request, *, keep: bool) -> None:
    dealer_surplus_decision.decide(
        actor=request.actor,
        surplus_id=_surplus_id(request),
        keep=keep,
        note=request.POST.get("note", ""),
        now=clock.now(),
    )


def _back(request, number: str) -> None:
    dealer_surplus_decision.take_back(actor=request.actor, surplus_id=_surplus_id(request), now=clock.now())
    messages.success(request, _("It is on the sender's shelf again."))


ACTIONS: dict[str, Callable] = {
    "approve": _approve,
    "approve-fewer": partial(_approve, fewer=True),
    "reject": _reject,
    "cancel": _cancel,
    "check": _check,
    "send-now": _send_now,
    "buy-again": _buy_again,
    "surplus-keep": _keep,
    "surplus-return": _send_back,
    "surplus-back": _back,
}
