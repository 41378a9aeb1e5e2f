"""Who may confirm how much."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.queries.staff import people_with_roles
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from settlement import rights
from settlement.queries import term_exports
from settlement.queries import transfers as found
from settlement.services import transfer_limits

from .access import finance_page
from .list_files import list_file
from .positions import amount_of, day_of


@require_http_methods(["GET", "POST"])
@finance_page
def limit_list(request):
    """Limits with their history; a lead sets a colleague's. A refusal keeps what was entered."""
    problem = None
    if request.method == "POST":
        request.actor.must_have(rights.LEAD)
        try:
            made = _set(request)
        except DomainError as refusal:
            problem = refusal
        else:
            messages.success(request, _("The limit holds from %(day)s on.") % {"day": made.valid_from})
            return redirect("settlement:limits")
    people = [one for one in people_with_roles((rights.LEAD,)) if one[0] != request.actor.user_id]
    context = {
        "problem": problem,
        "given": request.POST,
        "limits": found.limits(),
        "people": people,
        "today": clock.today(),
        "may_set": request.actor.has(rights.LEAD) and bool(people),
    }
    return render(request, "settlement/limits.html", context, status=problem.status if problem else 200)


@require_GET
@finance_page
def limit_file(request, kind: str):
    rows = found.limits()
    return list_file(kind, "confirmation-limits", term_exports.LIMITS, rows, count=len(rows))


def _set(request):
    given = request.POST
    person = given.get("person", "")
    return transfer_limits.set_limit(
        actor=request.actor,
        user_id=int(person) if person.isdigit() else 0,
        most_fen=amount_of(given.get("most", "")),
        daily_fen=amount_of(given.get("daily", "")),
        valid_from=day_of(given.get("valid_from", "")),
        note=given.get("note", ""),
        now=clock.now(),
    )
