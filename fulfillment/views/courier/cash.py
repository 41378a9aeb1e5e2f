"""The day's end: the cash is counted, door by door, and paid in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import cash
from fulfillment.services import cod
from fulfillment.views.courier.day import company
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display


@login_required
@never_cache
@require_GET
def page(request):
    return _page(request)


def _page(request, refusal: DomainError | None = None):
    here = company(request)
    rows = cash.held(here.id)
    context = {
        "company": here,
        "rows": rows,
        "total_fen": sum(row.amount_fen for row in rows),
        "paid_in": cash.paid_in(here.id),
        "refusal": refusal,
    }
    return render(request, "fulfillment/courier_cash.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def pay_in(request):
    """All of it, as it stood on the page that was counted by."""
    shown = request.POST.get("shown", "")
    try:
        remittance = cod.remit(
            courier_id=company(request).id,
            actor=request.actor,
            now=clock.now(),
            shown_fen=int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 16 else None,
        )
    except (cod.NothingToRemit, cod.CashChanged) as error:
        return _page(request, error)
    messages.success(request, _("%(amount)s paid in.") % {"amount": display(remittance.amount_fen)})
    return redirect("fulfillment:courier-cash")
