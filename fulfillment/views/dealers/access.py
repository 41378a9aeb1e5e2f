"""Doors of the dealer pages: who comes in, and what each page shows around itself."""

from fulfillment.models import DealerOrderState, DealerTerms
from fulfillment.queries import dealers, supplier_pages
from fulfillment.queries.carriers import hubs_of
from fulfillment.services.dealer_credit import at_branch, readable_terms, works_for
from fulfillment.views.access import staff_page

ORDER_TONES = {
    DealerOrderState.ON_HOLD: "danger",
    DealerOrderState.SUBMITTED: "warn",
    DealerOrderState.WAITING_GOODS: "warn",
    DealerOrderState.APPROVED: "accent",
    DealerOrderState.DONE: "ok",
}
# Dealers' people, their branches, finance and auditors. What we buy and pay ourselves is not for dealers, but
# for the warehouses where the goods come in.
dealer_page = staff_page(*dealers.READERS)
purchase_page = staff_page(*dealers.BRANCH, *dealers.MONEY, "auditor", *dealers.HOUSE)


def frame(request, where: str, terms: DealerTerms | None = None, **context) -> dict:
    """`own`: the dealer whose pages these are for its own people; None for the branch."""
    actor = request.actor
    own = None
    if not actor.has(*dealers.BRANCH, *dealers.MONEY, "auditor"):
        own = terms or dealers.terms(actor).first()
    return {
        "where": where,
        "own": own,
        "delivers": own is not None and bool(hubs_of(actor)),
        "terms": terms,
        "institution": terms.dealer if terms else None,
        "sees_purchases": own is None,
        "house_only": not actor.has(*dealers.READERS),
        **_listings(actor),
        **context,
    }


def _listings(actor) -> dict:
    """Of suppliers' listings how many wait, for those who review them."""
    sees = actor.has("operator", "auditor")
    return {"sees_listings": sees, "listings_wait": supplier_pages.waiting_listings() if sees else 0}


def dealer_of(request, code: str) -> DealerTerms:
    """The dealer of the address. Raises DealerUnknown."""
    return readable_terms(request.actor, code)


def may(request, terms: DealerTerms) -> dict[str, bool]:
    """What this person may do for the dealer; the services ask again."""
    actor, path = request.actor, terms.branch.path
    return {
        "order": works_for(actor, terms),
        "decide": at_branch(actor, terms),
        "money": any(actor.can(role, path) for role in dealers.MONEY),
        "agree": actor.can("finance_lead", path),
        "count": any(actor.can(role, terms.dealer.path) for role in dealers.OWN),
    }
