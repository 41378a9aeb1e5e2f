"""At the door: the courier's screen shows a QR code, the customer's phone pays it."""

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fulfillment.services import doors
from omnichannel.kernel import clock
from orders.models import Payment
from orders.services import callbacks, door_payment

POLL_SECONDS = 2


@login_required
@require_POST
def start(request, parcel: str):
    door_payment.start(parcel=parcel, actor=request.actor, now=clock.now())
    return redirect("orders:door", parcel=parcel)


@login_required
@never_cache
@require_safe
def show(request, parcel: str):
    """The code, and as htmx answer its living part: waiting, paid, or run out."""
    delivery = doors.readable(request.actor, parcel)
    payment = Payment.objects.filter(out_trade_no=delivery.qr_reference or "-").first()
    if payment is None:
        return redirect("fulfillment:courier-parcel", code=parcel)
    context = {
        "parcel": delivery.fulfillment.code,
        "payment": payment,
        "paid": delivery.finished_at is not None and delivery.cod_means == "qr",
        "open": payment.is_open and door_payment.good_until(payment) > clock.now(),
        "until": door_payment.good_until(payment),
        "now": clock.now(),
        "poll_seconds": POLL_SECONDS,
        "code": _code(payment.cashier_url) if payment.cashier_url else "",
        "demo": settings.DEMO,
    }
    template = "orders/door/_state.html" if request.htmx else "orders/door/qr.html"
    return render(request, template, context)


def _code(address: str) -> str:
    """The QR code as an inline SVG that fills its place."""
    made = segno.make(address, error="m")
    return mark_safe(made.svg_inline(border=2, omitsize=True, dark="#000", light="#fff"))


@login_required
@require_POST
def ask(request, parcel: str):
    """The customer says that it is paid: ask the provider now."""
    delivery = doors.readable(request.actor, parcel)
    payment = Payment.objects.open().filter(out_trade_no=delivery.qr_reference or "-").first()
    if payment is not None:
        callbacks.ask_provider(payment=payment, now=clock.now())
    return redirect("orders:door", parcel=parcel)


@never_cache
@require_safe
def paid(request):
    """Where the provider sends the payer back to: they hold their own phone, not the courier's."""
    payment = door_payment.of_payer(request.GET.get("pay", ""))
    return render(request, "orders/door/paid.html", {"payment": payment, "poll_seconds": POLL_SECONDS})
