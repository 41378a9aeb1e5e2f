"""The chart of accounts with balances at any time, statements, the partner's own statement."""

from datetime import date, timedelta

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from members.queries import institution_by_code, institutions_by_ids
from omnichannel.kernel.downloads import csv_file, xlsx_file
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.models import AccountKind, FundTransfer
from settlement.queries import clawbacks, invariants, ledger, ledger_exports, sheets

from .access import finance_page, page_of, partner_page


def _trial(request) -> tuple[list[dict], dict]:
    """Rows of the trial balance as the address asks for them, and the filters."""
    kind = request.GET.get("kind", "")
    asked = {
        "until": date_of(request, "until"),
        "kind": kind if kind in AccountKind.values else "",
        "words": request.GET.get("q", "").strip()[:40],
    }
    rows = ledger.trial_balance(**asked)
    labels = dict(AccountKind.choices)
    for row in rows:
        row["label"] = labels.get(row["kind"], row["kind"])
    return rows, asked


@require_GET
@finance_page
def account_list(request):
    rows, asked = _trial(request)
    context = {
        **asked,
        **page_of(request, rows, size=200),
        "kinds": AccountKind.choices,
        "debit": sum(row["debit"] for row in rows),
        "credit": sum(row["credit"] for row in rows),
        "tables": ledger.table_sizes(),
        "broken": invariants.broken() if "verify" in request.GET else None,
    }
    return render(request, "settlement/ledger.html", context)


@require_GET
@finance_page
def trial_csv(request):
    rows, asked = _trial(request)
    return csv_file(ledger_exports.trial_csv(rows), f"trial-balance{_until(asked)}.csv", rows=len(rows))


@require_GET
@finance_page
def trial_xlsx(request):
    rows, asked = _trial(request)
    body = ledger_exports.trial_xlsx(rows, title=f"trial balance{_until(asked)}")
    return xlsx_file(body, f"trial-balance{_until(asked)}.xlsx", rows=len(rows))


def _until(asked: dict) -> str:
    return f"-{asked['until']}" if asked["until"] else ""


@require_GET
@finance_page
def account_page(request, account_id: int):
    account = ledger.account(account_id)
    context = {"account": account, "clawbacks": _clawbacks(request, account)}
    return render(request, "settlement/account.html", context | _statement(request, account_id))


def _statement(request, account_id: int) -> dict:
    """A page of a statement with the balance after each posting, and the balances around the period."""
    begin, end = date_of(request, "begin"), date_of(request, "end")
    rows = ledger.statement(account_id, begin=begin, end=end)
    shown = page_of(request, rows)
    closing, page = ledger.balance(account_id, until=end), shown["page"]
    start = max(page.start_index() - 1, 0)
    page.object_list = ledger.with_running(rows, start=start, size=page.paginator.per_page, closing=closing)
    return {"opening": _opening(account_id, begin), "balance": closing, "begin": begin, "end": end, **shown}


def _clawbacks(request, account) -> list:
    """What refunds took back from an institution after its pay-out; of its payable account only."""
    if account.institution_id is None or account.kind != AccountKind.PAYABLE:
        return []
    begin, end = date_of(request, "begin"), date_of(request, "end")
    return clawbacks.of_institution(account.institution_id, begin=begin, end=end)


def _opening(account_id: int, begin: date | None) -> int:
    return ledger.balance(account_id, until=begin - timedelta(days=1)) if begin else 0


@require_GET
@finance_page
def account_csv(request, account_id: int):
    account = ledger.account(account_id)
    lines = ledger_exports.statement_csv(_whole(request, account_id))
    name = f"statement-{account.kind}-{account.pk}.csv"
    return csv_file(lines, name, rows=_asked_for(request, account_id).count())


@require_GET
@finance_page
def account_xlsx(request, account_id: int):
    account = ledger.account(account_id)
    rows = _whole(request, account_id, most=sheets.XLSX_ROWS)
    body = ledger_exports.statement_xlsx(rows, title=f"{account.kind} {account.pk}")
    count = min(_asked_for(request, account_id).count(), sheets.XLSX_ROWS)
    return xlsx_file(body, f"statement-{account.kind}-{account.pk}.xlsx", rows=count)


def _asked_for(request, account_id: int):
    begin, end = date_of(request, "begin"), date_of(request, "end")
    return ledger.statement(account_id, begin=begin, end=end)


def _whole(request, account_id: int, most: int | None = None):
    opening = _opening(account_id, date_of(request, "begin"))
    return ledger.oldest_first(_asked_for(request, account_id), opening=opening, most=most)


def _own(actor):
    own = actor.institution_for(rights.PARTNER)
    return institutions_by_ids([own])[own]


@require_GET
@partner_page
def own_statement(request):
    """A partner's own accounts and transfers; another institution's are not shown to exist.

    Finance chooses one from the month's statements and then sees what the partner sees.
    """
    is_finance, code = request.actor.has(*rights.READERS), request.GET.get("partner", "").strip()[:40]
    if is_finance and not code:
        return redirect("settlement:report-statements")
    card = institution_by_code(code) if is_finance else _own(request.actor)
    rights.must_see_statement(request.actor, path=card.path)
    accounts = ledger.accounts_of(card.id)
    wanted = request.GET.get("account", "")
    chosen = next((one for one in accounts if str(one.pk) == wanted), accounts[0] if accounts else None)
    context = {
        "institution": card,
        "is_finance": is_finance,
        "here": f"?partner={card.code}&" if is_finance else "?",
        "accounts": [(one, ledger.balance(one.pk)) for one in accounts],
        "chosen": chosen,
        "transfers": FundTransfer.objects.filter(institution_id=card.id)[:20],
    }
    if chosen:
        context |= _statement(request, chosen.pk) | {"clawbacks": _clawbacks(request, chosen)}
    return render(request, "settlement/own_statement.html", context)
