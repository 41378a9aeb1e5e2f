"""Reloading a card: an order of a card offering whose money goes to a card that exists."""

from datetime import datetime

from django.db import transaction

from members import queries as members
from members.actors import Actor, NotYours
from members.channels import Channel
from orders.models.intake import Way
from orders.services.placement import Placed, place
from orders.values import Customer, Delivery, Source, Terms, Wish


@transaction.atomic
def order_reload(*, card_id: int, sku: str, shown_total: int, actor: Actor, now: datetime) -> Placed:
    """Place the order; the card is loaded when it is paid. Raises NotYours and the refusals of place()."""
    if actor.user_id is None:
        raise NotYours()
    return place(
        actor=actor,
        wishes=[Wish(sku=sku, quantity=1, target_card=card_id)],
        customer=Customer(phone=members.member_phone(actor.user_id), member_id=actor.user_id),
        delivery=Delivery(way=Way.NONE),
        terms=Terms(means="unipay", shown_total=shown_total),
        source=Source(channel=Channel.WEB),
        now=now,
    )
