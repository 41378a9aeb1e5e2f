"""Comparing two versions over a period's trades: asking, watching, reading, taking away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from settlement.models import Role
from settlement.queries import rule_exports
from settlement.queries import rules as queries
from settlement.services import rule_comparison

from . import rule_input
from .access import finance_page, page_of
from .rules import may_propose


def _found(comparison_id: int):
    found = queries.comparison(comparison_id)
    if found is None:
        raise rule_comparison.ComparisonUnknown()
    return found


@require_POST
@finance_page
def ask(request, code: str):
    """Two versions of a rule by their numbers; an empty `before`: what the orders had."""
    data = request.POST
    before = data.get("before", "")
    made = rule_comparison.request(
        actor=request.actor,
        after=queries.version(code, rule_input.number_in(data.get("after", ""), "after")),
        before=queries.version(code, rule_input.number_in(before, "before")) if before else None,
        begin=rule_input.date_in(data["begin"], "begin") if data.get("begin") else None,
        end=rule_input.date_in(data["end"], "end") if data.get("end") else None,
        now=clock.now(),
    )
    messages.success(request, _("The comparison is being computed."))
    return redirect("settlement:rule-comparison", comparison_id=made.pk)


@require_GET
@finance_page
def comparison_page(request, comparison_id: int):
    return render(request, "settlement/rule_comparison.html", _context(request, comparison_id))


def _context(request, comparison_id: int) -> dict:
    found = _found(comparison_id)
    return {
        "comparison": found,
        "rule": found.after.rule,
        "parties": queries.parties(found.pk),
        "may_propose": may_propose(request),
    }


@require_GET
@finance_page
def comparison_part(request, comparison_id: int):
    """The progress, asked for again until it is done, and then the result in its place."""
    return render(request, "settlement/_rule_comparison.html", _context(request, comparison_id))


@require_GET
@finance_page
def comparison_orders(request, comparison_id: int):
    found = _found(comparison_id)
    rows = _changed(request, comparison_id)
    context = {
        **page_of(request, rows),
        "comparison": found,
        "rule": found.after.rule,
        "role": request.GET.get("role", ""),
        "roles": Role.choices,
    }
    return render(request, "settlement/rule_comparison_orders.html", context)


def _changed(request, comparison_id: int):
    return queries.changed(
        comparison_id, role=request.GET.get("role", ""), party=request.GET.get("party", "")
    )


@require_GET
@finance_page
def comparison_csv(request, comparison_id: int):
    _found(comparison_id)
    rows = _changed(request, comparison_id)
    return csv_file(rule_exports.orders_csv(rows), f"rule-comparison-{comparison_id}.csv", rows=rows.count())


@require_GET
@finance_page
def comparison_xlsx(request, comparison_id: int):
    found = _found(comparison_id)
    parties = queries.parties(comparison_id)
    body = rule_exports.parties_xlsx(found, parties)
    return xlsx_file(body, f"rule-comparison-{comparison_id}.xlsx", rows=len(parties))
