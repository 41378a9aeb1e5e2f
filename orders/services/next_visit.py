"""The customer of an order says on which day the courier comes again."""

from datetime import date, datetime

from django.db import transaction

from fulfillment.services import next_visit
from members.actors import Actor, NotYours
from orders.models import OrderIntake


@transaction.atomic
def choose(
    *, order: OrderIntake, code: str, day: date | None, actor: Actor, now: datetime, phone_tail: str = ""
) -> date:
    """The day in force. Only whose order it is chooses: who else may read it (audit, its counter) may not.

    Raises NotYours, and as fulfillment's choose_for_order().
    """
    if not may_choose(actor, order):
        raise NotYours()
    chosen = next_visit.choose_for_order(
        order_number=order.number, code=code, day=day, actor=actor, now=now, phone_tail=phone_tail
    )
    return chosen.due_on


def may_choose(actor: Actor, order: OrderIntake) -> bool:
    return actor.user_id is not None and actor.user_id == order.owner_id
