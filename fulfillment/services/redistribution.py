"""Proposals of the cover report become transfer requests, one per pair of locations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import Invalid

from ..models import StockTransfer
from . import transfers

MOST = 200
NOTE = "cover"


class NothingProposed(Invalid):
    code = "proposal_missing"
    message = _("Choose at least one proposal, 200 at most.")


@dataclass(frozen=True)
class Wish:
    sku: str
    from_id: int
    to_id: int
    units: int


@transaction.atomic
def ask(*, actor: Actor, wishes: Iterable[Wish], now: datetime) -> list[StockTransfer]:
    """Request all of them or none. Raises NothingProposed and what transfers.request raises."""
    pairs: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    count = 0
    for wish in wishes:
        units = pairs[wish.from_id, wish.to_id]
        units[wish.sku] = units.get(wish.sku, 0) + wish.units
        count += 1
    if not 1 <= count <= MOST:
        raise NothingProposed(field="proposals")
    return [
        transfers.request(actor=actor, from_id=giver, to_id=taker, wanted=wanted, note=NOTE, now=now)
        for (giver, taker), wanted in sorted(pairs.items())
    ]
