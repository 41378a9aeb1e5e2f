"""The orders of a counter, a store's or a dealer's: receipt, list and file, cancellation, cash paid out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.kinds import Kind
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file
from omnichannel.kernel.filters import date_of
from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines
from orders import reasons
from orders.models import Means
from orders.models.intake import State
from orders.queries import accepted, cards, orders
from orders.queries.payments import cash_refunds_due
from orders.services import cancellation, refunds
from orders.views.clerk import store_of
from orders.views.lines import order_lines
from orders.views.telling import sign_of, story_of

PAGE = 20
# What is collected here and not in the customer's hand yet.
ON_THE_COUNTER = (State.CONFIRMED, State.FULFILLING)
HEAD = (
    "number", "placed_at", "state", "channel", "customer", "what", "means", "total", "paid_out_or_to_pay_out",
)  # fmt: skip


@require_GET
def order(request, number: str):
    """The receipt: what was sold, what happens next, what has to be paid out."""
    store = store_of(request)
    intake = orders.one(request.actor, number)
    posted = any(line.kind == Kind.POSTAGE for line in intake.terms.all())
    context = {
        "order": intake,
        "lines": order_lines(sorted(intake.terms.all(), key=lambda line: line.pk)).values(),
        "sign": sign_of(intake, posted=posted),
        "posted": posted,
        "story": story_of(intake),
        "cards": cards.of_order(intake),
        "refunds_due": [_due(refund) for refund in cash_refunds_due(number)],
        "can_cancel": intake.may_become(State.CANCELLED),
        "hands_over": intake.pickup_location_id == store.id and intake.state in ON_THE_COUNTER,
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


def _wanted(request) -> dict:
    """The list's filters, as the address says them; raises FilterInvalid."""
    state, means = request.GET.get("state", ""), request.GET.get("means", "")
    return {
        "text": request.GET.get("q", "").strip(),
        "state": state if state in State.values else "",
        "means": means if means in Means.values else "",
        "begin": date_of(request, "begin"),
        "end": date_of(request, "end"),
    }


@require_GET
def history(request):
    """What was sold here, newest first, with what it was and how it was paid."""
    store, wanted = store_of(request), _wanted(request)
    page = Paginator(accepted.at(store.id, **wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        **wanted,
        "page": page,
        "rows": [accepted.row(each) | {"tone": sign_of(each)["tone"]} for each in page],
        "institution": store,
        "states": State.choices,
        "means_choices": [(each.value, each.label) for each in accepted.MEANS],
        "query": request.GET.urlencode(),
    }
    return render(request, "orders/clerk/history.html", context)


@require_GET
def history_file(request):
    """The same list as a file, all of its pages."""
    store = store_of(request)
    found = accepted.at(store.id, **_wanted(request))
    response = csv_file(_lines(found), f"orders-{store.code}.csv", rows=found.count())
    response.institution_id = store.id
    return response


@csv_lines
def _lines(found):
    yield HEAD
    for each in found.iterator(chunk_size=500):
        row = accepted.row(each)
        yield (
            each.number, each.placed_at.isoformat(), each.state, each.channel, each.contact_name,
            " + ".join(row["what"]), " + ".join(str(words) for words in row["paid_by"]), yuan(each.total_fen),
            yuan(row["back_fen"]),
        )  # fmt: skip


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
