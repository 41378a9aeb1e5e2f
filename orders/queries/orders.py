"""Orders for pages and API; what an actor may see is decided here."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, Role
from omnichannel.kernel.errors import NotFound
from orders.models import OrderIntake

_R = Role
# Most orders of the web have neither: fetched where they are there, not joined to every order.
PLACES = ("institution", "pickup_location")


class OrderUnknown(NotFound):
    message = _("We could not find this order.")


def visible_to(actor: Actor, *, session_numbers=()):
    """The orders an actor may read: own ones, those of the institutions it works for, those it placed.

    session_numbers: orders that this browser placed as a guest.
    """
    orders = OrderIntake.objects.all()
    if actor.has(_R.OPERATOR, _R.FINANCE_CLERK, _R.FINANCE_LEAD, _R.AUDITOR):
        return orders
    mine = Q(number__in=list(session_numbers))
    if actor.user_id:
        mine |= Q(member_id=actor.user_id)
    if actor.institution_id and actor.name:
        mine |= Q(caller=actor.name)
    for path in actor.paths(_R.CLERK, _R.STORE_MANAGER, _R.PARTNER):
        mine |= Q(institution__path__startswith=path)
    return orders.filter(mine)


def one(actor: Actor, order_number: str, *, session_numbers=()) -> OrderIntake:
    """An order with lines, history and places in three to five queries; raises OrderUnknown.

    So for a stranger's order too.
    """
    found = visible_to(actor, session_numbers=session_numbers)
    return _first(found.prefetch_related("terms", "events", *PLACES), order_number)


def head(actor: Actor, order_number: str, *, session_numbers=()) -> OrderIntake:
    """The order without its lines and history; raises OrderUnknown as one() does."""
    return _first(visible_to(actor, session_numbers=session_numbers), order_number)


def _first(found, order_number: str) -> OrderIntake:
    found = found.filter(number=order_number).first()
    if found is None:
        raise OrderUnknown(number=order_number)
    return found
