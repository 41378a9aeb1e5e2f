"""What dealers received too much of: for the order's page and for the branch that decides."""

from members.actors import Actor

from ..models import DealerOrder, DealerSurplus, SurplusState
from .dealers import orders


def of_order(order: DealerOrder) -> list[DealerSurplus]:
    rows = DealerSurplus.objects.filter(receipt__order=order).order_by("pk")
    return list(rows.select_related("line", "receipt__fulfillment__location", "invoice"))


def waiting(actor: Actor, *, dealer_id: int | None = None) -> list[DealerSurplus]:
    """Those that nobody has decided about, of orders that the actor sees; the oldest first."""
    rows = DealerSurplus.objects.filter(state=SurplusState.ASKED, receipt__order__in=orders(actor))
    if dealer_id is not None:
        rows = rows.filter(receipt__order__dealer=dealer_id)
    return list(rows.select_related("line", "receipt__order__dealer").order_by("pk"))
