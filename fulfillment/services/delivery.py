"""A parcel's last metres: loaded, at the door, identity, signature, cash, delivered or refused."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    CashMeans,
    Delivery,
    FulfillmentOrder,
    FulfillmentState,
    IdentityCheck,
    RefusalReason,
)
from fulfillment.services import account_opening, completion, signatures
from fulfillment.services.steps import advance, advance_many
from members.actors import Actor, NotYours
from members.queries import identity_matches
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.secrets import mask_name

MOST_IDENTITY_ATTEMPTS = 5


class ParcelUnknown(NotYours):
    """Unknown, or another courier company's: both look the same from outside."""

    code = "parcel_unknown"
    message = _("You have no parcel %(parcel)s.")


class StepOrder(DomainError):
    code = "delivery_step_order"
    message = _("This step is not due. Reload the page to see what comes next.")


class IdentityDiffers(DomainError):
    code = "identity_differs"
    message = _("Name and ID do not belong to this order. Check the card again; %(left)s tries left.")


class IdentityExhausted(DomainError):
    code = "identity_attempts_used"
    message = _("Identity could not be proven. Take the parcel back.")


class CashDiffers(Invalid):
    code = "cod_differs"
    message = _("Exactly %(wanted_text)s are due, no more and no less.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Choose a reason.")


def parcel_at_door(actor: Actor, code: str) -> Delivery:
    """The delivery of a parcel of the actor's courier company, locked. Raises ParcelUnknown."""
    rows = Delivery.objects.select_for_update(of=("self", "fulfillment"))
    rows = rows.select_related("fulfillment__demand", "courier").filter(
        fulfillment__code=code.strip().upper()
    )
    found = rows.first()
    if found is None or not actor.can("courier", found.courier.path):
        raise ParcelUnknown(parcel=code.strip())
    return found


def readable(actor: Actor, code: str) -> Delivery:
    """A delivery to look at, not locked. Raises ParcelUnknown."""
    rows = Delivery.objects.select_related("fulfillment__demand", "fulfillment__location", "courier")
    found = rows.filter(fulfillment__code=code.strip().upper()).first()
    if found is None or not actor.can("courier", found.courier.path):
        raise ParcelUnknown(parcel=code.strip())
    return found


@transaction.atomic
def load(*, actor: Actor, courier_id: int, now: datetime, codes: Iterable[str] | None = None) -> int:
    """Take parcels on the van: those scanned, or all that were handed over. Returns how many."""
    rows = Delivery.objects.select_for_update(of=("self", "fulfillment")).under_way()
    rows = rows.select_related("fulfillment", "courier").filter(courier_id=courier_id, loaded_at=None)
    if codes is not None:
        rows = rows.filter(fulfillment__code__in=[code.strip().upper() for code in codes])
    found = [row for row in rows.order_by("pk") if actor.can("courier", row.courier.path)]
    if codes is not None and not found:
        raise ParcelUnknown(parcel=", ".join(codes))
    advance_many([row.fulfillment for row in found], FulfillmentState.OUT_FOR_DELIVERY, now=now, actor=actor)
    loaded = Delivery.objects.filter(pk__in=[row.pk for row in found])
    return loaded.update(loaded_at=now, courier_name=actor.label[:80])


@transaction.atomic
def arrive(*, actor: Actor, code: str, now: datetime) -> Delivery:
    """The courier is at the door; pressed twice is once. Raises ParcelUnknown, StepOrder when it is over."""
    delivery = parcel_at_door(actor, code)
    if delivery.finished_at:
        raise StepOrder()
    if not delivery.arrived_at:
        _at_door(delivery, actor, now)
    return delivery


def _at_door(delivery: Delivery, actor: Actor, now: datetime) -> None:
    fo = delivery.fulfillment
    if fo.state == FulfillmentState.HANDED_OVER:
        advance(fo, FulfillmentState.OUT_FOR_DELIVERY, now=now, actor=actor)
    delivery.arrived_at, delivery.courier_name = now, actor.label[:80]
    delivery.loaded_at = delivery.loaded_at or now
    delivery.save(update_fields=["arrived_at", "loaded_at", "courier_name"])


def check_identity(*, actor: Actor, code: str, name: str, id_tail: str, now: datetime) -> Delivery:
    """Compare what the card at the door says with the verified identity of the order.

    Each attempt is kept, a wrong one too. Raises IdentityDiffers, IdentityExhausted after five wrong ones,
    ParcelUnknown, StepOrder.
    """
    with transaction.atomic():
        delivery = parcel_at_door(actor, code)
        _must_be(delivery, "identity")
        left = MOST_IDENTITY_ATTEMPTS - _wrong_attempts(delivery.fulfillment)
        passed = left > 0 and record_check(
            delivery.fulfillment, delivery.identity_id, name, id_tail, actor, now
        )
        if passed:
            delivery.identity_passed_at = now
            delivery.save(update_fields=["identity_passed_at"])
    if passed:
        return delivery
    if left <= 1:
        raise IdentityExhausted()
    raise IdentityDiffers(left=left - 1)


def _wrong_attempts(fo: FulfillmentOrder) -> int:
    return IdentityCheck.objects.filter(fulfillment=fo, passed=False).count()


def record_check(fo, identity_id: int, name: str, id_tail: str, actor: Actor, now: datetime) -> bool:
    """Compare, and keep the attempt; True when name and ID fit."""
    passed = bool(name.strip() and id_tail.strip()) and identity_matches(
        identity_id, name=name.strip(), id_tail=id_tail.strip().upper()
    )
    IdentityCheck.objects.create(
        fulfillment=fo, name_masked=mask_name(name.strip())[:40], passed=passed, at=now, by=actor.label[:80]
    )
    return passed


@transaction.atomic
def sign(*, actor: Actor, code: str, signature: str, now: datetime) -> Delivery:
    """Keep the signature drawn on the screen (a PNG data URL); without cash to collect, that delivers.

    Raises signatures.SignatureInvalid and its kin, ParcelUnknown, StepOrder.
    """
    delivery = parcel_at_door(actor, code)
    _must_be(delivery, "sign")
    delivery.signature_sha256, delivery.signed_at = signatures.keep(signature), now
    delivery.save(update_fields=["signature_sha256", "signed_at"])
    if delivery.next_step == "deliver":
        _deliver(delivery, actor, now)
    return delivery


@transaction.atomic
def collect(*, actor: Actor, code: str, amount_fen: int, means: str, now: datetime) -> Delivery:
    """Take the cash on delivery, to the fen; that delivers. Raises CashDiffers, ParcelUnknown, StepOrder."""
    delivery = parcel_at_door(actor, code)
    _must_be(delivery, "cash")
    check_cash(due_fen=delivery.cod_fen, amount_fen=amount_fen, means=means)
    delivery.cod_collected_fen, delivery.cod_means = amount_fen, means
    delivery.save(update_fields=["cod_collected_fen", "cod_means"])
    _deliver(delivery, actor, now)
    return delivery


def check_cash(*, due_fen: int, amount_fen: int, means: str) -> None:
    """Raise CashDiffers unless exactly the sum is paid, in cash or by QR."""
    if amount_fen != due_fen or means not in CashMeans.values:
        text = f"¥{due_fen // 100:,}.{due_fen % 100:02d}"
        raise CashDiffers(field="amount", wanted=due_fen, given=amount_fen, wanted_text=text)


def _deliver(delivery: Delivery, actor: Actor, now: datetime) -> None:
    delivery.finished_at = now
    delivery.save(update_fields=["finished_at"])
    fo, courier_id = delivery.fulfillment, delivery.courier_id
    completion.deliver(fo, courier_id=courier_id, proof=proof_of(delivery), actor=actor, now=now)


def proof_of(delivery: Delivery) -> dict:
    """What the door saw, for the evidence."""
    passed_at = delivery.identity_passed_at
    return {
        "courier": delivery.courier.name,
        "delivered_by": delivery.courier_name,
        "identity_passed_at": passed_at.isoformat() if passed_at else None,
        "signature_sha256": delivery.signature_sha256,
        "cod_fen": delivery.cod_collected_fen,
        "cod_means": delivery.cod_means,
    }


@transaction.atomic
def refuse(*, actor: Actor, code: str, reason: str, now: datetime) -> Delivery:
    """The parcel is not taken and goes back to its location; an account opened for it is closed.

    Raises ReasonMissing, ParcelUnknown, StepOrder when the delivery is over.
    """
    if reason not in RefusalReason.values:
        raise ReasonMissing(field="reason")
    delivery = parcel_at_door(actor, code)
    if delivery.finished_at:
        raise StepOrder()
    if not delivery.arrived_at:
        _at_door(delivery, actor, now)
    delivery.finished_at, delivery.refused_reason = now, reason
    delivery.save(update_fields=["finished_at", "refused_reason"])
    fo = delivery.fulfillment
    completion.refuse(fo, courier_id=delivery.courier_id, reason=reason, actor=actor, now=now)
    account_opening.close_accounts(fo, now=now)
    return delivery


def _must_be(delivery: Delivery, step: str) -> None:
    if delivery.next_step != step:
        raise StepOrder()
