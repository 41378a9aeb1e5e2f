"""More arrived at a dealer than was sent: booked as a difference, kept or sent back as the supplier decides.

What is too much left somewhere: where the sender's books still have it, it leaves them for transit, and
promises of it give way; otherwise nobody's books knew it. From transit it goes to the dealer's shelf with an
invoice, or back to the sender's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import DealerSurplusDecided
from ..models import (
    DealerReceipt,
    DealerSurplus,
    DealerTerms,
    FulfillmentOrder,
    HoldReason,
    Place,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
    StockMovement,
    SurplusState,
    SurplusWish,
)
from ..queries.dealers import HOUSE
from . import dealer_invoices, displacement, stock
from .dealer_credit import at_branch, locked_terms, objection, standing_of
from .displacement import Room, Shortfall, can_leave

NUMBER = "SP"
REPORTED, KEPT, BACK = "dealer_surplus", "surplus_kept", "surplus_back"


class WishMissing(Invalid):
    code = "surplus_wish_missing"
    message = _("More arrived than was sent: say whether you keep it or send it back, and what happened.")


class SurplusUnknown(NotYours):
    code = "surplus_unknown"
    message = _("There is no such surplus at a dealer of yours.")


class SurplusDecided(DomainError):
    code = "surplus_decided"
    message = _("This surplus is “%(state)s” already.")


class OwnSurplus(DomainError):
    code = "surplus_own"
    message = _("You reported it yourself: somebody else of the branch decides.")


class SurplusBeyondCredit(DomainError):
    code = "surplus_beyond_credit"
    message = _("It cannot be invoiced: %(why)s. Let it come back.")


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
        _book(row, extra.sku, sender, -extra.count, REPORTED, now)
    else:
        StockMovement.objects.create(
            sku=extra.sku,
            quantity=extra.count,
            from_place=Place.LOSS,
            to_place=Place.TRANSIT,
            reason=REPORTED,
            reference=_reference(row),
            at=now,
        )
    _turn(row, SerialState.IN_TRANSIT, sender, SerialEventKind.SURPLUS, actor, now)
    return row


@transaction.atomic
def decide(*, actor: Actor, surplus_id: int, keep: bool, note: str = "", now: datetime) -> DealerSurplus:
    """The dealer keeps the units and is invoiced at the order's price, or sends them back.

    Raises SurplusUnknown, SurplusDecided, OwnSurplus, SurplusBeyondCredit.
    """
    terms = _locked_terms_of(surplus_id)
    if not at_branch(actor, terms):
        raise SurplusUnknown()
    row = _locked(surplus_id, SurplusState.ASKED)
    if row.reported_by is not None and row.reported_by == actor.user_id:
        raise OwnSurplus()
    row.decided_by, row.decided_by_name, row.decided_at = actor.user_id, actor.label[:80], now
    row.note, row.state = note.strip()[:160], SurplusState.KEPT if keep else SurplusState.GOING_BACK
    if keep:
        _keep(row, terms.pk, actor, now)
    row.save()
    outbox.publish(
        DealerSurplusDecided(
            surplus_id=row.pk,
            order_number=row.receipt.order.number,
            dealer_id=terms.pk,
            sku=row.line.sku,
            units=row.units,
            kept=keep,
            occurred_at=now.isoformat(),
        )
    )
    return row


def _keep(row: DealerSurplus, dealer_id: int, actor: Actor, now: datetime) -> None:
    amount = row.units * row.line.unit_fen
    why = objection(standing_of(dealer_id, now=now), amount)
    if why:
        raise SurplusBeyondCredit(why=str(HoldReason(why).label))
    _book(row, row.line.sku, dealer_id, row.units, KEPT, now)
    _turn(row, SerialState.FREE, dealer_id, SerialEventKind.AT_DEALER, actor, now)
    row.invoice = dealer_invoices.issue_amount(row.receipt.order, amount, now=now)


@transaction.atomic
def take_back(*, actor: Actor, surplus_id: int, now: datetime) -> DealerSurplus:
    """The units are on the sender's shelf again. For its people and the branch.

    Raises SurplusUnknown, SurplusDecided.
    """
    terms = _locked_terms_of(surplus_id)
    row = _locked(surplus_id, SurplusState.GOING_BACK)
    fo = FulfillmentOrder.objects.select_related("location").get(pk=row.receipt.fulfillment_id)
    if not may_take_back(actor, terms, fo.location.path):
        raise SurplusUnknown()
    row.state, row.back_by, row.back_at = SurplusState.BACK, actor.label[:80], now
    row.save(update_fields=["state", "back_by", "back_at"])
    _book(row, row.line.sku, fo.location_id, row.units, BACK, now)
    _turn(row, SerialState.FREE, fo.location_id, SerialEventKind.CAME_BACK, actor, now)
    return row


def may_take_back(actor: Actor, terms: DealerTerms, sender_path: str) -> bool:
    return any(actor.can(role, sender_path) for role in HOUSE) or at_branch(actor, terms)


def _locked_terms_of(surplus_id: int) -> DealerTerms:
    """A surplus is locked after the terms of its dealer. Raises SurplusUnknown."""
    rows = DealerSurplus.objects.filter(pk=surplus_id)
    dealer_id = rows.values_list("receipt__order__dealer_id", flat=True).first()
    if dealer_id is None:
        raise SurplusUnknown()
    return locked_terms(dealer_id)


def _locked(surplus_id: int, state: str) -> DealerSurplus:
    rows = DealerSurplus.objects.select_for_update(of=("self",))
    row = rows.select_related("receipt__order", "line").filter(pk=surplus_id).first()
    if row is None:
        raise SurplusUnknown()
    if row.state != state:
        raise SurplusDecided(state=str(row.get_state_display()))
    return row


def _reference(row: DealerSurplus) -> str:
    return f"{NUMBER}{row.pk:06d}"


def _book(row: DealerSurplus, sku: str, location_id: int, units: int, reason: str, now: datetime) -> None:
    stock.book(
        sku=sku,
        location_id=location_id,
        units=units,
        place=Place.TRANSIT,
        reason=reason,
        reference=_reference(row),
        now=now,
    )


def _turn(row: DealerSurplus, state: str, location_id: int, kind: str, actor: Actor, now: datetime) -> None:
    """The serial units follow, with their history."""
    units = list(SerialUnit.objects.select_for_update().filter(serial__in=row.serials).order_by("pk"))
    SerialUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(
        state=state, location_id=location_id, changed_at=now
    )
    SerialEvent.objects.bulk_create(
        SerialEvent(
            unit=unit,
            kind=kind,
            location_id=location_id,
            reference=_reference(row),
            who=actor.label[:80],
            at=now,
        )
        for unit in units
    )
