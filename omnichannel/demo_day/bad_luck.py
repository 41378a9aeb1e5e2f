"""What goes wrong on a fuller day. Two orders find nobody who can serve them; one card is opened by mistake.

One order is turned down wherever routing sends it, until three locations have; one is to be collected, its
store has it damaged, and the customer does not want another store. Both are paid and stay open: people
decide. The card's account is taken back at its station, and opened again with another card.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import F

from fulfillment.models import (
    AccountUndo,
    FulfillmentDemand,
    FulfillmentOrder,
    FulfillmentState,
    PickupProposal,
    StockLevel,
)
from fulfillment.services import acceptance, account_undo, pickup_consent, shortage
from members.actors import SYSTEM, Actor, Grant
from members.queries import institution

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


def take_an_account_back(*, rest: Callable[[], None], since: datetime, now: datetime) -> bool:
    """The first account that is open in the house since then is taken back by its lead; once a day."""
    opened = FulfillmentOrder.objects.filter(state=FulfillmentState.ACCOUNT_OPEN).order_by("code")
    fo = next(filter(_has_another_card, opened), None)
    if fo is None or AccountUndo.objects.filter(asked_at__gte=since).exists():
        return False
    house = institution(fo.location_id)
    lead = Actor(name="组长", grants=frozenset({Grant("warehouse_lead", house.id, house.path)}))
    account_undo.ask(actor=lead, location_id=house.id, code=fo.code, reason="卡面划伤", now=now)
    rest()
    return True


def _has_another_card(fo: FulfillmentOrder) -> bool:
    skus = fo.lines.exclude(msisdn="").values("sku")
    levels = StockLevel.objects.filter(location=fo.location_id, sku__in=skus)
    return not levels.filter(on_hand__lte=F("reserved")).exists()


def _turn_down(parcels: Iterable[FulfillmentOrder], now: datetime) -> None:
    """Who is asked refuses; who takes everything finds the shelf empty."""
    for fo in parcels:
        if fo.state == FulfillmentState.AWAITING_ACCEPTANCE:
            reason = "damaged" if fo.way == "pickup" else "not_on_shelf"
            acceptance.refuse(fulfillment_id=fo.pk, actor=SYSTEM, reason=reason, now=now)
        elif fo.state == FulfillmentState.ACCEPTED:
            first = fo.lines.order_by("line_id").first()
            missing = {first.pk: first.quantity}
            shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, now=now, missing=missing)
