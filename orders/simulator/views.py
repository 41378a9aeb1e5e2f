"""The provider's doors: its API, its page for payers, and a panel to try out its call-backs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from omnichannel.kernel import clock

from . import account, handlers, notices
from .models import SimNotice, SimTransaction

How = SimNotice.How


@csrf_exempt
def api(request, path: str):
    answer = handlers.answer(
        method=request.method, path=f"/{path}", headers=request.headers, body=request.body, now=clock.now()
    )
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))


@never_cache
@require_safe
def cashier(request, token: str):
    payment = get_object_or_404(SimTransaction, token=token)
    now = clock.now()
    context = {
        "payment": payment,
        "payable": payment.is_payable(now),
        "now": now,
        "ways": How.choices,
        "refunding": SimTransaction.Refunding.choices,
        "notices": payment.notices.all()[:10],
    }
    return render(request, "orders/simulator/cashier.html", context)


@require_POST
def act(request, token: str):
    """The payer pays, fails or gives up; then back to the shop."""
    payment = get_object_or_404(SimTransaction, token=token)
    what, now = request.POST.get("what"), clock.now()
    done = {
        "pay": lambda: account.pay(payment, now=now),
        "fail": lambda: account.fail(payment),
        "close": lambda: account.give_up(payment),
    }.get(what, lambda: False)()
    if not done:
        messages.error(request, _("This payment cannot be changed any more."))
        return redirect("orders:sim-cashier", token=token)
    notices.announce(payment, how=_how(request), now=now)
    return redirect(payment.return_url)


@require_POST
def notice(request, token: str):
    """The panel: send a call-back, or say how refunds go."""
    payment = get_object_or_404(SimTransaction, token=token)
    if request.POST.get("refunding") in SimTransaction.Refunding.values:
        SimTransaction.objects.filter(pk=payment.pk).update(refunding=request.POST["refunding"])
        messages.success(request, _("Refunds of this payment will go that way."))
    else:
        notices.announce(payment, how=_how(request), now=clock.now())
        messages.success(request, _("The call-back is on its way."))
    return redirect("orders:sim-cashier", token=token)


def _how(request) -> str:
    how = request.POST.get("how", How.NOW)
    return how if how in How.values else How.NOW
