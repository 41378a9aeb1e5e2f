"""The work list of breaks: filter, keyboard, resolution, export; and the story of one break."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from members.queries.staff import people_with_roles
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound
from omnichannel.kernel.filters import date_of
from omnichannel.kernel.money import display
from settlement import rights
from settlement.models import BreakKind, BreakState, Resolution
from settlement.queries import reconciliation, reconciliation_exports
from settlement.queries.reconciliation import Wanted
from settlement.services.reconciliation import breaks, linking

from .access import finance_page, page_of

RESOLUTIONS = (
    Resolution.WRITE_OFF,
    Resolution.SUSPENSE,
    Resolution.CLAIM,
    Resolution.FEE,
    Resolution.NO_AMOUNT,
)


class ActionUnknown(Invalid):
    code = "action_unknown"


class NothingChosen(Invalid):
    code = "nothing_chosen"


def _wanted(request) -> Wanted:
    asked = {name: request.GET.get(name, "").strip() for name in ("kind", "account", "owner", "age")}
    return Wanted(
        state=request.GET.get("state", "live"),
        day=date_of(request, "day"),
        text=request.GET.get("q", "").strip()[:64],
        **asked,
    )


@require_GET
@finance_page
def work_list(request):
    wanted, today = _wanted(request), clock.today()
    rows = reconciliation.breaks(wanted, today=today)
    context = {
        "wanted": wanted,
        "today": today,
        "sums": reconciliation.sums(rows),
        "ages": reconciliation.ageing(today=today),
        **_choices(request),
        **page_of(request, rows),
    }
    return render(request, "settlement/reconciliation.html", context)


def _choices(request) -> dict:
    """Filters' values, and what this person may do; the services decide again."""
    actor = request.actor
    return {
        "kinds": BreakKind.choices,
        "states": BreakState.choices,
        "accounts": reconciliation.active_accounts(),
        "people": people_with_roles((rights.CLERK, rights.LEAD)),
        "me": actor.user_id,
        "may_work": actor.has(rights.CLERK, rights.LEAD) and actor.user_id is not None,
        "may_approve": actor.has(rights.LEAD),
    }


@require_GET
@finance_page
def break_page(request, break_id: int):
    row = reconciliation.brk(break_id)
    context = {
        "row": row,
        "today": clock.today(),
        "candidates": reconciliation.candidates(row),
        "events": row.events.select_related("owner", "journal"),
        **_choices(request),
    }
    return render(request, "settlement/reconciliation_break.html", context)


@require_POST
@finance_page
def act(request):
    """One of the work list's actions on the chosen breaks; a refusal is told where the person works."""
    action = request.POST.get("action", "")
    ids = [int(value) for value in request.POST.getlist("ids") if value.isdigit()]
    try:
        messages.success(request, _act(request, action, ids))
    except (NotAllowed, NotFound):
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(request))


def _back(request) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else "settlement:reconciliation"


def _act(request, action: str, ids: list[int]) -> str:
    """What was done, in a sentence."""
    common = {"actor": request.actor, "ids": ids, "now": clock.now()}
    note = request.POST.get("note", "")
    if action in ("take", "give"):
        return _assigned(request, action, common)
    if action in RESOLUTIONS:
        resolved, proposed = breaks.resolve(how=action, note=note, **common)
        return _told(resolved, proposed)
    if action == "link":
        left = linking.link(note=note, **common)
        return _("Linked; %(left)s remains open.") % {"left": display(left)} if left else _("Linked.")
    if action == "approve":
        return _told(breaks.approve(**common), 0)
    if action == "reject":
        count = breaks.reject(note=note, **common)
        return ngettext("%(n)s write-off sent back.", "%(n)s write-offs sent back.", count) % {"n": count}
    raise ActionUnknown()


def _assigned(request, action: str, common: dict) -> str:
    asked = request.POST.get("owner", "")
    owner = request.actor.user_id if action == "take" else (int(asked) if asked.isdigit() else None)
    finance = {pk for pk, _name in people_with_roles((rights.CLERK, rights.LEAD))}
    count = breaks.assign(owner_id=owner, finance_ids=finance, **common)
    return ngettext("%(n)s break has its owner.", "%(n)s breaks have their owner.", count) % {"n": count}


def _told(resolved: int, proposed: int) -> str:
    parts = []
    if resolved:
        parts.append(ngettext("%(n)s break resolved.", "%(n)s breaks resolved.", resolved) % {"n": resolved})
    if proposed:
        parts.append(_("%(n)s above the limit: a lead approves.") % {"n": proposed})
    return " ".join(parts)


@require_GET
@finance_page
def work_csv(request):
    rows = reconciliation.breaks(_wanted(request), today=clock.today())
    return csv_file(reconciliation_exports.breaks_csv(rows), "breaks.csv", rows=rows.count())


@require_GET
@finance_page
def work_xlsx(request):
    rows = reconciliation.breaks(_wanted(request), today=clock.today())
    return xlsx_file(reconciliation_exports.breaks_xlsx(rows), "breaks.xlsx", rows=rows.count())
