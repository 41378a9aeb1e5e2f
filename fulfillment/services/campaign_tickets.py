"""A channel's customer in the queue of a flash sale: the same queue, lot and pace as the web's.

A ticket follows from the channel, its name for the customer and the sale, so asking again is the same place
and nothing has to be kept; its last part is a seal, so that nobody makes tickets up.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from hmac import compare_digest

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid, NotFound

from ..queries import campaigns as sales
from ..queries.campaigns import Sale
from . import campaigns
from .campaigns import Standing

TURN, WAIT, SOLD_OUT, ORDERED = "turn", "wait", "sold_out", "ordered"
MOST_NAME = 120
NAME_BYTES, SEAL_BYTES = 12, 8  # a ticket of 40 characters


class SaleUnknown(NotFound):
    code = "flash_sale_unknown"
    message = _("There is no flash sale %(sale)s in this channel.")


class SaleOver(DomainError):
    code = "flash_sale_over"
    message = _("The flash sale is over.")


class QueueClosed(DomainError):
    code = "flash_sale_not_open"
    message = _("The queue opens at %(opens)s.")


class TicketUnknown(NotFound):
    code = "flash_ticket_unknown"
    message = _("There is no such place in the queue. Take one first.")


class VisitorMissing(Invalid):
    code = "visitor_invalid"
    message = _("Name the customer who waits, in 1 to 120 characters.")


@dataclass(frozen=True)
class Ticket:
    """state: wait, turn (standing.token admits to an order until standing.until), sold_out or ordered."""

    ticket: str
    state: str
    standing: Standing


def join(*, actor: Actor, code: str, visitor: str, now: datetime) -> Ticket:
    """A place for the channel's customer `visitor`; asked again it is the same one.

    Raises SaleUnknown, SaleOver, QueueClosed, VisitorMissing.
    """
    sale = _open_sale(actor, code, now)
    if not 0 < len(visitor.strip()) <= MOST_NAME:
        raise VisitorMissing(field="visitor")
    name = _hash(sale, f"{actor.name}|{visitor.strip()}", NAME_BYTES)
    return _stand(sale, name + _seal(sale, actor, name), now)


def look(*, actor: Actor, code: str, ticket: str, now: datetime) -> Ticket:
    """How far a ticket of this channel is. Raises SaleUnknown, SaleOver, QueueClosed, TicketUnknown."""
    sale = _open_sale(actor, code, now)
    _must_be_own(sale, actor, ticket)
    return _stand(sale, ticket, now)


def give_up(*, actor: Actor, code: str, ticket: str, now: datetime) -> None:
    """Make room for the next. Raises SaleUnknown, SaleOver, QueueClosed, TicketUnknown."""
    sale = _open_sale(actor, code, now)
    _must_be_own(sale, actor, ticket)
    campaigns.leave(sale, ticket)


def _open_sale(actor: Actor, code: str, now: datetime) -> Sale:
    sale = sales.sale(code)
    if sale is None or actor.channel not in sale.channels:
        raise SaleUnknown(sale=code[:40])
    phase = sale.phase(now)
    if phase == "over":
        raise SaleOver()
    if phase == "announced":
        raise QueueClosed(opens=sale.queue_opens.isoformat())
    return sale


def _must_be_own(sale: Sale, actor: Actor, ticket: str) -> None:
    name, seal = ticket[: 2 * NAME_BYTES], ticket[2 * NAME_BYTES :]
    if not compare_digest(seal.encode(), _seal(sale, actor, name).encode()):
        raise TicketUnknown()


def _stand(sale: Sale, ticket: str, now: datetime) -> Ticket:
    if sales.has_ordered(campaign_id=sale.id, ticket=ticket):
        return Ticket(ticket, ORDERED, Standing())
    standing = campaigns.stand(sale, ticket, now=now)
    if standing.token:
        return Ticket(ticket, TURN, standing)
    sold_out = sale.phase(now) == "open" and not sale.left
    return Ticket(ticket, SOLD_OUT if sold_out else WAIT, standing)


def _seal(sale: Sale, actor: Actor, name: str) -> str:
    return _hash(sale, f"seal|{actor.name}|{name}", SEAL_BYTES)


def _hash(sale: Sale, text: str, size: int) -> str:
    return blake2b(f"{sale.id}|{text}".encode(), key=sale.secret.encode(), digest_size=size).hexdigest()
