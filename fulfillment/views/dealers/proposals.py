"""What a dealer should order now: ordered as proposed, changed, dismissed or reckoned anew."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fulfillment.models import HoldReason, ReplenishmentProposal, ReplenishmentState
from fulfillment.services import dealer_credit, dealer_proposals, dealer_review
from fulfillment.services.wrong_input import UnitsInvalid
from fulfillment.views.stock.access import labels, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound

from .access import dealer_of, dealer_page, frame, may
from .ordering import place, review, wanted_of


@dealer_page
@require_http_methods(["GET", "POST"])
def proposals(request, code: str):
    """What should be ordered now, and why; the quantities may be changed before the review."""
    terms = dealer_of(request, code)
    if request.method == "POST":
        try:
            return _from_proposals(request, terms, may(request, terms))
        except NotFound:
            raise
        except DomainError as error:
            return _page(request, terms, refusal=error)
    return _page(request, terms)


def _page(request, terms, refusal: DomainError | None = None):
    rows = ReplenishmentProposal.objects.filter(dealer=terms.pk, state=ReplenishmentState.OPEN)
    rows = list(rows.order_by("-quantity", "sku"))
    aside = dealer_proposals.dismissed(terms, now=clock.now())
    names = labels([*(row.sku for row in rows), *aside])
    total, why = _sum_of(terms, {row.sku: row.quantity for row in rows})
    context = frame(
        request,
        "proposals",
        terms,
        rows=[(row, names.get(row.sku, row.sku)) for row in rows],
        aside=[names.get(sku, sku) for sku in sorted(aside)],
        total=total,
        covered=total is not None and not why,
        why=HoldReason(why).label if why else "",
        key=uuid4().hex,
        span=terms.lead_days + terms.review_days,
        may=may(request, terms),
        refusal=refusal,
        computed_at=rows[0].computed_at if rows else None,
        window=terms.demand_days,
    )
    return render(request, "fulfillment/dealers/proposals.html", context, status=422 if refusal else 200)


def _sum_of(terms, wanted: dict[str, int]) -> tuple[int | None, str]:
    """The sum in fen and why it would wait on hold, if it would; no sum while an article cannot be had."""
    try:
        found = dealer_review.look(terms, wanted, {}, now=clock.now())
    except DomainError:
        return None, ""
    return found.total, found.why


def _from_proposals(request, terms, allowed: dict[str, bool]):
    """As proposed it is ordered for the sum on the button; another quantity shows its sum first."""
    if not allowed["order"]:
        raise NotAllowed()
    wanted = wanted_of(request)
    rows = ReplenishmentProposal.objects.filter(dealer=terms.pk, state=ReplenishmentState.OPEN)
    if request.POST.get("shown_total") and wanted == dict(rows.values_list("sku", "quantity")):
        return place(request, terms)
    return review(request, terms, wanted, "proposals")


@dealer_page
@require_POST
def propose(request, code: str):
    """Reckon the proposals anew, those that were dismissed too."""
    terms = dealer_of(request, code)
    if not may(request, terms)["order"]:
        raise NotAllowed()
    found = dealer_proposals.propose(dealer_id=terms.pk, also_dismissed=True, now=clock.now())
    messages.success(request, _("%(count)s proposals.") % {"count": found})
    return redirect("fulfillment:dealer-proposals", code=code)


@dealer_page
@require_POST
def dismiss(request, code: str):
    terms = dealer_of(request, code)
    dealer_proposals.dismiss(actor=request.actor, dealer_id=terms.pk, skus=[request.POST.get("sku", "")])
    return redirect("fulfillment:dealer-proposals", code=code)


@dealer_page
@require_POST
def supply(request, code: str):
    """The figures by which proposals are reckoned; a refusal stays on the page."""
    terms = dealer_of(request, code)
    names = ("lead_days", "review_days", "service_percent", "demand_days")
    try:
        figures = {name: _figure(request.POST.get(name, "")) for name in names}
        dealer_credit.set_supply(actor=request.actor, dealer_id=terms.pk, **figures)
    except NotFound:
        raise
    except DomainError as error:
        return _page(request, terms, refusal=error)
    messages.success(request, _("The terms are changed. Reckon the proposals anew to use them."))
    return redirect("fulfillment:dealer-proposals", code=code)


def _figure(text: str) -> int:
    try:
        return whole(text)
    except UnitsInvalid as refusal:
        raise dealer_credit.SupplyInvalid(field="demand_days") from refusal
