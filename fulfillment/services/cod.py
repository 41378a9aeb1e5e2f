"""Cash on delivery: paid in by a courier company, or paid by QR at the door through the payment provider.

Payments belong to orders, above: it asks what is due at a door, says under which number a QR payment waits,
and tells when it was paid.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.events import CodRemitted
from fulfillment.models import CashMeans, CodRemittance, Delivery
from fulfillment.queries.carriers import must_carry
from fulfillment.services import doors
from fulfillment.services.delivery import take_money
from fulfillment.services.doors import must_be, parcel_at_door, readable
from members.actors import SYSTEM, Actor
from members.queries import institution
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError


class NothingToRemit(DomainError):
    code = "nothing_to_remit"
    message = _("There is no collected cash to pay in.")


class CashChanged(DomainError):
    code = "cash_changed"
    message = _("There is more or less cash than was shown: somebody collected or paid in. Count again.")


@transaction.atomic
def remit(
    *, courier_id: int, now: datetime, actor: Actor = SYSTEM, shown_fen: int | None = None
) -> CodRemittance:
    """Pay in everything a courier company collected and has not paid in yet, and publish CodRemitted.

    shown_fen: the sum by which somebody counted. The courier's own people, operators and finance clerks may
    record it. Raises NothingToRemit, CashChanged, NotAllowed.
    """
    if not actor.has("operator", "finance_clerk"):
        must_carry(actor, institution(courier_id))
    rows = Delivery.objects.select_for_update(of=("self",)).cod_outstanding().filter(courier_id=courier_id)
    open_rows = list(rows.select_related("fulfillment__demand").order_by("pk"))
    if not open_rows:
        raise NothingToRemit()
    amount_fen = sum(row.cod_collected_fen for row in open_rows)
    if shown_fen not in (None, amount_fen):
        raise CashChanged(shown=shown_fen, held=amount_fen)
    remittance = CodRemittance.objects.create(
        courier_id=courier_id,
        amount_fen=amount_fen,
        remitted_at=now,
        remitted_by=actor.label[:80],
    )
    Delivery.objects.filter(pk__in=[row.pk for row in open_rows]).update(remittance=remittance)
    outbox.publish(
        CodRemitted(
            remittance_id=remittance.pk,
            courier_id=courier_id,
            amount_fen=remittance.amount_fen,
            order_numbers=sorted({row.fulfillment.demand.order_number for row in open_rows}),
            occurred_at=now.isoformat(),
        )
    )
    return remittance


@dataclass(frozen=True)
class DueAtDoor:
    """What a courier is to collect now. `reference`: of the QR payment that waits there, or ""."""

    order_number: str
    parcel: str
    amount_fen: int
    reference: str
    visit: int


def due_at_door(*, actor: Actor, code: str) -> DueAtDoor:
    """Raises ParcelUnknown, and StepOrder unless money is the next step."""
    delivery = readable(actor, code)
    must_be(delivery, "cash")
    return _due(delivery)


def _due(delivery: Delivery) -> DueAtDoor:
    fo = delivery.fulfillment
    return DueAtDoor(
        order_number=fo.demand.order_number,
        parcel=fo.code,
        amount_fen=delivery.cod_fen,
        reference=delivery.qr_reference or "",
        visit=delivery.visit,
    )


@transaction.atomic
def qr_waits(*, actor: Actor, code: str, reference: str) -> DueAtDoor:
    """From now on the payment with this number pays for the door. Raises ParcelUnknown, StepOrder."""
    delivery = parcel_at_door(actor, code)
    must_be(delivery, "cash")
    delivery.qr_reference = reference
    delivery.save(update_fields=["qr_reference"])
    return _due(delivery)


@transaction.atomic
def paid_by_qr(*, reference: str, amount_fen: int, now: datetime) -> bool:
    """The provider has the money for a door: the parcel is delivered. False when no door waits for it.

    Part of the transaction that captures the payment; the order is locked before the parcel.
    """
    delivery = doors.locked(Delivery.objects.filter(qr_reference=reference)).first()
    if delivery is None or delivery.next_step != "cash" or delivery.cod_fen != amount_fen:
        return False
    take_money(delivery, means=CashMeans.QR, actor=SYSTEM, now=max(now, delivery.signed_at))
    return True
