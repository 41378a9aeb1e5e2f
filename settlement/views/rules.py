"""Split rules: the list, a rule with its versions, proposing one, deciding it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.channels import Channel
from members.queries import InstitutionUnknown
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from settlement import rights
from settlement.models import DecisionState, LineBase, LineKind, Role
from settlement.queries import list_exports
from settlement.queries import rules as queries
from settlement.services import rule_creation, rule_limits, rules
from settlement.services.business_day import current_day
from settlement.services.rule_lines import MOST_LINES
from settlement.values import OFFERING_KINDS, SELLER_KINDS

from . import rule_input
from .access import finance_page, page_of
from .list_files import list_file

PARTIES = [(role, label) for role, label in Role.choices if role not in (Role.PROVIDER, Role.NOBODY)]
CONDITION_CHOICES = {
    "offering_kinds": OFFERING_KINDS,
    "seller_kinds": SELLER_KINDS,
    "channels": Channel.choices,
}


def _asked(request) -> dict:
    names = ("offering_kind", "seller_kind", "channel", "state")
    asked = {name: request.GET.get(name, "") for name in names}
    return asked | {"text": request.GET.get("q", "").strip()[:40]}


@require_GET
@finance_page
def rule_file(request, kind: str):
    """The lines of today's versions, of those that wait and of those that begin later."""
    rows = list_exports.lines_in_force(queries.cards(current_day(), **_asked(request)))
    return list_file(kind, "split-rules", list_exports.RULES, rows, count=len(rows))


@require_GET
@finance_page
def history_file(request, code: str, kind: str):
    """Every version of a rule, line by line, with who proposed and who decided."""
    rows = list_exports.lines_of(queries.rule_by_code(code).versions.all())
    return list_file(kind, f"split-rule-{code}", list_exports.RULES, rows, count=len(rows))


@require_GET
@finance_page
def rule_list(request):
    asked = _asked(request)
    found = queries.cards(current_day(), **asked)
    context = {
        **asked,
        **page_of(request, found),
        **CONDITION_CHOICES,
        "states": queries.STATES.items(),
        "may_propose": may_propose(request),
        "waiting": sum(len(card.waiting) for card in found),
    }
    return render(request, "settlement/rule_list.html", context)


def may_propose(request) -> bool:
    return request.actor.has(rights.CLERK, rights.LEAD)


@require_GET
@finance_page
def rule_page(request, code: str):
    rule = queries.rule_by_code(code)
    context = {
        "card": queries.card(rule, current_day()),
        "rule": rule,
        "may_propose": may_propose(request),
        "today": current_day(),
    }
    return render(request, "settlement/rule.html", context)


@require_GET
@finance_page
def version_page(request, code: str, number: int):
    """What a version says, what it would have changed, and the decision."""
    version = queries.version(code, number)
    specs = rules.specs_of(version)
    comparison = queries.latest_comparison(version.pk)
    context = {
        "version": version,
        "rule": version.rule,
        "before": rules.in_force(version.rule, version.valid_from) if _waits(version) else None,
        "warnings": rule_limits.warnings(specs, day=version.valid_from) if specs else [],
        "comparison": comparison,
        "parties": queries.parties(comparison.pk) if comparison else [],
        "may_propose": may_propose(request),
        **decision(request, version),
    }
    return render(request, "settlement/rule_version.html", context)


def _waits(version) -> bool:
    return version.state == DecisionState.PROPOSED


def decision(request, version) -> dict:
    """What the reader may do with what one has proposed: a version, a funding, a limit."""
    lead, waits = request.actor.has(rights.LEAD), _waits(version)
    own = version.proposed_by_id == request.actor.user_id
    ahead = version.valid_from > current_day()
    return {
        "is_own": waits and own and lead,
        "may_decide": waits and lead and not own,
        "may_confirm": waits and lead and not own and ahead,
        "may_withdraw": (waits and (own or lead))
        or (version.state == DecisionState.CONFIRMED and lead and ahead),
        "is_late": waits and not ahead,
    }


@require_POST
@finance_page
def version_action(request, code: str, number: int):
    """confirm, reject or withdraw; the service checks who may."""
    version = queries.version(code, number)
    action = request.POST.get("action", "")
    reason = request.POST.get("reason", "")
    rules.decide_version(
        actor=request.actor, version_id=version.pk, action=action, reason=reason, now=clock.now()
    )
    said = {
        "confirm": _("Version %(number)s is confirmed."),
        "reject": _("Version %(number)s is rejected."),
        "withdraw": _("Version %(number)s is withdrawn."),
    }
    messages.success(request, said[action] % {"number": number})
    return redirect("settlement:rule-version", code=code, number=number)


@require_http_methods(["GET", "POST"])
@finance_page
def version_new(request, code: str):
    """Begins with the lines of the version in force; what was typed comes back with the reason."""
    rule = queries.rule_by_code(code)
    problem, lines = None, rule_input.rows_of(queries.card(rule, current_day()).current)
    if request.method == "POST":
        lines = rule_input.typed_lines(request.POST)
        try:
            made = _propose_version(request, rule)
        except (DomainError, InstitutionUnknown) as error:
            problem = error
        else:
            messages.success(request, _("Version %(number)s is proposed.") % {"number": made.number})
            return redirect("settlement:rule-version", code=rule.code, number=made.number)
    return _form(request, problem, lines, rule=rule)


def _propose_version(request, rule):
    ends = request.POST.get("ends") == "1"
    return rules.propose_version(
        actor=request.actor,
        rule_id=rule.pk,
        valid_from=rule_input.date_in(request.POST.get("valid_from", "")),
        lines=() if ends else rule_input.lines_of(request.POST),
        ends=ends,
        note=request.POST.get("note", ""),
        now=clock.now(),
    )


@require_http_methods(["GET", "POST"])
@finance_page
def rule_new(request):
    problem, lines = None, rule_input.typed_lines(request.POST)
    if request.method == "POST":
        try:
            made = _propose_rule(request)
        except (DomainError, InstitutionUnknown) as error:
            problem = error
        else:
            messages.success(request, _("The rule %(code)s is proposed.") % {"code": made.rule.code})
            return redirect("settlement:rule-version", code=made.rule.code, number=made.number)
    return _form(request, problem, lines, rule=None)


def _propose_rule(request):
    data = request.POST
    conditions = {name: data.get(name, "") for name in ("offering_kind", "seller_kind", "channel")}
    conditions["seller_id"] = rule_input.institution_id_of(data.get("seller", ""))
    return rule_creation.propose_rule(
        actor=request.actor,
        code=data.get("code", "").strip(),
        name=data.get("name", ""),
        name_en=data.get("name_en", ""),
        priority=rule_input.number_in(data.get("priority", ""), "priority"),
        conditions=conditions,
        valid_from=rule_input.date_in(data.get("valid_from", "")),
        lines=rule_input.lines_of(data),
        note=data.get("note", ""),
        now=clock.now(),
    )


def _form(request, problem, lines, *, rule):
    """The form shows the lines in use and two more."""
    used = max((row["number"] for row in lines if row["role"]), default=0)
    context = {
        **CONDITION_CHOICES,
        "rule": rule,
        "problem": problem,
        "given": request.POST,
        "lines": lines[: min(max(used + 2, 4), MOST_LINES)],
        "more": lines[min(max(used + 2, 4), MOST_LINES) :],
        "parties": PARTIES,
        "kinds": LineKind.choices,
        "bases": _bases(),
        "today": current_day(),
    }
    return render(request, "settlement/rule_form.html", context, status=problem.status if problem else 200)


def _bases() -> list[tuple[str, str]]:
    """gross and net, what is left after the line before, and after each line."""
    named = [
        (f"remainder:{number}", _("left after line %(number)s") % {"number": number})
        for number in range(1, MOST_LINES)
    ]
    return [
        (LineBase.GROSS, LineBase.GROSS.label),
        (LineBase.NET, LineBase.NET.label),
        ("remainder:0", _("left after the line before")),
        *named,
    ]
