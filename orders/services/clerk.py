"""The one click at a counter, a store's or a dealer's: an order for services, numbers and goods that lie
anywhere, paid at the counter or at the door."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.queries import offerings
from catalog.services import numbers
from fulfillment.services import counter_sale, displacement
from fulfillment.services.reservation import OutOfStock
from members import queries as members
from members.actors import Actor
from members.services import identity, membership
from orders.services import card_payment, cash, counters, dealer_till
from orders.services.placement import Placed, place
from orders.values import CardPart, Customer, Delivery, Source, Terms, Wish


@transaction.atomic
def sell(
    *,
    actor: Actor,
    store_id: int,
    wishes: Sequence[Wish],
    phone: str,
    name: str,
    id_number: str,
    delivery: Delivery,
    means: str,
    shown_total: int,
    card: CardPart | None = None,
    now: datetime,
) -> Placed:
    """Place an order at a counter; cash for what a prepaid card leaves is taken in the transaction.

    The store or dealer is attributed, and its channel's prices hold. What the customer takes along is sold
    even where it was promised to another order, which looks for another shelf, whether cash is on the table
    or the provider's code is on the screen; what is not paid in time then lies on the shelf again. Raises
    NotAllowed for whoever does not work at this counter, a dealer_till.MayNotCollect, and the refusals of
    place().
    """
    counter = members.institution(store_id)
    counters.must_work_at(actor, counter)
    channel = counters.channel_of(counter)
    member_id = membership.join(phone=phone, name=name, channel=channel, institution_id=store_id, now=now)
    identity_id = None
    if id_number:
        identity_id = identity.verify(
            member_id=member_id, name=name, id_number=id_number, now=now
        ).identity_id
    asked = {
        "actor": actor,
        "wishes": wishes,
        "customer": Customer(phone=phone, name=name, member_id=member_id, identity_id=identity_id),
        "delivery": delivery,
        "terms": Terms(means=means, shown_total=shown_total, card=card),
        "source": Source(channel=channel, institution_id=store_id),
        "now": now,
    }
    taken_along = means != "cod" and delivery.pickup_location_id == store_id
    placed = _over_the_counter(asked, store_id) if taken_along else place(**asked)
    if means == "cash" and placed.due_fen:
        cash.take_at(
            counter, order_number=placed.order_number, actor=actor, amount_fen=placed.due_fen, now=now
        )
    return placed


def _over_the_counter(asked: dict, store_id: int) -> Placed:
    """As place(); where it is short, once more with the youngest promises here out of the way."""
    try:
        with transaction.atomic():
            return place(**asked)
    except OutOfStock:
        _lock_what_comes_before_goods(asked)
        displaced = counter_sale.give_way(
            location_id=store_id, wanted=_goods(asked["wishes"]), actor=asked["actor"], now=asked["now"]
        )
        if displaced is None:
            raise
    placed = place(**asked)
    displacement.take_anew(displaced, now=asked["now"])
    return placed


def _lock_what_comes_before_goods(asked: dict) -> None:
    """What place() is about to lock stands before parcels and levels in the order of locks."""
    card_payment.lock(asked["terms"].card)
    dealer_till.lock_for(asked["source"], asked["terms"])
    numbers.lock(wish.msisdn for wish in asked["wishes"] if wish.msisdn)


def _goods(wishes: Sequence[Wish]) -> Counter[str]:
    """Units by SKU of what lies on a shelf."""
    facts, wanted = offerings.by_sku([wish.sku for wish in wishes]), Counter()
    for wish in wishes:
        if facts[wish.sku].is_goods:
            wanted[wish.sku] += wish.quantity
    return wanted
