"""Two orders of a fuller day find nobody who can serve them: the operators have something on their list.

One is turned down wherever routing sends it, until three locations have; one is to be collected, its store
has it damaged, and the customer does not want another store. Both are paid and stay open: people decide.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, FulfillmentState, PickupProposal
from fulfillment.services import acceptance, pickup_consent, shortage
from members.actors import SYSTEM

from .cast import Cast
from .script import Scripted

LEAST_ORDERS = 100  # a smaller day has none
FROM_SLOT = 12
MOST_ROUNDS = 6


def unlucky(slots: list[list[Scripted]], cast: Cast) -> dict[str, Scripted]:
    """The day's unlucky orders by their way; none on a small day. A function of the script."""
    day = [order for slot in slots[FROM_SLOT:] for order in slot]
    if sum(map(len, slots)) < LEAST_ORDERS:
        return {}
    ours = {facts.sku for kind in ("device", "accessory") for facts in cast.offerings[kind]}
    paid = [order for order in day if order.pays_provider and order.callback == "now" and not order.fate]
    found: dict[str, Scripted] = {}
    for order in paid:
        if all(sku in ours for sku, _units in order.items):
            found.setdefault(order.way, order)
    return found


def strike(order_number: str, *, rest: Callable[[], None], now: datetime) -> None:
    """Nobody serves this order; it ends with the operators. rest: waits until what was said took effect."""
    for _round in range(MOST_ROUNDS):
        if FulfillmentDemand.objects.filter(order_number=order_number, state="exception").exists():
            break
        _turn_down(FulfillmentOrder.objects.filter(demand__order_number=order_number).live(), now)
        rest()
    asked = PickupProposal.objects.filter(demand__order_number=order_number, state="asked")
    if asked.exists():
        pickup_consent.answer(order_number=order_number, agrees=False, who="customer", now=now)
        rest()


def _turn_down(parcels: Iterable[FulfillmentOrder], now: datetime) -> None:
    """Who is asked refuses; who takes everything finds the shelf empty."""
    for fo in parcels:
        if fo.state == FulfillmentState.AWAITING_ACCEPTANCE:
            reason = "damaged" if fo.way == "pickup" else "not_on_shelf"
            acceptance.refuse(fulfillment_id=fo.pk, actor=SYSTEM, reason=reason, now=now)
        elif fo.state == FulfillmentState.ACCEPTED:
            shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, now=now)
