"""Transfers between locations: asked for, consented to by the location that gives, or refused.

Sending and receiving stand in transfer_moves.py.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings
from members.actors import Actor, NotYours
from members.queries import InstitutionUnknown, institutions_by_ids
from members.values import InstitutionCard
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import StockTransfer, TransferLine, TransferState, TransferStep
from ..queries.owners import owner_ids
from ..queries.shelves import shelf
from .wrong_input import ReasonMissing, SkuUnknown, UnitsInvalid

# Who gives a location's goods away is of that location; operators ask, they do not consent.
GIVERS = ("store_manager", "warehouse", "warehouse_lead", "partner")
ASKERS = (*GIVERS, "operator")
TAKERS = (*GIVERS, "clerk")
READERS = (*TAKERS, "operator", "auditor")
MOST_UNITS = 100_000
MOST_LINES = 200


class TransferUnknown(NotYours):
    """Unknown, or between other people's locations: both look the same from outside."""

    code = "transfer_unknown"
    message = _("We do not know this transfer.")


class SamePlace(Invalid):
    code = "transfer_same_place"
    message = _("Goods move between two different locations.")


class OtherOwner(DomainError):
    code = "transfer_other_owner"
    message = _("%(place)s belongs to another company: its goods are bought by purchase order, not moved.")


class NotEnoughThere(DomainError):
    code = "transfer_short"
    message = _("%(place)s has %(free)s unpromised units of %(sku)s.")


class LinesInvalid(Invalid):
    code = "transfer_lines"
    message = _("Name between 1 and 200 articles.")


@transaction.atomic
def request(
    *, actor: Actor, from_id: int, to_id: int, wanted: Mapping[str, int], now: datetime, note: str = ""
) -> StockTransfer:
    """Ask a location for units by SKU. Whoever works at the giving location consents by asking.

    Nothing is held until the goods leave. Raises InstitutionUnknown, NotAllowed, SamePlace, OtherOwner,
    LinesInvalid, SkuUnknown, UnitsInvalid, NotEnoughThere.
    """
    giver, taker = _places(from_id, to_id)
    is_giver = any(actor.can(role, giver.path) for role in GIVERS)
    if not is_giver:
        actor.must_have(*ASKERS, path=taker.path)
    facts = _checked(giver, wanted)
    transfer = _new(giver, taker, actor, note, now)
    TransferLine.objects.bulk_create(
        TransferLine(transfer=transfer, sku=sku, wanted=units, serial_kind=facts[sku].serial_kind)
        for sku, units in wanted.items()
    )
    if is_giver:
        step(transfer, TransferState.AGREED, actor=actor, now=now)
    return transfer


def _places(from_id: int, to_id: int) -> tuple[InstitutionCard, InstitutionCard]:
    if from_id == to_id:
        raise SamePlace(field="to")
    cards = institutions_by_ids([from_id, to_id])
    if len(cards) < 2 or not cards[to_id].is_active:
        raise InstitutionUnknown()
    owners = owner_ids([from_id, to_id])
    if owners[from_id] != owners[to_id]:
        raise OtherOwner(place=cards[from_id].label)
    return cards[from_id], cards[to_id]


def _checked(giver: InstitutionCard, wanted: Mapping[str, int]) -> dict:
    """The articles' facts by SKU, when all of them can be asked for."""
    if not 1 <= len(wanted) <= MOST_LINES:
        raise LinesInvalid(field="lines")
    facts = offerings.by_sku(wanted)
    free = {sku: there.free for (sku, _place), there in shelf(wanted, [giver.id]).items()}
    for sku, units in wanted.items():
        if sku not in facts:
            raise SkuUnknown(sku=sku[:64])
        if not 1 <= units <= MOST_UNITS:
            raise UnitsInvalid(field="quantity")
        if units > free.get(sku, 0):
            raise NotEnoughThere(place=giver.label, sku=sku, free=free.get(sku, 0))
    return facts


def _new(giver, taker, actor: Actor, note: str, now: datetime) -> StockTransfer:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('fulfillment_stocktransfer', 'id'))")
        pk = cursor.fetchone()[0]
    transfer = StockTransfer.objects.create(
        pk=pk,
        code=f"TF{clock.local_day(now):%y%m%d}{pk:05d}",
        from_location_id=giver.id,
        to_location_id=taker.id,
        state=TransferState.REQUESTED,
        note=note.strip()[:160],
        requested_by=actor.label[:80],
        created_at=now,
        changed_at=now,
    )
    tell(transfer, actor=actor, now=now, note=transfer.note)
    return transfer


@transaction.atomic
def agree(*, actor: Actor, code: str, now: datetime) -> StockTransfer:
    """The giving location consents. Raises TransferUnknown, NotAllowed, TransferWrongState."""
    transfer = locked(actor, code)
    actor.must_have(*GIVERS, path=transfer.from_location.path)
    step(transfer, TransferState.AGREED, actor=actor, now=now)
    return transfer


@transaction.atomic
def refuse(*, actor: Actor, code: str, reason: str, now: datetime) -> StockTransfer:
    """The giving location keeps its goods. Raises as agree does, and ReasonMissing."""
    transfer = locked(actor, code)
    actor.must_have(*GIVERS, path=transfer.from_location.path)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    step(transfer, TransferState.REFUSED, actor=actor, now=now, note=reason.strip())
    return transfer


@transaction.atomic
def cancel(*, actor: Actor, code: str, now: datetime, note: str = "") -> StockTransfer:
    """Whoever may ask for it calls it off before it left. Raises as agree does."""
    transfer = locked(actor, code)
    paths = (transfer.from_location.path, transfer.to_location.path)
    if not any(actor.can(role, path) for role in ASKERS for path in paths):
        actor.must_have(*ASKERS, path=transfer.to_location.path)
    step(transfer, TransferState.CANCELLED, actor=actor, now=now, note=note.strip())
    return transfer


def locked(actor: Actor, code: str) -> StockTransfer:
    """A transfer from or to a location of the actor, locked. Raises TransferUnknown."""
    return _visible(actor, code, StockTransfer.objects.select_for_update(of=("self",)))


def readable(actor: Actor, code: str) -> StockTransfer:
    """The same to look at, not locked."""
    return _visible(actor, code, StockTransfer.objects.all())


def _visible(actor: Actor, code: str, rows) -> StockTransfer:
    found = rows.select_related("from_location", "to_location").filter(code=code.strip().upper()).first()
    paths = (found.from_location.path, found.to_location.path) if found else ()
    if not any(actor.can(role, path) for role in READERS for path in paths):
        raise TransferUnknown()
    return found


def step(transfer: StockTransfer, state: str, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Move a locked transfer to `state` and tell its history. Raises TransferWrongState."""
    transfer.must_reach(state)
    transfer.state, transfer.changed_at = state, now
    transfer.save(update_fields=["state", "changed_at"])
    tell(transfer, actor=actor, now=now, note=note)


def tell(transfer: StockTransfer, *, actor: Actor, now: datetime, note: str = "") -> None:
    TransferStep.objects.create(
        transfer=transfer, state=transfer.state, who=actor.label[:80], note=note[:160], at=now
    )
