"""The customer's word about another store for a pick-up."""

from datetime import datetime

from django.db import transaction

from fulfillment.services import pickup_consent
from members.actors import Actor, NotYours
from orders.models import OrderIntake
from orders.services.history import locked


@transaction.atomic
def answer(*, order_number: str, agrees: bool, actor: Actor, now: datetime) -> OrderIntake:
    """Agree to the store that is proposed, or not; only whose order it is may answer.

    Raises NotYours, pickup_consent.ProposalClosed.
    """
    intake = locked(order_number)
    if not actor.is_system and (actor.user_id is None or actor.user_id != intake.owner_id):
        raise NotYours()
    store = pickup_consent.answer(order_number=order_number, agrees=agrees, who=actor.label, now=now)
    if store != intake.pickup_location_id:
        intake.pickup_location_id = store
        intake.save(update_fields=["pickup_location"])
    return intake
