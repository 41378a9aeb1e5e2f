"""Invoices and payments of a dealer, and what was agreed with it."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import dealers
from fulfillment.services import dealer_credit, dealer_credit_notes, dealer_invoices
from fulfillment.services.wrong_input import UnitsInvalid
from fulfillment.views.amounts import fen_of
from fulfillment.views.stock.access import csv_file, page_of, wants_csv, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.filters import FilterInvalid
from omnichannel.kernel.money import yuan

from .access import dealer_of, dealer_page, frame, may

HEAD = ("number", "order", "issued_on", "due_on", "amount", "paid", "left")


@dealer_page
@require_GET
def account(request, code: str):
    return _page(request, code)


def _page(request, code: str, refusal: DomainError | None = None):
    terms = dealer_of(request, code)
    invoices = dealers.invoices(request.actor).filter(dealer=terms.pk)
    if wants_csv(request):
        return csv_file(f"invoices-{code}", HEAD, _lines(invoices), count=invoices.count())
    payments = dealers.payments(terms.pk)
    context = frame(
        request,
        "account",
        terms,
        standing=dealers.standings([terms.pk], today=clock.today())[terms.pk],
        may=may(request, terms),
        payments=payments[:50],
        waiting=[each for each in payments[:50] if each.left_fen],
        kinds=[(kind.value, kind.label) for kind in dealer_invoices.MONEY_KINDS],
        today=clock.today(),
        entered=request.POST,
        refusal=refusal,
        **page_of(request, invoices, size=25),
    )
    return render(request, "fulfillment/dealers/account.html", context, status=422 if refusal else 200)


def _lines(invoices):
    for row in invoices.iterator(chunk_size=1000):
        yield (
            row.number, row.order.number, row.issued_on, row.due_on, yuan(row.amount_fen), yuan(row.paid_fen),
            yuan(row.left_fen),
        )  # fmt: skip


@dealer_page
@require_POST
def act(request, code: str, step: str):
    if step not in ACTIONS:
        raise Http404
    terms = dealer_of(request, code)
    try:
        ACTIONS[step](request, terms)
    except DomainError as error:
        return _page(request, code, refusal=error)
    return redirect("fulfillment:dealer-account", code=code)


def _pay(request, terms) -> None:
    received = request.POST.get("received_on", "")
    try:
        day = date.fromisoformat(received)
    except ValueError:
        raise FilterInvalid(field="received_on", value=received[:20])
    dealer_invoices.record_payment(
        actor=request.actor,
        dealer_id=terms.pk,
        kind=request.POST.get("kind", ""),
        amount_fen=fen_of(request.POST.get("amount", "")),
        reference=request.POST.get("reference", ""),
        received_on=day,
        now=clock.now(),
    )
    messages.success(request, _("The payment is recorded."))


def _match(request, terms) -> None:
    made = dealer_invoices.match(actor=request.actor, dealer_id=terms.pk, now=clock.now())
    messages.success(request, _("%(count)s matches, oldest first.") % {"count": len(made)})


def _credit(request, terms) -> None:
    made = dealer_credit_notes.issue(
        actor=request.actor,
        number=request.POST.get("invoice", ""),
        amount_fen=fen_of(request.POST.get("amount", "")),
        reason=request.POST.get("reason", ""),
        now=clock.now(),
    )
    messages.success(request, _("Credit note %(number)s is issued.") % {"number": made.reference})


def _agree(request, terms) -> None:
    try:
        days = whole(request.POST.get("payment_days", ""))
    except UnitsInvalid as refusal:
        raise dealer_credit.TermsInvalid(field="payment_days") from refusal
    dealer_credit.set_terms(
        actor=request.actor,
        dealer_id=terms.pk,
        credit_limit_fen=fen_of(request.POST.get("limit", "")),
        payment_days=days,
        is_blocked=bool(request.POST.get("is_blocked")),
        now=clock.now(),
    )
    messages.success(request, _("The terms are changed."))


ACTIONS = {"pay": _pay, "match": _match, "credit": _credit, "terms": _agree}
