"""Our own orders to suppliers, each with the dealer's order that drove it."""

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from catalog.queries.taken import serial_kinds
from fulfillment.models import SupplierOrder, SupplierOrderKind, SupplierOrderState, SupplierProgress
from fulfillment.queries import dealers, supplier_pages, supply_thread
from fulfillment.services import dealer_purchase_end, dealer_sourcing, notice_checks, supplier_notices
from fulfillment.views.stock.access import labels, page_of, text_of
from fulfillment.views.supplier_timeline import ANSWER_TONES, timeline
from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

from .access import frame, purchase_page
from .announced import announced, counts_of, strays

TONES = {"open": "warn", "received": "ok", "closed": "accent"}
WAITING = {
    "late": gettext_lazy("overdue"),
    "unanswered": gettext_lazy("not answered in time"),
    "differs": gettext_lazy("delivered otherwise than announced"),
}


@purchase_page
@require_GET
def index(request):
    rows = dealers.supplier_orders(request.actor)
    if text := text_of(request, "q"):
        rows = rows.filter(number__icontains=text) | rows.filter(dealer_order__number__icontains=text)
    today, now, state = clock.today(), clock.now(), text_of(request, "state")
    waiting = {
        "late": dealers.late(rows, today=today),
        "unanswered": supplier_pages.answer_overdue(rows, now=now),
        "differs": supplier_pages.differing(rows),
    }
    counted = {name: found.count() for name, found in waiting.items() if name != state}
    if state in waiting:
        rows = waiting[state]
    elif state in SupplierOrderState.values:
        rows = rows.filter(state=state)
    if (kind := text_of(request, "kind")) in SupplierOrderKind.values:
        rows = rows.filter(kind=kind)
    context = frame(
        request,
        "purchases",
        kinds=SupplierOrderKind.choices,
        states=[*SupplierOrderState.choices, *((name, label) for name, label in WAITING.items())],
        counted=counted,
        forgotten=dealers.without_purchase(request.actor),
        **page_of(request, supplier_pages.with_units(rows)),
    )
    context["rows"] = [_row(order, today, now) for order in context["page"]]
    return render(request, "fulfillment/dealers/purchases.html", context)


def _row(order: SupplierOrder, today: date, now: datetime) -> dict:
    """unanswered: its supplier should have answered by now."""
    is_open = order.state == SupplierOrderState.OPEN
    asked = is_open and order.progress == SupplierProgress.ASKED
    return {
        "order": order,
        "tone": TONES.get(order.state),
        "answer_tone": ANSWER_TONES[order.progress] if is_open else "",
        "days_late": _days_late(order, today),
        "unanswered": asked and supplier_pages.answer_by(order) < now,
    }


def _days_late(order: SupplierOrder, today: date) -> int:
    return max(0, (today - order.due_on).days) if order.state == SupplierOrderState.OPEN else 0


@purchase_page
@require_GET
def one(request, number: str):
    return _page(request, number)


def _page(request, number: str, refusal: DomainError | None = None):
    order = dealers.supplier_orders(request.actor).filter(number=number.upper()).first()
    if order is None:
        raise dealer_sourcing.PurchaseUnknown(number=number[:32])
    thread = supply_thread.threads([order])[0]
    skus = [line.sku for line in thread.lines]
    names, kinds = labels(skus), serial_kinds(skus)
    coming = {row.line_id for notice in thread.under_way for row in notice.lines.all()}
    ends = order.state == SupplierOrderState.OPEN
    has_come = any(line.received for line in thread.lines)
    receives = _may(request.actor, order, dealer_sourcing.RECEIVERS)
    context = frame(
        request,
        "purchases",
        **_row(order, clock.today(), clock.now()),
        lines=[_line(line, names, kinds, coming) for line in thread.lines],
        thread=thread,
        differs=supplier_pages.differing(SupplierOrder.objects.filter(pk=order.pk)).exists(),
        history=timeline(order, for_supplier=False),
        announced=announced(request, thread, receives, refusal),
        strays=strays(order),
        may_cancel=ends and not has_come and request.actor.can("operator", order.location.path),
        may_close=ends and has_come and _may(request.actor, order, dealer_purchase_end.CLOSERS),
        may_receive=order.state == "open" and receives,
        may_count=any(_is_counted(line, kinds, coming) for line in thread.lines),
        may_withdraw=request.actor.can("operator", order.location.path),
        refusal=refusal,
    )
    return render(request, "fulfillment/dealers/purchase.html", context, status=422 if refusal else 200)


def _line(line, names: dict[str, str], kinds: dict[str, str], coming: set[int]) -> dict:
    """by_file, by_notice: how its open units come in, else counted by hand."""
    return {
        "line": line,
        "label": names.get(line.sku, line.sku),
        "by_file": bool(kinds.get(line.sku)),
        "by_notice": line.pk in coming,
    }


def _is_counted(line, kinds: dict[str, str], coming: set[int]) -> bool:
    """Its open units are counted by hand, against no notice."""
    return bool(line.open_units) and not kinds.get(line.sku) and line.pk not in coming


def _may(actor: Actor, order: SupplierOrder, roles: tuple[str, ...]) -> bool:
    return any(actor.can(role, order.location.path) for role in roles)


@purchase_page
@require_POST
def act(request, number: str, step: str):
    """Take a step; a refusal stays on the page."""
    deed = STEPS.get(step)
    if deed is None:
        raise Http404
    try:
        messages.success(
            request, deed(request, {"actor": request.actor, "number": number, "now": clock.now()})
        )
    except NotFound:
        raise
    except DomainError as error:
        return _page(request, number, refusal=error)
    return redirect("fulfillment:dealer-purchase", number=number)


def _receive(request, of: dict) -> str:
    dealer_sourcing.receive(counts=counts_of(request), **of)
    return _("Taken into stock.")


def _cancel(request, of: dict) -> str:
    reason, seen = request.POST.get("reason", ""), request.POST.get("seen", "")
    dealer_purchase_end.cancel(reason=reason, seen=seen, **of)
    return _("Cancelled.")


def _close(request, of: dict) -> str:
    dealer_purchase_end.close_short(reason=request.POST.get("reason", ""), **of)
    return _("Closed with what came. What the dealer's order lacks is bought anew.")


def _check_in(request, of: dict) -> str:
    notice = notice_checks.check_in(
        notice=request.POST.get("notice", ""),
        counts=counts_of(request),
        sure=bool(request.POST.get("sure")),
        note=request.POST.get("note", ""),
        **of,
    )
    return _("Checked in against notice %(notice)s.") % {"notice": notice.number}


def _withdraw(request, of: dict) -> str:
    notice, reason = request.POST.get("notice", ""), request.POST.get("reason", "")
    supplier_notices.withdraw(notice=notice, reason=reason, **of)
    return _("The notice is withdrawn; its units may be announced again.")


STEPS = {
    "receive": _receive,
    "cancel": _cancel,
    "close": _close,
    "check-in": _check_in,
    "withdraw": _withdraw,
}
