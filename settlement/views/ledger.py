"""The chart of accounts with balances, statements, the partner's own statement, points owed."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from members.queries import institutions_by_ids
from omnichannel.kernel import clock
from settlement import rights
from settlement.models import AccountKind, FundTransfer
from settlement.queries import days, invariants, ledger, points

from .access import date_of, finance_page, page_of, partner_page


@require_GET
@finance_page
def account_list(request):
    until, kind = date_of(request, "until"), request.GET.get("kind", "")
    rows = list(ledger.trial_balance(until=until, kind=kind if kind in AccountKind.values else ""))
    labels = dict(AccountKind.choices)
    for row in rows:
        row["institution"] = ledger.own_name(
            row["account__institution__name"], row["account__institution__name_en"]
        )
        row["label"] = labels.get(row["account__kind"], row["account__kind"])
    context = {
        "rows": rows,
        "until": until,
        "kind": kind,
        "kinds": AccountKind.choices,
        "debit": sum(row["debit"] for row in rows),
        "credit": sum(row["credit"] for row in rows),
        "partitions": days.partition_sizes(),
        "broken": invariants.broken() if "verify" in request.GET else None,
    }
    return render(request, "settlement/ledger.html", context)


@require_GET
@finance_page
def account_page(request, account_id: int):
    account = ledger.account(account_id)
    rows = ledger.statement(account_id, begin=date_of(request, "begin"), end=date_of(request, "end"))
    context = {
        "account": account,
        "balance": ledger.balance(account_id, until=date_of(request, "end")),
        **page_of(request, rows),
    }
    return render(request, "settlement/account.html", context)


@require_GET
@partner_page
def own_statement(request):
    """A partner's own accounts and transfers; another institution's are not shown to exist."""
    own = request.actor.institution_for(rights.PARTNER)
    card = institutions_by_ids([own])[own]
    rights.must_see_statement(request.actor, path=card.path)
    accounts = ledger.accounts_of(own)
    wanted = request.GET.get("account", "")
    chosen = next((one for one in accounts if str(one.pk) == wanted), accounts[0] if accounts else None)
    context = {
        "institution": card,
        "accounts": [(one, ledger.balance(one.pk)) for one in accounts],
        "chosen": chosen,
        "transfers": FundTransfer.objects.filter(institution_id=own)[:20],
    }
    if chosen:
        rows = ledger.statement(chosen.pk, begin=date_of(request, "begin"), end=date_of(request, "end"))
        context |= page_of(request, rows)
    return render(request, "settlement/own_statement.html", context)


@require_GET
@finance_page
def points_page(request):
    return render(request, "settlement/points.html", {"owed": points.liability(day=clock.today())})
