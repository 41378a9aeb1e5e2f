"""A store's orders at the counter: receipt, list, cancellation, cash refunds paid out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from omnichannel.kernel import clock
from orders import reasons
from orders.models import OrderIntake
from orders.models.intake import State
from orders.queries import cards, orders
from orders.queries.payments import cash_refunds_due
from orders.services import cancellation, refunds
from orders.views.clerk import store_of
from orders.views.lines import order_lines
from orders.views.telling import sign_of, story_of

PAGE = 20
LONGEST_PHONE = 11


@require_GET
def order(request, number: str):
    """The receipt: what was sold, what happens next, what has to be paid out."""
    store = store_of(request)
    intake = orders.one(request.actor, number)
    context = {
        "order": intake,
        "lines": order_lines(sorted(intake.terms.all(), key=lambda line: line.pk)).values(),
        "sign": sign_of(intake),
        "story": story_of(intake),
        "cards": cards.of_order(intake),
        "refunds_due": [_due(refund) for refund in cash_refunds_due(number)],
        "can_cancel": intake.may_become(State.CANCELLED),
        "institution": store,
    }
    return render(request, "orders/clerk/order.html", context)


def _due(refund) -> dict:
    return {
        "pk": refund.pk,
        "dialog_id": f"refund-{refund.pk}",
        "amount_fen": refund.amount_fen,
        "at": refund.requested_at,
        "why": reasons.words(refund.reason) if refund.reason else "",
    }


@require_GET
def history(request):
    store = store_of(request)
    found = OrderIntake.objects.filter(institution_id=store.id).order_by("-placed_at")
    text = request.GET.get("q", "").strip()
    if text:
        found = found.filter(number__iexact=text) | found.filter(
            contact_phone__endswith=text[-LONGEST_PHONE:]
        )
    if request.GET.get("state") in State.values:
        found = found.filter(state=request.GET["state"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"order": each, "tone": sign_of(each)["tone"]} for each in page]
    context = {"page": page, "rows": rows, "institution": store, "q": text, "states": State.choices}
    return render(request, "orders/clerk/history.html", context)


@require_POST
def cancel(request, number: str):
    """At the customer's wish, while the goods are still here."""
    store_of(request)
    cancellation.cancel(order_number=number, actor=request.actor, reason=reasons.BY_CUSTOMER, now=clock.now())
    messages.success(request, _("The order is cancelled."))
    return redirect("orders:clerk-order", number=number)


@require_POST
def pay_out(request, number: str, refund_id: int):
    """The clerk has counted the money out to the customer."""
    store = store_of(request)
    orders.head(request.actor, number)
    if refund_id not in [refund.pk for refund in cash_refunds_due(number)]:
        raise refunds.RefundNotDue(refund_id=refund_id)
    refunds.pay_out(refund_id=refund_id, actor=request.actor, store_id=store.id, now=clock.now())
    messages.success(request, _("Paid out and written down."))
    return redirect("orders:clerk-order", number=number)
