"""Purchase orders: the list, one order with its whole way, and what may be done with it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import (
    DEALER_ORDER_STEPS,
    DealerOrder,
    DealerOrderState,
    DealerTerms,
    FulfillmentDemand,
    FulfillmentState,
    SupplierOrderState,
    SurplusState,
)
from fulfillment.queries import dealer_surpluses, dealers
from fulfillment.reasons import words
from fulfillment.services import (
    dealer_approval,
    dealer_holds,
    dealer_order_steps,
    dealer_orders,
    dealer_surplus_decision,
    dealer_waiting,
)
from fulfillment.views.stock.access import csv_file, labels, page_of, text_of, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import yuan

from .access import dealer_page, frame, may

_S = DealerOrderState
TONES = {
    _S.ON_HOLD: "danger",
    _S.SUBMITTED: "warn",
    _S.WAITING_GOODS: "warn",
    _S.APPROVED: "accent",
    _S.DONE: "ok",
}
SURPLUS_TONES = {
    SurplusState.ASKED: "warn",
    SurplusState.GOING_BACK: "accent",
    SurplusState.KEPT: "ok",
    SurplusState.BACK: "ok",
}
HEAD = (
    "number",
    "dealer",
    "branch",
    "state",
    "held_because",
    "amount",
    "ordered_by",
    "ordered_at",
    "approved_by",
)


@dealer_page
@require_GET
def index(request):
    every = dealers.orders(request.actor)
    if text := text_of(request, "q"):
        every = every.filter(number__icontains=text) | every.filter(dealer__code__icontains=text)
    chosen = text_of(request, "state")
    rows = every.filter(state=chosen) if chosen in DealerOrderState.values else every
    if wants_csv(request):
        return csv_file("dealer-orders", HEAD, _lines(rows), count=rows.count())
    context = frame(
        request,
        "orders",
        tabs=_tabs(dealers.counts(every), chosen, text),
        csv_query=urlencode({"q": text, "state": chosen, "format": "csv"}),
        **page_of(request, rows),
    )
    context["rows"] = [(order, TONES.get(order.state)) for order in context["page"]]
    return render(request, "fulfillment/dealers/orders.html", context)


def _tabs(counts: dict[str, int], chosen: str, text: str) -> list[dict]:
    tabs = [("", _("All"), sum(counts.values()))]
    tabs += [(value, label, counts.get(value, 0)) for value, label in DealerOrderState.choices]
    return [
        {
            "label": str(label)[:1].upper() + str(label)[1:],
            "url": f"?{urlencode({'state': value, 'q': text})}",
            "active": value == chosen,
            "count": count or None,
        }
        for value, label, count in tabs
    ]


def _lines(rows):
    for order in rows.iterator(chunk_size=1000):
        yield (
            order.number, order.dealer.code, order.branch.code, order.state, order.hold_reason,
            yuan(order.amount_fen), order.created_by_name, order.created_at.isoformat(),
            order.approved_by_name,
        )  # fmt: skip


@dealer_page
@require_GET
def one(request, number: str):
    return _page(request, number)


def _order(request, number: str) -> DealerOrder:
    found = dealers.orders(request.actor).filter(number=number.upper()).first()
    if found is None:
        raise dealer_order_steps.OrderUnknown(number=number[:32])
    return found


def _page(request, number: str, refusal: DomainError | None = None):
    order = _order(request, number)
    terms = DealerTerms.objects.select_related("dealer", "branch").get(pk=order.dealer_id)
    lines = list(order.lines.all())
    names = labels([line.sku for line in lines])
    allowed = may(request, terms)
    purchases = list(dealers.supplier_orders(request.actor).filter(dealer_order=order))
    context = frame(
        request,
        "orders",
        terms,
        order=order,
        tone=TONES.get(order.state),
        lines=[(line, names.get(line.sku, line.sku)) for line in lines],
        parcels=[_parcel(fo, names, allowed) for fo in dealers.parcels(order)],
        history=_history(order),
        standing=dealers.standings([terms.pk], today=clock.today())[terms.pk],
        steps=_steps(order, allowed, request.actor.user_id),
        may=allowed,
        invoices=order.invoices.order_by("pk"),
        surpluses=[_surplus(each, names, allowed, request) for each in dealer_surpluses.of_order(order)],
        purchases=purchases,
        under_way=any(each.state == SupplierOrderState.OPEN for each in purchases),
        stuck=FulfillmentDemand.objects.filter(order_number=order.number, state="exception").first(),
        refusal=refusal,
    )
    return render(request, "fulfillment/dealers/order.html", context, status=422 if refusal else 200)


def _parcel(fo, names: dict[str, str], allowed: dict[str, bool]) -> dict:
    """missing: (article, units, serials) that did not arrive."""
    receipt = getattr(fo, "dealer_receipt", None)
    delivery = getattr(fo, "delivery", None)
    return {
        "fo": fo,
        "units": sum(line.quantity for line in fo.lines.all()),
        "courier": delivery.courier.label if delivery else "",
        "receipt": receipt,
        "missing": [
            (names.get(each.line.sku, each.line.sku), -each.difference, each.missing_serials)
            for each in (receipt.lines.all() if receipt else ())
            if each.difference
        ],
        "to_count": receipt is None and fo.state == FulfillmentState.DELIVERED and allowed["count"],
    }


def _surplus(row, names: dict[str, str], allowed: dict[str, bool], request) -> dict:
    """decide: whether this person may; own: somebody else of the branch must."""
    waits = row.state == SurplusState.ASKED and allowed["decide"]
    own = row.reported_by is not None and row.reported_by == request.actor.user_id
    return {
        "row": row,
        "label": names.get(row.line.sku, row.line.sku),
        "tone": SURPLUS_TONES[row.state],
        "decide": waits and not own,
        "own": waits and own,
        "back": row.state == SurplusState.GOING_BACK and allowed["decide"],
    }


def _history(order: DealerOrder) -> list[dict]:
    return [
        {
            "title": str(event.get_state_display()).capitalize(),
            "at": event.at,
            "who": event.who,
            "text": words(event.note),
            "state": "failed" if event.state in (_S.ON_HOLD, _S.REJECTED, _S.CANCELLED) else "done",
        }
        for event in order.events.all()
    ]


def _steps(order: DealerOrder, allowed: dict[str, bool], user_id: int | None) -> dict[str, bool]:
    """What may be done now. own: the branch must send somebody else to approve it."""
    after = DEALER_ORDER_STEPS.get(order.state, set())
    waits = order.state == _S.SUBMITTED and allowed["decide"]
    return {
        "approve": waits and order.created_by != user_id,
        "own": waits and order.created_by == user_id,
        "reject": _S.REJECTED in after and allowed["decide"],
        "cancel": _S.CANCELLED in after and allowed["order"],
        "check": order.state == _S.ON_HOLD and allowed["order"],
        "wait": order.state == _S.WAITING_GOODS and allowed["decide"],
    }


@dealer_page
@require_POST
def act(request, number: str, step: str):
    """One step of an order; a refusal stays on the page."""
    if step not in ACTIONS:
        raise Http404
    try:
        ACTIONS[step](request, number)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, number, refusal=error)
    return redirect("fulfillment:dealer-order", number=number)


def _approve(request, number: str) -> None:
    order = dealer_approval.approve(actor=request.actor, number=number, now=clock.now())
    if order.state == _S.WAITING_GOODS:
        messages.success(request, _("Approved. What is missing was ordered from the supplier."))
    else:
        messages.success(request, _("Approved. The goods are promised and being routed."))


def _reject(request, number: str) -> None:
    reason = request.POST.get("reason", "")
    dealer_approval.reject(actor=request.actor, number=number, reason=reason, now=clock.now())
    messages.success(request, _("Rejected."))


def _cancel(request, number: str) -> None:
    reason = request.POST.get("reason", "")
    dealer_orders.cancel(actor=request.actor, number=number, reason=reason, now=clock.now())
    messages.success(request, _("Cancelled. Its credit is free again."))


def _check(request, number: str) -> None:
    order = dealer_holds.check_again(actor=request.actor, number=number, now=clock.now())
    if order.state == _S.ON_HOLD:
        messages.error(request, _("Still on hold: %(why)s.") % {"why": order.get_hold_reason_display()})
    else:
        messages.success(request, _("The credit covers it now. It waits for approval."))


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
    "reject": _reject,
    "cancel": _cancel,
    "check": _check,
    "send-now": _send_now,
    "buy-again": _buy_again,
    "surplus-keep": _keep,
    "surplus-return": _send_back,
    "surplus-back": _back,
}
