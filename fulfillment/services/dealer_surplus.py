"""More arrived at a dealer than was sent: booked as a difference, until the supplier decides.

What is too much left somewhere: where the sender's books still have it, it leaves them for transit, and
promises of it give way; otherwise nobody's books knew it. What becomes of it is decided afterwards
(dealer_surplus_decision).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import Invalid

from ..models import (
    DealerReceipt,
    DealerSurplus,
    FulfillmentOrder,
    Place,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StockMovement,
    SurplusWish,
)
from . import displacement
from .dealer_surplus_moves import REPORTED, book, reference, turn
from .displacement import Room, Shortfall, can_leave


class WishMissing(Invalid):
    code = "surplus_wish_missing"
    message = _("More arrived than was sent: say whether you keep it or send it back, and what happened.")


@dataclass(frozen=True)
class Extra:
    """Units of a line beyond what was sent. units: the serial ones, still in the sender's books."""

    line_id: int
    sku: str
    count: int
    units: tuple[SerialUnit, ...] = ()


@dataclass(frozen=True)
class Report:
    """What the dealer says about a surplus."""

    wish: str = ""
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return self.wish in SurplusWish.values and bool(self.reason.strip())


@dataclass(frozen=True)
class Claims:
    """What the surplus of a parcel takes from the sender's shelf: locked, with the promises in its way."""

    room: Room
    skus: frozenset[str]


def lock(fo: FulfillmentOrder, dealer_id: int, skus: Iterable[str], extras: Iterable[Extra]) -> Claims:
    """Lock the parcel together with what its surplus displaces at the sender, and the dealer's shelves.

    Raises StockPromised when a promise was routed at this moment: try again.
    """
    short = [Shortfall(each.sku, fo.location_id, each.count) for each in extras]
    there = [each for each in short if can_leave(each)]
    shelves = [(sku, dealer_id) for sku in skus]
    return Claims(displacement.lock(there, shelves=shelves, parcels=[fo.pk]), frozenset(e.sku for e in there))


def record(
    receipt: DealerReceipt,
    extras: Iterable[Extra],
    report: Report,
    claims: Claims,
    *,
    actor: Actor,
    now: datetime,
) -> list[DealerSurplus]:
    """Book what is too much, to be decided. Raises WishMissing."""
    extras = sorted(extras, key=lambda each: each.sku)
    if extras and not report.is_whole:
        raise WishMissing(field="wish")
    displaced = displacement.clear(claims.room, actor=actor, now=now)
    rows = [_record(receipt, each, report, each.sku in claims.skus, actor, now) for each in extras]
    displacement.take_anew(displaced, now=now)
    return rows


def _record(receipt: DealerReceipt, extra: Extra, report: Report, from_shelf: bool, actor: Actor, now):
    sender = receipt.fulfillment.location_id
    row = DealerSurplus.objects.create(
        receipt=receipt,
        line_id=extra.line_id,
        units=extra.count,
        serials=[unit.serial for unit in extra.units],
        reason=report.reason.strip()[:160],
        wish=report.wish,
        from_shelf=from_shelf,
        reported_by=actor.user_id,
        reported_by_name=actor.label[:80],
        reported_at=now,
    )
    if from_shelf:
        book(row, extra.sku, sender, -extra.count, REPORTED, now)
    else:
        StockMovement.objects.create(
            sku=extra.sku,
            quantity=extra.count,
            from_place=Place.LOSS,
            to_place=Place.TRANSIT,
            reason=REPORTED,
            reference=reference(row),
            at=now,
        )
    turn(row, SerialState.IN_TRANSIT, sender, SerialEventKind.SURPLUS, actor, now)
    return row
