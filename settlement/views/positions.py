"""A day's net positions and bilateral matrix, with their files; how institutions are paid."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from members.queries import institution_by_code
from omnichannel.kernel import clock
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound
from omnichannel.kernel.money import fen
from settlement import rights
from settlement.queries import days, list_exports, payout_terms, positions, positions_exports
from settlement.services import payout
from settlement.services.business_day import current_day

from .access import finance_page, page_of
from .list_files import list_file

# Columns that the matrix shows on a page; its files have all of them.
WIDEST = 24
# Institutions on a page, of both tables.
PAGE = 100


class AmountInvalid(Invalid):
    code = "amount_invalid"
    message = gettext_lazy("%(value)s is not an amount. Write it as 1234.50.")


class DayInvalid(Invalid):
    code = "day_invalid"
    message = gettext_lazy("%(value)s is not a date. Write it as 2026-11-21.")


@require_GET
@finance_page
def position_page(request, day: date):
    row = days.day(day)
    rows, matrix = positions.positions(day), positions.matrix(day)
    house = [one for one in rows if not one.code]
    shown = page_of(request, matrix.parties, size=PAGE)["page"]
    context = {
        "day": row,
        **page_of(request, rows, size=PAGE),
        "sum": sum(one.net for one in rows),
        "house": house[0].net if house else 0,
        "brought": sum(one.brought for one in rows),
        "carried": sum(one.carried for one in rows),
        "owed": sum(one.net for one in rows if one.code and one.net > 0),
        "owing": -sum(one.net for one in rows if one.code and one.net < 0),
        "table": matrix.rows(shown.object_list, WIDEST),
        "columns": matrix.parties[:WIDEST],
        "cut": len(matrix.parties) > WIDEST,
        "ties": matrix.ties(rows),
    }
    return render(request, "settlement/positions.html", context)


@require_GET
@finance_page
def position_csv(request, day: date):
    days.day(day)
    rows, matrix = positions.positions(day), positions.matrix(day)
    lines = positions_exports.positions_csv(rows, matrix)
    return csv_file(lines, f"positions-{day}.csv", rows=_count(rows, matrix))


@require_GET
@finance_page
def position_xlsx(request, day: date):
    days.day(day)
    rows, matrix = positions.positions(day), positions.matrix(day)
    content = positions_exports.positions_xlsx(rows, matrix, day=day)
    return xlsx_file(content, f"positions-{day}.xlsx", rows=_count(rows, matrix))


def _count(rows: list, matrix) -> int:
    """Of a file: positions by channel and of each institution, and debts between two."""
    return sum(len(row.channels) + 1 for row in rows) + len(matrix.cells)


@require_http_methods(["GET", "POST"])
@finance_page
def payout_list(request):
    """Minimum pay-outs with their history; a lead sets new ones. A refusal keeps what was entered."""
    problem = None
    if request.method == "POST":
        try:
            made = _set(request)
        except (NotAllowed, NotFound):
            raise
        except DomainError as refusal:
            problem = refusal
        else:
            messages.success(request, _("Pay-out terms are set from %(day)s on.") % {"day": made.valid_from})
            return redirect("settlement:payout")
    found = payout_terms.listed(day=current_day(), text=request.GET.get("q", "").strip())
    context = {
        "problem": problem,
        "given": request.POST,
        "today": current_day(),
        "may_set": request.actor.has(rights.LEAD),
        **page_of(request, found),
    }
    status = problem.status if problem else 200
    return render(request, "settlement/payout.html", context, status=status)


@require_GET
@finance_page
def payout_file(request, kind: str):
    rows = payout_terms.listed(day=current_day(), text=request.GET.get("q", "").strip())
    return list_file(kind, "minimum-pay-outs", list_exports.PAYOUT, rows, count=len(rows))


def _set(request):
    given = request.POST
    return payout.set_terms(
        actor=request.actor,
        institution_id=institution_by_code(given.get("institution", "")).id,
        minimum_fen=amount_of(given.get("minimum", "")),
        collects="collects" in given,
        valid_from=day_of(given.get("valid_from", "")),
        note=given.get("note", ""),
        now=clock.now(),
    )


def amount_of(text: str) -> int:
    """Fen of an amount entered in yuan. Raises AmountInvalid."""
    try:
        return fen(text.strip().replace(",", ""))
    except (ValueError, ArithmeticError) as error:
        raise AmountInvalid(field="amount", value=text[:20]) from error


def day_of(text: str) -> date:
    """Raises DayInvalid."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise DayInvalid(field="valid_from", value=text[:20]) from error
