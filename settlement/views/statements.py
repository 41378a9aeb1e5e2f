"""Statements: awaited, loaded, compared, signed off."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.forms import StatementForm
from settlement.models import BatchState
from settlement.queries import list_exports, reconciliation
from settlement.services.reconciliation import importing, signing

from .access import finance_page, page_of
from .list_files import list_file


@require_GET
@finance_page
def statement_list(request):
    return _list(request, StatementForm(initial={"day": clock.today()}))


def _wanted(request) -> dict:
    state = request.GET.get("state", "")
    return {
        "account": request.GET.get("account", ""),
        "state": state if state in BatchState.values else "",
        "day": date_of(request, "day"),
    }


@require_GET
@finance_page
def statement_file(request, kind: str):
    rows = reconciliation.batches(**_wanted(request))
    return list_file(kind, "statements", list_exports.STATEMENTS, rows, count=rows.count())


def _list(request, form, *, refusal=None, status: int = 200):
    wanted = _wanted(request)
    rows = reconciliation.batches(**wanted)
    context = {
        **wanted,
        "form": form,
        "refusal": refusal,
        "states": BatchState.choices,
        "accounts": reconciliation.active_accounts(),
        "may_load": request.actor.has(rights.CLERK, rights.LEAD),
        **page_of(request, rows),
    }
    return render(request, "settlement/reconciliation_statements.html", context, status=status)


@require_POST
@finance_page
def load(request):
    """A file from a person; a refusal says line and reason above the form, and nothing is loaded."""
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=400)
    try:
        batch = _load(request, form.cleaned_data)
    except (NotAllowed, NotFound):
        raise
    except DomainError as refusal:
        return _list(request, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Loaded: %(count)s rows.") % {"count": f"{batch.theirs_count:,}"})
    return redirect("settlement:statement", batch_id=batch.pk)


def _load(request, asked: dict):
    common = {"actor": request.actor, "account_id": asked["account"].pk, "day": asked["day"]}
    if asked["file"] is None:
        return importing.import_no_bill(now=clock.now(), **common)
    return importing.import_bill(
        now=clock.now(),
        content=asked["file"].read(),
        file_name=asked["file"].name,
        rows=asked["rows"],
        sum_fen=asked["sum_fen"],
        sha1=asked["sha1"],
        **common,
    )


@require_GET
@finance_page
def statement_page(request, batch_id: int):
    row = reconciliation.batch(batch_id)
    unmatched, text = request.GET.get("unmatched", "") == "1", request.GET.get("q", "").strip()[:64]
    context = {
        "batch": row,
        "statements": row.statements.all(),
        "breaks": row.breaks.select_related(*reconciliation.SIDES).order_by("state", "pk")[:20],
        "break_count": row.breaks.count(),
        "unmatched": unmatched,
        "text": text,
        "difference": row.theirs_fen - row.ours_fen,
        "events": row.events.filter(brk=None),
        "may_sign": request.actor.has(rights.LEAD) and row.state in signing.READY,
        **page_of(request, reconciliation.lines(row, unmatched=unmatched, text=text)),
    }
    return render(request, "settlement/reconciliation_statement.html", context)


@require_POST
@finance_page
def sign_off(request, batch_id: int):
    reconciliation.batch(batch_id)
    try:
        signing.sign_off(actor=request.actor, batch_id=batch_id, now=clock.now())
        messages.success(request, _("The statement is signed off."))
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("settlement:statement", batch_id=batch_id)
