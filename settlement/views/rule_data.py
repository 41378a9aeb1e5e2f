"""What rules rest on, with its dates: who bears discounts and points, and what providers allow."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.queries import InstitutionUnknown, institutions_of_kind
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from orders.queries.offers import offer_names
from settlement import rights
from settlement.models import Funder, FundingSubject, FundingTerm, ProviderLimit
from settlement.queries import term_exports
from settlement.services import rule_funding, rule_limits
from settlement.services.business_day import current_day

from . import rule_input
from .access import finance_page, page_of
from .list_files import list_file
from .rules import decision


def _fundings():
    return FundingTerm.objects.select_related("sponsor", "proposed_by", "decided_by")


def _limits():
    return ProviderLimit.objects.select_related("provider", "proposed_by", "decided_by")


def _listing(request, rows, template: str, problem, **more):
    shown = page_of(request, rows)
    for row in shown["page"]:
        row.may = decision(request, row)
    context = {
        **shown,
        **more,
        "problem": problem,
        "given": request.POST,
        "today": current_day(),
        "may_propose": request.actor.has(rights.CLERK, rights.LEAD),
    }
    return render(request, template, context, status=problem.status if problem else 200)


@require_http_methods(["GET", "POST"])
@finance_page
def fundings(request):
    """The list, and above it the form of a new one."""
    problem = None
    if request.method == "POST":
        try:
            _propose_funding(request)
        except (DomainError, InstitutionUnknown) as error:
            problem = error
        else:
            messages.success(request, _("The funding is proposed."))
            return redirect("settlement:rule-fundings")
    return _listing(
        request, _fundings(), "settlement/rule_fundings.html", problem,
        subjects=FundingSubject.choices, funders=Funder.choices, offers=offer_names(),
    )  # fmt: skip


@require_GET
@finance_page
def fundings_file(request, kind: str):
    rows = _fundings()
    return list_file(kind, "funding", term_exports.FUNDINGS, rows, count=rows.count())


def _propose_funding(request) -> None:
    data = request.POST
    offer = data.get("subject") == FundingSubject.OFFER
    rule_funding.propose_funding(
        actor=request.actor,
        subject=data.get("subject", ""),
        offer_code=data.get("offer_code", "").strip() if offer else "",
        funder=data.get("funder", ""),
        sponsor_id=rule_input.institution_id_of(data.get("sponsor", "")),
        valid_from=rule_input.date_in(data.get("valid_from", "")),
        now=clock.now(),
    )


@require_POST
@finance_page
def funding_action(request, term_id: int):
    rule_funding.decide_funding(
        actor=request.actor, term_id=term_id, action=request.POST.get("action", ""),
        reason=request.POST.get("reason", ""), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Decided."))
    return redirect("settlement:rule-fundings")


@require_http_methods(["GET", "POST"])
@finance_page
def limits(request):
    problem = None
    if request.method == "POST":
        try:
            _propose_limit(request)
        except (DomainError, InstitutionUnknown) as error:
            problem = error
        else:
            messages.success(request, _("The limits are proposed."))
            return redirect("settlement:rule-limits")
    return _listing(
        request, _limits(), "settlement/rule_limits.html", problem,
        providers=institutions_of_kind("provider"),
    )  # fmt: skip


@require_GET
@finance_page
def limits_file(request, kind: str):
    rows = _limits()
    return list_file(kind, "provider-limits", term_exports.PROVIDER_LIMITS, rows, count=rows.count())


def _propose_limit(request) -> None:
    data = request.POST
    counts = ("requests_per_order", "receivers_per_request", "frozen_days", "frozen_days_most")
    found = rule_limits.Limits(
        splits_at_source=data.get("splits_at_source") == "1",
        share_ppm=rule_input.ppm_of(data.get("share", "")),
        **{name: rule_input.number_in(data.get(name, ""), name) for name in counts},
    )
    rule_limits.propose_limit(
        actor=request.actor,
        provider_id=rule_input.number_in(data.get("provider", ""), "provider"),
        valid_from=rule_input.date_in(data.get("valid_from", "")),
        limits=found,
        now=clock.now(),
    )


@require_POST
@finance_page
def limit_action(request, limit_id: int):
    rule_limits.decide_limit(
        actor=request.actor, limit_id=limit_id, action=request.POST.get("action", ""),
        reason=request.POST.get("reason", ""), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Decided."))
    return redirect("settlement:rule-limits")
