"""Paying an order: what is due, the way to the provider, waiting for its word, and its call-backs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.refusals import problem
from orders.models import OrderIntake
from orders.queries import orders
from orders.queries.payments import pay_card
from orders.services import callbacks, payments
from orders.views import sessions

POLL_SECONDS = 2
HELP_AFTER = 5  # polls without news until the payer is offered to have the provider asked
LARGEST_CALLBACK = 16 * 1024  # bytes


def _order(request: HttpRequest, number: str) -> OrderIntake:
    """The order, for whoever may see it; else OrderUnknown."""
    return orders.head(request.actor, number, session_numbers=sessions.guest_orders(request))


def _context(intake: OrderIntake, *, waiting: bool = False, polls: int = 0) -> dict:
    card = pay_card(intake)
    return {
        "order": intake,
        "card": card,
        "waits": card.state == "waiting" and (waiting or card.is_begun),
        "polls": polls,
        "help_due": polls >= HELP_AFTER,
        "poll_seconds": POLL_SECONDS if polls < 30 else 10,
        "now": clock.now(),
    }


@never_cache
@require_safe
def pay(request, order_number: str):
    """What is due and how to pay it; the end of it when it is paid."""
    return render(request, "orders/payment/pay.html", _context(_order(request, order_number)))


@require_POST
def start(request, order_number: str):
    """To the provider's page."""
    intake = _order(request, order_number)
    actor = sessions.acting(request, number=order_number, member_id=intake.member_id, channel=intake.channel)
    payment = payments.start_unipay(order_number=order_number, actor=actor, now=clock.now())
    return redirect(payment.cashier_url)


@never_cache
@require_safe
def returned(request, order_number: str):
    """Back from the provider: its word comes by call-back, so this page waits for it, if it must."""
    context = _context(_order(request, order_number), waiting=True)
    if context["card"].state == "paid":
        return redirect("orders:order", number=order_number)
    return render(request, "orders/payment/result.html", context)


@never_cache
@require_safe
def status(request, order_number: str):
    """The part of the waiting page that asks again and again until there is a result."""
    polls = request.GET.get("polls", "")
    polls = min(int(polls), 1000) if polls.isascii() and polls.isdigit() else 0
    context = _context(_order(request, order_number), waiting=True, polls=polls + 1)
    return render(request, "orders/payment/_result.html", context)


@require_POST
def ask(request, order_number: str):
    """The payer says that it is paid: ask the provider now."""
    callbacks.ask_about_order(intake=_order(request, order_number), now=clock.now())
    context = _context(_order(request, order_number), waiting=True, polls=HELP_AFTER)
    if request.htmx:
        return render(request, "orders/payment/_result.html", context)
    return redirect("orders:pay-return", order_number=order_number)


@csrf_exempt
@require_POST
def notify(request) -> HttpResponse:
    """The provider's call-backs. Success is told with 200, refusals with their code; both are recorded."""
    body = request.read(LARGEST_CALLBACK)
    try:
        outcome = callbacks.handle_callback(headers=request.headers, body=body, now=clock.now())
    except DomainError as refusal:
        return JsonResponse({"code": refusal.code} | problem(refusal), status=refusal.status)
    return JsonResponse({"code": "SUCCESS", "message": str(outcome)})
