"""The test bench: what would this order give whom? By the same function of the database as the books."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omnichannel.kernel.errors import DomainError, Invalid
from settlement.models import Role, SplitRuleVersion
from settlement.queries import rules as queries
from settlement.services.business_day import current_day
from settlement.services.rule_lines import MAY_LACK
from settlement.services.rule_preview import preview_lines

from . import rule_input
from .access import finance_page
from .rules import CONDITION_CHOICES

SAMPLE = "100.00"


class FeeTooHigh(Invalid):
    code = "fee_above_amount"
    message = _("The provider's fee is more than the amount.")


class NoRuleFits(DomainError):
    code = "no_rule_fits"
    status = 404
    message = _("No rule in force fits. Choose other conditions, or a version.")


class OrderUnknown(DomainError):
    code = "order_without_terms"
    status = 404
    message = _("No shares are frozen for this order.")


@require_GET
@finance_page
def bench(request):
    """An amount with its conditions, or an order's number; any version, proposed ones too."""
    problem, answer, status = None, {}, 200
    try:
        answer = _of_order(request) if request.GET.get("order", "").strip() else _of_amount(request)
    except DomainError as error:
        problem, status = error, error.status if request.GET else 200
    context = {
        **CONDITION_CHOICES,
        **answer,
        "problem": problem,
        "given": request.GET,
        "amount": request.GET.get("amount", SAMPLE),
        "versions": _versions(),
        "absentees": [(role, label) for role, label in Role.choices if role in MAY_LACK],
        "absent": _absent(request),
    }
    return render(request, "settlement/rule_bench.html", context, status=status)


def _versions():
    live = SplitRuleVersion.objects.filter(state__in=("proposed", "confirmed"), ends=False)
    return live.select_related("rule").order_by("rule__code", "-number")


def _absent(request) -> list[str]:
    return [role for role in request.GET.getlist("absent") if role in MAY_LACK]


def _chosen(request) -> SplitRuleVersion | None:
    text = request.GET.get("version", "")
    if not text.isdecimal():
        return None
    rows = SplitRuleVersion.objects.select_related("rule").prefetch_related("lines")
    found = rows.filter(pk=int(text), ends=False).first()
    if found is None:
        raise queries.VersionUnknown()
    return found


def _of_amount(request) -> dict:
    gross = rule_input.fen_of(request.GET.get("amount", SAMPLE))
    fee = rule_input.fen_of(request.GET.get("fee", ""))
    if fee > gross:
        raise FeeTooHigh(field="fee")
    asked = {name: request.GET.get(name, "") for name in ("offering_kind", "seller_kind", "channel")}
    version = _chosen(request) or queries.rule_for(day=current_day(), **asked)
    if version is None:
        raise NoRuleFits()
    parts = preview_lines(
        version_id=version.pk, gross_fen=gross, net_fen=gross - fee, absent=_absent(request)
    )
    lines = {line.position: line for line in version.lines.all()}
    shares = [{"line": lines[position], "fen": fen} for position, _role, fen in parts]
    return {"version": version, "shares": shares, "gross": gross, "fee": fee}


def _of_order(request) -> dict:
    number = request.GET["order"].strip()[:32]
    version = _chosen(request)
    own = queries.bench_order(number)
    if not own:
        raise OrderUnknown()
    other = queries.bench_order(number, version_id=version.pk) if version else []
    return {"order_number": number, "version": version, "own": _by_line(own), "other": _by_line(other)}


def _by_line(rows: list[dict]) -> list[dict]:
    """Lines of the order, each with its parts."""
    lines: dict[int, dict] = {}
    for row in rows:
        line = lines.setdefault(row["line_id"], row | {"parts": []})
        line["parts"].append(row)
    return list(lines.values())
