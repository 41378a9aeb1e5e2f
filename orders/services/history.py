"""Moving an order's state: guarded by the state it had, recorded with who, when, where and why."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError
from orders.models import OrderEvent, OrderIntake
from orders.models.intake import ENDS
from orders.queries.orders import OrderUnknown


class StateConflict(DomainError):
    code = "order_state_conflict"
    message = _("The order is %(state)s; this is not possible any more.")


def move(intake: OrderIntake, state: str, *, actor: Actor, now: datetime, why: str = "") -> None:
    """Set the state of an order locked by the caller; raises StateConflict when it may not follow."""
    if not intake.may_become(state):
        raise StateConflict(state=intake.get_state_display(), number=intake.number)
    before, intake.state = intake.state, state
    intake.ended_at = now if state in ENDS else None
    intake.expires_at = None
    intake.save(update_fields=["state", "ended_at", "expires_at"])
    record(intake, before=before, actor=actor, now=now, why=why)


def record(intake: OrderIntake, *, before: str, actor: Actor, now: datetime, why: str = "") -> None:
    OrderEvent.objects.create(
        intake=intake,
        at=now,
        by=actor.label,
        channel=actor.channel if not actor.is_system else "",
        before=before,
        after=intake.state,
        why=why[:200],
    )


def locked(order_number: str) -> OrderIntake:
    """The order, locked for change. Raises OrderUnknown."""
    intake = OrderIntake.objects.select_for_update(of=("self",)).filter(number=order_number).first()
    if intake is None:
        raise OrderUnknown(number=order_number)
    return intake
