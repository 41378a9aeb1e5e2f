"""Statements of a month: of every institution for finance, of its own for a partner."""

from datetime import date

from django.shortcuts import render
from django.views.decorators.http import require_GET

from members.queries import institution_by_code
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import pdf_file, xlsx_file
from settlement import rights
from settlement.documents.statement import statement_pdf
from settlement.queries import monthly
from settlement.queries.monthly_exports import everybody_xlsx

from .access import finance_page, page_of, partner_page


def _month(request) -> date:
    return monthly.month_of(request.GET.get("month", "").strip(), today=clock.today())


@require_GET
@finance_page
def statement_list(request):
    month, words = _month(request), request.GET.get("q", "").strip()[:40]
    rows = monthly.everybody(month=month, words=words)
    context = {
        "month": month,
        "words": words,
        "sums": {name: sum(row[name] for row in rows) for name in ("opening", "moved", "closing")},
        **page_of(request, rows),
    }
    return render(request, "settlement/report_statements.html", context)


@require_GET
@finance_page
def statement_xlsx(request):
    month, words = _month(request), request.GET.get("q", "").strip()[:40]
    rows = monthly.everybody(month=month, words=words)
    return xlsx_file(everybody_xlsx(rows, month=month), f"statements-{month:%Y-%m}.xlsx", rows=len(rows))


def _found(request, code: str) -> monthly.Monthly:
    """The statement, for finance or a partner of that institution; raises NotAllowed, InstitutionUnknown."""
    rights.must_see_statement(request.actor, path=institution_by_code(code).path)
    return monthly.statement(code=code, month=_month(request))


@require_GET
@partner_page
def statement_page(request, code: str):
    found = _found(request, code)
    context = {
        "found": found,
        "is_finance": request.actor.has(*rights.READERS),
        "today": clock.today(),
        **page_of(request, found.lines, size=200),
    }
    return render(request, "settlement/statement_month.html", context)


@require_GET
@partner_page
def statement_file(request, code: str):
    found = _found(request, code)
    content, name = statement_pdf(found, now=clock.now()), f"statement-{code}-{found.month:%Y-%m}.pdf"
    response = pdf_file(content, name, rows=len(found.lines))
    response.institution_id = institution_by_code(code).id
    return response
