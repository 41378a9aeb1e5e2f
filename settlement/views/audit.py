"""The audit trail: who did what, when; for the lead and the auditor."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from omnichannel.kernel.downloads import csv_file
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.queries import audit_trail
from settlement.queries.audit_exports import entries_csv

from .access import finance_page, page_of


def _asked(request) -> dict:
    """The filters of the address; raises NotAllowed, FilterInvalid."""
    request.actor.must_have(*rights.AUDIT_READERS)
    texts = {name: request.GET.get(name, "").strip()[:64] for name in ("who", "action", "institution")}
    return {
        "begin": date_of(request, "begin"),
        "end": date_of(request, "end"),
        "text": request.GET.get("q", "").strip()[:64],
        **texts,
    }


@require_GET
@finance_page
def audit_list(request):
    asked = _asked(request)
    context = {
        **asked,
        "actions": sorted(audit_trail.ACTIONS.items(), key=lambda pair: str(pair[1])),
        "head": audit_trail.head(),
        "verified": audit_trail.verify() if "verify" in request.GET else None,
        **page_of(request, audit_trail.entries(**asked)),
    }
    return render(request, "settlement/audit.html", context)


@require_GET
@finance_page
def audit_csv(request):
    rows = audit_trail.entries(**_asked(request))
    newest = rows.values_list("pk", flat=True).first() or 0  # the entry of this file comes after it
    rows = rows.filter(pk__lte=newest)
    return csv_file(entries_csv(rows), "audit-trail.csv", rows=rows.count())
