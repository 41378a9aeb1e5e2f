"""Unsold numbers leave a dealer: given back, called back by its branch, or not sold in the agreed days."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.services import number_dealers
from members.actors import Actor
from omnichannel.kernel.errors import Invalid

from .dealer_credit import DealerUnknown, at_branch, terms_of, works_for
from .dealer_order_steps import credit_eased
from .wrong_input import ReasonMissing


class NothingTicked(Invalid):
    code = "numbers_not_ticked"
    message = _("Tick the numbers first.")


@transaction.atomic
def give_back(*, actor: Actor, dealer_id: int, msisdns: Iterable[str], now: datetime) -> list[str]:
    """The dealer or its branch puts unsold numbers back into the pool; returns them.

    What customers keep or bought stays. Raises DealerUnknown, NothingTicked, number_dealers.NumbersNotFree.
    """
    terms, ticked = terms_of(dealer_id), list(msisdns)
    if not works_for(actor, terms):
        raise DealerUnknown()
    if not ticked:
        raise NothingTicked(field="number")
    gone = number_dealers.give_back(dealer_id=dealer_id, msisdns=ticked, who=actor.label, now=now)
    _eased(dealer_id, now)
    return gone


@transaction.atomic
def recall(*, actor: Actor, dealer_id: int, msisdns: Iterable[str], reason: str, now: datetime) -> list[str]:
    """The branch calls unsold numbers back; returns them.

    Raises DealerUnknown, NothingTicked, ReasonMissing, number_dealers.NumbersNotFree.
    """
    terms, ticked = terms_of(dealer_id), list(msisdns)
    if not at_branch(actor, terms):
        raise DealerUnknown()
    if not ticked:
        raise NothingTicked(field="number")
    if not reason.strip():
        raise ReasonMissing(field="reason")
    gone = number_dealers.recall(dealer_id=dealer_id, msisdns=ticked, who=actor.label, reason=reason, now=now)
    _eased(dealer_id, now)
    return gone


def reclaim(*, now: datetime, limit: int = 5000) -> int:
    """Numbers whose days are over go back to the pool, every night; returns how many.

    All of them, in transactions of at most `limit`, so that no counter waits long for a number.
    """
    found = []
    while not found or found[-1] >= limit:
        found.append(_reclaim_some(len(found), limit, now))
    return sum(found)


@transaction.atomic
def _reclaim_some(batch: int, limit: int, now: datetime) -> int:
    gone = number_dealers.reclaim(now=now, limit=limit)
    for dealer_id in gone:
        _eased(dealer_id, now, batch)
    return sum(gone.values())


def _eased(dealer_id: int, now: datetime, batch: int = 0) -> None:
    """The dealer may have so many more: its orders on hold are looked at again, after each batch."""
    credit_eased(dealer_id, f"numbers-{now.isoformat()}-{batch}", now=now)
