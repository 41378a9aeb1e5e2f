"""A courier's place, shown to those who wait while it is fresh."""

from datetime import datetime

from django.db import transaction

from fulfillment.models import CourierPosition, PositionNote
from fulfillment.queries.carriers import must_carry
from fulfillment.services.visits import Fix
from members.actors import Actor, NotAllowed
from members.queries import institution


@transaction.atomic
def share(*, actor: Actor, courier_id: int, fix: Fix, now: datetime) -> None:
    """Replace the actor's place; a fix that is none ends the sharing. Raises NotAllowed."""
    must_carry(actor, institution(courier_id))
    if actor.user_id is None:
        raise NotAllowed()
    if fix.note != PositionNote.FIXED:
        CourierPosition.objects.filter(user_id=actor.user_id).delete()
        return
    CourierPosition.objects.update_or_create(
        user_id=actor.user_id,
        defaults={
            "courier_id": courier_id,
            "latitude": fix.latitude,
            "longitude": fix.longitude,
            "accuracy_m": fix.accuracy_m,
            "at": now,
        },
    )
