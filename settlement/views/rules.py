"""Split rules for reading, with the test bench: what would this amount give whom?"""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from omnichannel.kernel import clock
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.money import fen
from settlement.models import Role, SplitRule, SplitRuleVersion
from settlement.services.rules import preview

from .access import finance_page

SAMPLE = "100.00"
MOST_FEN = 10**11


class AmountInvalid(Invalid):
    code = "amount_invalid"


@require_GET
@finance_page
def rule_list(request):
    amount = request.GET.get("amount", SAMPLE).strip() or SAMPLE
    gross = _fen(amount)
    roles = dict(Role.choices)
    today = clock.today()
    rules = [
        {"rule": rule, "version": version, "parts": [(roles[role], part) for role, part in parts]}
        for rule in SplitRule.objects.prefetch_related("versions__lines")
        if (version := _current(rule, today))
        and (parts := preview(version_id=version.pk, gross_fen=gross)) is not None
    ]
    return render(request, "settlement/rule_list.html", {"rules": rules, "amount": amount, "gross": gross})


def _current(rule: SplitRule, day) -> SplitRuleVersion | None:
    """The version in force, from what is loaded; versions come newest first."""
    return next((version for version in rule.versions.all() if version.valid_from <= day), None)


def _fen(text: str) -> int:
    try:
        amount = fen(text)
    except (ValueError, ArithmeticError) as error:
        raise AmountInvalid(field="amount") from error
    if not 0 <= amount <= MOST_FEN:
        raise AmountInvalid(field="amount")
    return amount
