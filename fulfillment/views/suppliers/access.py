"""Doors of the suppliers' pages: a supplier's own people, and operators who review listings."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps

from django.utils.translation import gettext_lazy as _

from fulfillment.models import ListingState, SupplierOrder, SupplierOrderState, SupplierProgress
from fulfillment.queries import supplier_pages
from fulfillment.services.listing_review import REVIEWERS
from fulfillment.views.access import staff_page
from fulfillment.views.stock.access import text_of
from members.values import InstitutionCard
from omnichannel.kernel.errors import Invalid, NotAllowed

review_page = staff_page(*REVIEWERS, "auditor")
ORDER_TONES = {SupplierOrderState.RECEIVED: "ok", SupplierOrderState.CLOSED: "accent"}
LISTING_TONES = {ListingState.PROPOSED: "warn", ListingState.ACCEPTED: "ok", ListingState.DECLINED: "danger"}


class DayInvalid(Invalid):
    code = "day_invalid"
    message = _("Choose a day, written as 2026-12-01.")


def supplier_page(view: Callable) -> Callable:
    """For the people of a supplier. Raises NotAllowed for the people of dealers and merchants."""

    @staff_page(*supplier_pages.OWN)
    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.suppliers = supplier_pages.suppliers_of(request.actor)
        if not request.suppliers:
            raise NotAllowed()
        return view(request, *args, **kwargs)

    return guarded


def frame(request, where: str, **context) -> dict:
    """What every page of a supplier shows around itself: what waits for its answer."""
    own: list[InstitutionCard] = request.suppliers
    return {
        "where": where,
        "institution": own[0] if len(own) == 1 else None,
        "to_answer": supplier_pages.unanswered(supplier_pages.orders(request.actor)).count(),
        **context,
    }


def answer_words(order: SupplierOrder) -> str:
    """How far the supplier is, said to the supplier itself."""
    if order.progress == SupplierProgress.ASKED:
        return str(_("waits for your answer"))
    return str(order.get_progress_display())


def day_of(request, name: str) -> date:
    """Raises DayInvalid."""
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        raise DayInvalid(field=name)


def chosen(request, name: str, values: Iterable[str]) -> str:
    """A filter of the address if it is one of the values, else nothing."""
    text = text_of(request, name)
    return text if text in values else ""
