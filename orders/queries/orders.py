"""Orders for pages and API; what an actor may see is decided here."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, Role
from omnichannel.kernel import prepared
from omnichannel.kernel.errors import NotFound
from orders.models import LineTerms, OrderEvent, OrderIntake

_R = Role
_ALL = (_R.OPERATOR, _R.FINANCE_CLERK, _R.FINANCE_LEAD, _R.AUDITOR)
_OWN_INSTITUTION = (_R.CLERK, _R.STORE_MANAGER, _R.PARTNER)
_BY_NUMBER = "WHERE number = %(number)s"
_LINES = "WHERE intake_id = %(order)s ORDER BY line_id"
_HISTORY = "WHERE intake_id = %(order)s ORDER BY at, id"


class OrderUnknown(NotFound):
    message = _("We could not find this order.")


def visible_to(actor: Actor, *, session_numbers=()):
    """The orders an actor may read: own ones, those of the institutions it works for, those it placed.

    session_numbers: orders that this browser placed as a guest.
    """
    orders = OrderIntake.objects.all()
    if actor.has(*_ALL):
        return orders
    mine = Q(number__in=list(session_numbers))
    if actor.user_id:
        mine |= Q(member_id=actor.user_id)
    if actor.institution_id and actor.name:
        mine |= Q(caller=actor.name)
    for path in actor.paths(*_OWN_INSTITUTION):
        mine |= Q(institution__path__startswith=path)
    return orders.filter(mine)


def one(actor: Actor, order_number: str, *, session_numbers=()) -> OrderIntake:
    """An order with its lines and history in three statements; raises OrderUnknown.

    So for a stranger's order too.
    """
    found = head(actor, order_number, session_numbers=session_numbers)
    _known(found, "terms", lines_of(found))
    _known(found, "events", prepared.instances(OrderEvent, _HISTORY, {"order": found.pk}))
    return found


def lines_of(order: OrderIntake) -> list[LineTerms]:
    """What was agreed for each line, in their order."""
    return prepared.instances(LineTerms, _LINES, {"order": order.pk})


def head(actor: Actor, order_number: str, *, session_numbers=()) -> OrderIntake:
    """The order without its lines and history; raises OrderUnknown as one() does."""
    found = prepared.instances(OrderIntake, _BY_NUMBER, {"number": order_number})
    if not found or not _may_see(actor, found[0], session_numbers):
        raise OrderUnknown(number=order_number)
    return found[0]


def _may_see(actor: Actor, order: OrderIntake, session_numbers) -> bool:
    """visible_to() asked of one order."""
    if actor.has(*_ALL) or order.number in session_numbers:
        return True
    if actor.user_id and order.member_id == actor.user_id:
        return True
    if actor.institution_id and actor.name and order.caller == actor.name:
        return True
    paths = tuple(actor.paths(*_OWN_INSTITUTION))
    return bool(paths and order.institution and order.institution.path.startswith(paths))


def _known(order: OrderIntake, name: str, rows: list) -> None:
    """What order.<name>.all() gives from now on, as after prefetch_related()."""
    related = getattr(order, name).model.objects.none()
    related._result_cache, related._prefetch_done = rows, True
    order.__dict__.setdefault("_prefetched_objects_cache", {})[name] = related
