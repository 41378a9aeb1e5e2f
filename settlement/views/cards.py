"""Prepaid cards outstanding: what customers have on them, and that the ledger owes exactly that."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import xlsx_file
from orders.queries.cards import state_labels
from settlement.queries import card_exports, prepaid_cards

from .access import finance_page


@require_GET
@finance_page
def cards_page(request):
    owed, labels = prepaid_cards.liability(), state_labels()
    context = {
        "owed": owed,
        "states": [(labels[state], count, fen) for state, count, fen in owed.states],
        "history": prepaid_cards.history(),
        "account_id": prepaid_cards.account_id(),
    }
    return render(request, "settlement/prepaid_cards.html", context)


@require_GET
@finance_page
def cards_xlsx(request):
    owed, history = prepaid_cards.liability(), prepaid_cards.history()
    content = card_exports.cards_xlsx(owed, history, state_labels())
    return xlsx_file(content, f"prepaid-cards-{clock.today()}.xlsx", rows=len(owed.states) + len(history))
