"""Moving an order's state: guarded by the state it had, recorded with who, when, where and why."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import prepared
from omnichannel.kernel.errors import DomainError
from orders.models import OrderIntake
from orders.models.intake import ENDS
from orders.queries.orders import OrderUnknown

# The state and its line in the history.
_MOVE = """
WITH moved AS (
    UPDATE order_orderintake SET state = %(state)s, ended_at = %(ended)s, expires_at = NULL
     WHERE order_id = %(order)s
)
INSERT INTO order_orderevent (intake_id, at, by, channel, before, after, why)
VALUES (%(order)s, %(at)s, %(by)s, %(channel)s, %(before)s, %(state)s, %(why)s) RETURNING id
"""


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
    values = {
        "order": intake.pk,
        "state": str(state),
        "ended": intake.ended_at,
        "before": str(before),
        "at": now,
        "by": actor.label,
        "channel": actor.channel if not actor.is_system else "",
        "why": why[:200],
    }
    prepared.tuples(_MOVE, values)


def locked(order_number: str) -> OrderIntake:
    """The order, locked for change. Raises OrderUnknown."""
    intake = OrderIntake.objects.select_for_update(of=("self",)).filter(number=order_number).first()
    if intake is None:
        raise OrderUnknown(number=order_number)
    return intake
