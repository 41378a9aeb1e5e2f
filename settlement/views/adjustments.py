"""Corrections of closed books: the list, the proposal of one, what a colleague decides."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.channels import Channel
from members.queries import institution_by_code
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.filters import date_of
from omnichannel.kernel.money import fen
from settlement import rights
from settlement.models import AccountKind, Adjustment
from settlement.queries import list_exports
from settlement.queries.adjustments import adjustments
from settlement.services import adjustments as service
from settlement.services.business_day import current_day
from settlement.services.posting import Leg

from .access import finance_page, page_of
from .list_files import list_file

LINES = 6


class AmountInvalid(Invalid):
    code = "amount_invalid"
    message = gettext_lazy("%(value)s is not an amount. Write it as 1234.50.")


class DayInvalid(Invalid):
    code = "day_invalid"
    message = gettext_lazy("Say which day is corrected, as 2026-11-21.")


class ActionUnknown(Invalid):
    code = "action_unknown"


def _wanted(request) -> dict:
    return {
        "state": request.GET.get("state", ""),
        "day": date_of(request, "day"),
        "text": request.GET.get("q", "").strip()[:40],
    }


@require_GET
@finance_page
def adjustment_file(request, kind: str):
    rows = list(list_exports.legs_of(adjustments(**_wanted(request))))
    return list_file(kind, "adjustments", list_exports.ADJUSTMENTS, rows, count=len(rows))


@require_GET
@finance_page
def adjustment_list(request):
    wanted = _wanted(request)
    context = {
        **wanted,
        **page_of(request, adjustments(**wanted)),
        "states": Adjustment.State.choices,
        "may_propose": request.actor.has(rights.CLERK, rights.LEAD),
        "may_decide": request.actor.has(rights.LEAD),
        "actor_id": request.actor.user_id,
    }
    return render(request, "settlement/adjustment_list.html", context)


@require_http_methods(["GET", "POST"])
@finance_page
def adjustment_new(request):
    """An empty form; what was entered comes back with the reason when it is refused."""
    problem = None
    if request.method == "POST":
        try:
            made = _propose(request)
        except DomainError as error:
            problem = error
        else:
            messages.success(request, _("Adjustment %(number)s is proposed.") % {"number": made.pk})
            return redirect("settlement:adjustments")
    context = {
        "problem": problem,
        "given": request.POST or request.GET,
        "lines": [_line(request, number) for number in range(LINES)],
        "kinds": [(kind, label) for kind, label in AccountKind.choices if kind not in service.OF_TRADES],
        "channels": Channel.choices,
        "today": current_day(),
    }
    return render(
        request, "settlement/adjustment_new.html", context, status=problem.status if problem else 200
    )


def _propose(request) -> Adjustment:
    common = {"actor": request.actor, "reason": request.POST.get("reason", ""), "now": clock.now()}
    if request.POST.get("reverses", "").strip():
        return service.propose_reversal(journal_key=request.POST["reverses"], **common)
    legs = [leg for leg in (_leg(_line(request, number)) for number in range(LINES)) if leg]
    return service.propose(legs=legs, original_date=_day(request.POST.get("original_date", "")), **common)


def _line(request, number: int) -> dict:
    names = ("kind", "institution", "channel", "debit", "credit")
    return {"number": number} | {name: request.POST.get(f"{name}-{number}", "").strip() for name in names}


def _leg(line: dict) -> Leg | None:
    """Raises AmountInvalid, InstitutionUnknown."""
    amount = _fen(line["debit"]) - _fen(line["credit"])
    if not line["kind"] or not amount:
        return None
    party = institution_by_code(line["institution"]).id if line["institution"] else None
    return Leg(line["kind"], party, amount, line["channel"] if line["channel"] in Channel.values else "")


def _fen(text: str) -> int:
    try:
        amount = fen(text.replace(",", "")) if text else 0
    except (ValueError, ArithmeticError) as error:
        raise AmountInvalid(value=text[:20]) from error
    if amount < 0:
        raise AmountInvalid(value=text[:20])
    return amount


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DayInvalid(field="original_date") from error


@require_POST
@finance_page
def adjustment_action(request, adjustment_id: int):
    """Confirm or reject; the service checks who may. Raises ActionUnknown."""
    action = request.POST.get("action")
    if action == "confirm":
        service.confirm(actor=request.actor, adjustment_id=adjustment_id, now=clock.now())
        messages.success(request, _("The adjustment is posted in the open day."))
    elif action == "reject":
        answer = request.POST.get("answer", "")
        service.reject(actor=request.actor, adjustment_id=adjustment_id, answer=answer, now=clock.now())
        messages.success(request, _("The adjustment is rejected."))
    else:
        raise ActionUnknown()
    return redirect("settlement:adjustments")
