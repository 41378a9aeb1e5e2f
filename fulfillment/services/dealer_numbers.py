"""Numbers of a dealer's order come when its branch approves it: electronically and at once."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from catalog.services import number_dealers
from members.actors import SYSTEM, Actor
from members.place_names import place_name
from omnichannel.kernel.errors import DomainError

from .. import reasons
from ..models import DealerNumberLine, DealerOrder, DealerTerms
from .dealer_order_steps import tell


class NumbersShort(DomainError):
    code = "numbers_short"
    message = _("Only %(free)s of %(units)s numbers of %(city)s are free. Approve what there is, or reject.")


class NoNumbers(DomainError):
    code = "numbers_none"
    message = _("No number that was ordered is free, and nothing else was ordered. Reject the order.")


def allot(order: DealerOrder, terms: DealerTerms, *, fewer: bool, now: datetime) -> tuple[int, int]:
    """Take the numbers of a locked order out of the pool for its dealer; (came, dropped).

    fewer: what is not free is dropped. Raises NumbersShort without it, NoNumbers when nothing is left of the
    order; then nothing is taken. Before stock levels in the lock order.
    """
    lines = list(order.number_lines.all())
    until = now + timedelta(days=terms.number_days)
    for line in lines:
        _take(order, line, until, fewer, now)
    came = sum(line.allotted for line in lines)
    if lines and not came and not order.lines.exists():
        raise NoNumbers()
    return came, sum(line.dropped for line in lines)


def _take(order: DealerOrder, line: DealerNumberLine, until: datetime, fewer: bool, now: datetime) -> None:
    taken = number_dealers.allot(
        dealer_id=order.dealer_id,
        province=line.province,
        city=line.city,
        grade=line.grade,
        count=line.quantity,
        reference=order.number,
        until=until,
        now=now,
    )
    if len(taken) < line.quantity and not fewer:
        raise NumbersShort(free=len(taken), units=line.quantity, city=place_name(line.city))
    line.allotted, line.dropped = len(taken), line.quantity - len(taken)
    line.save(update_fields=["allotted", "dropped"])


def record(order: DealerOrder, came: int, dropped: int, *, now: datetime, actor: Actor = SYSTEM) -> None:
    """The order's history says how many numbers came and how many will not."""
    for code, units in ((reasons.NUMBERS_CAME, came), (reasons.NUMBERS_DROPPED, dropped)):
        if units:
            tell(order, actor, reasons.counted(code, units), now)
