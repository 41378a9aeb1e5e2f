"""Fund transfers with four eyes, their files and the bank's answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from omnichannel.kernel import clock
from settlement import rights
from settlement.models import FundTransfer, TransferFile, TransferState
from settlement.services import transfers

from .access import date_of, finance_page, page_of


@require_GET
@finance_page
def transfer_list(request):
    rows = FundTransfer.objects.select_related("institution", "proposed_by", "confirmed_by", "file")
    day, state = date_of(request, "day"), request.GET.get("state", "")
    if day:
        rows = rows.filter(business_date=day)
    if state in TransferState.values:
        rows = rows.filter(state=state)
    actor = request.actor
    context = {
        "day": day,
        "state": state,
        "states": TransferState.choices,
        "files": TransferFile.objects.all()[:10],
        "may_confirm": actor.has(rights.LEAD),
        "may_answer": actor.has(rights.CLERK, rights.LEAD),
        "waiting": (TransferState.EXPORTED, TransferState.SENT, TransferState.UNKNOWN),
        "actor_id": actor.user_id,
        **page_of(request, rows),
    }
    return render(request, "settlement/transfer_list.html", context)


@require_POST
@finance_page
def transfer_action(request, transfer_id: int):
    transfer = get_object_or_404(FundTransfer, pk=transfer_id)
    action, now = request.POST.get("action", ""), clock.now()
    if action == "confirm":
        transfers.confirm_transfers(
            actor=request.actor, day=transfer.business_date, ids=[transfer_id], now=now
        )
    elif action == "reject":
        reason = request.POST.get("reason", "")
        transfers.reject_transfer(actor=request.actor, transfer_id=transfer_id, reason=reason, now=now)
    else:
        transfers.record_answer(actor=request.actor, transfer_id=transfer_id, outcome=action, now=now)
    transfer.refresh_from_db()
    messages.success(request, _("Transfer %(reference)s: %(state)s.") % {
        "reference": transfer.reference, "state": transfer.get_state_display(),
    })  # fmt: skip
    return redirect(request.META.get("HTTP_REFERER") or "settlement:transfers")


@require_GET
@finance_page
def transfer_file(request, name: str):
    made = get_object_or_404(TransferFile, name=name)
    response = HttpResponse(made.content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
