"""Proving at door or counter that the person is the one the account is opened for."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import Delivery, FulfillmentOrder, IdentityCheck, IdentityOutcome, IdentityPlace
from fulfillment.services.doors import must_be, parcel_at_door
from members.actors import Actor
from members.queries import identity_matches
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.secrets import mask_name

# What only a person can see; the other outcomes follow from comparing.
SEEN_BY_EYE = (
    IdentityOutcome.PHOTO_DIFFERS,
    IdentityOutcome.OTHER_PERSON,
    IdentityOutcome.DOCUMENT_EXPIRED,
    IdentityOutcome.DOCUMENT_UNREADABLE,
    IdentityOutcome.NO_DOCUMENT,
)


class IdentityDiffers(DomainError):
    """`outcome` says what was wrong, `left` how many tries remain."""

    code = "identity_differs"
    message = _("Identity is not proven: %(why)s. %(left)s tries left.")


class IdentityExhausted(DomainError):
    code = "identity_attempts_used"
    message = _("Identity could not be proven. Take the parcel back.")


class SeenInvalid(Invalid):
    code = "identity_reason_unknown"
    message = _("Choose what the card and the person look like.")


def check_identity(
    *, actor: Actor, code: str, name: str, id_tail: str, now: datetime, seen: str = ""
) -> Delivery:
    """Compare what the card at the door says with the verified identity of the order.

    seen: one of SEEN_BY_EYE when the courier sees that it cannot be; then nothing is compared. Each
    attempt is kept, a wrong one too. Raises SeenInvalid, IdentityDiffers, IdentityExhausted after five
    wrong ones, ParcelUnknown, StepOrder.
    """
    must_be_known(seen)
    with transaction.atomic():
        delivery = parcel_at_door(actor, code)
        must_be(delivery, "identity")
        fo = delivery.fulfillment
        left = tries_left(fo, since=delivery.arrived_at)
        outcome = ""
        if left > 0:
            outcome = record(
                fo, delivery.identity_id, name=name, id_tail=id_tail, seen=seen, actor=actor, now=now
            )
        if outcome == IdentityOutcome.PASSED:
            delivery.identity_passed_at = now
            delivery.save(update_fields=["identity_passed_at"])
    must_have_passed(outcome, left - 1)
    return delivery


def must_be_known(seen: str) -> None:
    """Raise SeenInvalid unless it is empty or one of SEEN_BY_EYE."""
    if seen and seen not in SEEN_BY_EYE:
        raise SeenInvalid(field="seen")


def must_have_passed(outcome: str, left: int) -> None:
    """Raise IdentityDiffers or IdentityExhausted unless this attempt proved it; `left` tries remain."""
    if outcome == IdentityOutcome.PASSED:
        return
    if left <= 0:
        raise IdentityExhausted()
    raise IdentityDiffers(left=left, outcome=str(outcome), why=str(IdentityOutcome(outcome).label))


def tries_left(fo: FulfillmentOrder, *, since: datetime) -> int:
    """Attempts that remain; wrong ones of this parcel since the visit, or the day, began count."""
    wrong = IdentityCheck.objects.filter(fulfillment=fo, passed=False, at__gte=since).count()
    return settings.IDENTITY_TRIES_AT_DOOR - wrong


def record(
    fo: FulfillmentOrder,
    identity_id: int,
    *,
    name: str,
    id_tail: str,
    actor: Actor,
    now: datetime,
    seen: str = "",
    place: str = IdentityPlace.DOOR,
) -> str:
    """Compare, and keep the attempt sealed; returns its IdentityOutcome."""
    name, tail = name.strip()[:60], id_tail.strip().upper()[:18]
    outcome = seen or _compared(identity_id, name, tail, reader=actor.label, now=now)
    IdentityCheck.objects.create(
        fulfillment=fo,
        name_masked=mask_name(name)[:40],
        passed=outcome == IdentityOutcome.PASSED,
        outcome=outcome,
        place=place,
        shown=IdentityCheck.sealed(name, tail),
        at=now,
        by=actor.label[:80],
    )
    return outcome


def _compared(identity_id: int, name: str, tail: str, *, reader: str, now: datetime) -> str:
    asked = {"reader": reader, "purpose": "proof at hand-over", "now": now}
    if name and tail and identity_matches(identity_id, name=name, id_tail=tail, **asked):
        return IdentityOutcome.PASSED
    name_fits = bool(name) and identity_matches(identity_id, name=name, **asked)
    number_fits = bool(tail) and identity_matches(identity_id, id_tail=tail, **asked)
    if name_fits == number_fits:
        return IdentityOutcome.BOTH_DIFFER
    return IdentityOutcome.NUMBER_DIFFERS if name_fits else IdentityOutcome.NAME_DIFFERS
