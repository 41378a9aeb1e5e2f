"""Fund transfers with four eyes: the list, what is about to be confirmed, one with its history."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.models import FundTransfer, TransferState
from settlement.queries import transfer_exports
from settlement.queries import transfers as found
from settlement.services import transfer_limits, transfers

from .access import finance_page, page_of, tell

# What may be chosen and confirmed at once.
MOST = 500


def _wanted(request) -> dict:
    return {
        "day": date_of(request, "day"),
        "state": request.GET.get("state", ""),
        "direction": request.GET.get("direction", ""),
        "text": request.GET.get("q", "").strip()[:40],
    }


@require_GET
@finance_page
def transfer_list(request):
    wanted = _wanted(request)
    rows = found.listed(**wanted)
    shown = page_of(request, rows)
    context = {
        **wanted,
        "choosable": any(row.state == TransferState.DRAFT for row in shown["page"]),
        "sums": found.sums(rows),
        "states": TransferState.choices,
        "directions": FundTransfer.Direction.choices,
        "files": found.files()[:5],
        "may_confirm": request.actor.has(rights.LEAD),
        "actor_id": request.actor.user_id,
        **shown,
    }
    return render(request, "settlement/transfer_list.html", context)


@require_GET
@finance_page
def transfer_csv(request):
    rows = found.listed(**_wanted(request))
    return csv_file(transfer_exports.transfers_csv(rows), "transfers.csv", rows=rows.count())


@require_GET
@finance_page
def transfer_xlsx(request):
    rows = found.listed(**_wanted(request))
    return xlsx_file(transfer_exports.transfers_xlsx(rows), "transfers.xlsx", rows=rows.count())


@require_GET
@finance_page
def transfer_review(request):
    """What the chosen proposals come to, before anybody confirms them."""
    rows = found.listed(ids=_ids(request.GET), state=TransferState.DRAFT)
    own = [row for row in rows if request.actor.user_id in (row.proposed_by_id, row.first_confirmed_by_id)]
    context = {
        "rows": rows,
        "sums": found.sums(rows),
        "own": own,
        "second": sum(row.confirmers == 2 and row.first_confirmed_by_id is None for row in rows),
        "may_confirm": request.actor.has(rights.LEAD) and not own,
        **_limits(request),
    }
    return render(request, "settlement/transfer_review.html", context)


def _limits(request) -> dict:
    """What this person may confirm and has confirmed today, fen."""
    if not request.actor.has(rights.LEAD) or request.actor.user_id is None:
        return {}
    today = clock.today()
    try:
        limit = transfer_limits.limit_of(request.actor.user_id, day=today)
    except transfer_limits.NoLimit as none:
        return {"no_limit": none}
    return {"limit": limit, "used": transfer_limits.confirmed_on(request.actor.user_id, day=today)}


def _ids(given) -> list[int]:
    return [int(value) for value in given.getlist("ids") if value.isdigit()][:MOST]


@require_POST
@finance_page
def transfer_batch(request):
    """Confirm the chosen proposals, all or none; a refusal comes back to the review."""
    ids = _ids(request.POST)
    try:
        done = transfers.confirm_chosen(actor=request.actor, ids=ids, now=clock.now())
    except DomainError as refusal:
        tell(request, refusal)
        chosen = "&".join(f"ids={number}" for number in ids)
        return redirect(f"{reverse('settlement:transfer-review')}?{chosen}")
    messages.success(request, told(done))
    return redirect("settlement:transfers")


def told(done: transfers.Confirmed) -> str:
    """What was confirmed, in a sentence or two."""
    n = done.confirmed
    parts = [ngettext("%(n)s transfer confirmed.", "%(n)s transfers confirmed.", n) % {"n": n}]
    if done.waiting:
        parts.append(_("%(n)s wait for a second person.") % {"n": done.waiting})
    return " ".join(parts)


@require_GET
@finance_page
def transfer_page(request, transfer_id: int):
    row = found.one(transfer_id)
    if row is None:
        raise transfers.TransferUnknown()
    actor = request.actor
    context = {
        "transfer": row,
        "events": row.events.all(),
        "answers": row.answers.select_related("answer"),
        "replaces": row.replaces.all(),
        "may_confirm": row.state == "draft" and actor.has(rights.LEAD),
        "is_own": actor.user_id in (row.proposed_by_id, row.first_confirmed_by_id),
        "may_answer": row.state in transfers.WAITING and actor.has(rights.CLERK, rights.LEAD),
    }
    return render(request, "settlement/transfer.html", context)


@require_POST
@finance_page
def transfer_action(request, transfer_id: int):
    """Confirm, reject or answer one; a refusal is told where the person works."""
    try:
        _act(request, transfer_id)
    except DomainError as refusal:
        tell(request, refusal)
    else:
        row = found.one(transfer_id)
        messages.success(request, _("Transfer %(reference)s: %(state)s.") % {
            "reference": row.reference, "state": row.get_state_display(),
        })  # fmt: skip
    return redirect(_back(request, transfer_id))


def _act(request, transfer_id: int) -> None:
    action, common = request.POST.get("action", ""), {"actor": request.actor, "now": clock.now()}
    reason = request.POST.get("reason", "")
    if action == "confirm":
        transfers.confirm_chosen(ids=[transfer_id], **common)
    elif action == "reject":
        transfers.reject_transfer(transfer_id=transfer_id, reason=reason, **common)
    else:
        evidence = request.POST.get("evidence", "")
        transfers.record_answer(
            transfer_id=transfer_id, outcome=action, reason=reason, evidence=evidence, **common
        )


def _back(request, transfer_id: int) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else reverse("settlement:transfer", args=[transfer_id])
