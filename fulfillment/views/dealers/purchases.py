"""Our own orders to suppliers, each with the dealer's order that drove it."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.queries import offerings
from fulfillment.models import SupplierOrder, SupplierOrderKind, SupplierOrderState
from fulfillment.queries import dealers
from fulfillment.services import dealer_purchase_end, dealer_sourcing
from fulfillment.views.stock.access import page_of, text_of, whole
from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import frame, purchase_page

TONES = {"open": "warn", "received": "ok", "closed": "accent"}


@purchase_page
@require_GET
def index(request):
    rows = dealers.supplier_orders(request.actor)
    if text := text_of(request, "q"):
        rows = rows.filter(number__icontains=text) | rows.filter(dealer_order__number__icontains=text)
    today, state = clock.today(), text_of(request, "state")
    late = dealers.late(rows, today=today)
    counted = late.count()
    if state == "late":
        rows = late
    elif state in SupplierOrderState.values:
        rows = rows.filter(state=state)
    if (kind := text_of(request, "kind")) in SupplierOrderKind.values:
        rows = rows.filter(kind=kind)
    context = frame(
        request,
        "purchases",
        kinds=SupplierOrderKind.choices,
        states=[*SupplierOrderState.choices, ("late", _("overdue"))],
        late=counted if state != "late" else 0,
        forgotten=dealers.without_purchase(request.actor),
        **page_of(request, rows),
    )
    context["rows"] = [(order, TONES.get(order.state), _days_late(order, today)) for order in context["page"]]
    return render(request, "fulfillment/dealers/purchases.html", context)


def _days_late(order: SupplierOrder, today: date) -> int:
    return max(0, (today - order.expected_on).days) if order.state == SupplierOrderState.OPEN else 0


@purchase_page
@require_GET
def one(request, number: str):
    return _page(request, number)


def _page(request, number: str, refusal: DomainError | None = None):
    order = dealers.supplier_orders(request.actor).filter(number=number.upper()).first()
    if order is None:
        raise dealer_sourcing.PurchaseUnknown(number=number[:32])
    lines = list(order.lines.select_related("contract"))
    facts = offerings.by_sku(line.sku for line in lines)
    ends = order.state == SupplierOrderState.OPEN
    has_come = any(line.received for line in lines)
    context = frame(
        request,
        "purchases",
        order=order,
        tone=TONES.get(order.state),
        lines=[(line, facts.get(line.sku)) for line in lines],
        days_late=_days_late(order, clock.today()),
        may_cancel=ends and not has_come and request.actor.can("operator", order.location.path),
        may_close=ends and has_come and _may(request.actor, order, dealer_purchase_end.CLOSERS),
        may_receive=order.state == "open" and _may(request.actor, order, dealer_sourcing.RECEIVERS),
        refusal=refusal,
    )
    return render(request, "fulfillment/dealers/purchase.html", context, status=422 if refusal else 200)


def _may(actor: Actor, order: SupplierOrder, roles: tuple[str, ...]) -> bool:
    return any(actor.can(role, order.location.path) for role in roles)


@purchase_page
@require_POST
def act(request, number: str, step: str):
    try:
        reason = request.POST.get("reason", "")
        if step == "receive":
            counts = {
                name.removeprefix("count-"): whole(text, empty=0)
                for name, text in request.POST.items()
                if name.startswith("count-")
            }
            dealer_sourcing.receive(actor=request.actor, number=number, counts=counts, now=clock.now())
            messages.success(request, _("Taken into stock."))
        elif step == "cancel":
            dealer_purchase_end.cancel(actor=request.actor, number=number, reason=reason, now=clock.now())
            messages.success(request, _("Cancelled."))
        elif step == "close":
            dealer_purchase_end.close_short(
                actor=request.actor, number=number, reason=reason, now=clock.now()
            )
            messages.success(
                request, _("Closed with what came. What the dealer's order lacks is bought anew.")
            )
        else:
            raise Http404
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, number, refusal=error)
    return redirect("fulfillment:dealer-purchase", number=number)
