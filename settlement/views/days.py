"""Business days: the list, the night as a stepper, the clearing report, what people do about it."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from members.queries import institution_by_code
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.models import DayState, FundTransfer, NetPosition, TransferState
from settlement.queries import clawbacks, clearing_report, days, exports, list_exports, positions
from settlement.queries import transfers as transfer_queries
from settlement.services import closing, suspense, transfer_files, transfers

from .access import finance_page, page_of
from .list_files import list_file
from .transfers import told

# Lines of the report on a page, and how many net positions and transfers stand beside it.
PAGE, MOST_NETS = 100, 25
BEFORE_PEOPLE = (DayState.CUTOFF, DayState.CLEARING, DayState.BALANCED)


class ActionUnknown(Invalid):
    code = "action_unknown"


def _wanted(request) -> dict:
    state = request.GET.get("state", "")
    return {
        "begin": date_of(request, "begin"),
        "end": date_of(request, "end"),
        "state": state if state in DayState.values else "",
    }


@require_GET
@finance_page
def day_list(request):
    wanted = _wanted(request)
    context = wanted | {"states": DayState.choices} | page_of(request, days.listed(**wanted), size=30)
    return render(request, "settlement/day_list.html", context)


@require_GET
@finance_page
def day_file(request, kind: str):
    rows = days.listed(**_wanted(request))
    return list_file(kind, "business-days", list_exports.DAYS, rows, count=rows.count())


@require_GET
@finance_page
def day_page(request, day: date):
    row, original = days.day(day), date_of(request, "original")
    words = request.GET.get("q", "").strip()[:40]
    report = clearing_report.report(day=day, original=original)
    nets = _net_rows(NetPosition.objects.filter(business_date=day).select_related("institution"))
    context = {
        **page_of(request, [one for one in report.rows if _is_meant(words, one.party, one.label)], size=PAGE),
        "words": words,
        "day": row,
        "original": original,
        "report": report,
        "columns": exports.column_labels(),
        "drafts": transfer_queries.sums(transfer_queries.listed(day=day, state=TransferState.DRAFT)),
        "debts": positions.matrix(day).debts()[:12],
        "nets": [one for one in nets if _is_meant(words, one["code"], one["label"])][:MOST_NETS],
        "nets_sum": sum(one["fen"] for one in nets),
        "nets_count": len(nets),
        "transfers": FundTransfer.objects.filter(business_date=day).select_related("institution")[:MOST_NETS],
        "suspended": suspense.in_suspense(day),
        "clawbacks": clawbacks.of_day(day),
        "parked": days.parked(day),
        "checks": closing.checklist(day=day, anew=False) if row.state != DayState.OPEN else [],
        **_batch(row),
        **_offers(request.actor, row),
    }
    return render(request, "settlement/day.html", context)


def _is_meant(words: str, code: str, label: str) -> bool:
    return words.lower() in code.lower() or words.lower() in str(label).lower()


@require_GET
@finance_page
def day_batch(request, day: date):
    """The stepper alone, asked again and again while the night runs."""
    return render(request, "settlement/_batch.html", _batch(days.day(day)))


def _batch(row) -> dict:
    sealing = row.state == DayState.CLOSED
    progress = days.progress(row.business_date, sealing=sealing)
    steps = [
        {"label": DayState(state).label, "state": mark, "hint": _hint(state, progress)}
        for state, mark in days.steps(row)
    ]
    running = row.state in BEFORE_PEOPLE or sealing
    return {"day": row, "progress": progress, "steps": steps, "running": running, "hint": _speed(progress)}


STAGE_OF = {"clearing": DayState.CLEARING, "seal": DayState.CLOSED}


def _hint(state: str, progress) -> str:
    """What the stepper says of the stage that works in chunks."""
    if state != STAGE_OF[progress.stage] or not progress.rows:
        return ""
    words = {"done": f"{progress.done:,}", "rows": f"{progress.rows:,}"}
    if progress.stage == "seal":
        hint = _("%(done)s of %(rows)s postings") % words
    else:
        hint = _("%(done)s of %(rows)s trades") % words
    return f"{hint}, {_speed(progress)}" if progress.rate else hint


def _speed(progress) -> str:
    """Rate and time left."""
    if not progress.rate:
        return ""
    speed = _("%(rate)s a second") % {"rate": f"{progress.rate:,}"}
    if progress.seconds_left:
        speed += ", " + _("%(seconds)s s left") % {"seconds": progress.seconds_left}
    return speed


def _net_rows(nets) -> list[dict]:
    """Net by institution over all channels, the clearing house last."""
    sums: dict = {}
    for row in nets:
        key = row.institution.code if row.institution else ""
        label = row.institution.label if row.institution else _("Clearing house")
        sums.setdefault(key, {"code": key, "label": label, "fen": 0})["fen"] += row.amount_fen
    return sorted(sums.values(), key=lambda net: (not net["code"], net["label"]))


def _offers(actor, row) -> dict:
    """Which buttons this person gets; the services decide again."""
    settled = row.state in (DayState.NETTED, DayState.INSTRUCTED)
    return {
        "may_propose": settled and actor.has(rights.CLERK),
        "may_confirm": settled and actor.has(rights.LEAD),
        "may_export": actor.has(rights.CLERK, rights.LEAD)
        and FundTransfer.objects.filter(
            business_date=row.business_date, state=TransferState.CONFIRMED
        ).exists(),
        "may_hold": settled and actor.has(rights.LEAD),
        "may_run_again": actor.has(rights.CLERK, rights.LEAD),
        "may_close": row.state == DayState.INSTRUCTED and actor.has(rights.LEAD),
    }


@require_POST
@finance_page
def party_action(request, day: date, code: str, action: str):
    """Hold one institution's day, or run it again; the service checks rights and state."""
    days.day(day)
    card = institution_by_code(code)
    if action == "hold":
        reason = request.POST.get("reason", "")
        suspense.hold(actor=request.actor, day=day, institution_id=card.id, reason=reason, now=clock.now())
        said = _("%(institution)s waits in suspense.")
    elif action == "again":
        suspense.run_again(actor=request.actor, day=day, institution_id=card.id, now=clock.now())
        said = _("%(institution)s is released into the open day.")
    else:
        raise ActionUnknown()
    messages.success(request, said % {"institution": card.label})
    return redirect("settlement:day", day=day)


@require_POST
@finance_page
def day_action(request, day: date, action: str):
    """Propose, confirm, export or close; the service checks rights and state."""
    days.day(day)
    if action not in ACTIONS:
        raise ActionUnknown()
    messages.success(request, ACTIONS[action](request.actor, day))
    return redirect("settlement:day", day=day)


def _propose(actor, day: date) -> str:
    made = transfers.propose_transfers(actor=actor, day=day, now=clock.now())
    return ngettext("%(n)s transfer proposed.", "%(n)s transfers proposed.", len(made)) % {"n": len(made)}


def _confirm(actor, day: date) -> str:
    return told(transfers.confirm(actor=actor, day=day, now=clock.now()))


def _export(actor, day: date) -> str:
    return _("File %(name)s is ready.") % {
        "name": transfer_files.export_transfers(actor=actor, day=day, now=clock.now()).name
    }


def _close(actor, day: date) -> str:
    closing.close_day(actor=actor, day=day, now=clock.now())
    return _("The day is closed and sealed.")


ACTIONS = {"propose": _propose, "confirm": _confirm, "export": _export, "close": _close}


@require_GET
@finance_page
def report_csv(request, day: date):
    report = clearing_report.report(day=days.day(day).business_date, original=date_of(request, "original"))
    return csv_file(exports.report_csv(report), f"clearing-{day}.csv", rows=len(report.rows))


@require_GET
@finance_page
def report_xlsx(request, day: date):
    report = clearing_report.report(day=days.day(day).business_date, original=date_of(request, "original"))
    content = exports.report_xlsx(report, day=day)
    return xlsx_file(content, f"clearing-{day}.xlsx", rows=len(report.rows))
