"""Our own orders to suppliers, each with the dealer's order that drove it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.queries import offerings
from fulfillment.models import SupplierOrderState
from fulfillment.queries import dealers
from fulfillment.services import dealer_sourcing
from fulfillment.views.stock.access import page_of, text_of, whole
from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import frame, purchase_page

TONES = {"open": "warn", "received": "ok"}


@purchase_page
@require_GET
def index(request):
    rows = dealers.supplier_orders(request.actor)
    if text := text_of(request, "q"):
        rows = rows.filter(number__icontains=text) | rows.filter(dealer_order__number__icontains=text)
    if text_of(request, "state") in SupplierOrderState.values:
        rows = rows.filter(state=text_of(request, "state"))
    context = frame(request, "purchases", states=SupplierOrderState.choices, **page_of(request, rows))
    context["rows"] = [(order, TONES.get(order.state)) for order in context["page"]]
    return render(request, "fulfillment/dealers/purchases.html", context)


@purchase_page
@require_GET
def one(request, number: str):
    return _page(request, number)


def _page(request, number: str, refusal: DomainError | None = None):
    order = dealers.supplier_orders(request.actor).filter(number=number.upper()).first()
    if order is None:
        raise dealer_sourcing.PurchaseUnknown(number=number[:32])
    facts = offerings.by_sku(line.sku for line in order.lines.all())
    context = frame(
        request,
        "purchases",
        order=order,
        tone=TONES.get(order.state),
        lines=[(line, facts.get(line.sku)) for line in order.lines.all()],
        may_receive=order.state == "open" and _receives(request.actor, order),
        refusal=refusal,
    )
    return render(request, "fulfillment/dealers/purchase.html", context, status=422 if refusal else 200)


def _receives(actor: Actor, order) -> bool:
    return any(actor.can(role, order.location.path) for role in dealer_sourcing.RECEIVERS)


@purchase_page
@require_POST
def act(request, number: str, step: str):
    try:
        if step == "receive":
            counts = {
                name.removeprefix("count-"): whole(text, empty=0)
                for name, text in request.POST.items()
                if name.startswith("count-")
            }
            dealer_sourcing.receive(actor=request.actor, number=number, counts=counts, now=clock.now())
            messages.success(request, _("Taken into stock."))
        elif step == "cancel":
            dealer_sourcing.cancel(actor=request.actor, number=number, now=clock.now())
            messages.success(request, _("Cancelled."))
        else:
            raise Http404
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, number, refusal=error)
    return redirect("fulfillment:dealer-purchase", number=number)
